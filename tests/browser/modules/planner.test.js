import { clockOf, minutesOf, readDesks, shifted, spanOf, stretches, writeDesks } from "/pages/planner/choice.js";
import { Figures } from "/pages/planner/figures.js";
import { equal } from "./assert.js";

const slots = (/** @type {number[][]} */ pairs) =>
  pairs.map(([need = 0, plan = 0], nth) => ({ at: clockOf(540 + 30 * nth), need, plan }));

export function theLongestRunThatIsShortIsOffered() {
  const { short, spare } = stretches(slots([[5, 4], [4, 4], [6, 4], [7, 4], [1, 4]]), 30);
  equal(short, { from: "10:00", to: "11:00", plan: 4, low: 2, high: 3 });
  equal(spare, { from: "11:00", to: "11:30", plan: 4, low: 3, high: 3 });
}

export function aPlanThatFitsHasNothingToOffer() {
  equal(stretches(slots([[4, 4], [4, 4]]), 30), { short: null, spare: null });
  equal(stretches([], 30), { short: null, spare: null });
}

export function desksOfSeveralStretchesStandInOneParameter() {
  const desks = readDesks("09:30-11:30:28,16:30-18:00:12");
  equal([...desks], [["09:30-11:30", 28], ["16:30-18:00", 12]]);
  equal(writeDesks(desks), "09:30-11:30:28,16:30-18:00:12");
  equal([...readDesks(undefined)], []);
}

export function daysAreCountedOverTheEndOfAMonthAndTheChangeOfClocks() {
  equal(shifted("2026-10-24", 1), "2026-10-25");
  equal(shifted("2026-10-25", 1), "2026-10-26");
  equal(shifted("2026-12-31", 1), "2027-01-01");
  equal(spanOf("week", "2026-11-30"), { date: "2026-12-01", days: 7 });
  equal(spanOf("2026-11-05", "2026-11-30"), { date: "2026-11-05", days: 1 });
}

export function figuresAreWrittenAsTheReaderDoes() {
  const uk = new Figures("uk");
  equal(uk.number(4.14, 1), "4,1");
  equal(uk.signed(-0.6, 1), "−0,6");
  equal(uk.signed(3), "+3");
  equal(new Figures("en").percent(0.905), "91\u00a0%");
  equal(uk.day("2026-11-24"), "вівторок, 24 листопада");
  equal(minutesOf("09:30"), 570);
}
