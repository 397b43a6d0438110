/** @import { Language } from "/pages/assets/types.js" */
/** @import { Difference, Outcome, Staffing } from "./types.js" */
import { h } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { Figures } from "./figures.js";
import { wordsOf } from "./words.js";

/**
 * What a plan comes to, and what it would come to otherwise. Colour only where the difference is not chance: better is
 * green-blue, worse or dearer is amber.
 *
 * @param {Staffing} answer
 * @param {Language} language
 * @returns {HTMLElement | null}
 */
export function outcomeTable(answer, language) {
  const { plan, what_if: other, difference } = answer;
  if (!plan) return null;
  const words = wordsOf(language);
  const figures = new Figures(language);
  const whole = (/** @type {number} */ value) => figures.number(value);
  const rows = [
    row(words.half, plan.p50, other?.p50, whole, difference?.p50, -1),
    row(words.nine, plan.p90, other?.p90, whole, difference?.p90, -1),
    ...answer.standards.map((standard, nth) =>
      row(
        words.within(standard.minutes),
        plan.within[nth] ?? 0,
        other?.within[nth],
        (share) => figures.percent(share),
        difference?.within[nth],
        1,
      ),
    ),
    row(words.unserved, plan.unserved, other?.unserved, whole, undefined, -1),
    row(words.deskHours, plan.desk_hours, other?.desk_hours, (hours) => figures.number(hours, 1), difference?.desk_hours, -1),
  ];
  if (other?.elsewhere != null) rows.push(row(words.elsewhere, plan.elsewhere ?? 0, other.elsewhere, whole, undefined, 0));
  if (plan.worst_p90 != null) rows.push(row(words.worst, plan.worst_p90, other?.worst_p90 ?? undefined, whole, undefined, -1));
  for (const each of answer.others) {
    rows.push(row(`${local(each.name, language)}, p90`, each.plan.p90, each.what_if.p90, whole, undefined, -1));
  }
  return h(
    "table",
    { class: "outcomes" },
    h("caption", { class: "sr" }, words.ifTitle),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, words.outcomes(figures.shortDay(answer.date))),
        h("th", { scope: "col" }, words.plan),
        h("th", { scope: "col" }, words.whatIf),
      ),
    ),
    h("tbody", {}, ...rows),
  );
}

/**
 * @param {string} name
 * @param {number} plan
 * @param {number | undefined} other
 * @param {(value: number) => string} say
 * @param {Difference | undefined} difference
 * @param {number} better 1 if more is better, −1 if less is
 */
function row(name, plan, other, say, difference, better) {
  const real = difference !== undefined && Math.abs(difference.value) > difference.chance;
  const tone = real ? (Math.sign(difference.value) === better ? "better" : "worse") : null;
  const cell = h("td", { class: tone }, other === undefined ? "—" : say(other));
  return h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, say(plan)), cell);
}

/**
 * @param {Staffing} answer
 * @param {Language} language
 */
export function chanceWords(answer, language) {
  const words = wordsOf(language);
  const chance = answer.difference?.p90.chance;
  if (chance === undefined) return "";
  return words.chance(answer.repeats, answer.seed, new Figures(language).number(chance, 1));
}

/**
 * @param {Staffing} answer
 * @param {Language} language
 * @returns {string} what is otherwise, in words
 */
export function changeWords(answer, language) {
  return answer.changes.map((change) => local(change, language)).join("; ") || wordsOf(language).noChange;
}

/** @param {Outcome} outcome @param {Language} language @returns {string} one line of figures */
export function outcomeWords(outcome, language) {
  const words = wordsOf(language);
  const figures = new Figures(language);
  return `p50 ${figures.number(outcome.p50)}, p90 ${figures.number(outcome.p90)} ${words.minutes}`;
}
