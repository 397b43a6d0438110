import { isTie, levelOf, rangeOf, scaleOf, SteadyWaits } from "/widget/estimates.js";
import { equal } from "./assert.js";

const wait = (p50, p90, p10 = 0) => ({ p10, p50, p90 });

export function a_shown_estimate_moves_only_with_two_minutes() {
  const steady = new SteadyWaits();
  equal(steady.take("a", wait(7, 14)), wait(7, 14));
  equal(steady.take("a", wait(8.9, 20)), wait(7, 14));
  equal(steady.take("a", wait(5.1, 9)), wait(7, 14));
  equal(steady.take("a", wait(9, 20)), wait(9, 20));
  equal(steady.take("b", wait(8, 9)), wait(8, 9), "another queue");
  equal(steady.take("a", null), null, "unknown at once");
  equal(steady.take("a", wait(8, 15)), wait(8, 15));
}

export function ranges_are_whole_minutes_and_never_a_point() {
  equal(rangeOf(wait(6.6, 13.7)), { low: 7, high: 14 });
  equal(rangeOf(wait(4, 4.2)), { low: 4, high: 5 });
  equal(rangeOf(wait(0.3, 2.8)), { low: 0, high: 3 });
  equal(rangeOf(wait(62, 97)), { low: 60, high: 95 }, "in fives over an hour");
}

export function levels_follow_the_city() {
  const levels = { moderate_minutes: 15, busy_minutes: 40 };
  equal(
    [14.9, 15, 39, 40].map((p50) => levelOf(wait(p50, 90), levels)),
    ["quiet", "moderate", "moderate", "busy"],
  );
}

export function near_ties_are_those_that_look_alike() {
  equal(isTie(wait(5.4, 9), wait(2.6, 8)), true, "5 and 3 as shown");
  equal(isTie(wait(6, 9), wait(2.6, 8)), false);
}

export function one_scale_for_all_rows() {
  equal(
    [[], [wait(1, 2)], [wait(3, 21)], [wait(9, 40)], [wait(60, 130)], [wait(300, 500)]].map(scaleOf),
    [20, 20, 40, 40, 160, 540],
  );
}
