/**
 * How long a screen waits for its visitor. Pure but for the clock it is given.
 *
 * Each screen has its seconds; the last ones are counted aloud on the screen, and any touch or key begins anew.
 */

const WARN_SECONDS = 20;
const MORE_SECONDS = 120;

export class Patience {
  #now;
  #until = Infinity;

  /** @param {() => number} [now] ms that never go back */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** @param {number} seconds Infinity: this screen waits for ever */
  begin(seconds) {
    this.#until = this.#now() + seconds * 1000;
  }

  /** The visitor needs longer. */
  extend() {
    this.begin(MORE_SECONDS);
  }

  /** @returns {number} whole seconds left, Infinity on a screen that waits for ever */
  get left() {
    return this.#until === Infinity ? Infinity : Math.max(0, Math.ceil((this.#until - this.#now()) / 1000));
  }

  /** @returns {boolean} whether the seconds left are to be shown */
  get warns() {
    return this.left <= WARN_SECONDS;
  }

  /** @returns {number} the share of the warning that is left, 0 to 1 */
  get share() {
    return Math.min(1, this.left / WARN_SECONDS);
  }
}
