/** @import { Slot } from "./keys.js" */
/** @import { StaffTicket } from "./types.js" */
/** @import { TicketScene } from "./ticket-panel.js" */
/** @import { Panel } from "./pad-choices.js" */
import { branchNews } from "/pages/assets/branch-news.js";
import { h, setAttribute, setText } from "/pages/assets/dom.js";
import { CityFormat, local } from "/pages/assets/format.js";
import { icon } from "/pages/assets/icons.js";
import { isTired, nonstopMinutes, span } from "./day-panel.js";
import { LinePanel } from "./line-panel.js";
import { Pad } from "./pad.js";
import { TicketPanel } from "./ticket-panel.js";

/**
 * The desk as a picture: who I am, the ticket, the pad, the line. It draws what it is given.
 *
 * @typedef {object} Situation
 * @property {number} lostSeconds real seconds without the server, 0 while it is there
 * @property {string} waitingFor a command without an answer yet, in words, or ""
 * @property {string} trouble the server's last refusal, or ""
 * @property {boolean} off no command can be given now
 *
 * @typedef {object} Acts
 * @property {(slot: Slot) => void} press
 * @property {(ticket: StaffTicket) => void} wake
 * @property {() => void} close
 * @property {() => void} signOut
 */

export class DeskView {
  ticket = new TicketPanel();

  /**
   * @param {Acts} acts
   * @param {HTMLElement} languages
   */
  constructor(acts, languages) {
    this.pad = new Pad(acts.press);
    this.line = new LinePanel(acts.wake);
    this.place = h("b");
    this.branch = h("span");
    this.state = h("span", { class: "state" });
    this.link = h("span", { class: "link" });
    this.clock = h("time");
    this.close = h("button", { type: "button", class: "plain", onclick: acts.close });
    this.leave = h("button", { type: "button", class: "plain", onclick: acts.signOut });
    this.news = h("p", { class: "banner", hidden: true });
    this.offline = h("p", { class: "banner warn", hidden: true }, icon("clock"), h("span"));
    this.restHint = h("p", { class: "banner rest", hidden: true }, icon("clock"), h("span"));
    this.pending = h("p", { class: "banner", hidden: true }, icon("replay"), h("span"));
    this.trouble = h("p", { class: "banner stop", role: "alert", hidden: true });
    this.said = h("p", { class: "sr", role: "status" });
    this.panel = h("div", { class: "panel", hidden: true });
    const header = h(
      "header",
      {},
      this.place,
      this.branch,
      this.state,
      this.close,
      h("span", { class: "space" }),
      this.link,
      languages,
      this.leave,
      this.clock,
    );
    const main = h(
      "main",
      {},
      this.ticket.element,
      h("div", { class: "banners" }, this.news, this.offline, this.pending, this.trouble, this.restHint),
      this.pad.element,
      this.panel,
      this.said,
    );
    this.element = h("div", { class: "desk", hidden: true }, header, main, this.line.element);
  }

  /**
   * @param {TicketScene} scene
   * @param {Situation} situation
   */
  draw(scene, situation) {
    const { room, words } = scene;
    this.element.hidden = false;
    this.#drawHeader(scene, situation);
    this.ticket.update(scene);
    this.pad.update(room, words, situation.off);
    this.line.update(scene, situation.off);
    this.#drawNews(scene);
    const lost = situation.lostSeconds;
    const number = room.ticket?.number ?? "";
    const offline =
      lost > 0 ? `${words.offline(Math.floor(lost), number)} ${words.reconnecting} ${situation.waitingFor}`.trim() : "";
    const others = offline || situation.waitingFor || situation.trouble;
    for (const [banner, text] of /** @type {[HTMLElement, string][]} */ ([
      [this.offline, offline],
      [this.pending, offline ? "" : situation.waitingFor],
      [this.trouble, situation.trouble],
      [this.restHint, others ? "" : this.#restText(scene)],
    ])) {
      setText(banner.lastElementChild?.tagName === "SPAN" ? banner.lastElementChild : banner, text);
      banner.hidden = text === "";
    }
    if (situation.waitingFor) setText(this.said, situation.waitingFor);
  }

  /** @param {TicketScene} scene */
  #restText({ room, words, now }) {
    return isTired(room, now) ? words.timeToRest(span(nonstopMinutes(room, now), words)) : "";
  }

  /**
   * @param {TicketScene} scene
   * @param {Situation} situation
   */
  #drawHeader({ room, city, language, words, now }, { lostSeconds, off }) {
    const { desk } = room;
    const branch = city.branches.find((each) => each.branch === desk.branch);
    setText(
      this.place,
      local(branch?.desks.find((each) => each.desk === desk.desk)?.name, language) || `${words.title} ${desk.desk}`,
    );
    setText(this.branch, local(branch?.name, language) || desk.branch);
    const paused = desk.reason ? `${words.onBreak}: ${breakName(desk.reason, words)}` : words.onBreak;
    setText(this.state, desk.state === "open" ? words.open : desk.state === "paused" ? paused : words.closed);
    this.state.dataset.state = desk.state;
    const connected = lostSeconds === 0;
    if (this.link.dataset.text !== `${connected} ${language}`) {
      this.link.dataset.text = `${connected} ${language}`;
      this.link.replaceChildren(icon(connected ? "check" : "alert"), connected ? words.connected : words.disconnected);
      this.link.classList.toggle("lost", !connected);
    }
    setText(this.clock, now === null ? "" : new CityFormat(language, city.time_zone).time(now));
    setText(this.leave, words.signOut);
    setText(this.close, words.closeDesk);
    this.close.hidden = desk.state === "closed" || room.ticket !== null;
    this.close.disabled = off;
  }

  /** @param {TicketScene} scene */
  #drawNews({ room, city, language, words }) {
    const times = new CityFormat(language, city.time_zone);
    const { text, alarm } = branchNews(room.branch, words, (at) => times.time(at));
    setText(this.news, text);
    this.news.hidden = text === "";
    this.news.classList.toggle("alarm", alarm && text !== "");
    setAttribute(this.news, "role", alarm ? "alert" : null);
  }

  /** @param {Panel | null} chooser stands in the pad's place until something is chosen */
  showPanel(chooser) {
    this.panel.replaceChildren(...(chooser ? [chooser.element] : []));
    this.panel.hidden = chooser === null;
    this.pad.element.hidden = chooser !== null;
    if (chooser) chooser.input.focus();
  }

  /** Focus rests on Enter, where the next press belongs. */
  rest() {
    this.pad.main.focus({ preventScroll: true });
  }
}

/**
 * @param {string} reason one of the usual ones by its id, or the clerk's own words
 * @param {import("./words.js").Words} words
 */
function breakName(reason, words) {
  return /** @type {Record<string, string>} */ (words.breaks)[reason] ?? reason;
}
