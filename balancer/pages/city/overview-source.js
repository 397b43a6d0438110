/** @import { Mark } from "/pages/assets/clocks.js" */
/** @import { CityApi } from "./api.js" */
/** @import { OverviewView } from "./types.js" */
import { CityTime, mark, secondsSince } from "/pages/assets/clocks.js";
import { Problem } from "/pages/assets/staff-api.js";

/**
 * The overview, asked for every few seconds: every branch's day is worked out at each answer, so not at every change.
 *
 * @typedef {{changed: () => void, refused: () => void}} Outlook
 */

const EVERY_MS = 4_000;
const AWAY_EVERY_MS = 1_500;

export class OverviewSource {
  /** @type {OverviewView | null} */
  view = null;
  time = new CityTime();
  /** @type {Mark | null} since when the server does not answer */
  lost = null;
  #api;
  #outlook;
  /** @type {number | undefined} */
  #timer;
  #stopped = false;

  /**
   * @param {CityApi} api
   * @param {Outlook} outlook
   */
  constructor(api, outlook) {
    this.#api = api;
    this.#outlook = outlook;
  }

  start() {
    void this.#ask();
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** @returns {number} real seconds without an answer, 0 while the server is there */
  get lostSeconds() {
    return this.lost ? secondsSince(this.lost) : 0;
  }

  async #ask() {
    try {
      this.view = await this.#api.overview();
      this.time.set(this.view.city_time);
      this.lost = null;
    } catch (error) {
      if (error instanceof Problem && error.signedOut) {
        this.#outlook.refused();
        return;
      }
      this.lost ??= mark();
    }
    if (this.#stopped) return;
    this.#outlook.changed();
    this.#timer = setTimeout(() => void this.#ask(), this.lost ? AWAY_EVERY_MS : EVERY_MS);
  }
}
