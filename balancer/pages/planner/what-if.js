/** @import { CityInfo, Language } from "/pages/assets/types.js" */
/** @import { Stretch, WhatIf } from "./choice.js" */
/** @import { Staffing } from "./types.js" */
import { h } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { clockOf, minutesOf, readDesks, stretches, writeDesks } from "./choice.js";
import { Figures } from "./figures.js";
import { slider } from "./slider.js";
import { wordsOf } from "./words.js";

/**
 * What could be otherwise: desks in the worst and in the easiest hours, who comes, who follows advice, a desk moved, a
 * rush, an alarm. Every control starts at the present plan; `changed` hears what the staffing door is to be asked.
 */

const RESTS_MS = 300;
const RUSH = "1.5";
const RUSH_MINUTES = 120;
const ALARM_MINUTES = ["30", "60", "90", "120"];

export class WhatIfControls {
  #city;
  #language;
  #changed;
  /** @type {WhatIf} */
  #now = {};
  /** @type {Staffing | null} */
  #plan = null;
  #timer = 0;

  /**
   * @param {CityInfo} city
   * @param {() => Language} language
   * @param {(whatIf: WhatIf) => void} changed
   */
  constructor(city, language, changed) {
    this.#city = city;
    this.#language = language;
    this.#changed = changed;
    this.element = h("form", { class: "controls", onsubmit: (event) => event.preventDefault() });
  }

  /**
   * Offers the controls for one day's plan; the hours on the sliders stay while the reader tries.
   *
   * @param {Staffing} plan
   * @param {WhatIf} now
   */
  offer(plan, now) {
    const same = this.#plan && this.#plan.branch === plan.branch && this.#plan.date === plan.date;
    this.#now = { ...now };
    if (same) return;
    this.#plan = plan;
    this.speak();
  }

  /** Nothing is known that could be otherwise. */
  clear() {
    this.#plan = null;
    this.speak();
  }

  /** @param {WhatIf} now */
  set(now) {
    this.#now = { ...now };
    this.speak();
  }

  speak() {
    const plan = this.#plan;
    if (!plan?.slots.length) {
      this.element.replaceChildren();
      return;
    }
    const { short, spare } = stretches(plan.slots, plan.slot_minutes);
    const hours = [short, spare].filter((each) => each !== null);
    this.element.replaceChildren(
      ...hours.map((stretch) => this.#desks(stretch, plan)),
      this.#share(),
      this.#comers(),
      this.#moveTo(plan),
      this.#rush(plan),
      this.#alarm(plan),
    );
  }

  /**
   * @param {string} name
   * @param {string | null} value null takes the change back
   */
  #put(name, value) {
    if (value) this.#now[name] = value;
    else delete this.#now[name];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed({ ...this.#now }), RESTS_MS);
  }

  get #words() {
    return wordsOf(this.#language());
  }

  get #figures() {
    return new Figures(this.#language());
  }

  /**
   * @param {Stretch} stretch
   * @param {Staffing} plan
   */
  #desks(stretch, plan) {
    const hours = `${stretch.from}-${stretch.to}`;
    const label = this.#words.desksBetween(this.#figures.clock(stretch.from), this.#figures.clock(stretch.to));
    const value = readDesks(this.#now.desks).get(hours) ?? stretch.plan;
    const scale = { label, low: 0, high: plan.desks_max, step: 1, plan: stretch.plan, value, say: String };
    return slider(scale, (count) => {
      const desks = readDesks(this.#now.desks);
      if (count === stretch.plan) desks.delete(hours);
      else desks.set(hours, count);
      this.#put("desks", writeDesks(desks));
    });
  }

  #share() {
    const say = (/** @type {number} */ value) => `${value}\u00a0%`;
    const value = Math.round(Number(this.#now.adoption ?? 0) * 100);
    const scale = { label: this.#words.adoption, low: 0, high: 100, step: 5, plan: 0, value, say };
    return slider(scale, (share) => this.#put("adoption", share ? String(share / 100) : null));
  }

  #comers() {
    const say = (/** @type {number} */ value) => `${this.#figures.signed(value)}\u00a0%`;
    const value = Number(this.#now.arrivals ?? 0);
    const scale = { label: this.#words.comers, low: -50, high: 50, step: 5, plan: 0, value, say };
    return slider(scale, (percent) => this.#put("arrivals", percent ? String(percent) : null));
  }

  /** @param {Staffing} plan */
  #moveTo(plan) {
    const language = this.#language();
    const others = this.#city.branches.filter((each) => each.branch !== plan.branch);
    const select = h(
      "select",
      { onchange: () => this.#put("move_to", select.value || null) },
      h("option", { value: "" }, this.#words.nobody),
      ...others.map((each) => h("option", { value: each.branch }, local(each.name, language))),
    );
    select.value = this.#now.move_to ?? "";
    return h("label", { class: "field" }, this.#words.moveTo, select);
  }

  /** @param {Staffing} plan */
  #rush(plan) {
    const top = plan.slots.reduce((best, slot) => (slot.arrivals > best.arrivals ? slot : best));
    const opens = minutesOf(plan.slots[0]?.at ?? "09:00");
    const from = Math.max(opens, minutesOf(top.at) - RUSH_MINUTES / 2 + plan.slot_minutes / 2);
    const value = `${RUSH}@${clockOf(from)}..${clockOf(from + RUSH_MINUTES)}`;
    const box = h("input", {
      type: "checkbox",
      checked: Boolean(this.#now.rush),
      onchange: () => this.#put("rush", box.checked ? value : null),
    });
    const hours = `${this.#figures.clock(clockOf(from))}–${this.#figures.clock(clockOf(from + RUSH_MINUTES))}`;
    return h("label", { class: "check" }, box, `${this.#words.rush}, ${hours}`);
  }

  /** @param {Staffing} plan */
  #alarm(plan) {
    const words = this.#words;
    const [from, to] = (this.#now.alarm ?? "").split("..");
    const first = minutesOf(plan.slots[0]?.at ?? "09:00");
    const begins = h("input", { type: "time", value: from || clockOf(first + 120), "aria-label": words.begins });
    const length = from && to ? String(minutesOf(to) - minutesOf(from)) : "60";
    const lasts = h(
      "select",
      { "aria-label": words.lasts },
      ...[...new Set([...ALARM_MINUTES, length])].map((each) => h("option", { value: each }, `${each} ${words.minutes}`)),
    );
    lasts.value = length;
    const box = h("input", { type: "checkbox", checked: Boolean(from) });
    const put = () => {
      const start = minutesOf(begins.value || clockOf(first));
      this.#put("alarm", box.checked ? `${clockOf(start)}..${clockOf(start + Number(lasts.value))}` : null);
    };
    for (const each of [box, begins, lasts]) each.addEventListener("change", put);
    return h("div", { class: "alarm-field" }, h("label", { class: "check" }, box, words.alarm), begins, lasts);
  }
}
