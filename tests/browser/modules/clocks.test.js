import { CityTime, secondsSince } from "/pages/assets/clocks.js";
import { equal } from "./assert.js";

export function age_is_the_larger_of_both_clocks() {
  const since = { steady: 1000, wall: 5000 };
  equal(secondsSince(since, { steady: 4000, wall: 8000 }), 3);
  equal(secondsSince(since, { steady: 1000, wall: 65_000 }), 60, "asleep: the steady clock stood still");
  equal(secondsSince(since, { steady: 11_000, wall: 0 }), 10, "the wall clock was set back");
}

export function the_city_lives_at_its_own_speed() {
  let steady = 0;
  const time = new CityTime(() => steady);
  equal(time.now(), null);
  time.set("2026-11-23T10:00:00+02:00", 60);
  steady = 1000;
  equal(new Date(time.now()).toISOString(), "2026-11-23T08:01:00.000Z");
  time.set("2026-11-23T10:05:00+02:00");
  steady = 2000;
  equal(new Date(time.now()).toISOString(), "2026-11-23T08:06:00.000Z", "the speed is kept");
  time.set("nonsense");
  equal(new Date(time.now()).toISOString(), "2026-11-23T08:06:00.000Z");
}
