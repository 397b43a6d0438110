/** @import { Language } from "/pages/assets/types.js" */
/** @import { HallCall, HallQueue, HallView } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";
import { CityFormat, local } from "/pages/assets/format.js";
import { localeOf } from "/pages/assets/words.js";
import { CallsPanel } from "./calls-panel.js";
import { AlarmCover, CalmCover } from "./covers.js";
import { Foot } from "./foot.js";
import { SidePanel } from "./side-panel.js";
import { stripElement, stripsOf } from "./strips.js";

/**
 * The whole display. A cover hides the hall and leaves its rows as they are; the calls are spoken for screen readers in
 * one assertive region outside of everything else.
 *
 * @typedef {object} Shown
 * @property {HallView | null} view null before the first one
 * @property {HallQueue[]} waits as they are shown
 * @property {number | null} now city milliseconds
 * @property {number} lostSeconds real seconds without the server, 0 while it is there
 * @property {(call: HallCall) => boolean} isFresh
 * @property {Words} words
 * @property {Language} language
 */

const STALE_SECONDS = 10;
const GONE_SECONDS = 90;
const SAID_LOST_SECONDS = 4;

export class HallScreen {
  #strips = "";

  constructor() {
    this.branch = h("b");
    this.centre = h("span");
    this.day = h("span", { class: "day" });
    this.clock = h("time");
    this.header = h("header", {}, this.branch, this.centre, h("i"), this.day, this.clock);
    this.strips = h("section", { class: "strips" });
    this.calls = new CallsPanel();
    this.side = new SidePanel();
    this.foot = new Foot();
    this.hall = h("div", { class: "hall" }, this.header, this.strips, this.calls.element, this.side.element, this.foot.element);
    this.alarm = new AlarmCover();
    this.calm = new CalmCover();
    this.said = h("p", { class: "sr", "aria-live": "assertive", "aria-atomic": "true" });
    this.element = h("div", { class: "display" }, this.hall, this.alarm.element, this.calm.element, this.said);
  }

  /** @param {string} text told to screen readers at once */
  say(text) {
    setText(this.said, text);
  }

  /** @param {Shown} shown */
  draw(shown) {
    const { view, words, language } = shown;
    const cover = coverOf(view);
    this.hall.hidden = cover !== null;
    this.alarm.element.hidden = cover !== "alarm";
    this.calm.element.hidden = cover !== "closed" && cover !== "starting";
    document.title = words.title(local(view?.name, language));
    if (!view) {
      this.calm.draw(words.starting, words.startingHint);
      return;
    }
    const format = new CityFormat(language, view.time_zone);
    const time = shown.now === null ? "" : format.time(shown.now);
    this.#drawHead(view, time, shown, language);
    this.#drawStrips(shown, view, format);
    this.calls.draw(view.called, shown.isFresh, words, language);
    this.hall.classList.toggle("wide", this.calls.isWide);
    this.side.draw(view, words, language);
    this.foot.draw(shown.waits, freshnessOf(shown.lostSeconds), words, language);
    this.foot.element.hidden = view.state === "paused" || view.state === "closed";
    this.alarm.draw(view, format, time, isLost(shown) ? words.age(shown.lostSeconds) : "", words);
    if (cover === "closed")
      this.calm.draw(words.closedTitle, closedText(view, shown.now, format, words), local(view.name, language), time);
  }

  /**
   * @param {HallView} view
   * @param {string} time
   * @param {Shown} shown
   * @param {Language} language
   */
  #drawHead(view, time, shown, language) {
    setText(this.branch, local(view.name, language));
    setText(this.centre, shown.words.centre(local(view.city_name, language)));
    setText(this.clock, time);
    if (shown.now !== null) setText(this.day, dayOf(shown.now, language, view.time_zone));
  }

  /**
   * @param {Shown} shown
   * @param {HallView} view
   * @param {CityFormat} format
   */
  #drawStrips(shown, view, format) {
    const { words } = shown;
    const strips = stripsOf(view, format, words);
    if (isLost(shown)) {
      const text = words.offline(words.age(shown.lostSeconds), format.time(Date.parse(view.city_time)));
      strips.unshift({ kind: "warn", sign: "alert", text });
    }
    this.strips.setAttribute("aria-label", words.news);
    const key = JSON.stringify(strips);
    if (key === this.#strips) return;
    this.#strips = key;
    this.strips.replaceChildren(...strips.map(stripElement));
  }
}

/**
 * An alarm covers everything until the all-clear; a closed branch with nobody in hand is a closed door.
 *
 * @param {HallView | null} view
 * @returns {"alarm" | "closed" | "starting" | null}
 */
export function coverOf(view) {
  if (!view) return "starting";
  if (view.alarm === "pause" && !view.resumes_at) return "alarm";
  return view.state === "closed" && view.called.length === 0 ? "closed" : null;
}

/** @param {Shown} shown */
function isLost({ lostSeconds }) {
  return lostSeconds >= SAID_LOST_SECONDS;
}

/**
 * @param {number} lostSeconds
 * @returns {"fresh" | "stale" | "gone"}
 */
export function freshnessOf(lostSeconds) {
  if (lostSeconds > GONE_SECONDS) return "gone";
  return lostSeconds > STALE_SECONDS ? "stale" : "fresh";
}

/**
 * @param {HallView} view
 * @param {number | null} now
 * @param {CityFormat} format
 * @param {Words} words
 */
function closedText(view, now, format, words) {
  const opens = view.opens_at ? Date.parse(view.opens_at) : null;
  return opens === null || now === null ? words.closedSoon : words.closedUntil(format.until(opens, now));
}

/**
 * @param {number} at
 * @param {Language} language
 * @param {string} timeZone
 * @returns {string} weekday and date on two lines
 */
function dayOf(at, language, timeZone) {
  const locale = localeOf(language);
  const weekday = new Intl.DateTimeFormat(locale, { timeZone, weekday: "long" }).format(at);
  return `${weekday}\n${new Intl.DateTimeFormat(locale, { timeZone, day: "numeric", month: "long" }).format(at)}`;
}
