/** @import { Frame } from "/pages/assets/types.js" */
/** @import { Mark } from "/pages/assets/clocks.js" */
/** @import { DeskAnswer, DeskRoom } from "./types.js" */
/** @import { DeskApi } from "./api.js" */
import { CityTime, mark, secondsSince } from "/pages/assets/clocks.js";
import { Connection } from "/pages/assets/connection.js";
import { Problem } from "/pages/assets/staff-api.js";

/**
 * Keeps the desk's room fresh: asked again whenever the live socket tells of a change in the branch, after every
 * command, and every 20 s at the least, which is also the desk's sign of life. It knows how long the server is away.
 *
 * @typedef {object} Outlook
 * @property {() => void} changed
 * @property {() => void} refused the token opens nothing any more
 */

const AT_LEAST_EVERY_MS = 20_000;
const GATHER_MS = 60;
const BEHIND_MS = 150;
const AWAY_EVERY_MS = 1_500;

export class RoomSource {
  /** @type {DeskRoom | null} */
  room = null;
  time = new CityTime();
  /** @type {Mark | null} since when the server does not answer */
  lost = null;
  #api;
  #outlook;
  #connection;
  /** @type {string | null} */
  #epoch = null;
  /** The newest place in the log that this page has seen: an older room is behind the last command and is not shown. */
  #floor = 0;
  #asking = false;
  #again = false;
  /** @type {number | undefined} */
  #timer;
  #stopped = false;

  /**
   * @param {DeskApi} api
   * @param {{server: string, city: string, branch: string}} where
   * @param {Outlook} outlook
   */
  constructor(api, where, outlook) {
    this.#api = api;
    this.#outlook = outlook;
    this.#connection = new Connection(where, {
      onFrame: (frame) => this.#takeFrame(frame),
      onBoard: () => this.refresh(),
      onStatus: ({ live }) => live === "none" && this.refresh(),
    });
  }

  start() {
    this.#connection.start();
    this.refresh();
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#connection.stop();
  }

  /** @returns {number} real seconds without an answer, 0 while the server is there */
  get lostSeconds() {
    return this.lost ? secondsSince(this.lost) : 0;
  }

  /** An attempt brought no answer: find out whether the server is there. */
  suspect() {
    this.lost ??= mark();
    this.#outlook.changed();
    this.refresh();
  }

  /**
   * The answer to this desk's own command is newer than any room asked before.
   *
   * @param {DeskAnswer} answer
   */
  takeAnswer({ desk, ticket, offset }) {
    if (!this.room) return;
    const inHand = [ticket, this.room.ticket].find((each) => each && each.id === desk.ticket) ?? null;
    this.#floor = Math.max(this.#floor, offset);
    this.room = { ...this.room, desk, ticket: inHand, line: this.room.line.filter((each) => each.id !== inHand?.id) };
    this.#outlook.changed();
    this.refresh();
  }

  /** @param {Frame} frame */
  #takeFrame(frame) {
    if (frame.type === "hello") {
      this.time.set(frame.city_time, frame.speed);
      if (this.#epoch !== null && this.#epoch !== frame.epoch) this.#floor = 0;
      this.#epoch = frame.epoch;
      this.refresh();
    }
    if (frame.type === "beat") this.time.set(frame.city_time);
    if (frame.type === "branch") this.refresh();
  }

  refresh() {
    this.#again = true;
    if (!this.#asking) this.#in(GATHER_MS);
  }

  /** @param {number} milliseconds */
  #in(milliseconds) {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#ask(), milliseconds);
  }

  async #ask() {
    this.#asking = true;
    this.#again = false;
    let next = AT_LEAST_EVERY_MS;
    try {
      const room = await this.#api.room();
      this.lost = null;
      if (room.offset >= this.#floor) this.#takeRoom(room);
      else next = BEHIND_MS;
    } catch (error) {
      if (this.#stopped) return;
      if (error instanceof Problem && error.signedOut) {
        this.#outlook.refused();
        return;
      }
      this.lost ??= mark();
      next = AWAY_EVERY_MS * (0.7 + Math.random() * 0.6);
    }
    this.#asking = false;
    this.#outlook.changed();
    this.#in(this.#again ? Math.min(next, GATHER_MS * (this.lost ? 25 : 1)) : next);
  }

  /** @param {DeskRoom} room */
  #takeRoom(room) {
    this.#floor = room.offset;
    this.room = room;
    this.time.set(room.city_time);
  }
}
