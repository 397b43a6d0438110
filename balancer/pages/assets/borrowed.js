/** @import { Language } from "/pages/assets/types.js" */

/**
 * Texts that stand on a page of another language, because that language lacks them: by the text itself, so that
 * whoever puts it on the page can say its language to a screen reader.
 */

const MOST_FILLED = 500;
/** @type {Map<string, Language>} */
const texts = new Map();
/** @type {Map<string, Language>} the newest of those with something filled in */
const filled = new Map();

/**
 * @param {string} text
 * @param {Language} language its own
 * @param {boolean} [isFilled] made for one moment, so it may be forgotten
 * @returns {string} the text
 */
export function borrow(text, language, isFilled = false) {
  const held = isFilled ? filled : texts;
  held.delete(text);
  held.set(text, language);
  const [oldest] = filled.keys();
  if (filled.size > MOST_FILLED && oldest !== undefined) filled.delete(oldest);
  return text;
}

/**
 * @param {string} text
 * @returns {Language | undefined} its language, where that is not the page's
 */
export function borrowedFrom(text) {
  return texts.get(text) ?? filled.get(text);
}
