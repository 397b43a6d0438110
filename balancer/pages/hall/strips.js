/** @import { CityFormat } from "/pages/assets/format.js" */
/** @import { IconName } from "/pages/assets/icons.js" */
/** @import { HallView } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { icon } from "/pages/assets/icons.js";

/**
 * What everybody in the hall must know beside the calls, one line each.
 *
 * @typedef {{kind: "warn" | "stop" | "info", sign: IconName, text: string}} Strip
 */

/** More names than these are not read from afar. */
const MOST_NAMED = 2;

/**
 * @param {HallView} view
 * @param {CityFormat} format
 * @param {Words} words
 * @returns {Strip[]} most urgent first
 */
export function stripsOf(view, format, words) {
  /** @type {Strip[]} */
  const found = [];
  if (view.alarm === "shelter") found.push({ kind: "stop", sign: "siren", text: words.shelter });
  if (view.alarm === "continue") found.push({ kind: "stop", sign: "siren", text: words.goesOn });
  if (view.alarm === "pause" && view.resumes_at)
    found.push({ kind: "info", sign: "clock", text: words.resumes(format.time(Date.parse(view.resumes_at))) });
  if (view.state === "paused" && view.reason !== "alarm")
    found.push({ kind: "warn", sign: "pause", text: words.hold(view.reason ?? "") });
  if (view.power === "off") found.push({ kind: "warn", sign: "bolt", text: words.noPower });
  const stopped = (view.suspended ?? []).map((name) => local(name, format.language));
  if (stopped.length) {
    const text = stopped.length > MOST_NAMED ? words.stoppedMany : words.stopped(stopped.join(", "));
    found.push({ kind: "warn", sign: "pause", text });
  }
  if (view.state === "tickets_closed") found.push({ kind: "info", sign: "clock", text: closedText(view, format, words) });
  return found;
}

/**
 * @param {HallView} view
 * @param {CityFormat} format
 * @param {Words} words
 * @returns {string} a lunch break ends today, the day's last ticket does not come back
 */
function closedText({ opens_at, city_time }, format, words) {
  const again = opens_at?.slice(0, 10) === city_time.slice(0, 10) ? opens_at : null;
  return again ? words.closedUntil(format.time(Date.parse(again))) : words.ticketsClosed;
}

/** @param {Strip} strip */
export function stripElement({ kind, sign, text }) {
  return h("p", { class: `strip ${kind}` }, icon(sign), h("span", {}, text));
}
