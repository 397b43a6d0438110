/** @import { Language } from "/pages/assets/types.js" */
import { counted, fill, joined, wordsFrom } from "/pages/assets/words.js";
import { en } from "./words-en.js";
import { uk } from "./words-uk.js";

/**
 * The hall display's words in any language.
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
    alarmWhole: joined(texts.alarm, " "),
    /** @param {string} branch */
    title: (branch) => fill(texts.title, { branch }),
    /** @param {string} city */
    centre: (city) => fill(texts.centre, { city }),
    /** @param {string} zone */
    zone: (zone) => fill(texts.zone, { zone }),
    /** @param {string} floor */
    floor: (floor) => fill(texts.floor, { floor }),
    /** @param {string} number @param {string} desk */
    called: (number, desk) => fill(texts.called, { number, desk }),
    /** @param {string} number @param {string} desk */
    callAloud: (number, desk) => fill(texts.callAloud, { number, desk }),
    /** @param {string} time */
    resumes: (time) => fill(texts.resumes, { time }),
    /** @param {string} age @param {string} time */
    offline: (age, time) => fill(texts.offline, { age, time }),
    /** @param {string} age */
    lost: (age) => fill(texts.lost, { age }),
    /** @param {string} names */
    stopped: (names) => fill(texts.stopped, { names }),
    /** @param {string} until */
    closedUntil: (until) => fill(texts.closedUntil, { until }),
    /** @param {string} time */
    alarmSince: (time) => fill(texts.alarmSince, { time }),
    /** @param {string} reason */
    hold: (reason) => (reason ? fill(texts.holdWhy, { reason }) : texts.hold),
    /** @param {number} seconds */
    age: (seconds) => {
      if (seconds < 60) return fill(texts.seconds, { n: Math.floor(seconds) });
      if (seconds < 3600) return fill(texts.minutes, { n: Math.floor(seconds / 60) });
      return counted(language, texts.hours, Math.floor(seconds / 3600));
    },
  };
}

export const wordsOf = wordsFrom("hall", { uk, en }, speak);
