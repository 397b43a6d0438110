/** @import { Wait } from "./types.js" */

/**
 * Estimates as a reader can use them: steady, rounded, with a level and a common scale. Pure.
 *
 * @typedef {"quiet" | "moderate" | "busy"} Level
 * @typedef {{low: number, high: number}} MinuteRange whole minutes, low < high; low 0 means "up to high"
 */

const STEADY_MINUTES = 2;
const TIE_MINUTES = 2;
const EXACT_UP_TO = 60;
const SCALES = [20, 40, 60, 80, 120, 160, 240, 480];

/** Keeps a shown estimate until the middle of the new one has moved by two minutes: numbers that twitch teach nothing. */
export class SteadyWaits {
  /** @type {Map<string, Wait>} */
  #shown = new Map();

  /**
   * @param {string} key what is estimated
   * @param {Wait | null} wait
   * @returns {Wait | null} what to show
   */
  take(key, wait) {
    const shown = this.#shown.get(key);
    if (wait === null) {
      this.#shown.delete(key);
      return null;
    }
    if (shown && Math.abs(wait.p50 - shown.p50) < STEADY_MINUTES) return shown;
    this.#shown.set(key, wait);
    return wait;
  }

  clear() {
    this.#shown.clear();
  }
}

/**
 * @param {Wait} wait
 * @returns {MinuteRange} p50 to p90; over an hour in fives, since nobody knows such a wait to the minute
 */
export function rangeOf(wait) {
  const step = wait.p90 > EXACT_UP_TO ? 5 : 1;
  const low = Math.round(wait.p50 / step) * step;
  return { low, high: Math.max(Math.round(wait.p90 / step) * step, low + step) };
}

/**
 * @param {Wait} wait
 * @param {{moderate_minutes: number, busy_minutes: number}} levels the city's own limits, minutes of p50
 * @returns {Level}
 */
export function levelOf(wait, levels) {
  if (wait.p50 < levels.moderate_minutes) return "quiet";
  return wait.p50 < levels.busy_minutes ? "moderate" : "busy";
}

/**
 * @param {Wait} wait
 * @param {Wait} best the shortest of all
 * @returns {boolean} whether the difference, as shown, is too small to choose by
 */
export function isTie(wait, best) {
  return rangeOf(wait).low - rangeOf(best).low <= TIE_MINUTES;
}

/**
 * @param {Wait[]} waits
 * @returns {number} minutes at the right end of the scale that all rows share; a quarter of it is a whole number
 */
export function scaleOf(waits) {
  const longest = Math.max(0, ...waits.map((wait) => rangeOf(wait).high));
  return SCALES.find((scale) => longest <= scale) ?? Math.ceil(longest / 60) * 60;
}
