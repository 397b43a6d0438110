import { SteadyWaits } from "/widget/estimates.js";
import { offReason, ranked, standingsOf, typicalWait } from "/widget/standings.js";
import { equal } from "./assert.js";

const name = (text) => ({ uk: text, en: text });
const passport = { service: "passport", name: name("passport"), needs_power: true };
const branch = (id, services = ["passport"]) => ({
  branch: id,
  name: name(id),
  kind: "unit",
  lat: 0,
  lon: 0,
  desks: [],
  queues: [{ queue: "main", letter: "A", services }],
});
const load = (id, p50, more = {}) => ({
  branch: id,
  seq: 1,
  state: "open",
  power: "on",
  reason: null,
  opens_at: null,
  closes_at: null,
  waiting: 9,
  desks_open: 1,
  desks_total: 2,
  queues: [{ queue: "main", waiting: 4, serving: 1, wait: p50 === null ? null : { p10: 1, p50, p90: p50 + 5 } }],
  ...more,
});
const city = {
  services: [passport],
  branches: ["slow", "fast", "unknown", "paused", "dark"].map((id) => branch(id)).concat(branch("other", ["tax"])),
};
const loads = new Map(
  [
    load("slow", 30),
    load("fast", 5),
    load("unknown", null),
    load("paused", null, { state: "paused", reason: "alarm" }),
    load("dark", 2, { power: "off" }),
    load("other", 1),
  ].map((each) => [each.branch, each]),
);

const ask = (service, only = null) => standingsOf({ city, loads, service, branch: only, steady: new SteadyWaits() });

export function branches_are_ranked_by_the_wait_for_the_service() {
  equal(
    ranked(ask(passport)).map((each) => each.info.branch),
    ["fast", "slow", "unknown", "paused", "dark"],
  );
}

export function each_branch_has_its_group_and_reason() {
  equal(
    ask(passport).map((each) => [each.group, each.reason]),
    [
      ["open", null],
      ["open", null],
      ["open", null],
      ["off", "alarm"],
      ["off", "no_power"],
      ["absent", null],
    ],
  );
}

export function counts_are_the_queues_with_a_service_and_the_branchs_without() {
  equal([ask(passport)[0].waiting, ask(null)[0].waiting], [4, 9]);
}

export function without_a_service_nothing_is_absent_and_power_hinders_nobody() {
  equal(
    ask(null).map((each) => each.group),
    ["open", "open", "open", "off", "open", "open"],
  );
}

export function only_one_branch_may_be_asked_for() {
  equal(
    ask(passport, "slow").map((each) => each.info.branch),
    ["slow"],
  );
}

export function every_state_has_its_reason() {
  const reasons = [
    { state: "paused", reason: "alarm" },
    { state: "paused", reason: "Обшук" },
    { state: "closed" },
    { state: "tickets_closed" },
    { state: "shelter" },
    { power: "off" },
  ];
  equal(
    reasons.map((more) => offReason(load("x", 1, more), passport)),
    ["alarm", "hold", "closed", "tickets_closed", null, "no_power"],
  );
  equal(offReason(load("x", 1, { power: "off" }), { ...passport, needs_power: false }), null);
}

export function a_branch_is_as_full_as_the_queue_in_the_middle() {
  const queue = (waiting, p50) => ({
    queue: "q",
    waiting,
    serving: 0,
    wait: p50 === null ? null : { p10: 0, p50, p90: p50 },
  });
  equal(typicalWait([]), null);
  equal(typicalWait([queue(1, null)]), null);
  equal(typicalWait([queue(0, 2), queue(20, 30), queue(1, 5)])?.p50, 30, "most people wait there");
  equal(typicalWait([queue(1, 2), queue(1, 30), queue(1, 5)])?.p50, 5);
}
