/**
 * The city's time at a kiosk, also while the server is away and after a power cut. Pure but for the browser's clocks.
 *
 * Between two words of the server it goes by the steady clock. After a reload only the wall clock is left, which may
 * have been set meanwhile: that is why every order keeps the server's last word before it (`anchorMs`), and why `settled`
 * fits the reckoned times between two words of the server once the second one has come.
 *
 * @typedef {{cityMs: number, wallMs: number, speed: number}} Anchor as it is kept
 * @typedef {{anchorMs: number, reckonedMs: number, realMs: number}} Correction the server's last word, what this clock
 *   made of the time since, and what it really was
 */

export class KioskClock {
  #steady;
  #wall;
  /** @type {Anchor | null} */
  #anchor = null;
  #steadyAt = 0;
  #restored = false;
  #floor = 0;
  /** City ms between the anchor and this page's beginning, by the wall clock. */
  #awayMs = 0;

  /**
   * @param {() => number} [steady] ms that never go back within one page
   * @param {() => number} [wall] ms since the epoch that outlive the page
   */
  constructor(steady = () => performance.now(), wall = () => Date.now()) {
    this.#steady = steady;
    this.#wall = wall;
  }

  /** @returns {Anchor | null} */
  get anchor() {
    return this.#anchor;
  }

  /** @param {Anchor} kept by an earlier page */
  restore(kept) {
    this.#anchor = kept;
    this.#restored = true;
    this.#floor = kept.cityMs;
    this.#steadyAt = this.#steady();
    this.#awayMs = Math.max(0, this.#wall() - kept.wallMs) * kept.speed;
  }

  /**
   * @param {string} cityTime RFC 3339, as the server says it
   * @param {number} [speed] city seconds a real second; as before where it is not said
   * @returns {Correction | null} how far the reckoning was off since the word before; null for the first word
   */
  hear(cityTime, speed = this.#anchor?.speed ?? 1) {
    const realMs = Date.parse(cityTime);
    if (Number.isNaN(realMs)) return null;
    const reckonedMs = this.now();
    const before = this.#anchor;
    this.#anchor = { cityMs: realMs, wallMs: this.#wall(), speed };
    this.#steadyAt = this.#steady();
    this.#awayMs = 0;
    this.#restored = false;
    this.#floor = realMs;
    return before && reckonedMs !== null ? { anchorMs: before.cityMs, reckonedMs, realMs } : null;
  }

  /** @returns {number | null} city ms; never falls between two words of the server */
  now() {
    if (!this.#anchor) return null;
    const since = (this.#steady() - this.#steadyAt) * this.#anchor.speed;
    this.#floor = Math.max(this.#floor, this.#anchor.cityMs + this.#awayMs + since);
    return this.#floor;
  }

  /** @param {string | undefined} zone @returns {string} the date there, "" where nobody knows it */
  day(zone) {
    const now = this.now();
    if (now === null || !zone) return "";
    return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(now);
  }

  /** @returns {boolean} whether the time rests on the wall clock alone: the page began without the server */
  get isGuess() {
    return this.#restored;
  }
}

/**
 * A time reckoned without the server, between its two words: order is kept, and nothing lies outside of them.
 *
 * @param {number} arrivedMs
 * @param {Correction} correction
 * @returns {number}
 */
export function settled(arrivedMs, { anchorMs, reckonedMs, realMs }) {
  if (realMs <= anchorMs) return realMs;
  const share = reckonedMs > anchorMs ? (arrivedMs - anchorMs) / (reckonedMs - anchorMs) : 1;
  return Math.round(anchorMs + (realMs - anchorMs) * Math.min(1, Math.max(0, share)));
}
