/** @import { CityInfo, Language } from "/pages/assets/types.js" */
import { h, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { offerLanguages, rememberLanguage, visitorsLanguage, wireLanguages } from "/pages/assets/language.js";
import { localeOf } from "/pages/assets/words.js";
import { wordsOf } from "./words.js";

/**
 * How the waits are known, and how right they were: the city's published error.
 *
 * @typedef {{n: number, median_error: number | null, coverage_p90: number | null}} Figures
 * @typedef {object} Accuracy
 * @property {number} weeks
 * @property {number} left_out
 * @property {Figures} overall
 * @property {(Figures & {branch: string, queue: string | null})[]} queues
 * @property {(Figures & {from_minutes: number, to_minutes: number | null})[]} by_horizon
 */

const RETRY_MS = 3_000;

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

let language = await visitorsLanguage();
/** @type {CityInfo | null} */
let city = null;
/** @type {Accuracy | "off" | "trouble" | null} */
let found = null;

/** @param {number} value @param {number} digits */
function number(value, digits) {
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(localeOf(language), format).format(value);
}

/** @param {Figures} figures */
function cells(figures) {
  const few = wordsOf(language).few;
  const error = figures.median_error === null ? few : number(figures.median_error, 1);
  const share = figures.coverage_p90 === null ? "—" : `${number(100 * figures.coverage_p90, 0)}\u00a0%`;
  return [error, share, number(figures.n, 0)];
}

/**
 * @param {string} first
 * @param {[string, Figures][]} rows
 */
function table(first, rows) {
  const words = wordsOf(language);
  const heads = [first, words.error, words.share, words.count];
  return h(
    "div",
    { class: "wide", tabindex: 0, role: "region", "aria-label": first },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
      h(
        "tbody",
        {},
        ...rows.map(([name, figures]) =>
          h("tr", {}, h("th", { scope: "row" }, name), ...cells(figures).map((cell) => h("td", {}, cell))),
        ),
      ),
    ),
  );
}

/** @param {Accuracy} accuracy */
function report(accuracy) {
  const words = wordsOf(language);
  const { overall } = accuracy;
  if (overall.median_error === null) return [h("p", { class: "banner" }, words.empty)];
  const sums = [
    [`±${number(overall.median_error, 1)} ${words.minutes}`, words.half],
    [`${number(100 * (overall.coverage_p90 ?? 0), 0)}\u00a0%`, words.within],
    [number(overall.n, 0), words.visits],
  ];
  /** @type {[string, Figures][]} */
  const branches = accuracy.queues
    .filter((each) => each.queue === null)
    .map((each) => [local(city?.branches.find((branch) => branch.branch === each.branch)?.name, language) || each.branch, each]);
  /** @type {[string, Figures][]} */
  const horizons = accuracy.by_horizon.map((each) => [words.span(each.from_minutes, each.to_minutes), each]);
  return [
    h("dl", { class: "sum" }, ...sums.map(([value, name]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
    h("h2", {}, words.branches),
    table(words.branch, branches),
    h("h2", {}, words.horizon),
    table(words.told, horizons),
    h("p", { class: "note" }, words.note(accuracy.weeks, accuracy.left_out)),
  ];
}

function figures() {
  const words = wordsOf(language);
  if (found === null) return [];
  if (found === "off") return [h("p", { class: "banner" }, words.off)];
  if (found !== "trouble") return report(found);
  const again = h("button", { type: "button", class: "btn", onclick: () => void load() }, words.again);
  return [h("p", { class: "banner warn", role: "alert" }, words.trouble), again];
}

function draw() {
  const words = wordsOf(language);
  document.documentElement.lang = language;
  document.title = words.title;
  setText(part("title"), words.title);
  setText(part("back"), words.back);
  part("languages").setAttribute("aria-label", words.languages);
  part("text").replaceChildren(...words.text.map((paragraph) => h("p", {}, paragraph)));
  part("figures").replaceChildren(...figures());
  wireLanguages(part("languages"), language, choose);
}

/** @param {Language} chosen */
function choose(chosen) {
  language = chosen;
  draw();
}

async function load() {
  part("figures").setAttribute("aria-busy", "true");
  try {
    const { cities } = await (await fetch("/api/v1/cities")).json();
    const place = `/api/v1/cities/${encodeURIComponent(cities[0].city)}`;
    const [definition, answer] = await Promise.all([fetch(place), fetch(`${place}/accuracy`)]);
    city = await definition.json();
    if (answer.ok) found = await answer.json();
    else found = answer.status === 404 ? "off" : "trouble";
  } catch {
    found = "trouble";
  }
  part("figures").setAttribute("aria-busy", "false");
  draw();
  if (found === "trouble") setTimeout(() => found === "trouble" && void load(), RETRY_MS);
}

if (new URL(location.href).searchParams.has("lang")) rememberLanguage(language);
draw();
void offerLanguages(part("languages")).then(() => wireLanguages(part("languages"), language, choose));
await load();
