import { fill, wordsFrom } from "/pages/assets/words.js";
import { en } from "./words-en.js";
import { uk } from "./words-uk.js";

/**
 * What the page says about how the waits are known, in any language.
 *
 * @typedef {import("/pages/assets/words.js").Translated<typeof uk>} Texts
 */

/** @param {Texts} texts */
function speak(texts) {
  return {
    ...texts,
    /** @param {number} from @param {number | null} to */
    span: (from, to) => (to === null ? fill(texts.spanOpen, { from }) : fill(texts.span, { from, to })),
    /** @param {number} weeks @param {number} leftOut */
    note: (weeks, leftOut) => fill(texts.note, { weeks, leftOut }),
  };
}

export const wordsOf = wordsFrom("accuracy", { uk, en }, speak);
