/** @import { BriefingView, DayFigures, Scene, ShortSpan } from "./types.js" */
import { h } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { branchName, countText, dayText, minutesText, percent, queueName } from "./tell.js";

/**
 * A past day on one sheet of paper.
 *
 * @typedef {{branch: string, spans: ShortSpan[]} | "pending" | null} Plan where today's plan lacks desks
 */

const MOST_QUEUES = 6;
const MOST_SPANS = 4;

/**
 * @param {BriefingView} view
 * @param {Plan} plan
 * @param {Scene} scene
 * @returns {HTMLElement}
 */
export function briefingSheet(view, plan, scene) {
  const { words, language } = scene;
  const { figures } = view;
  if (!figures) return h("p", { class: "banner" }, words.noDayAtAll);
  const where = view.branch ? branchName(scene, view.branch) : words.wholeCity;
  return h(
    "article",
    { class: "sheet" },
    h("h2", {}, `${words.briefingTitle}: ${dayText(view.day, language)}`, " ", h("small", {}, where)),
    key(view, figures, scene),
    decisions(view, figures, plan, scene),
    hours(view, scene),
    h("div", { class: "pair" }, standards(figures, scene), incidents(view, scene)),
    view.branches.length ? branches(view, scene) : null,
    queues(view, scene),
  );
}

/**
 * @param {BriefingView} view
 * @param {DayFigures} figures
 * @param {Scene} scene
 */
function key(view, figures, { words, language }) {
  const { visitors, usual } = figures;
  const more = usual ? Math.round(((visitors - usual) / usual) * 100) : null;
  const facts = [
    [words.visitors, countText(visitors, language), more === null ? words.usualUnknown : words.againstUsual(more, countText(usual ?? 0, language))],
    [words.waitMedian, `${minutesText(figures.median_minutes, language)} ${words.minutes}`, words.waitLate(minutesText(figures.p90_minutes, language))],
    [words.service, `${minutesText(figures.mean_service_minutes, language)} ${words.minutes}`, words.overRed(figures.over_red, percent(figures.served ? figures.over_red / figures.served : null))],
    [words.missed, String(figures.missed), words.ofTickets(percent(visitors ? figures.missed / visitors : null))],
    [words.desks, minutesText(figures.desks_mean, language), figures.desks_mean === null ? words.desksUnknown : words.desksMost(figures.desks_most)],
    [words.halts, `${figures.alarm_minutes + figures.pause_minutes} ${words.minutes}`, words.haltMinutes(figures.alarm_minutes, figures.pause_minutes)],
  ];
  const cells = facts.map(([label, value, aside]) => h("div", {}, h("dt", {}, label), h("dd", {}, h("b", {}, value), h("span", { class: "aside" }, aside))));
  const peak = view.peak ? h("p", {}, `${words.peak} `, h("b", {}, words.peakAt(view.peak.at, view.peak.visitors))) : null;
  return h("div", {}, h("dl", { class: "key" }, ...cells), peak);
}

/**
 * @param {BriefingView} view
 * @param {DayFigures} figures
 * @param {Plan} plan
 * @param {Scene} scene
 */
function decisions(view, figures, plan, scene) {
  const { words, language } = scene;
  const items = figures.standards
    .filter((each) => each.within_target !== null && each.within_target < each.share)
    .map((each) => words.decideStandard(local(each.name, language), percent(each.within_target), percent(each.share)));
  const { worst } = view;
  if (worst && worst.median_minutes >= (scene.city.levels?.moderate_minutes ?? 15)) {
    const minutes = minutesText(worst.median_minutes, language);
    items.push(words.decideQueue(queueName(scene, worst.branch, worst.queue), branchName(scene, worst.branch), minutes));
  }
  if (plan === "pending") items.push(words.planPending);
  else if (plan && plan.spans.length) {
    const spans = plan.spans.slice(0, MOST_SPANS).map((each) => words.shortSpan(clock(each.from), each.until ? clock(each.until) : "…", each.short));
    items.push(words.decideDesks(branchName(scene, plan.branch), spans.join(", ")));
  }
  const list = items.length ? h("ol", { class: "plain-list" }, ...items.map((item) => h("li", {}, item))) : h("p", {}, words.decideNothing);
  return h("section", { class: "decide" }, h("h3", {}, words.decide), list);
}

/** @param {string} at RFC 3339 or HH:MM */
function clock(at) {
  return at.includes("T") ? at.slice(11, 16) : at;
}

/**
 * @param {BriefingView} view
 * @param {Scene} scene
 */
function hours(view, { words, language }) {
  const most = Math.max(1, ...view.strip.map((each) => each.visitors));
  const told = view.strip.map((each) => `${each.at}: ${each.visitors}`).join(", ");
  const bars = view.strip.map((each) => {
    const bar = h("i", { title: `${each.at}: ${each.visitors}, ${minutesText(each.median_minutes, language)} ${words.minutes}` });
    bar.style.setProperty("--fill", String(each.visitors / most));
    const label = each.at.endsWith(":00") ? each.at.slice(0, 2) : "";
    return h("span", {}, bar, h("small", {}, label));
  });
  return h("section", {}, h("h3", {}, words.visitors), h("div", { class: "hours", role: "img", "aria-label": `${words.visitors}: ${told}` }, ...bars));
}

/**
 * @param {DayFigures} figures
 * @param {Scene} scene
 */
function standards(figures, { words, language }) {
  const rows = figures.standards.map((each) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, local(each.name, language)),
      h("td", { class: each.within_target !== null && each.within_target < each.share ? "warn" : "" }, words.within(percent(each.within_target), each.target_minutes)),
      h("td", {}, words.within(percent(each.within_guaranteed), each.guaranteed_minutes)),
      h("td", { class: "aside" }, words.promised(percent(each.share))),
    ),
  );
  return h("section", { hidden: rows.length === 0 }, h("h3", {}, words.standards), h("table", {}, h("tbody", {}, ...rows)));
}

/**
 * @param {BriefingView} view
 * @param {Scene} scene
 */
function incidents(view, { words }) {
  /** @type {Record<string, string>} */
  const names = words.categories;
  const items = view.incidents.map((each) => h("li", {}, `${names[each.category] ?? each.category}: ${each.count}`));
  return h("section", {}, h("h3", {}, words.incidents), items.length ? h("ul", { class: "plain-list" }, ...items) : h("p", {}, words.noIncidents));
}

/**
 * @param {BriefingView} view
 * @param {Scene} scene
 */
function branches(view, scene) {
  const { words, language } = scene;
  const { columns } = words;
  const promise = view.figures?.standards.find((each) => each.metric === "wait");
  const known = view.branches.some((each) => each.desks_mean !== null);
  const target = columns.target(promise?.target_minutes);
  const titles = [columns.branch, words.visitors, columns.median, words.late, target, columns.red, columns.missed, ...(known ? [columns.desks] : [])];
  const rows = view.branches.map((each) => [
    branchName(scene, each.branch),
    countText(each.visitors, language),
    minutesText(each.median_minutes, language),
    minutesText(each.p90_minutes, language),
    percent(each.standards.find((one) => one.metric === "wait")?.within_target),
    String(each.over_red),
    String(each.missed),
    ...(known ? [minutesText(each.desks_mean, language)] : []),
  ]);
  return h("section", {}, h("h3", {}, words.branches), table(words.branches, titles, rows));
}

/**
 * @param {BriefingView} view
 * @param {Scene} scene
 */
function queues(view, scene) {
  const { words, language } = scene;
  const rows = view.queues.slice(0, MOST_QUEUES).map((each) => [
    view.branch ? queueName(scene, each.branch, each.queue) : `${queueName(scene, each.branch, each.queue)}, ${branchName(scene, each.branch)}`,
    String(each.called),
    minutesText(each.median_minutes, language),
    minutesText(each.p90_minutes, language),
  ]);
  const titles = [words.queue, words.called, words.columns.median, words.late];
  return h("section", {}, h("h3", {}, words.queues), table(words.queues, titles, rows));
}

/**
 * @param {string} name
 * @param {string[]} titles
 * @param {string[][]} rows the first cell is the row's head
 */
function table(name, titles, rows) {
  const head = h("tr", {}, ...titles.map((each) => h("th", { scope: "col" }, each)));
  const body = rows.map(([first = "", ...cells]) => h("tr", {}, h("th", { scope: "row" }, first), ...cells.map((each) => h("td", { class: "num" }, each))));
  return h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": name }, h("table", {}, h("thead", {}, head), h("tbody", {}, ...body)));
}
