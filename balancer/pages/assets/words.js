/** @import { Language } from "/pages/assets/types.js" */

/**
 * Words as data. Each room that visitors see keeps its Ukrainian and English texts as plain literals; any further
 * language is one file of the server with the same names, `/pages/languages/<language>.json`. `{name}` is filled in,
 * and a text that depends on a number has the plural forms of its language (CLDR).
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
/** @type {Map<Language, {name: string, locale: string, rooms: Record<string, any>}>} */
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
 * @template {object} T
 * @param {string} room its part of a language's file
 * @param {Language} language
 * @param {{uk: T, en: Translated<T>}} home
 * @returns {Translated<T>} Ukrainian where the language is not here
 */
export function textsOf(room, language, home) {
  const found = further.get(language)?.rooms[room] ?? (language === "en" ? home.en : home.uk);
  return /** @type {Translated<T>} */ (found);
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
  return text.replace(/\{(\w+)\}/g, (whole, name) => `${values[name] ?? whole}`);
}

/**
 * @param {Language} language
 * @param {Forms} forms
 * @param {number} n
 * @param {Record<string, string | number>} [values]
 * @returns {string} the form that fits the number, with `{n}` and what else it names
 */
export function counted(language, forms, n, values = {}) {
  let rule = rules.get(language);
  if (!rule) rules.set(language, (rule = new Intl.PluralRules(localeOf(language))));
  return fill(forms[rule.select(n)] ?? forms.other, { n, ...values });
}
