/** @import { Known, Offer } from "./offers.js" */
/** @import { PrinterState } from "./printer.js" */
/** @import { Catalogue, Given, KioskField, KioskService, KioskView } from "./types.js" */
/** @import { Words } from "./words.js" */
import { CityFormat } from "/pages/assets/format.js";
import { h } from "/pages/assets/dom.js";
import { kioskIcon } from "./icons.js";
import { named, rangeOf } from "./offers.js";

/**
 * What a screen is drawn from, and the pieces that screens share.
 *
 * @typedef {"start" | "field" | "purpose" | "services" | "search" | "online" | "busy" | "ticket" | "failed" | "help"} ScreenName
 *
 * @typedef {object} Visit what the visitor has chosen so far
 * @property {ScreenName} screen
 * @property {ScreenName[]} before the screens to go back to
 * @property {KioskField | null} field
 * @property {KioskService | null} service
 * @property {Given | null} ticket
 * @property {string} typed
 * @property {"" | "printing" | "printed"} paper
 * @property {string} onlineQr
 *
 * @typedef {object} Scene
 * @property {Words} words
 * @property {Visit} visit
 * @property {Known} known
 * @property {KioskView} view
 * @property {Catalogue} catalogue
 * @property {{language: string, name: string}[]} languages others than the one spoken
 * @property {PrinterState | null} printer
 * @property {import("./help-call.js").HelpStanding} help
 */

/** @typedef {Node | string | null | false} Part */

/**
 * @param {string} act what pressing it does: `verb:argument`
 * @param {string} look its classes
 * @param {...Part} parts
 */
export function button(act, look, ...parts) {
  return h("button", { type: "button", class: look, "data-act": act }, ...parts);
}

/**
 * The head of a screen below the start: way back, step, title. The title takes the focus when the screen appears.
 *
 * @param {Scene} scene
 * @param {string} title
 * @param {string} [aside]
 */
export function head({ words }, title, aside = "") {
  return h(
    "header",
    { class: "head" },
    h("div", {}, button("back", "back", kioskIcon("left"), words.back), h("span", {}, aside)),
    h("h1", { tabindex: -1 }, title),
  );
}

/** @param {Offer} offer @param {Words} words @returns {HTMLElement} the vessel with its word, or nothing */
export function vessel({ level }, words) {
  if (!level) return h("span", { class: "load" });
  return h("span", { class: `load is-${level}` }, kioskIcon(level), words.levels[level]);
}

/** @param {import("/pages/assets/types.js").Wait | null} wait @param {Words} words */
export function waitText(wait, words) {
  if (!wait) return words.unknownWait;
  const { from, to } = rangeOf(wait);
  return from === 0 ? words.under(to) : words.minutes(from, to);
}

/** @param {import("/pages/assets/types.js").Wait | null} wait @param {Words} words */
export function waitPart(wait, words) {
  return wait ? h("b", { class: "num" }, waitText(wait, words)) : h("span", { class: "unknown" }, words.unknownWait);
}

/**
 * A choice with its line's wait; greyed with the reason where it cannot be had.
 *
 * @param {Scene} scene
 * @param {string} act
 * @param {{title: string, hint?: string, look?: string}} said
 * @param {Offer | null} offer
 */
export function choice({ words }, act, { title, hint = "", look = "" }, offer) {
  const off = offer?.why ?? null;
  const foot = off
    ? h("span", { class: "f why" }, words.why[off])
    : offer && h("span", { class: "f" }, vessel(offer, words), waitPart(offer.wait, words));
  const made = button(act, `choice ${look}`, h("b", {}, title), hint ? h("small", {}, hint) : null, foot);
  if (off) made.setAttribute("aria-disabled", "true");
  return made;
}

/** @param {string} svg @param {string} alt @param {string} look @returns {HTMLElement | null} */
export function code(svg, alt, look = "qr") {
  if (!svg) return null;
  return h("img", { class: look, alt, width: 300, height: 300, src: `data:image/svg+xml,${encodeURIComponent(svg)}` });
}

/** @param {number} atMs @param {Catalogue} catalogue @returns {string} like 9:05 */
export function clockTime(atMs, catalogue) {
  return new CityFormat("uk", catalogue.time_zone).time(atMs);
}

/** @param {string | null} at @param {Scene} scene @returns {string} like "tomorrow, 9:00" */
export function whenText(at, { catalogue, known, words }) {
  if (!at) return "";
  return new CityFormat(words.language, catalogue.time_zone).until(Date.parse(at), known.now ?? Date.parse(at));
}

/** @param {Scene} scene @returns {(text: import("/pages/assets/types.js").LocalText) => string} */
export function speaker({ words }) {
  return (text) => named(text, words.language);
}
