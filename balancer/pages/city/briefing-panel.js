/** @import { BriefingView, Scene } from "./types.js" */
/** @import { Plan } from "./briefing-sheet.js" */
/** @import { CityApi } from "./api.js" */
import { h, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { NoAnswer, Problem } from "/pages/assets/staff-api.js";
import { briefingSheet } from "./briefing-sheet.js";
import { dayText } from "./tell.js";

/** The briefing: which day, which branch, and the sheet. */
export class BriefingPanel {
  /** @type {BriefingView | null} */
  #view = null;
  /** @type {Plan} */
  #plan = null;
  #trouble = "";
  #asked = 0;
  /** @type {Scene | null} */
  #scene = null;
  #api;

  /** @param {CityApi} api */
  constructor(api) {
    this.#api = api;
    this.dayLabel = h("label", { for: "day" });
    this.day = h("input", { id: "day", type: "date", onchange: () => void this.load() });
    this.branchLabel = h("label", { for: "briefing-branch" });
    this.branch = h("select", { id: "briefing-branch", onchange: () => void this.load() });
    this.print = h("button", { type: "button", class: "btn main", onclick: () => print() });
    this.trouble = h("p", { class: "banner warn", role: "status" });
    this.last = h("button", { type: "button", class: "btn", onclick: () => this.#goTo(this.#view?.last_day ?? "") });
    this.place = h("div");
    const fields = h("div", { class: "fields" }, h("div", {}, this.dayLabel, this.day), h("div", {}, this.branchLabel, this.branch), this.print);
    this.element = h("section", { class: "briefing" }, fields, this.trouble, this.last, this.place);
  }

  /** @param {Scene} scene */
  update(scene) {
    const spoken = this.#scene?.language !== scene.language;
    this.#scene = scene;
    if (spoken) this.#draw();
  }

  async load() {
    const asked = (this.#asked += 1);
    this.#trouble = this.#scene?.words.loading ?? "";
    this.#draw();
    try {
      const view = await this.#api.briefing({ day: this.day.value, branch: this.branch.value });
      if (asked !== this.#asked) return;
      this.#view = view;
      this.day.value = view.day;
      this.#trouble = "";
      this.#plan = view.state === "ready" ? "pending" : null;
      this.#draw();
      if (view.state === "ready") await this.#foresee(view, asked);
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#fail(error);
    }
    this.#draw();
  }

  /**
   * @param {BriefingView} view
   * @param {number} asked
   */
  async #foresee(view, asked) {
    const branch = view.branch ?? view.worst?.branch ?? view.branches[0]?.branch;
    try {
      const plan = branch ? { branch, spans: await this.#api.shortToday(branch) } : null;
      if (asked === this.#asked) this.#plan = plan;
    } catch (error) {
      if (!(error instanceof Problem || error instanceof NoAnswer)) throw error;
      if (asked === this.#asked) this.#plan = null; // a briefing without tomorrow is still one
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    const words = this.#scene?.words;
    if (error instanceof NoAnswer) this.#trouble = words?.noAnswer ?? "";
    else if (error instanceof Problem) this.#trouble = error.code === "archive_off" ? (words?.archiveOff ?? "") : error.message;
    else throw error;
    if (error instanceof Problem) this.#view = null;
  }

  /** @param {string} day */
  #goTo(day) {
    this.day.value = day;
    void this.load();
  }

  #draw() {
    const scene = this.#scene;
    if (!scene) return;
    const { words, city, language } = scene;
    setText(this.dayLabel, words.day);
    setText(this.branchLabel, words.branch);
    setText(this.print, words.print);
    const chosen = this.branch.value;
    this.branch.replaceChildren(
      h("option", { value: "" }, words.wholeCity),
      ...city.branches.map((each) => h("option", { value: each.branch }, local(each.name, language))),
    );
    this.branch.value = chosen;
    const view = this.#view;
    const empty = view !== null && view.state === "no_data" && !this.#trouble;
    const told = empty && view ? `${words.noData(dayText(view.day, language))} ${view.last_day ? "" : words.noDayAtAll}` : this.#trouble;
    setText(this.trouble, told);
    this.trouble.hidden = told === "";
    this.last.hidden = !(empty && view?.last_day);
    setText(this.last, view?.last_day ? words.lastDay(dayText(view.last_day, language)) : "");
    const ready = view?.state === "ready";
    this.print.disabled = !ready;
    this.place.replaceChildren(...(view && ready ? [briefingSheet(view, this.#plan, scene)] : []));
  }
}
