/** @import { Language } from "/pages/assets/types.js" */
import { en } from "./words-en.js";
import { uk } from "./words-uk.js";

/** @typedef {typeof uk} Words */

/**
 * @param {Language} language
 * @returns {Words}
 */
export function wordsOf(language) {
  return language === "en" ? en : uk;
}
