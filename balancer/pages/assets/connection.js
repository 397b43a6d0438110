/** @import { BoardView, Frame } from "/pages/assets/types.js" */
import { backoff } from "/pages/assets/backoff.js";

/**
 * The line to the city: a WebSocket, and polling of the board while no socket can be had. It mends itself.
 *
 * - After a lost socket it tries again with full jitter; after three failures in a row it polls the board as well, and
 *   goes on trying the socket until one says hello.
 * - A browser cannot see pings, so a socket that stays silent for two beats (30 s or more) is taken for dead.
 * - `reconnect` names the moment to come back; close codes 4500–4999 mean that this socket is not wanted: polling only.
 *
 * @typedef {object} Status
 * @property {"socket" | "polling" | "none"} live where fresh data come from now
 * @property {number | null} retryAt when the next attempt starts (Date.now() milliseconds), null while one is running
 * @property {number} beatSeconds a socket's longest silence in a quiet city
 *
 * @typedef {object} Listener
 * @property {(frame: Frame) => void} onFrame every frame of the socket, `hello` first
 * @property {(board: BoardView) => void} onBoard every polled board, also an unchanged one
 * @property {(status: Status) => void} onStatus
 */

const FAILURES_BEFORE_POLLING = 3;
const SOCKET_GREETS_WITHIN_MS = 10_000;
const SILENCE_AT_LEAST_MS = 30_000;
const LASTING_MS = 10_000;
const POLL_EVERY_MS = 5_000;
const POLL_TIMES_OUT_MS = 10_000;

export class Connection {
  #listener;
  #socketUrl;
  #boardUrl;
  /** @type {WebSocket | null} */
  #socket = null;
  #greeted = false;
  #openedAt = 0;
  #failures = 0;
  #beatSeconds = 15;
  #unwanted = false;
  /** @type {number | null} */
  #retryAt = null;
  /** @type {number | undefined} */
  #retryTimer;
  /** @type {number | undefined} */
  #silenceTimer;
  /** @type {{stop: AbortController, reached: boolean} | null} */
  #poll = null;
  /** @type {AbortController | null} */
  #running = null;

  /**
   * @param {{server: string, city: string, branch?: string | null}} where `server` is an origin
   * @param {Listener} listener
   */
  constructor({ server, city, branch }, listener) {
    const path = `/api/v1/cities/${encodeURIComponent(city)}`;
    const query = branch ? `?branch=${encodeURIComponent(branch)}` : "";
    this.#boardUrl = new URL(`${path}/board${query}`, server);
    this.#socketUrl = new URL(`${path}/live${query}`, server);
    this.#socketUrl.protocol = this.#socketUrl.protocol === "https:" ? "wss:" : "ws:";
    this.#listener = listener;
  }

  start() {
    if (this.#running) return;
    this.#running = new AbortController();
    const { signal } = this.#running;
    addEventListener("online", () => this.#hurry(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry(), { signal });
    this.#open();
  }

  stop() {
    this.#running?.abort();
    this.#running = null;
    this.#stopPolling();
    this.#drop();
  }

  /** The network or the reader is back: do not wait for the timer. */
  #hurry() {
    if (this.#retryTimer !== undefined && !this.#greeted && !this.#unwanted) this.#open();
  }

  #drop() {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#silenceTimer);
    this.#retryTimer = undefined;
    this.#retryAt = null;
    this.#greeted = false;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #open() {
    this.#drop();
    const socket = new WebSocket(this.#socketUrl);
    this.#socket = socket;
    this.#openedAt = performance.now();
    socket.onmessage = (event) => socket === this.#socket && this.#receive(event.data);
    socket.onclose = (event) => socket === this.#socket && this.#lost(event.code);
    this.#allowSilence(SOCKET_GREETS_WITHIN_MS);
    this.#tell();
  }

  /** @param {number} milliseconds */
  #allowSilence(milliseconds) {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.#lost(1006), milliseconds);
  }

  /** @param {string} text */
  #receive(text) {
    /** @type {Frame} */
    const frame = JSON.parse(text);
    if (frame.type === "hello") this.#greet(frame.beat_seconds);
    if (frame.type === "reconnect") this.#retryIn(frame.reconnect_in * 1000);
    this.#allowSilence(Math.max(SILENCE_AT_LEAST_MS, this.#beatSeconds * 2000));
    this.#listener.onFrame(frame);
  }

  /** @param {number} beatSeconds */
  #greet(beatSeconds) {
    this.#greeted = true;
    this.#beatSeconds = beatSeconds;
    this.#stopPolling();
    this.#tell();
  }

  /** @param {number} code close code of the socket */
  #lost(code) {
    const planned = this.#retryAt;
    const lasted = this.#greeted && performance.now() - this.#openedAt >= LASTING_MS;
    this.#drop();
    this.#unwanted = code >= 4500 && code <= 4999;
    this.#failures = lasted ? 1 : this.#failures + 1;
    if (this.#unwanted || this.#failures >= FAILURES_BEFORE_POLLING) this.#startPolling();
    if (planned !== null) this.#retryIn(planned - Date.now());
    else if (!this.#unwanted) this.#retryIn(backoff(this.#failures));
    this.#tell();
  }

  /** @param {number} milliseconds */
  #retryIn(milliseconds) {
    clearTimeout(this.#retryTimer);
    this.#retryAt = Date.now() + Math.max(0, milliseconds);
    this.#retryTimer = setTimeout(() => this.#open(), milliseconds);
  }

  #startPolling() {
    if (this.#poll) return;
    const poll = { stop: new AbortController(), reached: false };
    this.#poll = poll;
    void this.#pollUntil(poll);
  }

  #stopPolling() {
    this.#poll?.stop.abort();
    this.#poll = null;
  }

  /** @param {{stop: AbortController, reached: boolean}} poll */
  async #pollUntil(poll) {
    const { signal } = poll.stop;
    for (let failures = 0; !signal.aborted;) {
      let pause = POLL_EVERY_MS + Math.random() * 1000;
      try {
        const { board, retryAfterMs } = await this.#fetchBoard(signal);
        failures = board ? 0 : failures + 1;
        if (signal.aborted) return;
        if (board) this.#listener.onBoard(board);
        pause = Math.max(pause, retryAfterMs);
      } catch {
        failures += 1;
      }
      if (failures) pause = Math.max(pause, backoff(failures));
      if (poll.reached !== (failures === 0)) {
        poll.reached = failures === 0;
        if (!signal.aborted) this.#tell();
      }
      await sleep(pause, signal);
    }
  }

  /**
   * One conditional request: the browser keeps the ETag and answers a 304 from its own cache, without a preflight.
   *
   * @param {AbortSignal} signal
   * @returns {Promise<{board: BoardView | null, retryAfterMs: number}>}
   */
  async #fetchBoard(signal) {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(POLL_TIMES_OUT_MS)]);
    const response = await fetch(this.#boardUrl, { cache: "no-cache", credentials: "omit", signal: limit });
    const retryAfterMs = Number(response.headers.get("Retry-After") ?? 0) * 1000 || 0;
    return { board: response.ok ? await response.json() : null, retryAfterMs };
  }

  #tell() {
    const live = this.#greeted ? "socket" : this.#poll?.reached ? "polling" : "none";
    this.#listener.onStatus({ live, retryAt: this.#retryAt, beatSeconds: this.#beatSeconds });
  }
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} signal ends the sleep early
 * @returns {Promise<void>}
 */
function sleep(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
