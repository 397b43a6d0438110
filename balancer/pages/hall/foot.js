/** @import { Language } from "/pages/assets/types.js" */
/** @import { HallQueue } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { icon } from "/pages/assets/icons.js";
import { waitRange } from "./news.js";

/** The waits of the branch, a few queues at a time: colour, filling of the vessel and figures say the same. */

const AT_ONCE = 4;
const LETTERS = 62;
const TURN_MS = 10_000;

export class Foot {
  #turn = 0;
  #turnedAt = performance.now();
  #drawn = "";

  constructor() {
    this.title = h("span", { class: "what" });
    this.list = h("ul", {});
    this.element = h("footer", {}, this.title, this.list);
  }

  /**
   * @param {HallQueue[]} queues those in which nobody waits and of which nothing is known are left out
   * @param {"fresh" | "stale" | "gone"} freshness old waits lose their colour, then their figures
   * @param {Words} words
   * @param {Language} language
   */
  draw(queues, freshness, words, language) {
    const busy = queues.filter(({ waiting, wait }) => waiting > 0 || wait !== null);
    const pages = pagesOf(busy.map(({ name }) => local(name, language)));
    if (performance.now() - this.#turnedAt > TURN_MS) {
      this.#turnedAt = performance.now();
      this.#turn += 1;
    }
    const [first, last] = pages[this.#turn % pages.length] ?? [0, 0];
    const shown = busy.slice(first, last);
    setText(this.title, words.waits);
    const key = JSON.stringify([language, freshness, shown]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.list.replaceChildren(...shown.map((queue) => item(queue, freshness, words, language)));
  }
}

/**
 * Names stand whole: as many at once as the wall is wide enough for, in pages as equal as that allows.
 *
 * @param {string[]} names
 * @returns {[number, number][]} first and behind the last of each page
 */
export function pagesOf(names) {
  const least = Math.max(1, Math.ceil(names.length / AT_ONCE));
  const size = Math.ceil(names.length / least);
  /** @type {[number, number][]} */
  const pages = [];
  let first = 0;
  let letters = 0;
  names.forEach((name, place) => {
    if (place > first && (place - first >= size || letters + name.length > LETTERS)) {
      pages.push([first, place]);
      first = place;
      letters = 0;
    }
    letters += name.length;
  });
  return [...pages, [first, names.length]];
}

/**
 * @param {HallQueue} queue
 * @param {"fresh" | "stale" | "gone"} freshness
 * @param {Words} words
 * @param {Language} language
 */
function item(queue, freshness, words, language) {
  const range = freshness === "gone" ? "" : waitRange(queue);
  const level = freshness === "fresh" && range ? queue.level : null;
  const load = h("span", { class: `load ${level ? `is-${level}` : ""}` });
  if (level) load.append(icon(level), h("span", { class: "sr" }, `${words.levels[level]}: `));
  load.append(h("span", { class: "name" }, local(queue.name, language)), " ", h("b", {}, range || words.unknown));
  return h("li", {}, load);
}
