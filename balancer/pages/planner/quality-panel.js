/** @import { Backtest } from "./types.js" */
/** @import { Panel } from "./panel.js" */
import { h } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { withPlot } from "./forecast-panel.js";
import { folded, heading, table } from "./tables.js";

/**
 * How right the waits told were: told against true, and the error by queue.
 *
 * @param {Panel<Backtest>} panel
 * @param {Backtest} answer
 * @param {URLSearchParams} asked
 */
export function drawQuality(panel, answer, asked) {
  const { words, figures } = panel;
  if (!answer.overall) {
    panel.fill(heading(words.calibration, ""), h("p", { class: "empty" }, words.noScored));
    return;
  }
  const dates = words.calibrationNote(figures.date(answer.first ?? ""), figures.date(answer.last ?? ""));
  void panel.plot.show(withPlot(asked, "calibration"), words.plotOfCalibration);
  const bins = answer.calibration.map((bin) => [
    figures.number(bin.predicted, 1),
    figures.number(bin.p50, 1),
    `${figures.number(bin.p10)}–${figures.number(bin.p90)}`,
    figures.number(bin.n),
  ]);
  const heads = [words.told, words.waited, words.rangeOf, words.people];
  panel.fill(
    h(
      "div",
      { class: "low" },
      h(
        "div",
        {},
        heading(words.calibration, dates),
        panel.plot.element,
        folded(words.asTable, table(heads, bins, words.calibration)),
      ),
      h("div", {}, heading(words.error, words.errorNote(figures.number(answer.overall.n))), measures(panel, answer.overall), queues(panel, answer)),
    ),
  );
}

/**
 * @param {Panel<Backtest>} panel
 * @param {NonNullable<Backtest["overall"]>} overall
 */
function measures({ words, figures }, overall) {
  const pairs = [
    [`${figures.number(overall.mae, 1)} ${words.minutes}`, words.mae],
    [`${figures.number(overall.rmse, 1)} ${words.minutes}`, words.rmse],
    [`${figures.signed(overall.bias, 1)} ${words.minutes}`, words.bias],
    [figures.percent(overall.coverage_p90), words.coverage],
  ];
  return h("dl", { class: "measures" }, ...pairs.map(([value, name]) => h("div", {}, h("dd", {}, value), h("dt", {}, name))));
}

/**
 * @param {Panel<Backtest>} panel
 * @param {Backtest} answer
 */
function queues({ words, figures, language }, answer) {
  const top = Math.max(...answer.queues.map((each) => each.mae), 1);
  const rows = answer.queues.map((each) => [
    `${each.letter}\u00a0${local(each.name, language)}`,
    h(
      "span",
      { class: "bar" },
      h("b", {}, figures.number(each.mae, 1)),
      h("meter", { min: 0, max: top, value: each.mae, "aria-hidden": "true" }),
    ),
    figures.percent(each.coverage_p90),
  ]);
  return table([words.queue, words.errorMinutes, words.coverage], rows, words.error);
}
