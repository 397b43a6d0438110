/** @import { KioskServer } from "./server.js" */
/** @import { KioskStore } from "./store.js" */
/** @import { Slip } from "./types.js" */
import { newKey, NoAnswer, Problem } from "/pages/assets/staff-api.js";

/**
 * The pile of leased numbers: topped up while the server is there, of today only, each with the picture of its link.
 */

const PILE = 24;
const LOW = 12;

export class Slips {
  /** @type {Slip[]} of today, by number */
  pile = [];
  #store;
  #server;
  #queues;
  #busy = false;

  /**
   * @param {KioskStore} store
   * @param {KioskServer} server
   * @param {() => string[]} queues those of the branch
   */
  constructor(store, server, queues) {
    this.#store = store;
    this.#server = server;
    this.#queues = queues;
  }

  async load() {
    this.pile = await this.#store.slips();
  }

  /**
   * @param {string} queue
   * @param {string} day
   * @returns {Slip | null} the lowest number of that line
   */
  first(queue, day) {
    return this.pile.find((slip) => slip.queue === queue && slip.day === day) ?? null;
  }

  /** @param {Slip} slip it was given out */
  taken(slip) {
    this.pile = this.pile.filter(({ ticket }) => ticket !== slip.ticket);
  }

  /**
   * Lease where the pile is low, and fetch pictures; quietly stops where the server does not answer.
   *
   * @param {string} day the server's today
   * @param {string} epoch
   */
  async topUp(day, epoch) {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await this.#dropOld(day, epoch);
      const isLow = this.#queues().some((queue) => this.pile.filter((slip) => slip.queue === queue).length < LOW);
      if (isLow) await this.#lease();
      await this.#draw();
    } catch (error) {
      // a full disk leases nothing; then the server gives each number
      if (!(error instanceof NoAnswer || error instanceof Problem || error instanceof DOMException)) throw error;
    } finally {
      this.#busy = false;
    }
  }

  /** Slips of another day, or of data that are no more. @param {string} day @param {string} epoch */
  async #dropOld(day, epoch) {
    const lost = (await this.#store.fact("epoch")) !== epoch;
    if (lost) await this.#store.keep("leaseKey", null);
    await this.#store.dropSlips((slip) => lost || slip.day < day);
    await this.#store.keep("epoch", epoch);
    await this.load();
  }

  /** Under a key that is kept until the answer is: a lost answer costs no numbers. */
  async #lease() {
    /** @type {string} */
    const key = (await this.#store.fact("leaseKey")) ?? newKey();
    await this.#store.keep("leaseKey", key);
    const { lease, day, slips } = await this.#server.lease(PILE, key);
    await this.#store.addSlips(slips.map((slip) => ({ ...slip, lease, day, qr: "" })));
    await this.#store.keep("leaseKey", null);
    await this.load();
  }

  /** The next one of every line first, a few at a time. */
  async #draw() {
    const places = this.#queues().map((queue) => this.pile.filter((slip) => slip.queue === queue));
    const rounds = Array.from({ length: Math.max(0, ...places.map(({ length }) => length)) }, (_, place) =>
      places.flatMap((line) => line[place] ?? []).filter(({ qr }) => qr === ""),
    );
    for (const round of rounds.filter(({ length }) => length > 0)) {
      const drawn = await Promise.all(round.map((slip) => this.#drawn(slip)));
      await this.#store.keepPictures(drawn);
      for (const { ticket, qr } of drawn) {
        const held = this.pile.find((slip) => slip.ticket === ticket);
        if (held) held.qr = qr;
      }
    }
  }

  /** @param {Slip} slip */
  async #drawn(slip) {
    return { ...slip, qr: await this.#server.qr(linkOf(this.#server.city, slip.ticket, slip.secret)) };
  }
}

/**
 * @param {string} city
 * @param {string} ticket
 * @param {string} secret
 * @returns {string} the page of a ticket; the secret stands in the fragment
 */
export function linkOf(city, ticket, secret) {
  return `${location.origin}/t#city=${encodeURIComponent(city)}&ticket=${ticket}&secret=${secret}`;
}
