import { wordsFrom } from "/pages/assets/words.js";
import { en } from "./words-en.js";
import { uk } from "./words-uk.js";

/**
 * What the board's page says around the widget, in any language.
 *
 * @typedef {import("/pages/assets/words.js").Translated<typeof uk>} Words
 */

export const wordsOf = wordsFrom("board", { uk, en }, (texts) => texts);
