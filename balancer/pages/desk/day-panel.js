/** @import { DaySpan, DeskRoom } from "./types.js" */
/** @import { TicketScene } from "./ticket-panel.js" */
import { h, setText } from "/pages/assets/dom.js";
import { CityFormat } from "/pages/assets/format.js";

/** «Мій день»: the desk's own day as one strip and four numbers. Nobody else's load is here. */

const HOUR_MS = 3_600_000;

export class DayPanel {
  constructor() {
    this.title = h("span");
    this.nonstop = h("span", { class: "aside" });
    this.strip = h("div", { class: "day", role: "img" });
    this.ticks = h("p", { class: "ticks", "aria-hidden": "true" });
    this.key = h("p", { class: "key-of-day" });
    this.numbers = h("div", { class: "me" });
    this.element = h(
      "section",
      { class: "my-day" },
      h("h2", {}, this.title, this.nonstop),
      this.strip,
      this.ticks,
      this.key,
      this.numbers,
    );
  }

  /** @param {TicketScene} scene */
  update({ room, city, language, words, now }) {
    const { day, policy } = room;
    this.element.hidden = day === null;
    if (!day) return;
    const times = new CityFormat(language, city.time_zone);
    setText(this.title, words.myDay);
    const nonstop = nonstopMinutes(room, now);
    setText(this.nonstop, nonstop >= 1 ? words.nonstop(span(nonstop, words)) : "");
    this.nonstop.classList.toggle("over", isTired(room, now));
    this.#drawStrip(day.spans, now, times);
    this.strip.setAttribute(
      "aria-label",
      words.daySentence(
        span(day.busy_minutes, words),
        span(day.idle_minutes, words),
        span(day.paused_minutes, words),
      ),
    );
    this.#drawKey([words.dayBusy, words.dayIdle, words.dayPaused]);
    const mean = day.mean_service_minutes;
    this.#drawNumbers([
      [String(day.done), words.dayDone],
      [mean === null ? "–" : `${Math.round(mean)} ${words.minutes}`, words.dayMean],
      [String(day.over_red), words.dayOver(policy.service_red_minutes)],
      [span(day.paused_minutes, words), words.dayBreaks],
    ]);
  }

  /**
   * @param {DaySpan[]} spans
   * @param {number | null} now
   * @param {CityFormat} times
   */
  #drawStrip(spans, now, times) {
    const first = spans[0];
    const key = JSON.stringify([spans.length, spans.at(-1)?.ends, first?.begins, times.language]);
    if (this.strip.dataset.key === key) return;
    this.strip.dataset.key = key;
    const begins = first ? Math.floor(Date.parse(first.begins) / HOUR_MS) * HOUR_MS : 0;
    const last = Math.max(Date.parse(spans.at(-1)?.ends ?? "") || 0, now ?? 0);
    const ends = Math.max(begins + 9 * HOUR_MS, Math.ceil(last / HOUR_MS) * HOUR_MS);
    const share = (/** @type {number} */ at) => (100 * (at - begins)) / (ends - begins);
    const stretches = spans.map((each) => {
      const [from, to] = [share(Date.parse(each.begins)), share(Date.parse(each.ends))];
      const stretch = h("i", { class: each.kind });
      stretch.style.setProperty("left", `${from.toFixed(3)}%`);
      stretch.style.setProperty("width", `${Math.max(0.15, to - from).toFixed(3)}%`);
      return stretch;
    });
    this.strip.replaceChildren(...stretches);
    const hours = first ? [0, 1 / 3, 2 / 3, 1].map((part) => times.time(begins + part * (ends - begins))) : [];
    this.ticks.replaceChildren(...hours.map((each) => h("span", {}, each)));
  }

  /** @param {string[]} names busy, idle, paused */
  #drawKey(names) {
    if (this.key.dataset.key === names.join()) return;
    this.key.dataset.key = names.join();
    const classes = ["busy", "idle", "paused"];
    this.key.replaceChildren(...names.map((name, place) => h("span", {}, h("i", { class: classes[place] }), name)));
  }

  /** @param {[string, string][]} numbers */
  #drawNumbers(numbers) {
    const key = JSON.stringify(numbers);
    if (this.numbers.dataset.key === key) return;
    this.numbers.dataset.key = key;
    this.numbers.replaceChildren(...numbers.map(([value, name]) => h("p", {}, h("b", {}, value), h("span", {}, name))));
  }
}

/**
 * @param {Pick<DeskRoom, "day" | "desk" | "city_time">} room
 * @param {number | null} now city ms; the room was told some time ago
 * @returns {number} minutes of work without a break
 */
export function nonstopMinutes({ day, desk, city_time }, now) {
  if (!day || desk.state !== "open" || day.spans.at(-1)?.kind === "paused") return 0;
  return day.nonstop_minutes + (now === null ? 0 : Math.max(0, now - Date.parse(city_time)) / 60_000);
}

/**
 * @param {Pick<DeskRoom, "day" | "desk" | "city_time" | "policy">} room
 * @param {number | null} now city ms
 * @returns {boolean} whether it is time for a rest
 */
export function isTired(room, now) {
  const after = room.policy.rest_after_minutes;
  return after > 0 && nonstopMinutes(room, now) >= after;
}

/**
 * @param {number} minutes
 * @param {import("./words.js").Words} words
 * @returns {string} like "1 год 33 хв"
 */
export function span(minutes, words) {
  const whole = Math.round(minutes);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  return hours ? words.hoursMinutes(hours, rest) : `${rest} ${words.minutes}`;
}
