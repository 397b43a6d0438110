/** @import { Language } from "/pages/assets/types.js" */
/** @import { HallCall } from "./types.js" */
/** @import { Words } from "./words.js" */
import { borrowedFrom } from "/pages/assets/borrowed.js";
import { local } from "/pages/assets/format.js";
import { isSpoken, localeOf } from "/pages/assets/words.js";
import { wordsOf } from "./words.js";

/** What is said aloud, in a form that a voice reads well, in one language after another. Pure. */

/** Ticket letters are one glyph in both scripts; a voice of a Cyrillic language needs the Cyrillic one. */
const CYRILLIC = { A: "А", B: "В", C: "С", E: "Е", H: "Н", K: "К", M: "М", P: "Р", T: "Т", X: "Х" };
const IS_CYRILLIC = /\p{Script=Cyrillic}/u;

/** @typedef {{lang: string, text: string}} Saying `lang` as browsers name voices */

/**
 * @param {Language[]} languages in the order of the city
 * @param {(words: Words, language: Language) => string} say
 * @returns {Saying[]} one for each language that can say it itself
 */
export function aloud(languages, say) {
  return languages.filter(isSpoken).flatMap((language) => {
    const text = say(wordsOf(language), language);
    const isOwn = (borrowedFrom(text) ?? language) === language;
    return isOwn ? [{ lang: localeOf(language), text }] : [];
  });
}

/**
 * @param {Pick<HallCall, "number" | "desk" | "desk_name">} call
 * @param {Language[]} languages
 * @returns {Saying[]}
 */
export function sayings(call, languages) {
  return aloud(languages, (words, language) =>
    words.callAloud(readable(call.number, IS_CYRILLIC.test(words.desk)), deskOf(call, language)),
  );
}

/**
 * A number as people say it: leading zeros one by one, the rest as a number ("A007" → "A, 0 0 7").
 *
 * @param {string} number
 * @param {boolean} isCyrillic
 */
export function readable(number, isCyrillic) {
  const found = /^(\D*)(0*)(\d*)$/.exec(number);
  if (!found) return number;
  const [, letters = "", zeros = "", rest = ""] = found;
  const named = [...letters].map((letter) => (isCyrillic ? (CYRILLIC[/** @type {"A"} */ (letter)] ?? letter) : letter));
  return [named.join(" "), [...zeros, rest].filter(Boolean).join(" ")].filter(Boolean).join(", ");
}

/**
 * @param {{desk: string, desk_name: import("/pages/assets/types.js").LocalText}} call
 * @param {Language} language
 * @returns {string} the desk's number, or its name where it has none
 */
export function deskOf(call, language) {
  if (/^\d+$/.test(call.desk)) return String(Number(call.desk));
  return local(call.desk_name, language) || call.desk;
}
