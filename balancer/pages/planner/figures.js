/** @import { Language } from "/pages/assets/types.js" */
import { localeOf } from "/pages/assets/words.js";

/** Figures and days as the reader writes them. */

const MINUS = "−";

export class Figures {
  /** @param {Language} language */
  constructor(language) {
    this.locale = localeOf(language);
  }

  /** @param {number} value @param {number} [digits] after the point */
  number(value, digits = 0) {
    const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(this.locale, format).format(value).replace("-", MINUS);
  }

  /** @param {number} value @param {number} [digits] */
  signed(value, digits = 0) {
    return (value > 0 ? "+" : "") + this.number(value, digits);
  }

  /** @param {number} share 0…1 */
  percent(share) {
    return `${this.number(share * 100)}\u00a0%`;
  }

  /** @param {string} time "HH:MM" */
  clock(time) {
    return time.replace(/^0/, "");
  }

  /** @param {string} date */
  day(date) {
    return this.#date(date, { weekday: "long", day: "numeric", month: "long" });
  }

  /** @param {string} date */
  shortDay(date) {
    return this.#date(date, { weekday: "short", day: "numeric", month: "short" });
  }

  /** @param {string} date */
  date(date) {
    return this.#date(date, { day: "numeric", month: "long" });
  }

  /**
   * @param {string} date
   * @param {Intl.DateTimeFormatOptions} how
   */
  #date(date, how) {
    return new Intl.DateTimeFormat(this.locale, { ...how, timeZone: "UTC" }).format(new Date(`${date}T12:00:00Z`));
  }
}
