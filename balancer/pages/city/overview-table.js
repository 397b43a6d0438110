/** @import { BranchOverview, CitySums, OverviewView, Scene, StandardShare } from "./types.js" */
import { h, setChildren, setText } from "/pages/assets/dom.js";
import { CityFormat, local } from "/pages/assets/format.js";
import { minutesText, percent } from "./tell.js";

/** All branches in one table, the city's sums at its foot. */

const COLUMNS = /** @type {const} */ ([
  "branch", "state", "waiting", "longest", "median", "target", "guaranteed", "served", "missed", "red", "desks", "alerts", "strip",
]);

export class OverviewTable {
  /** @type {Map<string, {row: HTMLElement, name: HTMLElement, link: HTMLElement}>} by branch; a focused name stays so */
  #rows = new Map();

  constructor() {
    this.caption = h("caption");
    this.head = h("tr");
    this.rows = h("tbody");
    this.foot = h("tfoot");
    this.note = h("p", { class: "aside" });
    const table = h("table", {}, this.caption, h("thead", {}, this.head), this.rows, this.foot);
    this.scroll = h("div", { class: "scroll figures", role: "region", tabindex: "0" }, table);
    this.element = h("section", {}, this.scroll, this.note);
  }

  /**
   * @param {OverviewView} view
   * @param {Scene} scene
   */
  update(view, scene) {
    const { words } = scene;
    const key = JSON.stringify([view.branches, view.sums, scene.language]);
    if (this.element.dataset.key === key) return;
    this.element.dataset.key = key;
    setText(this.caption, words.overviewCaption);
    this.scroll.setAttribute("aria-label", words.overviewCaption);
    const titles = titlesOf(view.sums, scene);
    this.head.replaceChildren(...COLUMNS.map((each) => h("th", { scope: "col", class: each }, titles[each])));
    setChildren(this.rows, view.branches.map((each) => this.#row(each, scene)));
    this.foot.replaceChildren(sumRow(view.sums, scene));
    setText(this.note, view.branches.some((each) => each.mode !== "live") ? words.apartNote : "");
  }

  /**
   * @param {BranchOverview} each
   * @param {Scene} scene
   */
  #row(each, scene) {
    const { words, language, city } = scene;
    const { measures } = each;
    const kept = this.#rows.get(each.branch) ?? newRow(each.branch);
    this.#rows.set(each.branch, kept);
    const { row, name, link } = kept;
    const known = measures.known_from
      ? words.knownFrom(new CityFormat(language, city.time_zone).time(Date.parse(measures.known_from)))
      : "";
    const tags = [words.modes[each.mode], known].filter(Boolean).map((tag) => h("span", { class: "chip" }, tag));
    const state = each.alarm !== "none" ? words.alarm : each.power === "off" ? words.noPower : "";
    const where = h("td", {}, words.states[measures.state], state && h("span", { class: each.alarm !== "none" ? "chip stop" : "chip warn" }, state));
    const alerts = h("td", { class: each.alerts ? "num warn" : "num" }, String(each.alerts));
    setText(link, local(each.name, language));
    setChildren(name, [link, ...tags]);
    setChildren(row, [name, where, ...figures(measures, scene), alerts, h("td", {}, strip(each, scene))]);
    row.className = each.mode === "live" ? "" : "apart";
    return row;
  }
}

/**
 * @param {CitySums} sums
 * @param {Scene} scene
 * @returns {Record<(typeof COLUMNS)[number], string>} the promises with their minutes
 */
function titlesOf({ standards }, { words: { columns } }) {
  const promise = standards.find((each) => each.metric === "wait");
  return { ...columns, target: columns.target(promise?.target_minutes), guaranteed: columns.guaranteed(promise?.guaranteed_minutes) };
}

/** @param {string} branch */
function newRow(branch) {
  const link = h("a", { href: `/supervisor?branch=${encodeURIComponent(branch)}` });
  const name = h("th", { scope: "row" }, link);
  return { row: h("tr", {}, name), name, link };
}

/**
 * @param {CitySums} sums
 * @param {Scene} scene
 */
function sumRow(sums, scene) {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, scene.words.wholeCity),
    h("td"),
    ...figures(sums, scene),
    h("td", { class: "num" }, String(sums.alerts)),
    h("td"),
  );
}

/**
 * @param {CitySums | BranchOverview["measures"]} measures
 * @param {Scene} scene
 * @returns {HTMLElement[]} the cells that a branch and the city share
 */
function figures(measures, { language }) {
  const promise = measures.standards.find((each) => each.metric === "wait");
  const cells = [
    [String(measures.waiting), ""],
    [minutesText(measures.longest_minutes, language), ""],
    [minutesText(measures.median_minutes, language), ""],
    [percent(promise?.within_target), missedBy(promise, promise?.within_target)],
    [percent(promise?.within_guaranteed), missedBy(promise, promise?.within_guaranteed)],
    [String(measures.served), ""],
    [String(measures.missed), ""],
    [String(measures.over_red), measures.over_red ? "over" : ""],
    [`${measures.desks_open}/${measures.desks_total}`, ""],
  ];
  return cells.map(([text, tone]) => h("td", { class: `num ${tone}` }, text));
}

/**
 * @param {StandardShare | undefined} promise
 * @param {number | null | undefined} share
 * @returns {string} a class where less than promised
 */
function missedBy(promise, share) {
  return promise && share != null && share < promise.share ? "warn" : "";
}

/**
 * @param {BranchOverview} row
 * @param {Scene} scene
 * @returns {HTMLElement} half-hours as columns: height and colour by the median wait, the whole in a sentence
 */
function strip({ measures }, { city, language, words }) {
  const format = new CityFormat(language, city.time_zone);
  const cells = (measures.strip?.cells ?? []).map((cell) => ({ ...cell, time: format.time(Date.parse(cell.at)) }));
  const busy = city.levels?.busy_minutes ?? 40;
  const told = cells.filter((cell) => cell.p50 !== null).map((cell) => words.cell(cell.time, minutesText(cell.p50, language)));
  const bars = cells.map((cell) => {
    const bar = h("i", { "data-level": cell.level ?? "none", title: cell.p50 === null ? cell.time : words.cell(cell.time, minutesText(cell.p50, language)) });
    bar.style.setProperty("--fill", String(Math.min(1, (cell.p50 ?? 0) / busy)));
    return bar;
  });
  return h("span", { class: "strip", role: "img", "aria-label": told.join(", ") || words.stripEmpty }, ...bars);
}
