/** @import { CityFormat } from "/pages/assets/format.js" */
/** @import { Times } from "./standing.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";

/**
 * The way to the call in up to four stops: now, leave home, the branch, the call. Dots are travel, solid is the wait to
 * the middle of the range, hatched the rest of it.
 *
 * @typedef {object} Way
 * @property {number} now city ms
 * @property {number | null} ahead
 * @property {Times | null} times
 * @property {number} road minutes on the way, 0 where there is none
 * @property {string} branch
 * @property {string} address with zone and floor
 */

export class Stops {
  #here = stop("here");
  #leave = stop("way");
  #place = stop("place");
  #call = stop("call");
  element = h("ol", { class: "stops" }, ...[this.#here, this.#leave, this.#place, this.#call].map((each) => each.row));

  /**
   * @param {Way} way
   * @param {CityFormat} format
   * @param {Words} words
   */
  draw({ now, ahead, times, road, branch, address }, format, words) {
    const leave = times?.leave ?? null;
    fill(this.#here, format.time(now), ahead === null ? "" : words.ahead(ahead), "");
    this.#leave.row.hidden = leave === null;
    if (leave !== null) fill(this.#leave, format.time(leave), words.leaveHome, words.road(road));
    fill(this.#place, times?.arrive ? format.time(times.arrive) : "", branch, address);
    this.#call.row.hidden = times === null;
    this.#place.row.classList.toggle("last", times === null);
    if (!times) return;
    const [from, to] = [format.time(times.from), format.time(times.to)];
    fill(
      this.#call,
      from === to ? from : `${from}–\u200b${to}`,
      words.youAreCalled,
      words.callHardlyBefore(format.time(times.early)),
    );
  }
}

/**
 * @typedef {{row: HTMLElement, time: HTMLElement, what: HTMLElement, more: HTMLElement}} Stop
 *
 * @param {string} kind
 * @returns {Stop}
 */
function stop(kind) {
  const [time, what, more] = [h("span", { class: "t" }), h("b"), h("span")];
  return { row: h("li", { class: kind }, time, h("i", { class: "m" }), h("p", {}, what, more)), time, what, more };
}

/**
 * @param {Stop} stop
 * @param {string} time
 * @param {string} what
 * @param {string} more
 */
function fill(stop, time, what, more) {
  setText(stop.time, time);
  setText(stop.what, what);
  setText(stop.more, more);
}
