/** @import { BranchOverview, CitySums, OverviewView, Scene, StandardShare } from "./types.js" */
import { h, setText } from "/pages/assets/dom.js";
import { CityFormat, local } from "/pages/assets/format.js";
import { minutesText, percent } from "./tell.js";

/** All branches in one table, the city's sums at its foot. */

const COLUMNS = /** @type {const} */ ([
  "branch", "state", "waiting", "longest", "median", "target", "guaranteed", "served", "missed", "red", "desks", "alerts", "strip",
]);

export class OverviewTable {
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
    this.head.replaceChildren(...COLUMNS.map((each) => h("th", { scope: "col", class: each }, words.columns[each])));
    this.rows.replaceChildren(...view.branches.map((each) => branchRow(each, scene)));
    this.foot.replaceChildren(sumRow(view.sums, scene));
    setText(this.note, view.branches.some((each) => each.mode !== "live") ? words.apartNote : "");
  }
}

/**
 * @param {BranchOverview} row
 * @param {Scene} scene
 */
function branchRow(row, scene) {
  const { words, language, city } = scene;
  const { measures } = row;
  const link = h("a", { href: `/supervisor?branch=${encodeURIComponent(row.branch)}` }, local(row.name, language));
  const known = measures.known_from
    ? words.knownFrom(new CityFormat(language, city.time_zone).time(Date.parse(measures.known_from)))
    : "";
  const tags = [words.modes[row.mode], known].filter(Boolean).map((tag) => h("span", { class: "chip" }, tag));
  const state = row.alarm !== "none" ? words.alarm : row.power === "off" ? words.noPower : "";
  const where = h("td", {}, words.states[measures.state], state && h("span", { class: row.alarm !== "none" ? "chip stop" : "chip warn" }, state));
  return h(
    "tr",
    { class: row.mode === "live" ? "" : "apart" },
    h("th", { scope: "row" }, link, ...tags),
    where,
    ...figures(measures, scene),
    h("td", { class: row.alerts ? "num warn" : "num" }, String(row.alerts)),
    h("td", {}, strip(row, scene)),
  );
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
