/** @import { Language } from "/pages/assets/types.js" */
import { addressOf, counted, fill, isSpoken, loadLanguage, ownName, wordsFrom } from "/pages/assets/words.js";
import { en } from "./words-en.js";
import { uk } from "./words-uk.js";

/**
 * The kiosk's words in any language.
 *
 * @typedef {import("/pages/assets/words.js").Translated<typeof uk>} Texts
 * @typedef {ReturnType<typeof speak>} Words
 */

/**
 * @param {Texts} texts
 * @param {Language} language
 */
function speak(texts, language) {
  return {
    ...texts,
    language,
    /** @param {string} name */
    centre: (name) => fill(texts.centre, { name }),
    /** @param {number} step */
    step: (step) => fill(texts.step, { step }),
    /** @param {number} from @param {number} to */
    minutes: (from, to) => fill(texts.minutes, { from, to }),
    /** @param {number} n */
    under: (n) => fill(texts.under, { n }),
    /** @param {string} field @param {string} branch */
    faster: (field, branch) => fill(texts.faster, { field, branch }),
    /** @param {string} wait @param {number} way */
    fasterHow: (wait, way) => fill(texts.fasterHow, { wait, way }),
    /** @param {string} wait */
    waiting: (wait) => fill(texts.waiting, { wait }),
    /** @param {number} seconds */
    countdown: (seconds) => fill(texts.countdown, { seconds }),
    /** @param {string} phone */
    helpPhone: (phone) => fill(texts.helpPhone, { phone }),
    /** @param {string} time */
    resumes: (time) => fill(texts.resumes, { time }),
    /** @param {string} time */
    opens: (time) => fill(texts.opens, { time }),
    /** @param {string} wait @param {number} way */
    elsewhereHow: (wait, way) => fill(texts.elsewhereHow, { wait, way }),
    /** @param {string} time */
    stale: (time) => fill(texts.stale, { time }),
    /** @param {string} numbers */
    refused: (numbers) => fill(texts.refused, { numbers }),
    /** @param {string} from @param {string} to */
    spoken: (from, to) => fill(texts.spoken, { from, to }),
    /** @param {number} n */
    found: (n) => (n ? fill(texts.found, { n }) : texts.notFound),
    /** @param {number} n */
    people: (n) => counted(language, texts.people, n),
    /** @param {string | null} zone @param {string | null} floor */
    place: (zone, floor) =>
      [zone && fill(texts.zone, { zone }), floor && fill(texts.floor, { floor })].filter(Boolean).join(", "),
    /** @param {number} chances @param {number} minutes to come in @param {number} back places */
    lateness: (chances, minutes, back) => {
      if (!minutes) return texts.lateAtOnce;
      if (!chances) return fill(texts.lateEnds, { minutes });
      return counted(language, texts.lateMoved, back, { minutes });
    },
  };
}

const wordsOf = wordsFrom("kiosk", { uk, en }, speak);
/** @type {Record<string, string>} */
const HOME_NAMES = { uk: "Українська", en: "English" };

export { addressOf };

/**
 * @param {Language} language
 * @returns {Promise<Words>} Ukrainian ones where there is no file
 */
export async function loadWords(language) {
  return wordsOf(await loadLanguage(language));
}

/**
 * @param {Language[]} languages of the city
 * @param {Language} spoken
 * @returns {import("/pages/assets/words.js").Spoken[]} those that can be switched to: their words are here
 */
export function otherLanguages(languages, spoken) {
  return languages
    .filter((language) => language !== spoken && isSpoken(language))
    .map((language) => ({ language, name: HOME_NAMES[language] ?? ownName(language) }));
}
