/** @import { CityInfo, Language } from "/pages/assets/types.js" */
/** @import { Choice } from "./choice.js" */
import { h, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { Figures } from "./figures.js";
import { shifted } from "./choice.js";
import { wordsOf } from "./words.js";

/**
 * The head of the page: which branch, which day, and its data to take away.
 *
 * @typedef {{choose: (part: Partial<Choice>) => void, download: (format: string) => void, leave: () => void}} Wishes
 */

const VIEWS = ["today", "tomorrow", "week"];

export class Header {
  #city;
  #language;
  #today = "";
  #madeAt = "";

  /**
   * @param {CityInfo} city
   * @param {HTMLElement} languages
   * @param {() => Language} language
   * @param {Wishes} wishes
   */
  constructor(city, languages, language, wishes) {
    this.#city = city;
    this.#language = language;
    this.branch = h("select", { class: "branch", onchange: () => wishes.choose({ branch: this.branch.value }) });
    this.views = VIEWS.map((view) => h("button", { type: "button", onclick: () => wishes.choose({ view }) }));
    this.date = h("input", {
      type: "date",
      onchange: () => {
        if (this.date.value) wishes.choose({ view: this.date.value });
      },
    });
    this.days = h("div", { class: "segments", role: "group" }, ...this.views, this.date);
    this.made = h("span", { class: "aside" });
    this.trouble = h("span", { class: "trouble", role: "alert" });
    this.xlsx = h("button", { type: "button", class: "btn", onclick: () => wishes.download("xlsx") });
    this.csv = h("button", { type: "button", class: "plain", onclick: () => wishes.download("csv") }, "CSV");
    this.out = h("button", { type: "button", class: "plain", onclick: () => wishes.leave() });
    this.title = h("h1", { class: "sr" });
    this.element = h(
      "header",
      {},
      this.title,
      this.branch,
      this.days,
      h("span", { class: "space" }),
      this.trouble,
      this.made,
      this.xlsx,
      this.csv,
      languages,
      this.out,
    );
  }

  /** @param {string} today @param {string} madeAt RFC 3339 */
  know(today, madeAt) {
    this.#today = today;
    this.#madeAt = madeAt;
    this.speak();
  }

  /** @param {Choice} choice */
  show(choice) {
    if (!this.branch.options.length) this.speak();
    this.branch.value = choice.branch;
    this.views.forEach((button, nth) => button.setAttribute("aria-pressed", String(VIEWS[nth] === choice.view)));
    this.date.value = VIEWS.includes(choice.view) ? "" : choice.view;
    this.date.classList.toggle("chosen", this.date.value !== "");
  }

  /** @param {string} why */
  complain(why) {
    setText(this.trouble, why);
  }

  speak() {
    const language = this.#language();
    const words = wordsOf(language);
    const figures = new Figures(language);
    setText(this.title, words.title);
    this.branch.setAttribute("aria-label", words.branch);
    this.days.setAttribute("aria-label", words.day);
    this.date.setAttribute("aria-label", words.otherDay);
    const chosen = this.branch.value;
    this.branch.replaceChildren(
      ...this.#city.branches.map((each) => h("option", { value: each.branch }, local(each.name, language))),
    );
    if (chosen) this.branch.value = chosen;
    const tomorrow = this.#today ? `, ${figures.day(shifted(this.#today, 1))}` : "";
    [words.today, words.tomorrow + tomorrow, words.week].forEach((label, nth) => {
      const button = this.views[nth];
      if (button) setText(button, label);
    });
    setText(this.xlsx, words.download);
    this.xlsx.title = words.downloadAs;
    this.csv.setAttribute("aria-label", `${words.download}, CSV`);
    setText(this.out, words.signOut);
    setText(this.made, this.#madeAt ? words.madeAt(figures.clock(this.#madeAt.slice(11, 16))) : "");
  }
}
