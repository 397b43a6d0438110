/** @import { DeskRow } from "./types.js" */
/** @import { Scene } from "./scene.js" */
import { h, setAttribute, setChildren, setText } from "/pages/assets/dom.js";
import { icon } from "/pages/assets/icons.js";
import { aged, letters, timer } from "./scene.js";

/**
 * Every desk in the order of the centre's own numbering, in two columns: whom it serves and for how long, its day.
 * Nobody is ranked. The number opens what may be done with the desk.
 *
 * @typedef {object} Row
 * @property {HTMLTableRowElement} element
 * @property {(desk: DeskRow, scene: Scene) => void} draw
 */

const ONE_COLUMN_UP_TO = 8;

export class DesksPanel {
  /** @type {Map<string, Row>} */
  #rows = new Map();
  #choose;
  #halves = [newHalf(), newHalf()];

  /** @param {(desk: string) => void} choose */
  constructor(choose) {
    this.#choose = choose;
    this.title = h("h2", { id: "desks-title" });
    this.keys = { busy: h("span"), idle: h("span"), paused: h("span") };
    const key = (/** @type {HTMLElement} */ word, /** @type {string} */ kind) => h("span", {}, h("i", { class: kind, "aria-hidden": "true" }), word);
    const legend = h("p", { class: "key" }, key(this.keys.busy, "bz"), key(this.keys.idle, "id"), key(this.keys.paused, "pa"));
    this.empty = h("p", { class: "aside", hidden: true });
    this.tables = h("div", { class: "desks" }, ...this.#halves.map(({ table }) => table));
    this.region = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-labelledby": "desks-title" }, this.tables, this.empty);
    this.element = h("section", { class: "places" }, h("div", { class: "h" }, this.title, legend), this.region);
  }

  /** @param {Scene} scene */
  draw(scene) {
    const { view, words } = scene;
    setText(this.title, words.desks);
    setText(this.keys.busy, words.busy);
    setText(this.keys.idle, words.idle);
    setText(this.keys.paused, words.pausedKind);
    setText(this.empty, words.noDesks);
    this.empty.hidden = view.desks.length > 0;
    const split = view.desks.length > ONE_COLUMN_UP_TO ? Math.ceil(view.desks.length / 2) : view.desks.length;
    this.tables.classList.toggle("single", split === view.desks.length);
    this.#halves.forEach((half, place) => {
      const desks = view.desks.slice(place * split, place ? undefined : split);
      half.table.hidden = desks.length === 0;
      half.label(scene);
      setChildren(half.body, desks.map((desk) => this.#row(desk, scene)));
    });
  }

  /**
   * @param {DeskRow} desk
   * @param {Scene} scene
   */
  #row(desk, scene) {
    const row = this.#rows.get(desk.desk) ?? newRow(desk.desk, this.#choose);
    this.#rows.set(desk.desk, row);
    row.draw(desk, scene);
    return row.element;
  }

  /** @param {string} desk whose button shall have the focus again */
  focus(desk) {
    this.#rows.get(desk)?.element.querySelector("button")?.focus();
  }
}

function newHalf() {
  const heads = Array.from({ length: 7 }, () => h("th", { scope: "col" }));
  const body = h("tbody");
  const classes = ["", "sk", "", "tm", "bar", "n", "n"];
  heads.forEach((head, place) => (head.className = classes[place] ?? ""));
  const table = h("table", {}, h("thead", {}, h("tr", {}, ...heads)), body);
  return {
    table,
    body,
    /** @param {Scene} scene */
    label: ({ words, view }) => {
      const texts = [words.deskNumber, words.skills, words.ticket, words.service, words.today, words.done, words.overColumn(view.red_minutes)];
      heads.forEach((head, place) => setText(head, texts[place] ?? ""));
    },
  };
}

/**
 * @param {string} desk
 * @param {(desk: string) => void} choose
 * @returns {Row}
 */
function newRow(desk, choose) {
  const button = h("button", { type: "button", onclick: () => choose(desk) }, desk);
  const number = h("th", { scope: "row" }, button);
  const skills = h("td", { class: "sk" });
  const ticket = h("td", { class: "tk" });
  const time = h("td", { class: "tm" });
  const stretches = { busy: h("i", { class: "bz" }), idle: h("i", { class: "id" }), paused: h("i", { class: "pa" }) };
  const bar = h("div", { class: "dy", "aria-hidden": "true" }, stretches.busy, stretches.idle, stretches.paused);
  const spent = h("span", { class: "sr" });
  const done = h("td", { class: "n" });
  const over = h("td", { class: "n o" });
  const element = h("tr", {}, number, skills, ticket, time, h("td", { class: "bar" }, bar, spent), done, over);
  return {
    element,
    draw: (row, scene) => {
      const shut = row.state === "closed";
      const idle = shut && row.day.busy_minutes + row.day.idle_minutes + row.day.paused_minutes === 0;
      element.classList.toggle("offd", shut);
      setAttribute(button, "aria-label", scene.words.deskButton(desk));
      setText(skills, letters(scene, row.queues));
      setAttribute(skills, "title", skills.textContent);
      skills.classList.toggle("changed", !row.own_skills);
      drawTicket(ticket, row, scene);
      drawTime(time, row, scene);
      drawBar(bar, stretches, spent, row, scene);
      setText(done, idle ? "–" : String(row.day.done));
      setText(over, idle ? "–" : String(row.day.over_red));
      over.classList.toggle("hot", row.day.over_red >= 2);
    },
  };
}

/**
 * @param {HTMLElement} cell
 * @param {DeskRow} row
 * @param {Scene} scene
 */
function drawTicket(cell, row, { words }) {
  const text = row.ticket ?? { closed: words.deskClosed, open: words.deskFree, paused: row.reason || words.onBreak }[row.state];
  const key = `${row.state} ${text}`;
  if (cell.dataset.key === key) return;
  cell.dataset.key = key;
  cell.classList.toggle("st", row.ticket === null);
  cell.replaceChildren(...(row.state === "paused" ? [icon("pause"), " ", text] : [text]));
}

/**
 * @param {HTMLElement} cell
 * @param {DeskRow} row
 * @param {Scene} scene
 */
function drawTime(cell, row, scene) {
  const { view, words } = scene;
  const minutes = row.ticket !== null && row.serving && row.minutes !== null ? aged(scene, row.minutes) : null;
  const tone = minutes === null ? "" : minutes > view.red_minutes ? "red" : minutes > view.amber_minutes ? "amber" : "";
  const text = minutes !== null ? timer(minutes) : row.ticket !== null ? words.called : "";
  if (cell.dataset.tone !== tone) {
    cell.dataset.tone = tone;
    cell.className = `tm ${tone}`;
    cell.replaceChildren(...(tone ? [icon(tone === "red" ? "alert" : "clock"), " "] : []), h("span"));
  }
  if (!cell.lastElementChild) cell.append(h("span"));
  setText(/** @type {Element} */ (cell.lastElementChild), row.paying ? `${words.paying} ${text}` : text);
}

/**
 * @param {HTMLElement} bar
 * @param {Record<"busy" | "idle" | "paused", HTMLElement>} stretches
 * @param {HTMLElement} sentence
 * @param {DeskRow} row
 * @param {Scene} scene
 */
function drawBar(bar, stretches, sentence, { day, state }, { words }) {
  const whole = day.busy_minutes + day.idle_minutes + day.paused_minutes;
  bar.hidden = whole === 0 && state === "closed";
  if (bar.hidden) {
    setText(sentence, "");
    return;
  }
  stretches.busy.style.setProperty("width", `${(100 * day.busy_minutes) / (whole || 1)}%`);
  stretches.idle.style.setProperty("width", `${(100 * day.idle_minutes) / (whole || 1)}%`);
  stretches.paused.style.setProperty("width", `${(100 * day.paused_minutes) / (whole || 1)}%`);
  setText(sentence, words.spent(Math.round(day.busy_minutes), Math.round(day.idle_minutes), Math.round(day.paused_minutes)));
  setAttribute(bar, "title", sentence.textContent);
}
