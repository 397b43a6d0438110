/** @import { CityInfo, Language } from "/pages/assets/types.js" */
/** @import { DeskRoom, StaffTicket } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { icon } from "/pages/assets/icons.js";
import { clockText, timerTone } from "./verbs.js";

/**
 * The ticket in hand, readable from a standing position: number, service, how long. Without one: what comes next.
 *
 * @typedef {object} TicketScene
 * @property {DeskRoom} room
 * @property {CityInfo} city
 * @property {Language} language
 * @property {Words} words
 * @property {number | null} now city milliseconds
 */

const RAIL_MINUTES = 30;

export class TicketPanel {
  constructor() {
    this.number = h("h1", { class: "no" });
    this.service = h("p", { class: "svc" });
    this.clock = h("b", { role: "timer" });
    this.clockNote = h("span");
    this.timer = h(
      "p",
      { class: "timer" },
      this.clock,
      h("span", { class: "timer-note" }, icon("clock"), this.clockNote),
    );
    this.bar = h("i");
    this.rail = h(
      "div",
      { class: "rail", "aria-hidden": "true" },
      this.bar,
      h("span", { class: "at-20" }, "20"),
      h("span", { class: "at-25" }, "25"),
      h("span", { class: "at-30" }, "30"),
    );
    this.facts = h("p", { class: "facts" });
    this.note = h("p", { class: "note" }, h("b"), h("span"));
    this.element = h(
      "section",
      { class: "ticket" },
      h("div", { class: "head" }, h("div", {}, this.number, this.service), this.timer),
      this.rail,
      this.facts,
      this.note,
    );
  }

  /** @param {TicketScene} scene */
  update(scene) {
    const { ticket } = scene.room;
    this.element.classList.toggle("empty", !ticket);
    if (ticket) this.#drawTicket(ticket, scene);
    else this.#drawEmpty(scene);
  }

  /**
   * @param {StaffTicket} ticket
   * @param {TicketScene} scene
   */
  #drawTicket(ticket, { city, language, words, now }) {
    const since = Date.parse((ticket.state === "serving" ? ticket.started_at : ticket.called_at) ?? "");
    const spent = now === null || Number.isNaN(since) ? 0 : Math.max(0, now - since);
    const tone = ticket.state === "serving" ? timerTone(spent / 60_000) : "";
    setText(this.number, ticket.number);
    setText(this.service, serviceName(city, ticket.service, language));
    this.timer.hidden = false;
    setText(this.clock, clockText(spent));
    setText(
      this.clockNote,
      tone === "red"
        ? words.over25
        : tone === "amber"
          ? words.over20
          : ticket.state === "serving"
            ? words.serving
            : words.called,
    );
    this.element.dataset.tone = tone;
    this.rail.hidden = ticket.state !== "serving";
    this.bar.style.setProperty("--share", Math.min(1, spent / 60_000 / RAIL_MINUTES).toFixed(4));
    this.#drawFacts(ticket, words);
    this.note.hidden = !ticket.note;
    setText(this.note.children[0] ?? this.note, words.note);
    setText(this.note.children[1] ?? this.note, ticket.note ?? "");
  }

  /**
   * @param {StaffTicket} ticket
   * @param {Words} words
   */
  #drawFacts(ticket, words) {
    const { called_at, started_at, waited_minutes, leg, legs, recalls, misses, priority } = ticket;
    const came = Date.parse(started_at ?? "") - Date.parse(called_at ?? "");
    /** @type {[string, string][]} */
    const facts = [];
    if (waited_minutes !== null) facts.push([words.waited, `${Math.round(waited_minutes)} ${words.minutes}`]);
    if (came > 0) facts.push([words.came, clockText(came)]);
    if (legs.length > 1) facts.push([words.leg, words.legOf(leg + 1, legs.length)]);
    if (recalls > 0) facts.push([words.recalls(recalls), ""]);
    if (misses > 0) facts.push([words.misses, String(misses)]);
    const key = JSON.stringify([facts, priority]);
    if (this.facts.dataset.key === key) return;
    this.facts.dataset.key = key;
    const parts = facts.map(([label, value]) => h("span", {}, label, " ", h("b", {}, value)));
    this.facts.replaceChildren(...(priority ? [h("span", { class: "priority" }, words.priority)] : []), ...parts);
  }

  /** @param {TicketScene} scene */
  #drawEmpty({ room, city, language, words }) {
    const next = room.line[0];
    const open = room.desk.state === "open";
    const title = open ? words.noTicket : room.desk.state === "paused" ? words.onBreak : words.deskClosed;
    const hint = open
      ? next
        ? `${words.next}: ${next.number}, ${serviceName(city, next.service, language)}`
        : words.lineEmptyNow
      : room.desk.state === "paused"
        ? words.breakHint
        : words.deskClosedHint;
    setText(this.number, title);
    setText(this.service, hint);
    this.element.dataset.tone = "";
    for (const part of [this.timer, this.rail, this.note]) part.hidden = true;
    this.facts.replaceChildren();
    delete this.facts.dataset.key;
  }
}

/**
 * @param {CityInfo} city
 * @param {string} service
 * @param {Language} language
 * @returns {string}
 */
export function serviceName(city, service, language) {
  return local(city.services.find((each) => each.service === service)?.name, language) || service;
}
