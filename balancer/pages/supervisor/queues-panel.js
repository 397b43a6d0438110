/** @import { Level, QueueDay } from "./types.js" */
/** @import { Scene } from "./scene.js" */
import { h, setAttribute, setChildren, setText } from "/pages/assets/dom.js";
import { aged, letterOf, percent, queueName } from "./scene.js";

/** Queues against the promises of the city: who waits, the longest wait, what the next one must expect. */

const SCALE_MINUTES = 60;
const BEYOND = 1.5;

/**
 * @typedef {object} Row
 * @property {HTMLTableRowElement} element
 * @property {(queue: QueueDay, scene: Scene) => void} draw
 */

export class QueuesPanel {
  /** @type {Map<string, Row>} */
  #rows = new Map();

  constructor() {
    this.title = h("h2");
    this.queue = h("th", { colspan: 2, scope: "col" });
    const columns = h("colgroup", {}, h("col", { class: "letter" }), h("col"), h("col", { class: "few" }), h("col", { class: "some" }), h("col", { class: "strip" }));
    this.people = h("th", { class: "n", scope: "col" });
    this.longest = h("th", { class: "n", scope: "col" });
    this.target = h("span", { class: "at-target" });
    this.guaranteed = h("span", { class: "at-guaranteed" });
    this.wait = h("span", { class: "sr" });
    this.body = h("tbody");
    const marks = h("span", { class: "axis" }, this.target, this.guaranteed);
    this.table = h(
      "table",
      { class: "qs" },
      columns,
      h("thead", {}, h("tr", {}, this.queue, this.people, this.longest, h("th", { scope: "col" }, this.wait, marks))),
      this.body,
    );
    this.element = h("section", {}, this.title, this.table);
  }

  /** @param {Scene} scene */
  draw(scene) {
    const { words, view } = scene;
    const promise = view.measures.standards.find(({ metric }) => metric === "wait");
    const scale = Math.max(SCALE_MINUTES, (promise?.guaranteed_minutes ?? 0) * BEYOND);
    setText(this.title, words.queues);
    setText(this.queue, words.queue);
    setText(this.people, words.peopleColumn);
    setText(this.longest, words.longestColumn);
    setText(this.wait, words.waitColumn);
    setText(this.target, promise ? words.targetMark(promise.target_minutes) : "");
    setText(this.guaranteed, promise ? words.guaranteedMark(promise.guaranteed_minutes) : "");
    this.table.style.setProperty("--scale", String(scale));
    this.table.style.setProperty("--t", String((promise?.target_minutes ?? -1) / scale));
    this.table.style.setProperty("--gu", String((promise?.guaranteed_minutes ?? -1) / scale));
    this.table.classList.toggle("unpromised", !promise);
    setChildren(
      this.body,
      view.measures.queues.map((queue) => {
        const row = this.#rows.get(queue.queue) ?? newRow();
        this.#rows.set(queue.queue, row);
        row.draw(queue, scene);
        return row.element;
      }),
    );
  }
}

/** @returns {Row} */
function newRow() {
  const letter = h("th", { scope: "row" });
  const name = h("span");
  const shares = h("small");
  const people = h("td", { class: "n" });
  const longest = h("td", { class: "n" });
  const solid = h("i", { class: "w" });
  const hatch = h("i", { class: "m" });
  const strip = h("div", { class: "bl", "aria-hidden": "true" }, solid, hatch, h("i", { class: "t" }), h("i", { class: "gu" }));
  const sentence = h("span", { class: "sr" });
  const element = h("tr", {}, letter, h("td", {}, name, shares), people, longest, h("td", {}, strip, sentence));
  return {
    element,
    draw: (queue, scene) => {
      setText(letter, letterOf(scene, queue.queue));
      setText(name, queueName(scene, queue.queue));
      setText(people, String(queue.waiting));
      drawShares(shares, queue, scene);
      drawLongest(longest, queue, scene);
      drawStrip(strip, sentence, queue, scene);
    },
  };
}

/**
 * @param {HTMLElement} shares
 * @param {QueueDay} queue
 * @param {Scene} scene
 */
function drawShares(shares, queue, { words }) {
  const told = queue.standards.find(({ metric }) => metric === "wait");
  const text = told && told.n ? words.shares(percent(told.within_target), percent(told.within_guaranteed)) : words.noTickets;
  setText(shares, text);
  shares.hidden = !told;
  shares.classList.toggle("bad", Boolean(told && told.within_guaranteed !== null && told.within_guaranteed < told.share));
}

/**
 * @param {HTMLElement} cell
 * @param {QueueDay} queue
 * @param {Scene} scene
 */
function drawLongest(cell, queue, scene) {
  const minutes = queue.longest_minutes;
  const promise = queue.standards.find(({ metric }) => metric === "wait");
  setText(cell, minutes === null ? "–" : String(Math.floor(aged(scene, minutes))));
  cell.classList.toggle("amber", Boolean(promise && minutes !== null && aged(scene, minutes) > promise.guaranteed_minutes));
}

/**
 * @param {HTMLElement} strip
 * @param {HTMLElement} sentence
 * @param {QueueDay} queue
 * @param {Scene} scene
 */
function drawStrip(strip, sentence, { wait }, { words, city }) {
  strip.className = `bl ${wait ? `is-${levelOf(wait.p50, city.levels)}` : "none"}`;
  strip.style.setProperty("--a", String(wait ? wait.p50 : 0));
  strip.style.setProperty("--b", String(wait ? wait.p90 : 0));
  setText(sentence, wait ? words.waitSentence(Math.round(wait.p50), Math.round(wait.p90)) : words.waitUnknown);
  setAttribute(strip, "title", sentence.textContent);
}

/**
 * @param {number} minutes
 * @param {{moderate_minutes: number, busy_minutes: number} | undefined} levels
 * @returns {Level}
 */
function levelOf(minutes, levels) {
  if (minutes >= (levels?.busy_minutes ?? 40)) return "busy";
  return minutes >= (levels?.moderate_minutes ?? 15) ? "moderate" : "quiet";
}
