/** @import { Language } from "/pages/assets/types.js" */
/** @import { PlannerApi } from "./api.js" */
/** @import { Head } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { Problem } from "/pages/assets/staff-api.js";
import { Figures } from "./figures.js";
import { Plot } from "./plot.js";
import { wordsOf } from "./words.js";

/**
 * One part of the page that asks one door: the newest question wins, the old answer stays dimmed until the new one is
 * there, a failure says so and can be tried again.
 *
 * @template {Head} T
 */
export class Panel {
  #ask;
  #draw;
  #stop = new AbortController();
  #asked = new URLSearchParams();
  /** @type {T | null} */
  #answer = null;

  /**
   * @param {PlannerApi} api
   * @param {() => Language} language
   * @param {(asked: URLSearchParams, stop: AbortSignal) => Promise<T>} ask
   * @param {(panel: Panel<T>, answer: T, asked: URLSearchParams) => void} draw
   */
  constructor(api, language, ask, draw) {
    this.#ask = ask;
    this.#draw = draw;
    this.speaks = language;
    this.plot = new Plot(api, language);
    this.plot.failed = (error) => this.#fail(error);
    this.trouble = h("p", { class: "banner warn", role: "alert", hidden: true });
    this.body = h("div", { class: "body" });
    this.element = h("section", { "aria-busy": "false" }, this.trouble, this.body);
    /** @type {() => void} */
    this.signedOut = () => {};
    /** @type {(answer: T) => void} */
    this.answered = () => {};
  }

  get language() {
    return this.speaks();
  }

  /** @returns {Words} */
  get words() {
    return wordsOf(this.language);
  }

  get figures() {
    return new Figures(this.language);
  }

  /** @param {...Node} parts */
  fill(...parts) {
    this.body.replaceChildren(...parts);
  }

  /** @param {URLSearchParams} asked */
  async load(asked) {
    this.#stop.abort();
    const stop = (this.#stop = new AbortController());
    this.#asked = asked;
    this.element.setAttribute("aria-busy", "true");
    if (!this.#answer) this.fill(h("p", { class: "empty" }, this.words.loading));
    try {
      const answer = await this.#ask(asked, stop.signal);
      if (stop.signal.aborted) return;
      this.#answer = answer;
      this.trouble.hidden = true;
      this.speak();
      this.answered(answer);
    } catch (error) {
      if (!stop.signal.aborted) this.#fail(error);
    } finally {
      if (stop === this.#stop) this.element.setAttribute("aria-busy", "false");
    }
  }

  /** Draws what is known anew: in another language, or for the first time. */
  speak() {
    if (!this.#answer) return;
    const { state, reason } = this.#answer;
    if (state === "empty") {
      this.plot.clear();
      this.fill(h("p", { class: "empty" }, reason ? local({ uk: reason.uk, en: reason.en }, this.language) : ""));
      return;
    }
    this.#draw(this, this.#answer, this.#asked);
    if (reason && reason.code === "history_thin") this.body.append(h("p", { class: "note" }, local({ uk: reason.uk, en: reason.en }, this.language)));
  }

  forget() {
    this.#answer = null;
    this.#stop.abort();
    this.plot.clear();
  }

  /** @param {unknown} error */
  #fail(error) {
    if (error instanceof Problem && error.signedOut) {
      this.signedOut();
      return;
    }
    const words = error instanceof Problem ? error.message : this.words.noAnswer;
    const again = h("button", { type: "button", class: "plain", onclick: () => void this.load(this.#asked) });
    setText(again, this.words.again);
    this.trouble.replaceChildren(words, " ", again);
    this.trouble.hidden = false;
    if (!this.#answer) this.fill();
  }
}
