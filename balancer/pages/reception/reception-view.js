/** @import { Scene, StaffTicket } from "./types.js" */
import { branchNews } from "/pages/assets/branch-news.js";
import { h, setAttribute, setText } from "/pages/assets/dom.js";
import { CityFormat, local } from "/pages/assets/format.js";
import { icon } from "/pages/assets/icons.js";
import { HelpPanel } from "./help-panel.js";
import { HallPanel } from "./hall-panel.js";
import { IncidentPanel } from "./incident-panel.js";
import { IssueForm } from "./issue-form.js";
import { SheetPanel } from "./sheet-panel.js";
import { StubPanel } from "./stub.js";
import { TicketPanel } from "./ticket-panel.js";

/**
 * Reception as a picture: one task on the left (a new ticket, its stub, a ticket, an incident, a sheet), the hall on
 * the right.
 *
 * @typedef {"issue" | "stub" | "ticket" | "incident" | "sheet"} Task
 *
 * @typedef {object} Situation
 * @property {number} lostSeconds real seconds without the server, 0 while it is there
 * @property {string} trouble the server's last refusal, or ""
 * @property {boolean} late a command has no answer yet
 * @property {boolean} off no command can be given now
 *
 * @typedef {object} Acts
 * @property {(body: import("./issue-form.js").IssueBody) => void} issue
 * @property {import("./ticket-panel.js").Act} act
 * @property {(body: {category: string, text: string}) => void} record
 * @property {(count: number) => void} lease
 * @property {(verb: import("./help-panel.js").HelpVerb, device: string, name: string) => void} help
 * @property {(text: string) => void} find
 * @property {(ticket: StaffTicket) => void} open
 * @property {(task: Task) => void} show
 * @property {() => void} print
 * @property {() => void} signOut
 */

const STALE_SECONDS = 10;

export class ReceptionView {
  /** @type {Task} */
  task = "issue";

  /**
   * @param {Acts} acts
   * @param {HTMLElement} languages
   */
  constructor(acts, languages) {
    this.form = new IssueForm(acts.issue);
    this.stub = new StubPanel(acts.print, () => acts.show("issue"));
    this.ticket = new TicketPanel(acts.act, () => acts.show("issue"));
    this.incident = new IncidentPanel(acts.record, () => acts.show("issue"));
    this.sheet = new SheetPanel(acts.lease, () => acts.show("issue"));
    this.hall = new HallPanel(acts.open);
    this.help = new HelpPanel(acts.help);
    this.place = h("h1");
    this.link = h("span", { class: "link" });
    this.clock = h("time");
    this.leave = h("button", { type: "button", class: "plain", onclick: acts.signOut });
    this.toIncident = h("button", { type: "button", class: "plain", onclick: () => acts.show("incident") });
    this.toSheet = h("button", { type: "button", class: "plain", onclick: () => acts.show("sheet") });
    this.news = h("p", { class: "banner", hidden: true });
    this.trial = h("p", { class: "banner", hidden: true });
    this.offline = h("p", { class: "banner warn", hidden: true }, icon("clock"), h("span"));
    this.pending = h("p", { class: "banner", role: "status", hidden: true });
    this.trouble = h("p", { class: "banner stop", role: "alert", hidden: true });
    this.said = h("p", { class: "banner good", role: "status" });
    this.findLabel = h("label", { for: "find" });
    this.find = h("input", { id: "find", type: "search", autocomplete: "off", spellcheck: "false" });
    this.keys = h("p", { class: "aside keys" });
    this.tasks = { issue: this.form, stub: this.stub, ticket: this.ticket, incident: this.incident, sheet: this.sheet };
    this.element = this.#build(acts, languages);
  }

  /**
   * @param {Acts} acts
   * @param {HTMLElement} languages
   */
  #build(acts, languages) {
    const finder = h(
      "form",
      {
        class: "find",
        role: "search",
        onsubmit: (event) => {
          event.preventDefault();
          acts.find(this.find.value.trim());
        },
      },
      this.findLabel,
      this.find,
    );
    const space = h("span", { class: "space" });
    const header = h("header", {}, this.place, this.toIncident, this.toSheet, space, this.link, languages, this.leave, this.clock);
    const banners = h("div", { class: "banners" }, this.help.element, this.trial, this.news, this.offline, this.pending, this.trouble, this.said);
    return h(
      "div",
      { class: "reception", hidden: true },
      header,
      h("main", {}, banners, this.help.said, this.help.urged, ...Object.values(this.tasks).map((each) => each.element), this.keys),
      h("aside", {}, finder, this.hall.element),
    );
  }

  /**
   * @param {Scene} scene
   * @param {Situation} situation
   */
  draw(scene, situation) {
    const { words, city, language, now } = scene;
    const { lostSeconds, trouble, late, off } = situation;
    this.element.hidden = false;
    this.element.classList.toggle("stale", lostSeconds > STALE_SECONDS);
    this.#drawHeader(scene, lostSeconds === 0);
    this.#drawNews(scene);
    this.#say(this.offline, lostSeconds > 0 ? words.offline(Math.floor(lostSeconds)) : "");
    this.#say(this.pending, late ? words.unconfirmed : "");
    this.#say(this.trouble, trouble);
    this.said.hidden = this.said.textContent === "";
    setText(this.clock, now === null ? "" : new CityFormat(language, city.time_zone).time(now));
    setText(this.findLabel, words.find);
    setAttribute(this.find, "placeholder", words.findHint);
    setText(this.keys, words.keys);
    for (const [task, { element }] of Object.entries(this.tasks)) element.hidden = task !== this.task;
    this.form.update(scene, off);
    this.stub.update(scene);
    this.ticket.update(scene, off);
    this.incident.update(words, off);
    this.sheet.update(scene, off);
    this.hall.update(scene);
    this.help.update(scene, off);
  }

  /**
   * @param {HTMLElement} banner
   * @param {string} text
   */
  #say(banner, text) {
    setText(banner.querySelector("span") ?? banner, text);
    banner.hidden = text === "";
  }

  /**
   * @param {Scene} scene
   * @param {boolean} connected
   */
  #drawHeader({ branch, language, words }, connected) {
    setText(this.place, `${words.title}. ${local(branch.name, language)}`);
    setText(this.toIncident, words.incident);
    setText(this.toSheet, words.sheet);
    setText(this.leave, words.signOut);
    const key = `${connected} ${language}`;
    if (this.link.dataset.key === key) return;
    this.link.dataset.key = key;
    this.link.replaceChildren(icon(connected ? "check" : "alert"), connected ? words.connected : words.disconnected);
    this.link.classList.toggle("lost", !connected);
  }

  /** @param {Scene} scene */
  #drawNews({ room, branch, city, language, words }) {
    const times = new CityFormat(language, city.time_zone);
    const { text, alarm } = branchNews(room.branch, words, (at) => times.time(at));
    this.#say(this.news, text);
    this.news.classList.toggle("alarm", alarm);
    this.#say(this.trial, (branch.mode ?? "live") === "live" ? "" : words.training);
  }
}
