/** @import { Language } from "/pages/assets/types.js" */
import { counted, fill, wordsFrom } from "/pages/assets/words.js";
import { en } from "./words-en.js";
import { uk } from "./words-uk.js";

/**
 * The words of the ticket's page in any language.
 *
 * @typedef {import("/pages/assets/words.js").Translated<typeof uk>} Texts
 * @typedef {ReturnType<typeof speak>} Words
 */

/**
 * @param {Texts} texts
 * @param {Language} language
 */
function speak(texts, language) {
  /** @param {number} n */
  const minutes = (n) => counted(language, texts.minutes, n);
  /** @param {number} n */
  const people = (n) => counted(language, texts.people, n);
  /** @param {number} n */
  const times = (n) => (n === 1 ? texts.once : counted(language, texts.times, n));
  return {
    ...texts,
    /** @param {string} city */
    centre: (city) => fill(texts.centre, { city }),
    /** @param {string} x */
    ticketNumber: (x) => fill(texts.ticketNumber, { x }),
    /** @param {string} time */
    callHardlyBefore: (time) => fill(texts.callHardlyBefore, { time }),
    /** @param {number} n */
    inMinutes: (n) => fill(texts.inMinutes, { n }),
    /** @param {string} time */
    resumesAt: (time) => fill(texts.resumesAt, { time }),
    /** @param {string} way */
    shelterWay: (way) => fill(texts.shelterWay, { way }),
    /** @param {string} when */
    closedUntil: (when) => fill(texts.closedUntil, { when }),
    /** @param {string} z @param {string} f */
    zoneFloor: (z, f) => fill(texts.zoneFloor, { z, f }),
    /** @param {string} z */
    zoneOnly: (z) => fill(texts.zoneOnly, { z }),
    /** @param {string} f */
    floorOnly: (f) => fill(texts.floorOnly, { f }),
    /** @param {string} old @param {string} place */
    transferred: (old, place) => fill(texts.transferred, { old, place }),
    /** @param {string} time */
    parkedUntil: (time) => fill(texts.parkedUntil, { time }),
    /** @param {string} time */
    noShowUntil: (time) => fill(texts.noShowUntil, { time }),
    /** @param {string} time */
    waitsUntil: (time) => fill(texts.waitsUntil, { time }),
    /** @param {string} x @param {string} desk */
    spokenCall: (x, desk) => fill(texts.spokenCall, { x, desk }),
    /** @param {string} desk @param {string} x */
    titleCalled: (desk, x) => fill(texts.titleCalled, { desk, x }),
    /** @param {string} x @param {string} time */
    titleLeave: (x, time) => fill(texts.titleLeave, { x, time }),
    /** @param {string} way */
    travelSet: (way) => fill(texts.travelSet, { way }),
    /** @param {string} x */
    qrHow: (x) => fill(texts.qrHow, { x }),
    /** @param {number} within */
    lateAfter: (within) => fill(texts.lateAfter, { within }),
    /** @param {string} time @param {string} age */
    updated: (time, age) => fill(texts.updated, { time, age }),
    /** @param {string} time */
    offline: (time) => fill(texts.offline, { time }),
    /** @param {string} text */
    lastKnown: (text) => fill(texts.lastKnown, { text }),
    /** @param {string} time */
    lastLeave: (time) => fill(texts.lastLeave, { time }),
    /** @param {string} from @param {string} to */
    lastCall: (from, to) => fill(texts.lastCall, { from, to }),
    /** @param {string} x */
    giveUpSure: (x) => fill(texts.giveUpSure, { x }),
    /** @param {number} n */
    ahead: (n) => (n === 0 ? texts.youAreNext : fill(texts.ahead, { n })),
    /** @param {number} n */
    road: (n) => fill(texts.road, { minutes: minutes(n) }),
    /** @param {number} back */
    missedOnce: (back) => fill(texts.missedOnce, { people: people(back) }),
    /** @param {number} back */
    notInTime: (back) => fill(texts.notInTime, { people: people(back) }),
    wayMinutes: minutes,
    /** @param {number} calls @param {number} seconds */
    lateCalls: (calls, seconds) => {
      if (seconds <= 0) return fill(texts.lateCallsOnly, { calls: calls + 1 });
      const time = seconds % 60 ? fill(texts.seconds, { n: seconds }) : minutes(seconds / 60);
      return fill(texts.lateCalls, { time, calls: calls + 1 });
    },
    /** @param {number} chances @param {number} back */
    lateChances: (chances, back) => fill(texts.lateChances, { people: people(back), times: times(chances) }),
    /** @param {number} misses @param {number} chances */
    misses: (misses, chances) => fill(texts.misses, { misses, calls: chances + 1 }),
    /** @param {number} seconds */
    age: (seconds) => {
      if (seconds < 120) return fill(texts.seconds, { n: Math.floor(seconds) });
      if (seconds < 7200) return fill(texts.shortMinutes, { n: Math.floor(seconds / 60) });
      return fill(texts.hours, { n: Math.floor(seconds / 3600) });
    },
  };
}

export const wordsOf = wordsFrom("ticket", { uk, en }, speak);
