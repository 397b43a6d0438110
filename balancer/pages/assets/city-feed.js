/** @import { BoardView, CityInfo, Frame } from "/pages/assets/types.js" */
/** @import { Mark } from "/pages/assets/clocks.js" */
/** @import { Status } from "/pages/assets/connection.js" */
import { backoff } from "/pages/assets/backoff.js";
import { BoardState } from "/pages/assets/board-state.js";
import { CityTime, mark, secondsSince } from "/pages/assets/clocks.js";
import { Connection } from "/pages/assets/connection.js";

/**
 * Everything a board knows of a city: its definition, the loads, the city's time and how old all that is.
 * It asks the server by itself and calls `changed` whenever there is something new to draw.
 */

const STALE_SECONDS = 10;
const GONE_SECONDS = 90;
const LATE_BEAT_SECONDS = 5;

export class CityFeed {
  state = new BoardState();
  time = new CityTime();
  /** @type {CityInfo | null} */
  city = null;
  /** @type {"unknown_city" | "unreachable" | null} */
  trouble = null;
  /** @type {Status} */
  status = { live: "none", retryAt: null, beatSeconds: 15 };
  /** @type {Mark | null} when the last sign of the server came */
  heard = null;
  #cityUrl;
  #connection;
  #changed;
  /** @type {AbortController | null} */
  #running = null;
  #asking = false;
  #started = mark();

  /**
   * @param {{server: string, city: string, branch?: string | null}} where
   * @param {() => void} changed
   */
  constructor(where, changed) {
    this.#cityUrl = new URL(`/api/v1/cities/${encodeURIComponent(where.city)}`, where.server);
    this.#changed = changed;
    this.#connection = new Connection(where, {
      onFrame: (frame) => this.#takeFrame(frame),
      onBoard: (board) => this.#takeBoard(board),
      onStatus: (status) => {
        this.status = status;
        changed();
      },
    });
  }

  start() {
    this.#running = new AbortController();
    this.#started = mark();
    this.#connection.start();
    void this.#askDefinition();
  }

  stop() {
    this.#running?.abort();
    this.#connection.stop();
  }

  /** @returns {number} real seconds since the server was last heard; infinite before the first word */
  age() {
    return this.heard ? secondsSince(this.heard) : Infinity;
  }

  /**
   * A quiet city says nothing but its beats, so on a living socket only a late beat makes data old.
   *
   * @returns {"fresh" | "stale" | "gone"} gone: too old to show any number
   */
  freshness() {
    const age = secondsSince(this.heard ?? this.#started);
    if (age > GONE_SECONDS) return "gone";
    const quiet = this.status.live === "socket" ? this.status.beatSeconds + LATE_BEAT_SECONDS : STALE_SECONDS;
    return age > quiet ? "stale" : "fresh";
  }

  /** @param {Frame} frame */
  #takeFrame(frame) {
    this.heard = mark();
    if (frame.type === "hello") {
      this.time.set(frame.city_time, frame.speed);
      this.state.takeHello(frame);
      if (this.city) void this.#askDefinition();
    } else if (frame.type === "beat") {
      this.time.set(frame.city_time);
    } else if (frame.type === "branch") {
      this.state.takeFrame(frame);
      if (this.#isNews(frame)) void this.#askDefinition();
    }
    this.#changed();
  }

  /** @param {BoardView} board */
  #takeBoard(board) {
    this.heard = mark();
    this.time.set(board.as_of);
    this.state.takeBoard(board);
    this.#changed();
  }

  /**
   * @param {import("/pages/assets/types.js").BranchLoad} load
   * @returns {boolean} whether it tells of a branch or a queue that the definition does not have
   */
  #isNews(load) {
    const info = this.city?.branches.find((each) => each.branch === load.branch);
    if (!this.city) return false;
    return !info || load.queues.some(({ queue }) => !info.queues.some((each) => each.queue === queue));
  }

  /** Asks until there is an answer. A city's definition may change while it runs; it is asked again at each hello. */
  async #askDefinition() {
    const signal = this.#running?.signal;
    if (this.#asking || !signal) return;
    this.#asking = true;
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        const response = await fetch(this.#cityUrl, { cache: "no-cache", credentials: "omit", signal });
        if (response.ok) this.city = await response.json();
        this.trouble = response.ok ? null : response.status === 404 ? "unknown_city" : "unreachable";
        if (response.ok) break;
      } catch {
        this.trouble = "unreachable";
      }
      this.#changed();
      await new Promise((resolve) => setTimeout(resolve, 1000 + backoff(failures)));
    }
    this.#asking = false;
    if (!signal.aborted) this.#changed();
  }
}
