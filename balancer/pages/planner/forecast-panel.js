/** @import { Forecast, ForecastDay } from "./types.js" */
/** @import { Panel } from "./panel.js" */
import { local } from "/pages/assets/format.js";
import { h } from "/pages/assets/dom.js";
import { folded, heading, keyItem, table } from "./tables.js";

/** Who comes: one day as a picture, several as a table. */

/**
 * @param {Panel<Forecast>} panel
 * @param {Forecast} answer
 * @param {URLSearchParams} asked
 * @param {(date: string) => void} choose shows another day
 */
export function drawForecast(panel, answer, asked, choose) {
  const { words, figures } = panel;
  const [day] = answer.days;
  if (!day) return;
  if (answer.days.length > 1) {
    panel.fill(heading(words.arrivals, ""), weekTable(panel, answer, choose), h("p", { class: "aside" }, words.weekHint));
    return;
  }
  if (day.closed) {
    panel.fill(heading(words.arrivals, figures.day(day.date)), h("p", { class: "empty" }, closedWords(panel, day)));
    return;
  }
  const note = words.arrivalsNote(...totals(panel, day));
  const key = [keyItem("band", words.forecastKey)];
  if (answer.past.length) key.push(keyItem("dots", words.pastKey(answer.past.length)));
  if (answer.date === answer.today) key.push(keyItem("dash", words.soFarKey));
  void panel.plot.show(withPlot(asked, "forecast"), words.plotOfArrivals(note));
  panel.fill(heading(words.arrivals, note, ...key), panel.plot.element, folded(words.asTable, slotTable(panel, day)));
}

/**
 * @param {URLSearchParams} asked
 * @param {string} plot
 */
export function withPlot(asked, plot) {
  const full = new URLSearchParams(asked);
  full.set("plot", plot);
  return full;
}

/**
 * @param {Panel<Forecast>} panel
 * @param {ForecastDay} day
 * @returns {[string, string, string]}
 */
function totals({ figures }, day) {
  return [figures.number(day.total.mean), figures.number(day.total.p10), figures.number(day.total.p90)];
}

/**
 * @param {Panel<Forecast>} panel
 * @param {ForecastDay} day
 */
function closedWords({ words, language }, day) {
  return day.holiday ? `${words.closedDay} ${local(day.holiday, language)}.` : words.closedDay;
}

/**
 * @param {Panel<Forecast>} panel
 * @param {ForecastDay} day
 */
function slotTable({ words, figures }, day) {
  const rows = day.slots.map((slot) => [
    figures.clock(slot.at),
    figures.number(slot.mean),
    `${figures.number(slot.p10)}–${figures.number(slot.p90)}`,
    slot.actual === null ? "" : figures.number(slot.actual),
  ]);
  return table([words.time, words.expected, words.rangeOf, words.came], rows, words.arrivals);
}

/**
 * @param {Panel<Forecast>} panel
 * @param {Forecast} answer
 * @param {(date: string) => void} choose
 */
function weekTable(panel, answer, choose) {
  const { words, figures } = panel;
  const rows = answer.days.map((day) => {
    const name = h("button", { type: "button", class: "plain", onclick: () => choose(day.date) }, figures.shortDay(day.date));
    if (day.closed) return [name, day.holiday ? words.holiday : words.closed, "", ""];
    const [mean, low, high] = totals(panel, day);
    const top = day.slots.reduce((best, slot) => (slot.mean > best.mean ? slot : best), day.slots[0] ?? { at: "", mean: 0 });
    return [name, mean, `${low}–${high}`, figures.clock(top.at)];
  });
  return table([words.dayName, words.visitors, words.rangeOf, words.busiest], rows, words.arrivals);
}
