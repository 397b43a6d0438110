import { asidesOf } from "/pages/desk/branch-waits.js";
import { isTired, span } from "/pages/desk/day-panel.js";
import { KEYS, slotOf } from "/pages/desk/keys.js";
import { lettersOf } from "/pages/desk/line-panel.js";
import { alive, clockText, mainVerb, timerTone, versionFor } from "/pages/desk/verbs.js";
import { wordsOf } from "/pages/desk/words.js";
import { equal, ok } from "./assert.js";

const ticket = (state, more = {}) => ({
  id: "t1",
  number: "A001",
  state,
  version: 4,
  leg: 0,
  legs: ["passport"],
  ...more,
});
const room = (hand, more = {}) => ({
  desk: { state: "open", version: 9 },
  branch: { state: "open" },
  ticket: hand,
  line: [ticket("waiting")],
  parked: [],
  ...more,
});
const living = (...args) =>
  Object.entries(alive(room(...args)))
    .filter(([, on]) => on)
    .map(([slot]) => slot)
    .sort()
    .join(" ");
const press = (code, more = {}) =>
  slotOf({ code, repeat: false, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...more });

export function enter_goes_from_call_to_finish() {
  equal(
    [mainVerb(room(null)), mainVerb(room(ticket("called"))), mainVerb(room(ticket("serving")))],
    ["call-next", "start", "finish"],
  );
  equal(mainVerb(room(ticket("serving", { legs: ["a", "b"] }))), "next-leg");
  equal(mainVerb(room(ticket("serving", { legs: ["a", "b"], leg: 1 }))), "finish");
  equal(
    [mainVerb(room(null, { desk: { state: "closed" } })), mainVerb(room(null, { desk: { state: "paused" } }))],
    ["open", "resume"],
  );
}

export function only_what_can_be_done_is_alive() {
  equal(living(null), "break find incident main priority quick-serve");
  equal(living(ticket("called")), "incident left main no-show note park priority recall register requeue transfer");
  equal(living(ticket("serving")), "add-leg incident left main note park payment priority register requeue transfer");
  equal(living(null, { desk: { state: "closed" }, line: [] }), "main");
  equal(living(null, { desk: { state: "paused" }, line: [] }), "break incident main");
}

export function a_pause_of_the_branch_stops_calls_but_not_finishing() {
  equal(living(null, { branch: { state: "paused" } }), "break incident priority");
  ok(!alive(room(ticket("called"), { branch: { state: "paused" } })).main);
  ok(alive(room(ticket("serving"), { branch: { state: "paused" } })).main);
  equal(living(null, { branch: { state: "closed" } }), "break incident");
}

export function keys_go_by_their_place_and_not_by_the_layout() {
  equal(
    [press("Numpad2"), press("Digit2"), press("KeyT"), press("NumpadEnter"), press("Enter")],
    ["transfer", "transfer", "transfer", "main", "main"],
  );
  equal([press("KeyZ"), press("KeyR", { ctrlKey: true }), press("Enter", { repeat: true })], [null, null, null]);
  const codes = KEYS.flatMap((key) => key.codes);
  equal(new Set(codes).size, codes.length, "no key does two things");
}

export function the_version_seen_goes_with_the_command() {
  const seen = room(ticket("serving"));
  equal(
    [
      versionFor("call-next", seen, null),
      versionFor("finish", seen, null),
      versionFor("call", seen, ticket("parked", { version: 2 })),
    ],
    [9, 4, 2],
  );
}

export function the_timer_asks_and_warns_where_the_policy_says() {
  const policy = { service_amber_minutes: 20, service_red_minutes: 25 };
  equal(
    [19.9, 20, 24.9, 25].map((minutes) => timerTone(minutes, policy)),
    ["", "amber", "amber", "red"],
  );
  equal(timerTone(12, { service_amber_minutes: 8, service_red_minutes: 12 }), "red");
  equal([0, 59_999, 1_268_000, 3_727_000, -5].map(clockText), ["0:00", "0:59", "21:08", "1:02:07", "0:00"]);
}

export function a_day_is_told_in_hours_and_minutes() {
  const words = wordsOf("en");
  equal([span(0.4, words), span(59.6, words), span(93, words)], ["0 min", "1 h", "1 h 33 min"]);
  const told = "2026-11-23T12:00:00+02:00";
  const tired = (minutes, after, more = {}) => {
    const day = { nonstop_minutes: minutes, spans: [] };
    const policy = { rest_after_minutes: after };
    return isTired({ day, policy, desk: { state: "open" }, city_time: told, ...more }, Date.parse(told) + 60_000);
  };
  equal([tired(119, 120), tired(118, 120), tired(500, 0)], [true, false, false]);
  equal([tired(500, 1, { day: null }), tired(500, 1, { desk: { state: "paused" } })], [false, false]);
}

export function beside_every_place_stands_its_wait_or_why_there_is_none() {
  const load = (branch, state, wait) => ({ branch, state, queues: [{ queue: "papers", wait }] });
  const wait = { p10: 1, p50: 6.4, p90: 12.6 };
  const board = {
    branches: [
      load("here", "open", wait),
      load("near", "open", { p10: 0, p50: 0.2, p90: 0.4 }),
      load("far", "paused", wait),
      load("shut", "closed", null),
      load("new", "open", null),
      { branch: "else", state: "open", queues: [{ queue: "land", wait }] },
    ],
  };
  const what = { branch: "here", service: "extract", queueOf: () => "papers" };
  equal(Object.fromEntries(asidesOf(board, what, wordsOf("en"))), {
    "to_queue:papers": "6–13 min",
    "to_branch:near": "no wait",
    "to_branch:far": "service paused",
    "to_branch:shut": "closed",
    "to_branch:new": "unknown",
  });
}

export function every_verb_has_its_words_in_both_languages() {
  equal(Object.keys(wordsOf("uk").verbs).sort(), Object.keys(wordsOf("en").verbs).sort());
  equal(wordsOf("uk").verbs["call-next"], "Викликати наступного");
}

export function a_desk_that_was_lent_shows_the_queues_it_calls_from_now() {
  const queues = ["passport", "residence", "advice"].map((queue, place) => ({ queue, letter: "PAK"[place], services: [] }));
  const desks = [{ desk: "7", queues: ["passport"] }];
  const city = { branches: [{ branch: "center", queues, desks }] };
  const lent = room(null, { desk: { branch: "center", desk: "7", queues: ["passport", "advice"] } });
  equal(lettersOf({ room: lent, city }), ["P", "K"]);
}
