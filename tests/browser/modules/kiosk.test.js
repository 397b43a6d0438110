import { Problem } from "/pages/assets/staff-api.js";
import { KioskClock, settled } from "/pages/kiosk/kiosk-clock.js";
import { levelOf, offerOf, rangeOf, standingOf } from "/pages/kiosk/offers.js";
import { Outbox } from "/pages/kiosk/outbox.js";
import { patch } from "/pages/kiosk/patch.js";
import { Patience } from "/pages/kiosk/patience.js";
import { readText, spokenText } from "/pages/kiosk/voice.js";
import { KioskStore } from "/pages/kiosk/store.js";
import { nearest } from "/pages/kiosk/walk.js";
import { equal } from "./assert.js";

const AT_TEN = Date.parse("2026-11-23T10:00:00+02:00");

/** A clock whose two sources the test turns by hand. */
function handClock() {
  const hands = { steady: 0, wall: 1_000_000 };
  return {
    hands,
    clock: new KioskClock(
      () => hands.steady,
      () => hands.wall,
    ),
  };
}

export function a_clock_goes_by_its_steady_source_and_never_back() {
  const { hands, clock } = handClock();
  equal(clock.now(), null);
  clock.hear("2026-11-23T10:00:00+02:00", 1);
  hands.steady = 90_000;
  hands.wall -= 500_000; // somebody set the wall clock back
  equal(clock.now(), AT_TEN + 90_000);
}

export function after_a_power_cut_the_wall_clock_counts_and_the_server_corrects() {
  const { hands, clock } = handClock();
  clock.restore({ cityMs: AT_TEN, wallMs: 700_000, speed: 1 });
  equal(clock.isGuess, true);
  equal(clock.now(), AT_TEN + 300_000);
  hands.steady = 60_000;
  equal(clock.now(), AT_TEN + 360_000);
  const correction = clock.hear("2026-11-23T10:03:00+02:00");
  equal(correction, { anchorMs: AT_TEN, reckonedMs: AT_TEN + 360_000, realMs: AT_TEN + 180_000 });
  equal(clock.now(), AT_TEN + 180_000);
}

export function a_wall_clock_that_went_back_stops_no_time() {
  const { hands, clock } = handClock();
  clock.restore({ cityMs: AT_TEN, wallMs: 9_000_000, speed: 1 });
  equal(clock.now(), AT_TEN);
  hands.steady = 5_000;
  equal(clock.now(), AT_TEN + 5_000);
}

export function settled_times_keep_their_order_between_two_words_of_the_server() {
  const correction = { anchorMs: 0, reckonedMs: 1000, realMs: 500 };
  equal(
    [0, 200, 1000].map((at) => settled(at, correction)),
    [0, 100, 500],
  );
  equal(settled(2000, correction), 500);
  equal(settled(700, { anchorMs: 0, reckonedMs: 1000, realMs: -5 }), -5);
  equal(settled(700, { anchorMs: 500, reckonedMs: 500, realMs: 900 }), 900);
}

export function the_nearest_control_in_the_arrows_direction() {
  const box = (left, top) => ({ left, top, width: 10, height: 10 });
  const others = [box(20, 0), box(0, 20), box(20, 20)];
  equal(nearest(box(0, 0), others, "ArrowRight"), 0);
  equal(nearest(box(0, 0), others, "ArrowDown"), 1);
  equal(nearest(box(0, 0), others, "ArrowLeft"), -1);
}

export function patience_warns_and_can_be_extended() {
  let now = 0;
  const patience = new Patience(() => now);
  equal(patience.warns, false);
  patience.begin(60);
  now = 39_000;
  equal([patience.warns, patience.left], [false, 21]);
  now = 45_000;
  equal([patience.warns, patience.left], [true, 15]);
  patience.extend();
  equal([patience.warns, patience.left], [false, 120]);
}

export function a_screen_is_read_whole_beside_its_buttons() {
  const room = document.createElement("div");
  const main = document.createElement("main");
  room.append(main);
  const put = (tag, ...parts) => {
    const one = document.createElement(tag);
    one.append(...parts);
    main.append(one);
  };
  const small = document.createElement("small");
  small.append("чекати 34\u2060–\u206046 хв");
  put("h1", "Місце за вами");
  put("p", "Чекайте, де зручно.");
  put("button", "Готово");
  put("dt", "Покличемо");
  put("dd", "14:32–14:44", small);
  put("p");
  const said = spokenText(readText(room), { spoken: (from, to) => `від ${from} до ${to}` });
  equal(said, "Місце за вами. Чекайте, де зручно. Покличемо. від 14:32 до 14:44. чекати від 34 до 46 хв");
}

export function a_patched_tree_keeps_its_elements_and_their_focus() {
  const build = (text) => {
    const one = document.createElement("div");
    const button = document.createElement("button");
    button.textContent = text;
    one.append(button);
    return one;
  };
  const old = build("a");
  document.body.append(old);
  old.firstElementChild.focus();
  patch(old, build("b"));
  equal(document.activeElement.textContent, "b");
  old.remove();
}

const CATALOGUE = { moderate_minutes: 15, busy_minutes: 40 };
const WAIT = { p10: 5, p50: 34.4, p90: 45.6 };
const SERVICE = { service: "x", queue: "q", needs_power: true };
const VIEW = {
  state: "open",
  power: "on",
  suspended: [],
  closes_at: null,
  full: false,
  queues: [{ queue: "q", waiting: 3, wait: WAIT, full: false }],
};

export function what_can_be_had_now() {
  const known = { view: VIEW, catalogue: CATALOGUE, freshness: "fresh", now: 0 };
  equal(offerOf(known, SERVICE), { queue: "q", wait: WAIT, level: "moderate", why: null });
  equal(offerOf({ ...known, freshness: "stale" }, SERVICE).level, null);
  equal(offerOf({ ...known, freshness: "gone" }, SERVICE).wait, null);
  equal(offerOf({ ...known, view: { ...VIEW, power: "off" } }, SERVICE).why, "no_power");
  equal(offerOf({ ...known, view: { ...VIEW, suspended: ["x"] } }, SERVICE).why, "suspended");
  equal(rangeOf(WAIT), { from: 34, to: 46 });
  equal(rangeOf({ p10: 0, p50: 0.2, p90: 0.3 }), { from: 0, to: 1 });
  equal(rangeOf({ p10: 10, p50: 48, p90: 74 }), { from: 50, to: 75 });
  equal(levelOf({ p10: 0, p50: 40, p90: 60 }, CATALOGUE), "busy");
}

export function what_the_branch_does_now() {
  const known = { view: VIEW, catalogue: CATALOGUE, freshness: "fresh", now: 1000 };
  const of = (changes) => standingOf({ ...known, view: { ...VIEW, ...changes } });
  equal([of({}), of({ state: "shelter" }), of({ state: "closed" })], ["open", "open", "closed"]);
  equal([of({ state: "paused", reason: "alarm" }), of({ state: "paused", reason: "x" })], ["alarm", "paused"]);
  const lunch = { state: "tickets_closed", city_time: "2026-11-23T13:10:00+02:00" };
  equal(of({ ...lunch, opens_at: "2026-11-23T14:00:00+02:00" }), "closed");
  equal(of({ ...lunch, opens_at: "2026-11-24T09:00:00+02:00" }), "full");
  equal([of({ full: true }), of({ closes_at: "1970-01-01T00:00:01Z" })], ["full", "full"]);
  equal(standingOf({ ...known, view: null }), "no_data");
}

export async function a_number_that_nobody_takes_is_told_to_reception_until_its_day_is_over() {
  const store = await KioskStore.open(`refused-${Math.random()}`);
  const server = { city: "x", issue: () => Promise.reject(new Problem(409, "slip_unknown", "", 0)) };
  const outbox = new Outbox(store, server, { unanswered() {}, signedOut() {}, changed() {} });
  const slip = { ticket: "t", number: "A501", queue: "q", lease: "l", day: "2026-11-23", secret: "s", qr: "" };
  await store.addSlips([slip]);
  const order = await outbox.put({ key: "k", service: "x", slip, arrivedMs: AT_TEN, anchorMs: AT_TEN, sent: null });
  equal(await outbox.answer(order, 5_000), null);
  await outbox.beginDay("2026-11-23");
  equal(outbox.refused, ["A501"]);
  await outbox.beginDay("2026-11-24");
  equal([outbox.refused, await store.refused()], [[], []]);
}
