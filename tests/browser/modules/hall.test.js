import { roomFor, whereOf } from "/pages/hall/calls-panel.js";
import { coverOf, freshnessOf } from "/pages/hall/hall-screen.js";
import { CallNews, steadyWaits, waitRange } from "/pages/hall/news.js";
import { deskOf, readable, sayings } from "/pages/hall/spoken.js";
import { wordsOf } from "/pages/hall/words.js";
import { equal, ok } from "./assert.js";

const NOW = "2026-11-23T14:31:00+02:00";
const call = (number, at, more = {}) => ({ number, desk: "7", desk_name: {}, zone: "Б", floor: "1", at, recalled: false, state: "called", ...more });
const view = (called, more = {}) => ({ city_time: NOW, called, alarm: "none", state: "open", resumes_at: null, ...more });
const queue = (p50, level = "quiet") => ({ queue: "papers", letter: "A", name: {}, waiting: 3, wait: { p10: 1, p50, p90: p50 + 8 }, level });

export function numbersAreReadAsPeopleSayThem() {
  equal(readable("A042", true), "А, 0 42");
  equal(readable("P007", false), "P, 0 0 7");
  equal(readable("K127", true), "К, 127");
  equal(readable("7", true), "7");
}

export function aCallIsSaidInTheCitysLanguagesInTheirOrder() {
  equal(sayings(call("A042", NOW), ["en", "xx", "uk"]).map(({ lang }) => lang).join(), "en-GB,uk-UA");
  const said = sayings(call("A042", NOW), ["uk", "en"]);
  equal(said.map(({ lang }) => lang).join(), "uk-UA,en-GB");
  equal(said[0].text, "Талон А, 0 42, місце 7.");
  equal(said[1].text, "Ticket A, 0 42, desk 7.");
}

export function aDeskWithoutANumberIsCalledByItsName() {
  equal(deskOf({ desk: "07", desk_name: {} }, "uk"), "7");
  equal(deskOf({ desk: "cash", desk_name: { uk: "Каса", en: "Cash" } }, "en"), "Cash");
  equal(deskOf({ desk: "cash", desk_name: { uk: "Каса" } }, "en"), "Каса");
}

export function newCallsAndRecallsAreToldOldestFirstAndOnce() {
  const news = new CallNews();
  const first = call("A001", "2026-11-23T14:30:10+02:00");
  const second = call("A002", "2026-11-23T14:30:20+02:00");
  equal(news.take(view([second, first]), 1).map(({ number }) => number).join(), "A001,A002");
  equal(news.take(view([second, first]), 1).length, 0);
  equal(news.take(view([call("A001", NOW, { recalled: true }), second]), 1).map(({ number }) => number).join(), "A001");
}

export function aRecallWithinTheSameSecondIsToldToo() {
  const news = new CallNews();
  news.take(view([call("A001", NOW)]), 1);
  const again = view([call("A001", NOW, { recalled: true })]);
  equal(news.take(again, 1).map(({ number }) => number).join(), "A001");
  equal(news.take(again, 1).length, 0);
}

export function whoWasCalledLongAgoIsNotCalledAgainByAStart() {
  const long = call("A001", "2026-11-23T14:20:00+02:00");
  equal(new CallNews().take(view([long]), 1).length, 0);
  equal(new CallNews().take(view([long]), 30).length, 1);
  equal(new CallNews().take(view([call("A001", NOW, { state: "serving" }), call("A002", NOW, { state: "held" })]), 1).length, 0);
}

export function aWaitMovesOnlyByTwoMinutes() {
  const shown = steadyWaits(new Map(), [queue(10)]);
  equal(waitRange(steadyWaits(shown, [queue(11.5)]).get("papers")), "10–18");
  equal(waitRange(steadyWaits(shown, [queue(12)]).get("papers")), "12–20");
  equal(waitRange(steadyWaits(shown, [queue(11, "moderate")]).get("papers")), "11–19");
  equal(waitRange({ ...queue(1), wait: null }), "");
}

export function everyCallFindsRoom() {
  equal([1, 6, 7, 11, 12, 16, 17, 40].map(roomFor).join(), "single,single,pairs,pairs,wide,wide,crowd,crowd");
}

export function onlyAnAlarmBeforeItsAllClearCoversTheHall() {
  equal(coverOf(null), "starting");
  equal(coverOf(view([], { alarm: "pause", state: "paused" })), "alarm");
  equal(coverOf(view([], { alarm: "pause", state: "paused", resumes_at: NOW })), null);
  equal(coverOf(view([], { alarm: "shelter", state: "shelter" })), null);
  equal(coverOf(view([], { state: "closed" })), "closed");
  equal(coverOf(view([call("A001", NOW)], { state: "closed" })), null);
}

export function oldWaitsLoseTheirColourThenTheirFigures() {
  equal([0, 10, 11, 90, 91].map(freshnessOf).join(), "fresh,fresh,stale,stale,gone");
}

export function zoneAndFloorAsFarAsTheyAreKnown() {
  equal(whereOf(call("A001", NOW), wordsOf("uk")), "Зона Б, поверх 1");
  equal(whereOf(call("A001", NOW, { zone: null }), wordsOf("en")), "floor 1");
  equal(whereOf(call("A001", NOW, { zone: null, floor: null }), wordsOf("en")), "");
}

export function bothLanguagesSayTheAgeOfALostConnection() {
  ok(wordsOf("uk").age(185) === "3 хв" && wordsOf("en").age(7200) === "2 hours" && wordsOf("uk").age(3700) === "1 годину");
}
