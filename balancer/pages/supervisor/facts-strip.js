/** @import { Scene } from "./scene.js" */
import { h, setAttribute, setText } from "/pages/assets/dom.js";

/** Six facts of the branch in one row: the number, and beside it what it is measured against. */

export class FactsStrip {
  #tiles = Array.from({ length: 6 }, () => ({ name: h("dt"), number: h("b"), aside: h("small") }));

  constructor() {
    this.element = h(
      "dl",
      { class: "kpi" },
      ...this.#tiles.map(({ name, number, aside }) => h("div", {}, name, h("dd", {}, number, aside))),
    );
  }

  /** @param {Scene} scene */
  draw(scene) {
    factsOf(scene).forEach(([name, number, aside, bad], place) => {
      const tile = this.#tiles[place];
      if (!tile) return;
      setText(tile.name, name);
      setText(tile.number, number);
      setText(tile.aside, aside);
      tile.number.classList.toggle("bad", bad);
      if (place === 1) setAttribute(tile.name, "title", scene.words.medianHint);
    });
  }
}

/**
 * @param {Scene} scene
 * @returns {[string, string, string, boolean][]} name, number, what it is held against, whether that is not met
 */
function factsOf({ view, words }) {
  const { measures } = view;
  const promise = measures.standards.find(({ metric }) => metric === "wait");
  const median = measures.median_minutes;
  const { people, capacity } = measures.hall;
  const { forecast } = measures;
  const longest = measures.longest_minutes;
  return [
    [words.waiting, String(measures.waiting), longest === null ? "" : words.longest(Math.floor(longest)), false],
    [
      words.averageWait,
      median === null ? "–" : words.inMinutes(Math.round(median)),
      promise ? words.promised(promise.target_minutes, promise.guaranteed_minutes) : "",
      Boolean(promise && median !== null && median > promise.target_minutes),
    ],
    [words.desksWorking, String(measures.desks_open), words.ofDesks(measures.desks_total, measures.desks_paused), false],
    [words.overRed(view.red_minutes), String(measures.over_red_now), words.overToday(measures.over_red), false],
    [
      words.hall,
      String(people),
      capacity === null ? words.hallNoCapacity : words.ofSeats(capacity),
      capacity !== null && people >= capacity,
    ],
    [
      words.forecast,
      forecast ? `+${Math.round(forecast.comes)}` : "–",
      forecast ? words.comesCanServe(Math.round(forecast.can_serve)) : words.unknown,
      forecast !== null && forecast.comes > forecast.can_serve,
    ],
  ];
}
