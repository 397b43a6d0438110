/** @import { HallCall, LocalText } from "./types.js" */

/** What is said aloud for a call, in a form that a voice reads well. Pure. */

/** Ticket letters are one glyph in both scripts; a Ukrainian voice needs the Ukrainian one. */
const CYRILLIC = { A: "А", B: "В", C: "С", E: "Е", H: "Н", K: "К", M: "М", P: "Р", T: "Т", X: "Х" };

/**
 * @typedef {import("/pages/assets/types.js").Language} Language
 * @typedef {{lang: "uk-UA" | "en-GB", text: string}} Saying
 */

/**
 * @param {Pick<HallCall, "number" | "desk" | "desk_name">} call
 * @returns {Saying[]} first in Ukrainian, then in English
 */
export function sayings(call) {
  return [
    { lang: "uk-UA", text: `Талон ${readable(call.number, "uk")}, місце ${deskOf(call, "uk")}.` },
    { lang: "en-GB", text: `Ticket ${readable(call.number, "en")}, desk ${deskOf(call, "en")}.` },
  ];
}

/**
 * A number as people say it: leading zeros one by one, the rest as a number ("A007" → "А, 0 0 7").
 *
 * @param {string} number
 * @param {Language} language
 */
export function readable(number, language) {
  const found = /^(\D*)(0*)(\d*)$/.exec(number);
  if (!found) return number;
  const [, letters = "", zeros = "", rest = ""] = found;
  const named = [...letters].map((letter) => (language === "uk" ? (CYRILLIC[/** @type {"A"} */ (letter)] ?? letter) : letter));
  return [named.join(" "), [...zeros, rest].filter(Boolean).join(" ")].filter(Boolean).join(", ");
}

/**
 * @param {{desk: string, desk_name: LocalText}} call
 * @param {Language} language
 * @returns {string} the desk's number, or its name where it has none
 */
export function deskOf(call, language) {
  if (/^\d+$/.test(call.desk)) return String(Number(call.desk));
  return call.desk_name[language] ?? call.desk_name["uk"] ?? call.desk;
}
