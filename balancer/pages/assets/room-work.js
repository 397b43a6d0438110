/** @import { Order } from "/pages/assets/command-runner.js" */
/** @import { Room } from "/pages/assets/room-source.js" */
/** @import { StaffApi } from "/pages/assets/staff-api.js" */
import { CommandRunner } from "/pages/assets/command-runner.js";
import { RoomSource } from "/pages/assets/room-source.js";
import { Problem } from "/pages/assets/staff-api.js";

/**
 * Somebody at work in a room: what the server shows of it, keys in, one command at a time out, and what went wrong. The
 * page that it serves draws.
 *
 * @typedef {object} Page
 * @property {() => void} draw
 * @property {(event: KeyboardEvent) => void} key
 * @property {(why: string) => void} leave back to the door
 * @property {() => {tokenEnded: string, stale: string}} words
 */

const UNCONFIRMED_AFTER_MS = 400;
const TICK_MS = 250;

/** @template {Room} R */
export class RoomWork {
  /** Why the last command was refused, "" where it was not. */
  trouble = "";
  #page;
  #runner;
  #running = new AbortController();

  /**
   * @param {StaffApi} api
   * @param {() => Promise<R>} read asks the server for the room
   * @param {{city: string, branch: string | null}} where
   * @param {Page} page
   */
  constructor(api, read, where, page) {
    this.#page = page;
    /** @type {RoomSource<R>} */
    this.source = new RoomSource(read, { server: location.origin, ...where }, {
      changed: page.draw,
      refused: () => page.leave(page.words().tokenEnded),
    });
    this.#runner = new CommandRunner(api, { unanswered: () => this.source.suspect(), changed: page.draw });
  }

  start() {
    const { signal } = this.#running;
    addEventListener("keydown", this.#page.key, { signal });
    const ticking = setInterval(this.#page.draw, TICK_MS);
    signal.addEventListener("abort", () => clearInterval(ticking));
    this.source.start();
  }

  stop() {
    this.#running.abort();
    this.source.stop();
    this.#runner.stop();
  }

  /** @returns {R | null} what there is to draw; null before it is known and after `stop` */
  get room() {
    return this.#running.signal.aborted ? null : this.source.room;
  }

  /** @returns {boolean} whether no command can be given now */
  get off() {
    return this.#runner.pending !== null || this.source.lost !== null;
  }

  /** @returns {Order | null} the command that has waited for its answer so long that it is worth saying */
  get late() {
    const { pending } = this.#runner;
    return pending !== null && performance.now() - pending.since >= UNCONFIRMED_AFTER_MS ? pending.order : null;
  }

  /**
   * @param {Order} order
   * @returns {Promise<any>} the answer; null where it is refused, which `trouble` tells, or cannot be given now
   */
  async run(order) {
    if (this.off) return null;
    this.trouble = "";
    try {
      return await this.#runner.run(order);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const words = this.#page.words();
      if (error.signedOut) this.#page.leave(words.tokenEnded);
      this.trouble = error.code === "stale_version" ? words.stale : error.message;
      this.source.refresh();
      this.#page.draw();
      return null;
    }
  }
}
