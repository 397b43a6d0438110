/** @import { Staffing } from "./types.js" */
/** @import { Panel } from "./panel.js" */
import { h } from "/pages/assets/dom.js";
import { stretches } from "./choice.js";
import { withPlot } from "./forecast-panel.js";
import { folded, heading, keyItem, table } from "./tables.js";

/**
 * How many desks a day needs, beside the plan.
 *
 * @param {Panel<Staffing>} panel
 * @param {Staffing} answer
 * @param {URLSearchParams} asked
 */
export function drawStaffing(panel, answer, asked) {
  const { words, figures } = panel;
  const goal = answer.standards[0];
  if (!answer.slots.length || !goal) {
    panel.fill(heading(words.desks, ""), h("p", { class: "empty" }, words.closedDay));
    return;
  }
  const { short } = stretches(answer.slots, answer.slot_minutes);
  const amount = short && (short.low === short.high ? `${short.low}` : `${short.low}–${short.high}`);
  const said = short ? words.lacks(figures.clock(short.from), figures.clock(short.to), amount ?? "") : words.enough;
  const note = words.desksNote(Math.round(goal.share * 100), goal.minutes);
  const key = [keyItem("line", words.needKey), keyItem("step", words.planKey)];
  if (short) key.push(keyItem("hatch", words.shortKey));
  if (answer.what_if) key.push(keyItem("dash", words.whatIfKey));
  void panel.plot.show(withPlot(asked, "staffing"), words.plotOfDesks(said));
  const rows = answer.slots.map((slot) => [
    figures.clock(slot.at),
    figures.number(slot.need),
    figures.number(slot.plan),
    figures.number(slot.what_if ?? slot.plan),
  ]);
  const numbers = table([words.time, words.need, words.plan, words.whatIf], rows, words.desks);
  panel.fill(heading(words.desks, note, ...key), panel.plot.element, h("p", { class: "said" }, said), folded(words.asTable, numbers));
}
