import { rowText } from "/widget/row-text.js";
import { CityFormat } from "/widget/format.js";
import { wordsOf } from "/widget/words.js";
import { equal } from "./assert.js";

const name = (uk, en) => ({ uk, en });
const passport = { service: "passport", name: name("Паспорт", "Passport"), needs_power: true };
const info = {
  branch: "centre",
  name: name("Центр", "Centre"),
  kind: "unit",
  lat: 0,
  lon: 0,
  address: name("вул. Сумська, 1", "1 Sumska Street"),
  facilities: ["ramp", "shelter"],
  demo: false,
  desks: [],
  queues: [{ queue: "main", letter: "A", name: name("Паспорти", "Passports"), services: ["passport", "advice"] }],
};
const city = {
  name: name("Харків", "Kharkiv"),
  contact: "0 800",
  services: [passport, { service: "advice", name: name("Порада", "Advice"), needs_power: false }],
  branches: [info],
};
const now = Date.parse("2026-11-23T13:42:00+02:00");
const wait = { p10: 3, p50: 7, p90: 14 };
const load = {
  branch: "centre",
  state: "open",
  power: "on",
  reason: null,
  waiting: 21,
  desks_open: 17,
  desks_total: 24,
  opens_at: null,
  closes_at: "2026-11-23T18:00:00+02:00",
  queues: [{ queue: "main", waiting: 8, serving: 2, wait }],
};

const standing = (more = {}) => ({
  info,
  load,
  group: "open",
  reason: null,
  queue: load.queues[0],
  waiting: 8,
  wait,
  level: "quiet",
  ...more,
});
const off = (reason, more = {}) =>
  standing({ group: "off", reason, wait: null, level: null, load: { ...load, ...more } });
const context = (more = {}, language = "uk") => ({
  city,
  service: passport,
  language,
  words: wordsOf(language),
  format: new CityFormat(language, "Europe/Kyiv"),
  now,
  freshness: "fresh",
  heardAt: "13:42",
  heardAtSecond: "13:42:07",
  scale: 40,
  best: null,
  tied: false,
  ...more,
});

export function a_usual_row_says_minutes_clock_counts_and_place() {
  const row = rowText(standing(), context());
  equal(row.when, {
    number: "7–14",
    unit: "хв",
    below: "13:49–13:56",
    spoken: "чекати від 7 до 14 хвилин, приймуть орієнтовно від 13:49 до 13:56",
    big: true,
  });
  equal(
    [row.load, row.strip],
    [
      { level: "quiet", text: "Вільно" },
      { low: 7 / 40, high: 14 / 40 },
    ],
  );
  equal(row.counts, [
    { label: "У черзі", value: "8", rest: "" },
    { label: "Працює місць", value: "17", rest: " з 24" },
  ]);
  equal([row.hours, row.facilities, row.address], ["Сьогодні до 18:00", ["Пандус", "Укриття"], "вул. Сумська, 1"]);
  const expected = rowText(standing({ load: { ...load, on_the_way: 3 } }), context());
  equal(expected.hours, "Сьогодні до 18:00 · у дорозі: 3");
  equal(decodeURIComponent(row.directions), "https://www.openstreetmap.org/search?query=вул. Сумська, 1, Харків");
}

export function a_short_wait_has_no_false_zero() {
  const row = rowText(standing({ wait: { p10: 0, p50: 0.2, p90: 3 } }), context({}, "en"));
  equal([row.when.number, row.when.spoken], ["up to 3", "wait up to 3 minutes, called at about 13:42 to 13:45"]);
}

export function old_numbers_go_and_the_row_stays() {
  const row = rowText(standing(), context({ freshness: "gone" }));
  equal([row.name, row.when.number, row.strip, row.counts, row.load], ["Центр", "немає даних", null, [], null]);
  equal(
    [row.chips.map((chip) => chip.text), row.message],
    [["останні о 13:42"], "Свіжих даних немає. Довідка: 0 800."],
  );
}

export function thin_evidence_is_unknown() {
  const row = rowText(standing({ wait: null, level: null }), context());
  equal(
    [row.when.number, row.message, row.strip],
    ["невідомо", "За останній час тут прийняли замало людей, щоб прогнозувати.", null],
  );
  equal(
    rowText(standing({ wait: null, load: { ...load, desks_open: 0 } }), context()).message,
    "Зараз не працює жодне місце.",
  );
}

export function every_reason_has_its_words_and_no_number() {
  const say = (each, language) => {
    const row = rowText(each, context({}, language));
    return [row.when.unit, row.chips[0].text, row.message, row.counts.length];
  };
  equal(say(off("alarm", { waiting: 21 }), "uk"), [
    "після відбою",
    "Пауза: тривога",
    "21 людина у черзі зберігає місце. Прийом відновиться після відбою.",
    0,
  ]);
  equal(say(off("hold", { reason: "Ремонт" }), "uk"), [
    "пауза",
    "Прийом призупинено",
    "Ремонт. Місця в черзі збережено.",
    0,
  ]);
  equal(say(off("no_power"), "uk"), [
    "невідомо",
    "Немає світла",
    "Цю послугу призупинено, поки немає світла. Інші 1 послугу надають.",
    0,
  ]);
  equal(say(off("closed", { opens_at: "2026-11-24T09:00:00+02:00" }), "en"), [
    "tomorrow from 9:00",
    "Closed",
    "Closed until tomorrow, 9:00",
    0,
  ]);
}

export function no_tickets_left_names_the_nearest_way_out() {
  const best = standing({ info: { ...info, name: name("Київський", "Kyivskyi") } });
  const row = rowText(off("tickets_closed"), context({ best }));
  equal(
    [row.chips[0].text, row.message],
    ["Талонів на сьогодні немає", "Усіх, хто має талон, приймуть. Швидше сьогодні: Київський, 7\u2060–\u206014\u00a0хв."],
  );
}

export function the_best_is_marked_unless_others_are_as_good() {
  const best = standing();
  equal([rowText(best, context({ best })).mark, rowText(best, context({ best })).tie], ["Найменше чекати", ""]);
  const tied = context({ best, tied: true });
  equal([rowText(best, tied).mark, rowText(best, tied).tie], ["", "майже однаково"]);
  equal(rowText(standing({ wait: { p10: 9, p50: 19, p90: 30 } }), tied).tie, "");
}

export function special_states_are_chips() {
  const chips = (more, info2 = {}) =>
    rowText(standing({ load: { ...load, ...more }, info: { ...info, ...info2 } }), context()).chips.map(
      (chip) => chip.text,
    );
  equal(chips({ state: "shelter" }), ["Приймає в укритті"]);
  equal(chips({ closes_at: "2026-11-23T14:30:00+02:00" }), ["До 14:30"]);
  equal(chips({}, { demo: true }), ["Демо"]);
  equal(
    rowText(standing({ info: { ...info, demo: true } }), context()).directions,
    "",
    "no way leads to a made-up place",
  );
}

export function without_a_service_the_row_leads_with_people_and_lists_queues() {
  const row = rowText(standing({ waiting: 21 }), context({ service: null }));
  equal(
    [row.when.number, row.when.unit, row.strip, row.queues],
    ["21", "у черзі", null, [{ name: "Паспорти", value: "7–14 хв" }]],
  );
  equal(
    row.counts.map((each) => each.label),
    ["Працює місць"],
  );
}
