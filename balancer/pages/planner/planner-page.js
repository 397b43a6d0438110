/** @import { Language } from "/pages/assets/types.js" */
/** @import { Choice } from "./choice.js" */
/** @import { Session } from "./session.js" */
/** @import { Backtest, Forecast, Staffing } from "./types.js" */
import { h, setText } from "/pages/assets/dom.js";
import { Problem } from "/pages/assets/staff-api.js";
import { readChoice, spanOf, writeChoice } from "./choice.js";
import { drawForecast } from "./forecast-panel.js";
import { Header } from "./header.js";
import { chanceWords, changeWords, outcomeTable, outcomeWords } from "./outcomes.js";
import { Panel } from "./panel.js";
import { drawQuality } from "./quality-panel.js";
import { drawStaffing } from "./staffing-panel.js";
import { Variants } from "./variants.js";
import { WhatIfControls } from "./what-if.js";
import { wordsOf } from "./words.js";

/** The plan of one branch and day: who comes, how many desks that takes, how right the waits were; what if, beside. */

export class PlannerPage {
  /** @type {Choice} */
  #choice;
  #today = "";
  #session;
  #language;
  #leave;
  /** @type {Staffing | null} */
  #staffing = null;

  /**
   * @param {Session} session
   * @param {HTMLElement} languages
   * @param {() => Language} language
   * @param {(why: string) => void} leave
   */
  constructor(session, languages, language, leave) {
    this.#session = session;
    this.#language = language;
    this.#leave = leave;
    const { api, city } = session;
    this.#choice = readChoice(city.branches.map((each) => each.branch));
    this.header = new Header(city, languages, language, {
      choose: (part) => this.#choose(part),
      download: (format) => this.#download(format),
      leave: () => leave(""),
    });
    /** @type {Panel<Forecast>} */
    this.forecast = new Panel(api, language, (asked, stop) => api.forecast(asked, stop), (panel, answer, asked) =>
      drawForecast(panel, answer, asked, (date) => this.#choose({ view: date })),
    );
    /** @type {Panel<Staffing>} */
    this.staffing = new Panel(api, language, (asked, stop) => api.staffing(asked, stop), drawStaffing);
    /** @type {Panel<Backtest>} */
    this.quality = new Panel(api, language, (asked, stop) => api.backtest(asked, stop), drawQuality);
    this.controls = new WhatIfControls(city, language, (whatIf) => this.#choose({ whatIf }));
    this.variants = new Variants(language, ({ branch, date, whatIf }) => this.#choose({ branch, view: date, whatIf }));
    this.demo = h("p", { class: "banner warn", hidden: true });
    this.ifTitle = h("h2", {});
    this.ifHint = h("p", { class: "aside" });
    this.result = h("div", { class: "result" });
    this.chance = h("p", { class: "aside", role: "status" });
    this.keep = h("button", { type: "button", class: "btn main", onclick: () => this.#keep() });
    this.reset = h("button", { type: "button", class: "btn", onclick: () => this.#choose({ whatIf: {} }) });
    this.aside = h(
      "aside",
      {},
      this.ifTitle,
      this.ifHint,
      this.controls.element,
      this.result,
      this.chance,
      h("div", { class: "buttons" }, this.keep, this.reset),
      this.variants.element,
    );
    const main = h("main", {}, this.demo, this.forecast.element, this.staffing.element, this.quality.element);
    this.element = h("div", { class: "planner" }, this.header.element, main, this.aside);
    this.#wire();
  }

  #wire() {
    for (const panel of [this.forecast, this.staffing, this.quality]) {
      panel.signedOut = () => this.#leave(wordsOf(this.#language()).tokenEnded);
    }
    this.forecast.answered = (answer) => {
      this.header.know(answer.today, answer.made_at);
      setText(this.demo, wordsOf(this.#language()).demo);
      this.demo.hidden = !answer.demo;
      const asked = spanOf(this.#choice.view, answer.today);
      if (answer.today === this.#today && asked.date === answer.date) return;
      this.#today = answer.today;
      this.#load();
    };
    this.staffing.answered = (answer) => {
      this.#staffing = answer;
      if (answer.state === "ready") this.controls.offer(answer, this.#choice.whatIf);
      else this.controls.clear();
      this.#drawResult();
    };
  }

  start() {
    this.speak();
    this.header.show(this.#choice);
    this.#load();
  }

  stop() {
    for (const panel of [this.forecast, this.staffing, this.quality]) panel.forget();
  }

  /** Everything in the reader's language. */
  speak() {
    const words = wordsOf(this.#language());
    setText(this.ifTitle, words.ifTitle);
    setText(this.ifHint, words.ifHint);
    setText(this.keep, words.keep);
    setText(this.reset, words.reset);
    setText(this.demo, words.demo);
    this.header.speak();
    this.controls.speak();
    this.variants.speak();
    for (const panel of [this.forecast, this.staffing, this.quality]) panel.speak();
    this.#drawResult();
  }

  /** @param {Partial<Choice>} part */
  #choose(part) {
    const moved = part.branch !== undefined || part.view !== undefined;
    this.#choice = { ...this.#choice, ...(moved ? { whatIf: {} } : {}), ...part };
    writeChoice(this.#choice);
    this.header.show(this.#choice);
    if (moved || !Object.keys(this.#choice.whatIf).length) this.controls.set(this.#choice.whatIf);
    if (moved) this.#load();
    else this.#loadStaffing();
  }

  #load() {
    const { date, days } = spanOf(this.#choice.view, this.#today || today());
    const { branch } = this.#choice;
    void this.forecast.load(new URLSearchParams({ branch, date, days: String(days) }));
    if (!this.#today) return;
    this.aside.hidden = this.staffing.element.hidden = days > 1;
    if (days === 1) this.#loadStaffing();
    void this.quality.load(new URLSearchParams({ branch }));
  }

  #loadStaffing() {
    const { branch, whatIf } = this.#choice;
    const { date } = spanOf(this.#choice.view, this.#today);
    void this.staffing.load(new URLSearchParams({ branch, date, ...whatIf }));
  }

  #drawResult() {
    const answer = this.#staffing;
    const language = this.#language();
    const table = answer && answer.state === "ready" ? outcomeTable(answer, language) : null;
    this.result.replaceChildren(...(table ? [table] : []));
    setText(this.chance, answer && table ? chanceWords(answer, language) : "");
    this.keep.disabled = !answer?.what_if;
    this.reset.disabled = !Object.keys(this.#choice.whatIf).length;
  }

  #keep() {
    const answer = this.#staffing;
    if (!answer?.what_if) return;
    const language = this.#language();
    this.variants.add({
      branch: answer.branch,
      date: answer.date,
      whatIf: { ...this.#choice.whatIf },
      changes: changeWords(answer, language),
      outcome: outcomeWords(answer.what_if, language),
    });
  }

  /** @param {string} format */
  async #download(format) {
    const { branch, whatIf } = this.#choice;
    const { date } = spanOf(this.#choice.view, this.#today);
    try {
      const { file, name } = await this.#session.api.export(new URLSearchParams({ branch, date, format, ...whatIf }));
      const link = h("a", { href: URL.createObjectURL(file), download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      this.header.complain("");
    } catch (error) {
      this.header.complain(error instanceof Problem ? error.message : wordsOf(this.#language()).noAnswer);
    }
  }
}

/** @returns {string} this computer's date, until the city's is known */
function today() {
  return new Intl.DateTimeFormat("sv-SE").format(new Date());
}

