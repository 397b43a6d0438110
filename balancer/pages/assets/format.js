/** @import { Language, LocalText } from "/pages/assets/types.js" */
import { borrow } from "/pages/assets/borrowed.js";
import { counted, fallbackOf, localeOf, textsOf } from "/pages/assets/words.js";
import { en } from "/pages/assets/days-en.js";
import { uk } from "/pages/assets/days-uk.js";

/** Numbers, times and plurals in the reader's language and the city's time zone. Pure but for the caches of Intl. */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {Language} language
 * @param {number} count
 * @param {Partial<Record<Intl.LDMLPluralRule, string>> & {other: string}} forms
 * @returns {string} the form of a word that fits the count
 */
export function plural(language, count, forms) {
  return counted(language, forms, count);
}

/**
 * @param {string} range like "7–14"
 * @returns {string} the same, never broken at the dash
 */
export function unbroken(range) {
  return range.replace("–", "\u2060–\u2060");
}

/**
 * @param {LocalText | undefined | null} text
 * @param {Language} language
 * @returns {string} in that language, else borrowed from the one that stands in for it, from Ukrainian, from any
 */
export function local(text, language) {
  const own = text?.[language];
  if (own !== undefined || !text) return own ?? "";
  const instead = [fallbackOf(language), "uk", ...Object.keys(text)].find((each) => text[each] !== undefined);
  return instead ? borrow(text[instead] ?? "", instead) : "";
}

/** Times of one city, in one language. */
export class CityFormat {
  /**
   * @param {Language} language
   * @param {string} timeZone IANA name
   */
  constructor(language, timeZone) {
    this.language = language;
    this.timeZone = timeZone;
  }

  /**
   * @param {number} at milliseconds
   * @returns {string} like 9:05
   */
  time(at) {
    const { hour, minute } = this.#parts(at);
    return `${Number(hour)}:${minute}`;
  }

  /**
   * @param {number} at milliseconds
   * @returns {string} like 9:05:07
   */
  timeWithSeconds(at) {
    return `${this.time(at)}:${this.#parts(at).second}`;
  }

  /**
   * @param {number} at milliseconds
   * @param {number} now milliseconds
   * @returns {string} "9:00" today, "tomorrow, 9:00", "Monday, 9:00" (as after "until"), else "24.11, 9:00"
   */
  until(at, now) {
    const days = this.#daysBetween(now, at);
    if (days <= 0) return this.time(at);
    const { tomorrow, until } = this.#days;
    if (days === 1) return `${tomorrow}, ${this.time(at)}`;
    return `${days < 7 ? until[this.#weekday(at)] : this.#date(at)}, ${this.time(at)}`;
  }

  /**
   * @param {number} at milliseconds
   * @param {number} now milliseconds
   * @returns {string} the day in one short word: "" today, "tomorrow", "Mon", "24.11"
   */
  shortDay(at, now) {
    const days = this.#daysBetween(now, at);
    if (days <= 0) return "";
    if (days === 1) return this.#days.tomorrow;
    return (days < 7 && this.#days.short[this.#weekday(at)]) || this.#date(at);
  }

  get #days() {
    return textsOf("days", this.language, { uk, en });
  }

  /** @param {number} at */
  #date(at) {
    const { day, month } = this.#parts(at);
    return `${Number(day)}.${month}`;
  }

  /** @param {number} at */
  #weekday(at) {
    return new Date(this.#midnight(at)).getUTCDay();
  }

  /**
   * @param {number} at
   * @returns {number} midnight of that city day, as if it were UTC
   */
  #midnight(at) {
    const { year, month, day } = this.#parts(at);
    return Date.UTC(Number(year), Number(month) - 1, Number(day));
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #daysBetween(from, to) {
    return Math.round((this.#midnight(to) - this.#midnight(from)) / 86_400_000);
  }

  /**
   * @param {number} at
   * @returns {Record<string, string>}
   */
  #parts(at) {
    const key = `${this.language} ${this.timeZone}`;
    let format = formats.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(localeOf(this.language), {
        timeZone: this.timeZone,
        hourCycle: "h23",
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
      });
      formats.set(key, format);
    }
    return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  }
}
