import { branchNews } from "/pages/assets/branch-news.js";
import { uk } from "/pages/reception/words-uk.js";
import { equal } from "./assert.js";

const branch = (more) => ({ state: "open", alarm: "none", power: "on", hold: null, resumes_at: null, ...more });
const news = (more) => branchNews(branch(more), uk, (at) => new Date(at).toISOString().slice(11, 16));

export function an_open_branch_has_no_news() {
  equal(news({}), { text: "", alarm: false });
  equal(news({ power: "off" }).text, uk.noPower);
}

export function an_alarm_is_told_until_its_all_clear() {
  equal(news({ state: "paused", alarm: "pause" }), { text: uk.branchAlarm, alarm: true });
  equal(news({ state: "shelter", alarm: "shelter" }), { text: uk.branchShelter, alarm: true });
  equal(news({ alarm: "continue", power: "off" }), { text: uk.branchGoesOn, alarm: true });
  const over = news({ state: "paused", alarm: "pause", resumes_at: "2026-11-23T14:40:00Z" });
  equal(over, { text: "Відбій. Прийом відновиться о 14:40. Місця в черзі збережено.", alarm: false });
}

export function a_hold_gives_its_reason() {
  equal(news({ state: "paused", hold: "прорив труби" }).text, `${uk.branchPaused} прорив труби`);
}
