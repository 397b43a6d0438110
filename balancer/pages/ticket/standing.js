/** @import { BranchLoad } from "/pages/assets/types.js" */
/** @import { Guide, Kept, Seen } from "./types.js" */

/**
 * Where a ticket stands and what its holder should do next. Pure: time comes in.
 *
 * @typedef {"alarm" | "hold" | "no_power" | "suspended" | "closed"} Halt why nobody of this line is called now
 *
 * @typedef {object} Times city milliseconds
 * @property {number} early one in ten is called before
 * @property {number} from half are called before
 * @property {number} to nine in ten are called before
 * @property {number | null} leave when to set out; null where the way is not known
 * @property {number | null} arrive
 *
 * @typedef {"leave" | "leave_now" | "wait" | "unknown" | Halt} Advice
 */

const MINUTE_MS = 60_000;
const STEADY_MS = 2 * MINUTE_MS;

/**
 * @param {BranchLoad | null} load
 * @param {Guide} guide
 * @returns {Halt | null}
 */
export function haltOf(load, guide) {
  if (!load) return null;
  if (load.state === "paused") return load.reason === "alarm" ? "alarm" : "hold";
  if (load.state === "closed") return "closed";
  if (load.suspended?.includes(guide.service)) return "suspended";
  return load.power === "off" && guide.needs_power ? "no_power" : null;
}

/**
 * Keeps the times shown until the middle of the new ones has moved by two minutes: numbers that twitch teach nothing.
 */
export class SteadyTimes {
  /** @type {(Times & {key: string}) | null} */
  #shown = null;

  /**
   * @param {Seen} seen
   * @param {Kept["travel"]} travel
   * @returns {Times | null} null where nobody knows
   */
  take({ ticket, at }, travel) {
    if (!ticket.wait) {
      this.#shown = null;
      return null;
    }
    const key = [ticket.id, ticket.branch, travel?.minutes].join();
    const times = timesOf(ticket.wait, at, travel);
    const shown = this.#shown;
    if (shown?.key === key && Math.abs(shown.from - times.from) < STEADY_MS) return shown;
    this.#shown = { ...times, key };
    return this.#shown;
  }
}

/**
 * @param {import("./types.js").Wait} wait
 * @param {number} at city ms at which it was said
 * @param {Kept["travel"]} travel
 * @returns {Times} the way begins by p10: half are called before the middle
 */
export function timesOf(wait, at, travel) {
  const way = travel && travel.minutes > 0 ? travel.minutes * MINUTE_MS : null;
  const early = at + wait.p10 * MINUTE_MS;
  const leave = way === null ? null : Math.max(at, early - way);
  return {
    early,
    from: at + wait.p50 * MINUTE_MS,
    to: at + Math.max(wait.p90, wait.p50 + 1) * MINUTE_MS,
    leave,
    arrive: leave === null || way === null ? null : leave + way,
  };
}

/**
 * @param {Halt | null} halt
 * @param {Times | null} times
 * @param {number} now city ms
 * @returns {Advice}
 */
export function adviceOf(halt, times, now) {
  if (halt) return halt;
  if (!times) return "unknown";
  if (times.leave === null) return "wait";
  return times.leave - now > MINUTE_MS / 2 ? "leave" : "leave_now";
}

/**
 * A desk's name as a hall shows it: the word small, the number big.
 *
 * @param {string} name like "Місце 7"
 * @param {string} desk its id
 * @returns {{label: string, big: string}}
 */
export function deskParts(name, desk) {
  const split = /^(.*\S)\s+(\S{1,4})$/.exec(name);
  return split?.[1] && split[2] ? { label: split[1], big: split[2] } : { label: "", big: name || desk };
}
