/** @import { Frame } from "/pages/assets/types.js" */
/** @import { Mark } from "/pages/assets/clocks.js" */
import { CityTime, mark, secondsSince } from "/pages/assets/clocks.js";
import { Connection } from "/pages/assets/connection.js";
import { Problem } from "/pages/assets/staff-api.js";

/**
 * Keeps what a page shows fresh: asked again whenever the live socket tells of a change in the branch (without one, in
 * the city), after every command, and every 20 s at the least, which is also a sign of life. Where no socket tells
 * anything (a branch in training is hidden from the public feed, a network lets none through) it asks every 2 s. It
 * knows how long the server is away.
 *
 * @typedef {{offset: number, city_time: string}} Room what a page shows: the last event it covers and the city's time
 *
 * @typedef {object} Outlook
 * @property {() => void} changed
 * @property {() => void} refused the token opens nothing any more
 */

const AT_LEAST_EVERY_MS = 20_000;
const UNTOLD_EVERY_MS = 2_000;
const GATHER_MS = 60;
const BEHIND_MS = 150;
const AWAY_EVERY_MS = 1_500;

/** @template {Room} R */
export class RoomSource {
  /** @type {R | null} */
  room = null;
  time = new CityTime();
  /** @type {Mark | null} since when the server does not answer */
  lost = null;
  #read;
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
   * @param {() => Promise<R>} read asks the server for the room
   * @param {{server: string, city: string, branch?: string | null}} where
   * @param {Outlook} outlook
   */
  constructor(read, where, outlook) {
    this.#read = read;
    this.#outlook = outlook;
    this.#connection = new Connection(where, {
      onFrame: (frame) => this.#takeFrame(frame),
      onStatus: () => this.#connection.live || this.refresh(),
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
   * The answer to one's own command is newer than any room asked before.
   *
   * @param {number} offset of the answer
   * @param {(room: R) => R} [change] what the answer already tells of the room
   */
  advance(offset, change = (room) => room) {
    this.#floor = Math.max(this.#floor, offset);
    if (this.room) this.room = change(this.room);
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
    let next = 0;
    try {
      const room = await this.#read();
      next = this.#connection.live ? AT_LEAST_EVERY_MS : UNTOLD_EVERY_MS;
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

  /** @param {R} room */
  #takeRoom(room) {
    this.#floor = room.offset;
    this.room = room;
    this.time.set(room.city_time);
  }
}
