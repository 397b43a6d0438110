/** @import { HomeLanguage, Language } from "/pages/assets/types.js" */
import { borrow, borrowedFrom } from "/pages/assets/borrowed.js";

/**
 * Words as data. Each room that visitors see keeps its Ukrainian and English texts as plain literals; any further
 * language is one file of the server with the same names, `/pages/languages/<language>.json`. `{name}` is filled in,
 * and a text that depends on a number has the plural forms of its language (CLDR). What a further language lacks it
 * borrows, text by text, from the one that its file names.
 *
 * @typedef {Partial<Record<Intl.LDMLPluralRule, string>> & {other: string}} Forms
 * @typedef {{language: Language, name: string}} Spoken a language under its own name
 */

/**
 * What a language must say where Ukrainian says T: the same names, its own plural forms.
 *
 * @template T
 * @typedef {T extends string ? string
 *   : T extends readonly string[] ? string[]
 *   : T extends {other: string} ? Forms
 *   : {[K in keyof T]: Translated<T[K]>}} Translated
 */

const HOME = ["uk", "en"];
/** @type {Record<Language, string>} */
const LOCALES = { uk: "uk-UA", en: "en-GB" };
const SOON_MS = 3_000;
/** @type {Map<Language, {name: string, locale: string, fallback?: HomeLanguage, rooms: Record<string, any>}>} */
const further = new Map();
/** @type {Map<Language, Intl.PluralRules>} */
const rules = new Map();

/**
 * @param {Language} language
 * @returns {string} where the server keeps it
 */
export function addressOf(language) {
  return `/pages/languages/${language.replace(/[^a-z]/g, "")}.json`;
}

/**
 * Makes a language ready, so that words in it can be asked for at once.
 *
 * @param {Language} language
 * @returns {Promise<Language>} itself; Ukrainian where the server has no such file or does not answer
 */
export async function loadLanguage(language) {
  if (isSpoken(language)) return language;
  try {
    const answer = await fetch(addressOf(language), { credentials: "omit", signal: AbortSignal.timeout(SOON_MS) });
    if (!answer.ok) return "uk";
    further.set(language, await answer.json());
    return language;
  } catch {
    return "uk";
  }
}

/**
 * @param {Language} language
 * @returns {boolean} whether its words are here
 */
export function isSpoken(language) {
  return HOME.includes(language) || further.has(language);
}

/**
 * @param {Language} language a further one
 * @returns {string} its own name, "" where it is not here
 */
export function ownName(language) {
  return further.get(language)?.name ?? "";
}

/**
 * @param {Language} language
 * @returns {string} the tag whose plural rules and dates the browser knows
 */
export function localeOf(language) {
  return LOCALES[language] ?? further.get(language)?.locale ?? language;
}

/**
 * @param {Language} language
 * @returns {HomeLanguage} the one that says what this language lacks
 */
export function fallbackOf(language) {
  return language === "en" || further.get(language)?.fallback === "en" ? "en" : "uk";
}

/**
 * @template {object} T
 * @param {string} room its part of a language's file
 * @param {Language} language
 * @param {{uk: T, en: Translated<T>}} home
 * @returns {Translated<T>} Ukrainian where the language is not here
 */
export function textsOf(room, language, home) {
  const fallback = fallbackOf(language);
  const own = further.get(language)?.rooms[room];
  const found = further.has(language) ? complete(own, home[fallback], fallback) : home[fallback];
  return /** @type {Translated<T>} */ (found);
}

/**
 * @param {any} own what a further language says
 * @param {any} home the same words, complete
 * @param {HomeLanguage} fallback their language
 * @returns {any} `own`, with what it lacks borrowed; plural forms and lists as a whole
 */
function complete(own, home, fallback) {
  if (own !== undefined && (typeof home === "string" || Array.isArray(home) || "other" in home)) return own;
  if (typeof home === "string") return borrow(home, fallback);
  if (Array.isArray(home)) return home.map((text) => borrow(text, fallback));
  return Object.fromEntries(Object.entries(home).map(([name, text]) => [name, complete(own?.[name], text, fallback)]));
}

/**
 * @template {object} T
 * @template W
 * @param {string} room
 * @param {{uk: T, en: Translated<T>}} home
 * @param {(texts: Translated<T>, language: Language) => W} speak makes sentences of the texts, the same in any language
 * @returns {(language: Language) => W}
 */
export function wordsFrom(room, home, speak) {
  /** @type {Map<Language, W>} */
  const made = new Map();
  return (asked) => {
    const language = isSpoken(asked) ? asked : "uk";
    const words = made.get(language) ?? speak(textsOf(room, language, home), language);
    made.set(language, words);
    return words;
  };
}

/**
 * @param {string} text
 * @param {Record<string, string | number>} values
 * @returns {string} the text with each `{name}` filled in
 */
export function fill(text, values) {
  const filled = text.replace(/\{(\w+)\}/g, (whole, name) => `${values[name] ?? whole}`);
  const language = borrowedFrom(text);
  return language ? borrow(filled, language, true) : filled;
}

/**
 * @param {readonly string[]} texts of one language
 * @param {string} between
 * @returns {string} all of them, borrowed if the first is
 */
export function joined(texts, between) {
  const language = borrowedFrom(texts[0] ?? "");
  const whole = texts.join(between);
  return language ? borrow(whole, language) : whole;
}

/**
 * @param {Language} language
 * @param {Forms} forms
 * @param {number} n
 * @param {Record<string, string | number>} [values]
 * @returns {string} the form that fits the number, with `{n}` and what else it names
 */
export function counted(language, forms, n, values = {}) {
  const spoken = borrowedFrom(forms.other) ?? language;
  let rule = rules.get(spoken);
  if (!rule) rules.set(spoken, (rule = new Intl.PluralRules(localeOf(spoken))));
  return fill(forms[rule.select(n)] ?? forms.other, { n, ...values });
}
