/** @import { HeatCell, HeatRow } from "./types.js" */
/** @import { Scene } from "./scene.js" */
import { h, setAttribute, setChildren, setText } from "/pages/assets/dom.js";
import { letterOf, queueName } from "./scene.js";

/**
 * The day in half-hours: the median wait of those called then, dashed what is forecast. A real table, so that its
 * numbers can be read without seeing colours.
 */

const SLOT_MS = 30 * 60_000;
const DENSE_FROM = 7;

export class HeatPanel {
  #heads = [newHead()];
  /** @type {Map<string, {element: HTMLTableRowElement, letter: HTMLElement, name: HTMLElement, cells: HTMLTableCellElement[]}>} */
  #rows = new Map();

  constructor() {
    this.title = h("h2", { id: "heat-title" });
    this.hint = h("span", { class: "aside" });
    this.head = h("tr", {}, ...this.#heads);
    this.body = h("tbody");
    this.table = h("table", { class: "heat" }, h("thead", {}, this.head), this.body);
    this.empty = h("p", { class: "aside", hidden: true });
    this.region = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-labelledby": "heat-title" }, this.table, this.empty);
    this.element = h("section", { class: "day" }, h("div", { class: "h start" }, this.title, this.hint), this.region);
  }

  /** @param {Scene} scene */
  draw(scene) {
    const { words, view } = scene;
    setText(this.title, words.heat);
    setText(this.hint, words.heatHint);
    setText(this.empty, words.heatEmpty);
    const slots = view.heat[0]?.cells ?? [];
    this.table.hidden = slots.length === 0;
    this.empty.hidden = slots.length > 0;
    this.table.classList.toggle("dense", view.heat.length > DENSE_FROM);
    this.#drawHead(slots, scene);
    setChildren(this.body, view.heat.map((row) => this.#drawRow(row, scene)));
  }

  /**
   * @param {HeatCell[]} slots
   * @param {Scene} scene
   */
  #drawHead(slots, { words, format, now }) {
    while (this.#heads.length < slots.length + 1) this.#heads.push(newHead());
    setChildren(this.head, this.#heads.slice(0, slots.length + 1));
    const corner = /** @type {Element} */ (this.#heads[0]?.firstElementChild);
    setText(corner, words.queue);
    corner.className = "sr";
    slots.forEach((slot, place) => {
      const head = /** @type {HTMLElement} */ (this.#heads[place + 1]);
      const at = Date.parse(slot.at);
      const current = at <= now && now < at + SLOT_MS;
      const text = format.time(at);
      const label = /** @type {Element} */ (head.firstElementChild);
      setText(label, current ? words.now : text);
      head.classList.toggle("nw", current);
      label.classList.toggle("sr", !current && !text.endsWith(":00"));
    });
  }

  /**
   * @param {HeatRow} row
   * @param {Scene} scene
   */
  #drawRow(row, scene) {
    const found = this.#rows.get(row.queue) ?? newRow();
    this.#rows.set(row.queue, found);
    setText(found.letter, letterOf(scene, row.queue));
    setText(found.name, queueName(scene, row.queue));
    while (found.cells.length < row.cells.length) found.cells.push(h("td"));
    setChildren(found.element, [/** @type {Node} */ (found.letter.parentNode), ...found.cells.slice(0, row.cells.length)]);
    row.cells.forEach((cell, place) => drawCell(/** @type {HTMLElement} */ (found.cells[place]), cell, scene));
    return found.element;
  }
}

function newHead() {
  return h("th", { scope: "col" }, h("span"));
}

function newRow() {
  const letter = h("b");
  const name = h("span");
  const element = h("tr", {}, h("th", { scope: "row", class: "q" }, letter, name));
  return { element, letter, name, cells: /** @type {HTMLTableCellElement[]} */ ([]) };
}

/**
 * @param {HTMLElement} element
 * @param {HeatCell} cell
 * @param {Scene} scene
 */
function drawCell(element, { at, p50, level, forecast }, { words, format }) {
  const known = p50 !== null && level !== null;
  setText(element, known ? String(Math.round(p50)) : "");
  element.className = `${known ? level : "none"}${forecast ? " f" : ""}`;
  const sentence = known ? words.heatCell(format.time(Date.parse(at)), Math.round(p50), words.levels[level], forecast) : null;
  setAttribute(element, "title", sentence);
}
