/** @import { Correction } from "./kiosk-clock.js" */
/** @import { KioskServer } from "./server.js" */
/** @import { KioskStore } from "./store.js" */
/** @import { Order } from "./types.js" */
import { backoff } from "/pages/assets/backoff.js";
import { newKey, NoAnswer, Problem } from "/pages/assets/staff-api.js";
import { settled } from "./kiosk-clock.js";

/**
 * Tickets on their way to the server, oldest first, each under one key for ever. The heart of a kiosk that outlives the
 * network: a number comes off the pile of slips and into this list in one step, on the disk, before anybody sees it; only
 * then is the server told. An attempt without an answer names the same slip as the next one, so whichever of them arrives
 * makes the same ticket, and `slip_used` only says that one of them did.
 *
 * @typedef {Awaited<ReturnType<KioskServer["issue"]>>} Issued
 *
 * @typedef {object} Outlook
 * @property {() => void} unanswered an attempt brought no answer
 * @property {() => void} signedOut
 * @property {() => void} changed
 */

const REPEAT = { base: 400, cap: 4_000 };

export class Outbox {
  /** How many tickets the server does not know yet. */
  size = 0;
  /** @type {string[]} numbers that the server will never take by itself */
  refused = [];
  #store;
  #server;
  #outlook;
  #merging = false;
  #again = false;
  #stopped = false;
  /** @type {number | undefined} */
  #timer;
  #failures = 0;
  /** @type {Map<string, (answer: Issued | null) => void>} who waits for an answer, by key */
  #waiting = new Map();

  /**
   * @param {KioskStore} store
   * @param {KioskServer} server
   * @param {Outlook} outlook
   */
  constructor(store, server, outlook) {
    this.#store = store;
    this.#server = server;
    this.#outlook = outlook;
  }

  async start() {
    this.refused = (await this.#store.refused()).map((each) => each.slip?.number ?? "");
    this.merge();
  }

  /** A new day has begun: nobody waits any more with a number of the day before. @param {string} day */
  async beginDay(day) {
    if (!this.refused.length) return;
    await this.#store.dropRefused(day).catch(() => {});
    this.refused = (await this.#store.refused()).map((each) => each.slip?.number ?? "");
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /**
   * @param {Omit<Order, "seq">} order
   * @returns {Promise<Order | null>} once it is on the disk; null where its slip is gone
   */
  async put(order) {
    const kept = await this.#store.give(order);
    if (kept) this.size += 1;
    return kept;
  }

  /**
   * @param {Order} order that was put
   * @param {number} within real ms
   * @param {(answer: Issued) => void} [late] told of an answer that came after that
   * @returns {Promise<Issued | null>} the server's answer, null where none came in time (the order stays)
   */
  answer(order, within, late = () => {}) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.set(order.key, (answer) => answer && late(answer));
        resolve(null);
      }, within);
      this.#waiting.set(order.key, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.merge();
    });
  }

  /** @param {Order} order @param {Issued | null} answer null: the server refused it */
  #tell(order, answer) {
    const listener = this.#waiting.get(order.key);
    this.#waiting.delete(order.key);
    listener?.(answer);
  }

  /**
   * The server has told the time again: what was given out since its last word gets its times for good.
   *
   * @param {Correction} correction
   */
  async fix(correction) {
    await this.#store.amend((order) => {
      const isOpen = order.slip && order.sent === null && order.anchorMs === correction.anchorMs;
      return isOpen ? { ...order, sent: instant(settled(order.arrivedMs, correction)) } : null;
    });
  }

  /** The visitor went away without a number. @param {Order} order */
  async abandon(order) {
    await this.#store.amend((held) => (held.seq === order.seq ? { ...held, abandoned: true } : null));
  }

  /** Send what waits; at once if nothing is being sent. */
  merge() {
    this.#again = true;
    clearTimeout(this.#timer);
    if (!this.#merging && !this.#stopped) void this.#exclusively(() => this.#mergeAll());
  }

  /** @param {() => Promise<void>} work one page of this kiosk at a time */
  async #exclusively(work) {
    this.#merging = true;
    try {
      if (navigator.locks) await navigator.locks.request(`kiosk-outbox:${this.#server.city}`, work);
      else await work();
    } catch {
      // the disk takes no change now: later the same order once more, under its own key
      this.#timer = setTimeout(() => this.merge(), REPEAT.cap);
    } finally {
      this.#merging = false;
    }
    if (this.#again && !this.#stopped) this.merge();
  }

  async #mergeAll() {
    this.#again = false;
    for (;;) {
      const orders = await this.#store.orders();
      this.size = orders.length;
      this.#outlook.changed();
      const [first] = orders;
      if (!first || this.#stopped) return;
      if (!(await this.#send(first))) return;
    }
  }

  /**
   * @param {Order} given
   * @returns {Promise<boolean>} whether the next one may go
   */
  async #send(given) {
    const order = await this.#timed(given);
    try {
      const answer = await this.#server.issue(bodyOf(order), order.key);
      if (order.abandoned) await this.#server.cancel(answer.ticket.id, answer.secret, `${order.key}-back`);
      this.#failures = 0;
      await this.#store.settle(order);
      this.#tell(order, answer);
      return true;
    } catch (error) {
      if (error instanceof Problem) return this.#refusedBy(order, error);
      if (!(error instanceof NoAnswer)) throw error;
      this.#later(0);
      return false;
    }
  }

  /**
   * @param {Order} order
   * @param {Problem} problem
   */
  async #refusedBy(order, problem) {
    if (problem.signedOut) {
      this.#outlook.signedOut();
      return false;
    }
    if (problem.passing) {
      this.#later(problem.retryAfterMs);
      return false;
    }
    if (problem.code === "idempotency_key_reused" && order.slip) {
      const key = newKey();
      await this.#store.amend((held) => (held.seq === order.seq ? { ...held, key } : null));
    } else if (problem.code === "slip_used" || !order.slip) await this.#store.settle(order);
    else {
      this.refused.push(order.slip.number);
      await this.#store.refuse(order, problem.code);
    }
    this.#tell(order, null);
    return true;
  }

  /** @param {number} asked ms */
  #later(asked) {
    this.#failures += 1;
    this.#timer = setTimeout(() => this.merge(), Math.max(asked, 200 + backoff(this.#failures, Math.random, REPEAT)));
    this.#outlook.unanswered();
  }

  /** @param {Order} order @returns {Promise<Order>} with the instant that every attempt names */
  async #timed(order) {
    if (order.sent !== null || !order.slip) return order;
    let timed = { ...order, sent: instant(order.arrivedMs) };
    const kept = this.#store.amend((held) => {
      if (held.seq !== order.seq) return null;
      timed = { ...held, sent: held.sent ?? instant(held.arrivedMs) };
      return timed;
    });
    await kept.catch(() => {}); // a full disk: the next start may name another instant, for the same slip
    return timed;
  }
}

/** @param {Order} order */
function bodyOf({ service, slip, sent }) {
  return slip ? { service, number: slip.number, lease: slip.lease, arrived: sent } : { service };
}

/** @param {number} cityMs */
function instant(cityMs) {
  return new Date(cityMs).toISOString();
}
