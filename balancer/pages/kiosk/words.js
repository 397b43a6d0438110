import { words as uk } from "./words-uk.js";

/**
 * The kiosk's words in any language for which there is a file `words-<language>.js`: adding a language is adding that
 * file and its name to the city's `languages`.
 *
 * @typedef {typeof uk} Words
 */

/** @type {Map<string, Words>} */
const loaded = new Map([["uk", uk]]);

/**
 * @param {string} language
 * @returns {Promise<Words>} Ukrainian ones where there is no file
 */
export async function loadWords(language) {
  const known = loaded.get(language);
  if (known) return known;
  try {
    const { words } = await import(addressOf(language));
    loaded.set(language, words);
    return words;
  } catch {
    return uk;
  }
}

/** @param {string} language */
export function addressOf(language) {
  return `/pages/kiosk/words-${language.replace(/[^a-z-]/g, "")}.js`;
}

/**
 * @param {string[]} languages of the city
 * @param {string} spoken
 * @returns {{language: string, name: string}[]} those that can be switched to: their words are here
 */
export function otherLanguages(languages, spoken) {
  return languages.flatMap((language) => {
    const words = language === spoken ? undefined : loaded.get(language);
    return words ? [{ language, name: words.languageName }] : [];
  });
}
