/** @import { CityInfo, Language } from "/pages/assets/types.js" */
/** @import { DeskRoom, StaffTicket } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";
import { CityFormat, local } from "/pages/assets/format.js";
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

/** The rail ends as far behind the red mark as that lies behind the amber one, and never before it. */
const RAIL_TAIL_MINUTES = 5;

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
    this.marks = ["amber", "red", "end"].map((mark) => h("span", { class: `at-${mark}` }));
    this.rail = h(
      "div",
      { class: "rail", "aria-hidden": "true" },
      this.bar,
      ...this.marks,
    );
    this.documents = h("ul", { class: "documents" });
    this.documentsPart = h("div", { class: "papers" }, h("span"), this.documents);
    this.facts = h("p", { class: "facts" });
    this.note = h("p", { class: "note" }, h("b"), h("span"));
    this.element = h(
      "section",
      { class: "ticket" },
      h("div", { class: "head" }, h("div", {}, this.number, this.service), this.timer),
      this.rail,
      this.facts,
      this.documentsPart,
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
  #drawTicket(ticket, scene) {
    const { city, language, words, now } = scene;
    const { policy } = scene.room;
    const serving = ticket.state === "serving";
    const spent = since(serving ? ticket.started_at : ticket.called_at, now);
    const tone = serving ? timerTone(spent / 60_000, policy) : "";
    setText(this.number, ticket.number);
    setText(this.service, serviceName(city, ticket.service, language));
    this.timer.hidden = false;
    setText(this.clock, clockText(spent));
    const limits = { amber: words.over20(policy.service_amber_minutes), red: words.over25(policy.service_red_minutes) };
    setText(this.clockNote, tone ? limits[tone] : serving ? words.serving : words.called);
    this.element.dataset.tone = tone;
    this.rail.hidden = !serving;
    this.#drawRail(spent / 60_000, policy);
    this.#drawFacts(ticket, words, now);
    this.#drawDocuments(ticket, scene);
    this.note.hidden = !ticket.note;
    setText(this.note.children[0] ?? this.note, noteTitle(ticket, scene));
    setText(this.note.children[1] ?? this.note, ticket.note ?? "");
  }

  /**
   * @param {number} minutes
   * @param {{service_amber_minutes: number, service_red_minutes: number}} policy
   */
  #drawRail(minutes, { service_amber_minutes: amber, service_red_minutes: red }) {
    const end = Math.max(red + RAIL_TAIL_MINUTES, Math.ceil((red + (red - amber)) / 5) * 5);
    const { style } = this.rail;
    style.setProperty("--amber", (amber / end).toFixed(4));
    style.setProperty("--red", (red / end).toFixed(4));
    style.setProperty("--share", Math.min(1, minutes / end).toFixed(4));
    [amber, red, end].forEach((mark, place) => setText(this.marks[place] ?? this.rail, String(mark)));
  }

  /**
   * @param {StaffTicket} ticket
   * @param {Words} words
   * @param {number | null} now
   */
  #drawFacts(ticket, words, now) {
    const { called_at, started_at, waited_minutes, leg, legs, recalls, misses, priority, paying_since } = ticket;
    const came = Date.parse(started_at ?? "") - Date.parse(called_at ?? "");
    /** @type {[string, string][]} */
    const facts = [];
    if (waited_minutes !== null) facts.push([words.waited, `${Math.round(waited_minutes)} ${words.minutes}`]);
    if (came > 0) facts.push([words.came, clockText(came)]);
    if (legs.length > 0) facts.push([words.leg, words.legOf(leg + 1, legs.length)]);
    if (recalls > 0) facts.push([words.recalls(recalls), ""]);
    if (misses > 0) facts.push([words.misses, String(misses)]);
    const paying = paying_since ? clockText(since(paying_since, now)) : "";
    const key = JSON.stringify([facts, priority, paying]);
    if (this.facts.dataset.key === key) return;
    this.facts.dataset.key = key;
    const parts = facts.map(([label, value]) => h("span", {}, label, " ", h("b", {}, value)));
    if (paying) parts.unshift(h("span", { class: "paying" }, icon("clock"), words.paying, " ", h("b", {}, paying)));
    this.facts.replaceChildren(...(priority ? [h("span", { class: "tag" }, words.priority)] : []), ...parts);
  }

  /**
   * @param {StaffTicket} ticket
   * @param {TicketScene} scene
   */
  #drawDocuments(ticket, { city, language, words }) {
    const documents = city.services.find((each) => each.service === ticket.service)?.documents ?? [];
    this.documentsPart.hidden = documents.length === 0;
    const key = `${ticket.service} ${language} ${documents.length}`;
    if (this.documents.dataset.key === key) return;
    this.documents.dataset.key = key;
    setText(this.documentsPart.children[0] ?? this.documents, words.documents);
    const items = documents.map(({ name, needed, note }) =>
      h(
        "li",
        { class: needed === false ? "fetched" : "", title: local(note, language) || null },
        icon(needed === false ? "replay" : "check"),
        local(name, language),
        needed === false && h("small", {}, words.documentFetched),
      ),
    );
    this.documents.replaceChildren(...items);
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
    for (const part of [this.timer, this.rail, this.note, this.documentsPart]) part.hidden = true;
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

/**
 * @param {string | null | undefined} instant
 * @param {number | null} now
 * @returns {number} milliseconds since then, 0 where nobody knows
 */
function since(instant, now) {
  const began = Date.parse(instant ?? "");
  return now === null || Number.isNaN(began) ? 0 : Math.max(0, now - began);
}

/**
 * @param {StaffTicket} ticket
 * @param {TicketScene} scene
 * @returns {string} who wrote the note and when, as far as that is known
 */
function noteTitle({ noted_by, noted_at }, { room, city, language, words }) {
  const [role = "", place = ""] = (noted_by ?? "").split(":");
  const [branch = "", desk = ""] = place.split("/");
  const home = city.branches.find((each) => each.branch === branch);
  const name = local(home?.desks.find((each) => each.desk === desk)?.name, language);
  const elsewhere = branch && branch !== room.desk.branch ? local(home?.name, language) : "";
  const who = [elsewhere, name].filter(Boolean).join(", ") || words.writers[role] || words.note;
  const at = Date.parse(noted_at ?? "");
  return Number.isNaN(at) ? who : `${who}, ${new CityFormat(language, city.time_zone).time(at)}`;
}
