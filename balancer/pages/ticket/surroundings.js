/** @import { CityFormat } from "/pages/assets/format.js" */
/** @import { BranchLoad, Language } from "/pages/assets/types.js" */
/** @import { Fault } from "./source.js" */
/** @import { Kept } from "./types.js" */
import { h, setChildren, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { icon } from "/pages/assets/icons.js";
import { isEnded } from "./kept.js";
import { wordsOf } from "./words.js";

/**
 * What stands around the ticket: an alarm, a new number, a lost line, how old it all is, and the ways on from an end.
 *
 * @typedef {object} Around
 * @property {Kept} kept
 * @property {BranchLoad | null} load
 * @property {Fault} fault
 * @property {number} age real seconds
 * @property {number} now city ms
 */

const STALE_SECONDS = 10;

export class Surroundings {
  #alarm = h("span");
  #offline = h("span");
  #moved = h("span");
  #missed = h("span");
  #faultTitle = h("h1");
  #faultHow = h("p");
  #ok;
  #forget;
  #board = h("a", { class: "btn main", href: "/" });

  /** @param {{forget: () => void, understood: () => void}} outlook */
  constructor({ forget, understood }) {
    this.#ok = h("button", { type: "button", class: "plain", onclick: understood });
    this.#forget = h("button", { type: "button", class: "btn", onclick: forget });
    this.alarm = h("div", { class: "banner alarm", role: "alert", hidden: true }, icon("siren"), this.#alarm);
    this.offline = h("div", { class: "banner warn", hidden: true }, icon("alert"), this.#offline);
    this.moved = h("div", { class: "banner", hidden: true }, h("p", {}, this.#moved), this.#ok);
    this.missed = h("div", { class: "banner warn", hidden: true }, icon("alert"), this.#missed);
    this.fault = h("section", { class: "fault", hidden: true }, this.#faultTitle, this.#faultHow);
    this.notices = h("div", { class: "notices" }, this.alarm, this.offline, this.moved, this.missed, this.fault);
    this.age = h("p", { class: "age" });
    this.ways = h("div", { class: "ways" }, this.#board, this.#forget);
  }

  /**
   * @param {Around} around
   * @param {Language} language
   * @param {CityFormat} format
   */
  draw({ kept, load, fault, age, now }, language, format) {
    const words = wordsOf(language);
    const { seen } = kept;
    const ended = seen !== null && isEnded(seen.ticket.state);
    const alarm = !ended && !fault && load?.state === "paused" && load.reason === "alarm";
    const shelter = !ended && !fault && load?.state === "shelter";
    const goesOn = !ended && !fault && load?.reason === "alarm" && /open|tickets_closed/.test(load.state);
    const way = seen?.guide.shelter_way;
    const said = [words.alarm, shelter && words.shelter, goesOn && words.goesOn, way && words.shelterWay(local(way, language))].filter(Boolean);
    show(this.alarm, this.#alarm, alarm || shelter || goesOn ? said.map((each) => `${each}`.replace(/\.?$/, ".")).join(" ") : "");
    const heardAt = seen ? format.time(now - age * 1000) : "";
    const stale = !ended && !fault && seen !== null && age > STALE_SECONDS;
    show(this.offline, this.#offline, stale ? words.offline(heardAt) : "");
    const former = kept.formerNumbers.at(-1);
    const told = seen && former && !ended;
    show(this.moved, this.#moved, told ? words.transferred(former, local(seen.guide.branch_name, language)) : "");
    setText(this.#ok, words.understood);
    const missed = seen?.ticket.state === "waiting" && seen.guide.lateness.misses > 0;
    show(this.missed, this.#missed, missed ? words.missedOnce(seen.guide.lateness.no_show_back) : "");
    this.#drawFault(fault, seen === null, language);
    const updated = seen && !fault && !ended && age < 86_400;
    setText(this.age, updated ? words.updated(format.timeWithSeconds(now - age * 1000), words.age(age)) : "");
    setText(this.#board, seen && !fault ? words.newTicket : words.toBoard);
    setText(this.#forget, words.forget);
    this.ways.hidden = !ended && !fault;
  }

  /**
   * @param {Fault} fault
   * @param {boolean} empty nothing is known yet
   * @param {Language} language
   */
  #drawFault(fault, empty, language) {
    const words = wordsOf(language);
    const gone = fault === "ticket_gone" || fault === "unknown_ticket";
    const title = gone ? words.goneTicket : fault ? words.badLink : empty ? words.loading : "";
    show(this.fault, this.#faultTitle, title);
    setText(this.#faultHow, gone ? words.goneTicketHow : fault ? words.badLinkHow : "");
    if (empty && !fault) document.title = words.pageTitle;
    if (fault) document.title = title;
  }
}

/**
 * The page where this browser has no ticket.
 *
 * @param {Language} language
 * @param {boolean} badLink an address that should have opened one
 * @returns {HTMLElement}
 */
export function emptyPage(language, badLink) {
  const words = wordsOf(language);
  document.title = words.pageTitle;
  const main = h("main", { class: "ticket empty" });
  setChildren(main, [
    h("h1", {}, badLink ? words.badLink : words.noTicket),
    h("p", {}, badLink ? words.badLinkHow : words.noTicketHow),
    h("a", { class: "btn main", href: "/" }, words.toBoard),
  ]);
  return main;
}

/**
 * @param {HTMLElement} banner
 * @param {HTMLElement} text
 * @param {string} said
 */
function show(banner, text, said) {
  setText(text, said);
  banner.hidden = said === "";
}
