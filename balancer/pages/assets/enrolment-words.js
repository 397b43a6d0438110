/** @import { Language } from "/pages/assets/types.js" */
import { en } from "/pages/assets/enrolment-words-en.js";
import { uk } from "/pages/assets/enrolment-words-uk.js";
import { counted, fill, wordsFrom } from "/pages/assets/words.js";

/**
 * What a device says until somebody has let it in.
 *
 * @typedef {import("/pages/assets/words.js").Translated<typeof uk>} Texts
 * @typedef {ReturnType<typeof speak>} EnrolmentWords
 */

/**
 * @param {Texts} texts
 * @param {Language} language
 */
function speak(texts, language) {
  return {
    ...texts,
    /** @param {string} name */
    branch: (name) => fill(texts.branch, { name }),
    /** @param {number} minutes */
    lives: (minutes) => counted(language, texts.lives, minutes),
    /** @param {string} branch */
    unknown: (branch) => fill(texts.unknown, { branch }),
  };
}

export const enrolmentWords = wordsFrom("enrolment", { uk, en }, speak);
