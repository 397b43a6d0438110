/** @import { StaffApi } from "/pages/assets/staff-api.js" */
import { backoff } from "/pages/assets/backoff.js";
import { newKey, NoAnswer, Problem } from "/pages/assets/staff-api.js";

/**
 * One command at a time, carried through: where no answer comes it is repeated under the same key, so that it happens
 * once however often the line breaks. It ends with the server's answer or with the server's refusal.
 *
 * @typedef {object} Order
 * @property {string} place path of what it is done to
 * @property {string} verb the last part of its door's path
 * @property {object} body
 * @property {number | null} [version] what the caller believes to be current
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
   * @param {StaffApi} api
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
   * @returns {Promise<any>} the answer; null where another command is under way, or after `stop`
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
        return await this.#api.command(`${order.place}/${order.verb}`, order.body, key, order.version ?? null);
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
