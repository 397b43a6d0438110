/**
 * Two clocks of a page: real seconds since something happened, and the city's time.
 *
 * A mark keeps both of the browser's clocks, because each lies in its own way: the steady one may stand still while a
 * laptop sleeps, the wall clock may be set by hand. The larger difference is the safer age.
 *
 * @typedef {{steady: number, wall: number}} Mark
 */

/** @returns {Mark} this instant */
export function mark() {
  return { steady: performance.now(), wall: Date.now() };
}

/**
 * @param {Mark} since
 * @param {Mark} [until]
 * @returns {number} real seconds between two marks, never negative
 */
export function secondsSince(since, until = mark()) {
  return Math.max(until.steady - since.steady, until.wall - since.wall, 0) / 1000;
}

/** The city's time between two words of the server, by this browser's steady clock and the city's speed. */
export class CityTime {
  #anchor = 0;
  #speed = 1;
  /** @type {number | null} */
  #at = null;
  #steady;

  /** @param {() => number} [steady] milliseconds that never go back */
  constructor(steady = () => performance.now()) {
    this.#steady = steady;
  }

  /**
   * @param {string} cityTime RFC 3339, as the server says it now
   * @param {number} [speed] city seconds a real second; unchanged where not given
   */
  set(cityTime, speed) {
    const at = Date.parse(cityTime);
    if (Number.isNaN(at)) return;
    this.#at = at;
    this.#anchor = this.#steady();
    if (speed !== undefined && speed > 0) this.#speed = speed;
  }

  /** @returns {number} city seconds a real second */
  get speed() {
    return this.#speed;
  }

  /** @returns {number | null} city milliseconds since the Unix epoch, null before the server has spoken */
  now() {
    return this.#at === null ? null : this.#at + (this.#steady() - this.#anchor) * this.#speed;
  }
}
