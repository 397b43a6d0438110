/** @import { Language } from "./types.js" */
import { en } from "./words-en.js";
import { uk } from "./words-uk.js";

/** @typedef {typeof uk} Words */

/**
 * @param {string | null} lang any language tag
 * @returns {Language} Ukrainian unless it asks for English
 */
export function languageOf(lang) {
  return lang?.toLowerCase().startsWith("en") ? "en" : "uk";
}

/**
 * @param {Language} language
 * @returns {Words}
 */
export function wordsOf(language) {
  return language === "en" ? en : uk;
}
