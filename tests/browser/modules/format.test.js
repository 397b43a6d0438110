import { CityFormat, local, plural } from "/pages/assets/format.js";

import { equal } from "./assert.js";

const at = (text) => Date.parse(text);
const uk = new CityFormat("uk", "Europe/Kyiv");
const en = new CityFormat("en", "Europe/Kyiv");

export function times_are_the_citys_wherever_the_reader_is() {
  equal(uk.time(at("2026-11-23T07:05:09Z")), "9:05");
  equal(uk.timeWithSeconds(at("2026-11-23T07:05:09Z")), "9:05:09");
  equal(new CityFormat("en", "America/New_York").time(at("2026-11-23T00:30:00+02:00")), "17:30");
  equal(uk.time(at("2026-11-22T22:00:00Z")), "0:00");
}

export function a_day_is_named_as_people_name_it() {
  const now = at("2026-11-23T20:00:00+02:00");
  const until = (text) => [uk.until(at(text), now), en.until(at(text), now)];
  equal(until("2026-11-23T21:00:00+02:00"), ["21:00", "21:00"]);
  equal(until("2026-11-24T09:00:00+02:00"), ["завтра, 9:00", "tomorrow, 9:00"]);
  equal(until("2026-11-25T09:00:00+02:00"), ["середи, 9:00", "Wednesday, 9:00"]);
  equal(until("2026-12-14T09:00:00+02:00"), ["14.12, 9:00", "14.12, 9:00"]);
  equal(
    [
      uk.shortDay(at("2026-11-23T21:00:00+02:00"), now),
      uk.shortDay(at("2026-11-30T09:00:00+02:00"), now),
      en.shortDay(at("2026-11-27T09:00:00+02:00"), now),
    ],
    ["", "30.11", "Fri"],
  );
}

export function days_hold_over_the_change_of_clocks() {
  const now = at("2026-10-24T23:30:00+03:00");
  equal(uk.until(at("2026-10-25T23:30:00+02:00"), now), "завтра, 23:30");
}

export function ukrainian_has_three_plurals() {
  const people = { one: "людина", few: "людини", other: "людей" };
  equal(
    [1, 2, 5, 11, 21, 22, 112].map((n) => plural("uk", n, people)),
    ["людина", "людини", "людей", "людей", "людина", "людини", "людей"],
  );
}

export function a_name_without_the_language_is_shown_all_the_same() {
  equal(
    [
      local({ uk: "Київ", en: "Kyiv" }, "en"),
      local({ uk: "Київ" }, "en"),
      local({ de: "Kiew" }, "uk"),
      local(null, "uk"),
    ],
    ["Kyiv", "Київ", "Kiew", ""],
  );
}
