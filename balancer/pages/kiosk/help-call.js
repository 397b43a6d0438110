/** @import { HelpView } from "./types.js" */
import { newKey } from "/pages/assets/staff-api.js";

/**
 * One visitor's call for help: sent until the server has it, followed from view to view, withdrawn when he goes back to
 * the start. What the server still has of an earlier visitor is withdrawn as soon as a view tells of it.
 *
 * @typedef {"none" | "asking" | "unreached" | "asked" | "late" | "coming"} HelpStanding unreached: nobody knows of it;
 *   late: told, but nobody has taken it in time
 *
 * @typedef {object} HelpDoors
 * @property {(key: string) => Promise<{help: HelpView | null, offset: number}>} askHelp
 * @property {(key: string) => Promise<unknown>} withdrawHelp
 */

const AGAIN_MS = 3_000;

export class HelpCall {
  #doors;
  #changed;
  #pause;
  /** Idempotency key of the call, "" while nobody calls. */
  #key = "";
  /** @type {HelpView | null} as the server has it */
  #request = null;
  /** Views from before that place in the log know nothing of the request. */
  #offset = 0;
  #failed = false;

  /**
   * @param {HelpDoors} doors
   * @param {() => void} changed
   * @param {(then: () => void) => void} [pause] before the next attempt
   */
  constructor(doors, changed, pause = (then) => setTimeout(then, AGAIN_MS)) {
    this.#doors = doors;
    this.#changed = changed;
    this.#pause = pause;
  }

  /** @returns {boolean} whether somebody waits for help here */
  get isOpen() {
    return this.#key !== "";
  }

  /** @param {number | null} now city ms @returns {HelpStanding} */
  standing(now) {
    if (!this.#key) return "none";
    if (!this.#request) return this.#failed ? "unreached" : "asking";
    if (this.#request.going) return "coming";
    const late = this.#request.late_at;
    return late && now !== null && now >= Date.parse(late) ? "late" : "asked";
  }

  ask() {
    if (this.#key) return;
    this.#key = newKey();
    void this.#send(this.#key);
  }

  withdraw() {
    if (!this.#key) return;
    this.forget();
    this.#end();
  }

  /** Nothing more is sent. */
  forget() {
    this.#key = "";
    this.#request = null;
    this.#failed = false;
  }

  /** @param {{help?: HelpView | null, offset: number}} view what the server knows */
  take({ help = null, offset }) {
    if (!this.#key) {
      if (help) this.#end();
    } else if (help && (!this.#request || offset >= this.#offset)) this.#request = help;
    else if (this.#request && offset >= this.#offset) this.forget();
  }

  /** @param {string} key */
  async #send(key) {
    try {
      const { help, offset } = await this.#doors.askHelp(key);
      if (key !== this.#key) return this.#key ? undefined : this.#end();
      this.#request = help;
      this.#offset = offset;
      if (!help) this.forget();
    } catch {
      if (key !== this.#key) return;
      this.#failed = true;
      this.#pause(() => {
        if (key === this.#key) void this.#send(key);
      });
    }
    this.#changed();
  }

  /** A lost one is made good by the next view. */
  #end() {
    this.#doors.withdrawHelp(newKey()).catch(() => null);
  }
}
