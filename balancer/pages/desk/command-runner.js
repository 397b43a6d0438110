/** @import { DeskAnswer, Verb } from "./types.js" */
/** @import { DeskApi } from "./api.js" */
import { backoff } from "/pages/assets/backoff.js";
import { newKey, NoAnswer, Problem } from "/pages/assets/staff-api.js";

/**
 * One command at a time, carried through: where no answer comes it is repeated under the same key, so that it happens
 * once however often the line breaks. It ends with the server's answer or with the server's refusal.
 *
 * @typedef {object} Order
 * @property {Verb} verb
 * @property {object} body
 * @property {number | null} version
 *
 * @typedef {object} Outlook
 * @property {(order: Order) => void} unanswered an attempt brought no answer; the next one follows by itself
 * @property {(order: Order) => void} changed a command has begun or ended
 */

const REPEAT = { base: 500, cap: 5_000 };

export class CommandRunner {
  /** @type {{order: Order, since: number} | null} */
  pending = null;
  #api;
  #outlook;
  #stopped = false;

  /**
   * @param {DeskApi} api
   * @param {Outlook} outlook
   */
  constructor(api, outlook) {
    this.#api = api;
    this.#outlook = outlook;
  }

  /** Signing out: nothing is repeated any more. */
  stop() {
    this.#stopped = true;
  }

  /**
   * @param {Order} order
   * @returns {Promise<DeskAnswer | null>} null where another command is under way, or after `stop`
   * @throws {Problem} the server's refusal
   */
  async run(order) {
    if (this.pending) return null;
    this.pending = { order, since: performance.now() };
    this.#outlook.changed(order);
    try {
      return await this.#carryThrough(order, newKey());
    } finally {
      this.pending = null;
      this.#outlook.changed(order);
    }
  }

  /**
   * @param {Order} order
   * @param {string} key
   */
  async #carryThrough(order, key) {
    for (let failures = 1; !this.#stopped; failures += 1) {
      try {
        return await this.#api.command(order.verb, order.body, key, order.version);
      } catch (error) {
        const passing = error instanceof NoAnswer || (error instanceof Problem && error.passing);
        if (!passing) throw error;
        this.#outlook.unanswered(order);
        const asked = error instanceof Problem ? error.retryAfterMs : 0;
        await new Promise((resolve) =>
          setTimeout(resolve, Math.max(asked, 200 + backoff(failures, Math.random, REPEAT))),
        );
      }
    }
    return null;
  }
}
