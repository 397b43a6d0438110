import { backoff } from "/pages/assets/backoff.js";
import { equal, ok } from "./assert.js";

export function waits_longer_after_each_failure_up_to_the_cap() {
  const longest = [1, 2, 3, 4, 5, 6, 50].map((failures) => backoff(failures, () => 0.999));
  equal(longest.map(Math.round), [999, 1998, 3996, 7992, 15984, 29970, 29970]);
}

export function spreads_a_crowd_over_the_whole_span() {
  const spread = [0, 0.25, 0.5, 0.75].map((random) => backoff(4, () => random));
  equal(spread, [0, 2000, 4000, 6000]);
  ok(backoff(0) < 1000, "no failure yet");
}
