/** @import { StaffApi } from "/pages/assets/staff-api.js" */
/** @import { Deed } from "./deeds.js" */
/** @import { Supervision } from "./types.js" */
/** @import { Words } from "./words.js" */
import { CommandRunner } from "/pages/assets/command-runner.js";
import { NoAnswer, Problem } from "/pages/assets/staff-api.js";

/**
 * Carries a deed through, one at a time, and keeps what came of it: the refusal in words, or what is still under way.
 *
 * @typedef {(code: string, why: string) => boolean} Refused whether the refusal has found its field
 *
 * @typedef {object} Outlook
 * @property {() => void} changed
 * @property {() => void} unanswered the server seems to be away
 * @property {(offset: number | null) => void} done up to that place of the log
 * @property {() => void} refused what is shown may be old
 * @property {() => void} signedOut
 * @property {() => Words} words
 */

const UNCONFIRMED_AFTER_MS = 400;

export class DeedRunner {
  /** The last refusal, in words. */
  trouble = "";
  /** @type {Deed | null} */
  #doing = null;
  #runner;
  #outlook;

  /**
   * @param {StaffApi} api
   * @param {Outlook} outlook
   */
  constructor(api, outlook) {
    this.#outlook = outlook;
    this.#runner = new CommandRunner(api, { unanswered: outlook.unanswered, changed: outlook.changed });
  }

  stop() {
    this.#runner.stop();
  }

  /** @returns {boolean} whether a command is under way */
  get busy() {
    return this.#runner.pending !== null;
  }

  /** @returns {boolean} whether it has been without an answer for a while */
  get late() {
    const { pending } = this.#runner;
    return pending !== null && performance.now() - pending.since >= UNCONFIRMED_AFTER_MS;
  }

  /** @returns {string} what is late, in words, or "" */
  get waitingFor() {
    const words = this.#outlook.words();
    return this.late && this.#doing ? words.doing(this.#doing.said(words)) : "";
  }

  /**
   * @param {Deed} deed
   * @param {Refused} [refused]
   * @returns {Promise<boolean>} whether it was done
   */
  async carry(deed, refused = () => false) {
    this.trouble = "";
    this.#doing = deed;
    try {
      const answer = await this.#runner.run(deed.order);
      if (answer === null) return false;
      deed.offset = answer.offset ?? 0;
      if (deed.undo) deed.undo.order.version ??= answer.ticket?.version ?? answer.branch?.version ?? null;
      this.#outlook.done(typeof answer.offset === "number" ? answer.offset : null);
      return true;
    } catch (error) {
      if (!(error instanceof Problem) || !refused(error.code, error.message)) this.fail(error);
      return false;
    } finally {
      this.#doing = null;
    }
  }

  /**
   * Takes a deed back, unless somebody has changed since what it did: then it is no longer this head's to take back.
   *
   * @param {Deed} deed
   * @param {Supervision | null} view as it is now
   * @returns {Promise<boolean>} whether it is as before
   */
  async takeBack(deed, view) {
    const { undo } = deed;
    if (!undo) return false;
    const refused = (/** @type {string} */ code) => {
      if (code === "stale_version") deed.undo = null;
      return false;
    };
    const isOld = !view || view.offset < (deed.offset ?? 0);
    if (isOld || !deed.stands || deed.stands(view)) return this.carry(undo, refused);
    deed.undo = null;
    this.trouble = this.#outlook.words().stale;
    return false;
  }

  /** @param {unknown} error of a command or a question */
  fail(error) {
    if (error instanceof NoAnswer) this.#outlook.unanswered();
    else if (error instanceof Problem) {
      if (error.signedOut) this.#outlook.signedOut();
      this.trouble = error.code === "stale_version" ? this.#outlook.words().stale : error.message;
      this.#outlook.refused();
    } else throw error;
  }
}
