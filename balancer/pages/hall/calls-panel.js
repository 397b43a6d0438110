/** @import { Language } from "/pages/assets/types.js" */
/** @import { HallCall } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setChildren, setText } from "/pages/assets/dom.js";
import { icon } from "/pages/assets/icons.js";
import { arrow } from "./arrow.js";
import { keyOf } from "./news.js";
import { deskOf } from "./spoken.js";

/**
 * Who is called where. A row is its ticket's for as long as the server shows it: nothing here takes one away, whatever
 * the time, and all of them find room: in one column, in pairs, over the whole width.
 */

const SINGLE = 6;
const PAIRS = 11;
const WIDE = 16;

export class CallsPanel {
  /** @type {Map<string, Row>} by ticket number */
  #rows = new Map();

  constructor() {
    this.head = { calling: h("span"), desk: h("span") };
    this.list = h("ol", { class: "calls" });
    this.empty = h("p", { class: "nobody" }, h("b"), h("span"));
    this.element = h("main", {}, h("h1", { class: "h" }, this.head.calling, h("span"), this.head.desk), this.list, this.empty);
  }

  /**
   * @param {HallCall[]} calls newest first
   * @param {(call: HallCall) => boolean} isFresh whether it was called moments ago
   * @param {Words} words
   * @param {Language} language
   */
  draw(calls, isFresh, words, language) {
    setText(this.head.calling, words.calling);
    setText(this.head.desk, words.desk);
    this.list.hidden = calls.length === 0;
    this.empty.hidden = calls.length > 0;
    setText(/** @type {Node} */ (this.empty.firstChild), words.nobody);
    setText(/** @type {Node} */ (this.empty.lastChild), words.nobodyHint);
    const rows = calls.map((call) => this.#rows.get(call.number) ?? new Row());
    this.#rows = new Map(calls.map((call, place) => [call.number, /** @type {Row} */ (rows[place])]));
    calls.forEach((call, place) => rows[place]?.draw(call, isFresh(call), words, language));
    this.list.dataset["room"] = roomFor(calls.length);
    setChildren(this.list, rows.map((row) => row.element));
  }

  /** @returns {boolean} whether the rows need the place of what stands beside them */
  get isWide() {
    return this.#rows.size > PAIRS;
  }
}

/**
 * @param {number} count
 * @returns {"single" | "pairs" | "wide" | "crowd"}
 */
export function roomFor(count) {
  if (count <= SINGLE) return "single";
  if (count <= PAIRS) return "pairs";
  return count <= WIDE ? "wide" : "crowd";
}

class Row {
  #key = "";

  constructor() {
    this.number = h("b");
    this.arrow = h("span", { class: "ar" }, arrow());
    this.deskWord = h("span", { class: "sr" });
    this.desk = h("b", { class: "desk" });
    this.mark = h("span", { class: "again" }, icon("replay"), h("span"));
    this.where = h("span", { class: "where" });
    this.element = h(
      "li",
      {},
      this.number,
      this.arrow,
      h("span", { class: "to" }, this.deskWord, this.desk),
      h("span", { class: "about" }, this.mark, this.where),
    );
  }

  /**
   * @param {HallCall} call
   * @param {boolean} fresh
   * @param {Words} words
   * @param {Language} language
   */
  draw(call, fresh, words, language) {
    const held = call.state === "held";
    setText(this.number, call.number);
    setText(this.deskWord, held ? "" : ` ${words.desk} `);
    setText(this.desk, held ? "" : deskOf(call, language));
    this.arrow.hidden = held;
    this.mark.hidden = !(call.recalled && call.state === "called");
    setText(/** @type {Node} */ (this.mark.lastChild), words.again);
    setText(this.where, held ? words.heldRow : whereOf(call, words));
    this.element.dataset["state"] = call.state;
    this.element.classList.toggle("fresh", fresh);
    const key = keyOf(call);
    if (fresh && key !== this.#key) this.#flash();
    this.#key = key;
  }

  /** Fades in twice and holds; a recall of the same ticket does so anew. */
  #flash() {
    this.element.classList.remove("fresh");
    void this.element.offsetWidth;
    this.element.classList.add("fresh");
  }
}

/**
 * @param {HallCall} call
 * @param {Words} words
 * @returns {string} zone and floor as far as they are known
 */
export function whereOf(call, words) {
  const parts = [call.zone ? words.zone(call.zone) : "", call.floor ? words.floor(call.floor) : ""];
  return parts.filter(Boolean).join(", ");
}
