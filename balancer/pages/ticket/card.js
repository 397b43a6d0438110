/** @import { CityFormat } from "/pages/assets/format.js" */
/** @import { BranchLoad, Language } from "/pages/assets/types.js" */
/** @import { Advice, Times } from "./standing.js" */
/** @import { Guide, Kept, Seen } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { endOf } from "./endings.js";
import { Stops } from "./stops.js";

/**
 * The ticket with its torn edge: number, one instruction, the stops on the way.
 *
 * @typedef {object} Picture
 * @property {Seen} seen
 * @property {Kept["travel"]} travel
 * @property {BranchLoad | null} load
 * @property {Times | null} times
 * @property {Advice} advice
 * @property {number} now city ms
 * @property {boolean} gone nothing was heard for so long that times are no longer shown as true
 *
 * @typedef {{lead: string, big: string, aside: string, text: string}} Instruction
 */

const MINUTE_MS = 60_000;
const COUNTED_MINUTES = 100;
const NOTHING = { lead: "", big: "", aside: "", text: "" };

export class TicketCard {
  #mine = h("p");
  #number = h("b", { class: "number" });
  #service = h("p", { class: "svc" });
  #lead = h("h2", { tabindex: "-1" });
  #big = h("b");
  #aside = h("span");
  #bigRow = h("p", { class: "big" }, this.#big, this.#aside);
  #text = h("p", { class: "text" });
  stops = new Stops();
  element = h(
    "article",
    { class: "tk" },
    h(
      "div",
      {},
      h("div", { class: "id" }, h("h1", {}, this.#mine, this.#number), this.#service),
      h("section", { class: "now" }, this.#lead, this.#bigRow, this.#text, this.stops.element),
    ),
  );

  /**
   * @param {Picture} picture
   * @param {Language} language
   * @param {CityFormat} format
   * @param {Words} words
   * @returns {string} the instruction in one sentence
   */
  draw(picture, language, format, words) {
    const { ticket, guide } = picture.seen;
    setText(this.#mine, words.yourTicket);
    setText(this.#number, ticket.number);
    setText(this.#service, local(guide.service_name, language));
    const said = instructionOf(picture, language, format, words);
    setText(this.#lead, said.lead);
    setText(this.#big, said.big);
    setText(this.#aside, said.aside);
    this.#bigRow.hidden = said.big === "";
    this.#big.classList.toggle("range", said.big.length > 6);
    setText(this.#text, said.text);
    this.#text.hidden = said.text === "";
    this.#drawStops(picture, language, format, words);
    return [said.lead, said.big].filter(Boolean).join(" ");
  }

  /**
   * @param {Picture} picture
   * @param {Language} language
   * @param {CityFormat} format
   * @param {Words} words
   */
  #drawStops({ seen, travel, times, advice, now, gone }, language, format, words) {
    const { ticket, guide } = seen;
    this.stops.element.hidden = ticket.state !== "waiting";
    const told = !gone && (advice === "leave" || advice === "leave_now" || advice === "wait");
    const address = [local(guide.address, language), placeText(guide, words)].filter(Boolean).join(". ");
    this.stops.draw(
      {
        now,
        ahead: gone ? null : ticket.ahead,
        times: told ? times : null,
        road: travel?.minutes ?? 0,
        branch: local(guide.branch_name, language),
        address,
      },
      format,
      words,
    );
  }
}

/**
 * @param {Guide} guide
 * @param {Words} words
 * @returns {string} like "Зона Б, поверх 1"
 */
export function placeText({ zone, floor }, words) {
  if (zone && floor) return words.zoneFloor(zone, floor);
  return zone ? words.zoneOnly(zone) : floor ? words.floorOnly(floor) : "";
}

/**
 * @param {Picture} picture
 * @param {Language} language
 * @param {CityFormat} format
 * @param {Words} words
 * @returns {Instruction}
 */
function instructionOf(picture, language, format, words) {
  const { seen, advice } = picture;
  if (seen.ticket.state !== "waiting") return { ...NOTHING, ...endOf(seen, picture.now, language, format, words) };
  if (picture.gone) return { ...NOTHING, lead: words.noFreshData, text: lastKnown(picture, format, words) };
  if (advice === "leave" || advice === "leave_now" || advice === "wait") return whenText(picture, format, words);
  return { ...NOTHING, ...haltText(picture, format, words) };
}

/**
 * @param {Picture} picture
 * @param {CityFormat} format
 * @param {Words} words
 * @returns {Instruction}
 */
function whenText({ advice, times, now, travel }, format, words) {
  if (!times) return NOTHING;
  if (advice === "leave" && times.leave !== null) {
    const minutes = Math.max(1, Math.round((times.leave - now) / MINUTE_MS));
    const aside = minutes < COUNTED_MINUTES ? words.inMinutes(minutes) : "";
    return { lead: words.leaveAt, big: format.time(times.leave), aside, text: "" };
  }
  if (advice === "leave_now") return { ...NOTHING, lead: "", big: words.leaveNow, aside: "" };
  const [from, to] = [format.time(times.from), format.time(times.to)];
  const range = from === to ? from : `${from}–${to}`;
  return { lead: words.youAreCalled, big: range, aside: "", text: travel ? words.waitHere : words.waitNear };
}

/**
 * @param {Picture} picture
 * @param {CityFormat} format
 * @param {Words} words
 * @returns {Partial<Instruction>}
 */
function haltText({ advice, load, now }, format, words) {
  const resumes = Date.parse(/** @type {{resumes_at?: string | null}} */ (load ?? {}).resumes_at ?? "");
  const opens = Date.parse(load?.opens_at ?? "");
  if (advice === "alarm")
    return {
      lead: words.placeKept,
      text: Number.isNaN(resumes) ? `${words.afterAllClear}.` : `${words.resumesAt(format.time(resumes))}.`,
    };
  if (advice === "hold") return { lead: words.onHold, text: `${words.placeKept}.` };
  if (advice === "suspended") return { lead: words.stopped, text: `${words.placeKept}. ${words.stoppedHow}` };
  if (advice === "no_power") return { lead: words.noPower, text: `${words.placeKept}. ${words.noPowerHow}` };
  if (advice === "closed")
    return {
      lead: words.branchClosed,
      text: Number.isNaN(opens) ? `${words.placeKept}.` : words.closedUntil(format.until(opens, now)),
    };
  return { lead: words.unknownWait, text: words.unknownWhy };
}

/**
 * @param {Picture} picture
 * @param {CityFormat} format
 * @param {Words} words
 */
function lastKnown({ times }, format, words) {
  if (!times) return "";
  if (times.leave !== null) return words.lastKnown(words.lastLeave(format.time(times.leave)));
  return words.lastKnown(words.lastCall(format.time(times.from), format.time(times.to)));
}
