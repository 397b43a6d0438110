/** @import { Language } from "/pages/assets/types.js" */
/** @import { CityFormat } from "/pages/assets/format.js" */
/** @import { HallView } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { turn } from "./arrow.js";
import { wordsOf } from "./words.js";

/** Screens that cover the hall: an air raid, a closed branch, a start without any state. What is below stays as it was. */

export class AlarmCover {
  constructor() {
    this.branch = h("b");
    this.lost = h("span", { class: "lost" });
    this.since = h("span");
    this.clock = h("time");
    this.title = h("h1", {}, h("span"), h("span"));
    this.other = h("p", { class: "other" });
    this.place = h("b");
    this.way = h("small");
    this.kept = h("b");
    this.afterwards = h("span");
    this.keptOther = h("span", { class: "other" });
    this.element = h(
      "div",
      { class: "alarm", hidden: true },
      h("header", {}, this.branch, this.lost, h("i"), this.since, this.clock),
      h("main", {}, this.title, this.other, h("p", { class: "go" }, turn(), h("span", {}, this.place, this.way))),
      h("footer", {}, this.kept, this.afterwards, this.keptOther),
    );
  }

  /**
   * @param {HallView} view
   * @param {CityFormat} format
   * @param {string} time of the clock
   * @param {string} lost for how long the server has been away; the alarm stays until it says otherwise
   * @param {Words} words
   */
  draw(view, format, time, lost, words) {
    const [first = "", second = ""] = words.alarm;
    setText(this.branch, local(view.name, format.language));
    setText(this.lost, lost && words.lost(lost));
    setText(this.since, view.since ? words.alarmSince(format.time(Date.parse(view.since))) : "");
    setText(this.clock, time);
    setText(/** @type {Node} */ (this.title.firstChild), first);
    setText(/** @type {Node} */ (this.title.lastChild), second);
    this.#drawOther(format.language === "uk" ? "en" : "uk");
    setText(this.place, view.shelter ? words.shelterHere : words.shelterNear);
    setText(this.way, view.shelter_way ? local(view.shelter_way, format.language) : words.shelterWay);
    setText(this.kept, words.kept);
    setText(this.afterwards, words.afterwards);
  }

  /** @param {Language} language in which the most important is said once more */
  #drawOther(language) {
    const words = wordsOf(language);
    this.other.lang = this.keptOther.lang = language;
    setText(this.other, `${words.alarmWhole}.`);
    setText(this.keptOther, `${words.kept}. ${words.afterwards}.`);
  }
}

export class CalmCover {
  constructor() {
    this.branch = h("b");
    this.clock = h("time");
    this.title = h("h1");
    this.text = h("p");
    const header = h("header", {}, this.branch, h("i"), this.clock);
    this.element = h("div", { class: "calm", hidden: true }, header, h("main", {}, this.title, this.text));
  }

  /**
   * @param {string} title
   * @param {string} text
   * @param {string} branch
   * @param {string} time
   */
  draw(title, text, branch = "", time = "") {
    setText(this.title, title);
    setText(this.text, text);
    setText(this.branch, branch);
    setText(this.clock, time);
  }
}
