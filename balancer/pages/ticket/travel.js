/** @import { Kept, Mode } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";

/**
 * How long the visitor's way is: his own minutes, or from his place, if he gives it. The place goes to the server once,
 * to about a hundred metres, and is kept nowhere.
 *
 * @typedef {object} Outlook
 * @property {(travel: NonNullable<Kept["travel"]>) => void} chosen
 * @property {(lat: number, lon: number, mode: Mode) => Promise<number | null>} minutesFrom
 */

/** @type {Mode[]} */
const MODES = ["walk", "transit", "car"];
const LONGEST = 300;

export class TravelPanel {
  #outlook;
  /** @type {Mode} */
  #mode = "transit";
  #open = false;
  /** @type {HTMLElement[]} */
  #modeTexts = [];

  /** @param {Outlook} outlook */
  constructor(outlook) {
    this.#outlook = outlook;
    this.said = h("span");
    this.change = h("button", { type: "button", class: "plain", onclick: () => this.#show(true) });
    this.summary = h("p", { class: "travel-set" }, this.said, this.change);
    this.title = h("h2");
    this.here = h("button", { type: "button", class: "btn", onclick: () => this.#choose(0, null) });
    this.legend = h("legend");
    const modes = MODES.map((mode) => this.#modeChoice(mode));
    this.modes = h("fieldset", {}, this.legend, ...modes);
    this.place = h("button", { type: "button", class: "btn", onclick: () => void this.#askPlace() });
    this.note = h("small");
    this.label = h("label", { for: "travel-minutes" });
    this.minutes = h("input", { id: "travel-minutes", inputmode: "numeric", autocomplete: "off", size: 4, required: true });
    this.save = h("button", { type: "submit", class: "btn" });
    this.trouble = h("p", { class: "trouble", role: "alert" });
    this.form = h(
      "form",
      { class: "travel-form", novalidate: true, onsubmit: (event) => this.#submit(event) },
      this.modes,
      h("div", { class: "pair" }, this.place, this.note),
      h("div", { class: "pair" }, this.label, this.minutes, this.save),
      this.here,
      this.trouble,
    );
    this.element = h("section", { class: "box travel" }, this.title, this.summary, this.form);
  }

  /**
   * @param {Kept["travel"]} travel
   * @param {Words} words
   */
  draw(travel, words) {
    const open = this.#open || travel === null;
    this.form.hidden = !open;
    this.title.hidden = !open;
    this.summary.hidden = open;
    setText(this.title, words.travel);
    setText(this.legend, words.howYouGo);
    MODES.forEach((mode, place) => this.#modeTexts[place] && setText(this.#modeTexts[place], words.modes[mode]));
    setText(this.place, words.fromPlace);
    setText(this.note, words.placeUsed);
    setText(this.label, words.minutesLabel);
    setText(this.save, words.setMinutes);
    setText(this.here, words.iAmHere);
    setText(this.change, words.change);
    if (travel) setText(this.said, words.travelSet(wayText(travel, words)));
    this.words = words;
  }

  /** @param {Mode} mode */
  #modeChoice(mode) {
    const text = h("span");
    this.#modeTexts.push(text);
    const checked = mode === this.#mode;
    return h(
      "label",
      {},
      h("input", { type: "radio", name: "mode", value: mode, checked, onchange: () => (this.#mode = mode) }),
      text,
    );
  }

  /** @param {boolean} open */
  #show(open) {
    this.#open = open;
    this.form.hidden = !open;
    this.title.hidden = !open;
    this.summary.hidden = open;
    (open ? this.minutes : this.change).focus({ preventScroll: !open });
  }

  /**
   * @param {number} minutes
   * @param {Mode | null} mode
   */
  #choose(minutes, mode) {
    setText(this.trouble, "");
    this.minutes.value = "";
    this.#outlook.chosen({ minutes, mode });
    this.#show(false);
    scrollTo(0, 0); // the answer stands on the ticket
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const minutes = Number(this.minutes.value.trim().replace(",", "."));
    const fits = this.minutes.value.trim() !== "" && minutes >= 0 && minutes <= LONGEST;
    setText(this.trouble, fits ? "" : (this.words?.minutesWrong ?? ""));
    if (fits) this.#choose(Math.round(minutes), null);
    else this.minutes.focus();
  }

  async #askPlace() {
    const mode = this.#mode;
    try {
      const { coords } = await position();
      const minutes = await this.#outlook.minutesFrom(round(coords.latitude), round(coords.longitude), mode);
      if (minutes !== null) return this.#choose(Math.round(minutes), mode);
    } catch {
      // Refused, or nobody knows where this is.
    }
    setText(this.trouble, this.words?.placeDenied ?? "");
  }
}

/**
 * @param {NonNullable<Kept["travel"]>} travel
 * @param {Words} words
 */
function wayText({ minutes, mode }, words) {
  if (minutes === 0) return words.youAreHere;
  return [words.wayMinutes(minutes), mode && words.modes[mode]].filter(Boolean).join(" ");
}

/** @param {number} degrees */
function round(degrees) {
  return Math.round(degrees * 1000) / 1000;
}

/** @returns {Promise<GeolocationPosition>} */
function position() {
  return new Promise((resolve, reject) =>
    navigator.geolocation.getCurrentPosition(resolve, reject, { timeout: 10_000, maximumAge: 300_000 }),
  );
}
