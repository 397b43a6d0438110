/** @import { Frame } from "/pages/assets/types.js" */
import { backoff } from "/pages/assets/backoff.js";

/**
 * The line to the city: a WebSocket that mends itself.
 *
 * - After a lost socket it tries again with full jitter, and goes on until one says hello.
 * - A browser cannot see pings, so a socket that stays silent for two beats (30 s or more) is taken for dead.
 * - `reconnect` names the moment to come back; close codes 4500–4999 mean that this socket is not wanted.
 *
 * The widget has a line of its own: docs/adr/0017-two-lines-to-the-city.md.
 *
 * @typedef {object} Listener
 * @property {(frame: Frame) => void} onFrame every frame, `hello` first
 * @property {() => void} onStatus a socket was opened, has greeted, or was lost
 */

const FAILURES_UNTIL_HOPELESS = 3;
const SOCKET_GREETS_WITHIN_MS = 10_000;
const SILENCE_AT_LEAST_MS = 30_000;
const LASTING_MS = 10_000;

export class Connection {
  /** A socket has greeted. */
  live = false;
  /** None is wanted, or three in a row were lost: it is time to ask in another way, until one greets. */
  hopeless = false;
  #listener;
  #url;
  /** @type {WebSocket | null} */
  #socket = null;
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
  /** @type {AbortController | null} */
  #running = null;

  /**
   * @param {{server: string, city: string, branch?: string | null}} where `server` is an origin
   * @param {Listener} listener
   */
  constructor({ server, city, branch }, listener) {
    const query = branch ? `?branch=${encodeURIComponent(branch)}` : "";
    this.#url = new URL(`/api/v1/cities/${encodeURIComponent(city)}/live${query}`, server);
    this.#url.protocol = this.#url.protocol === "https:" ? "wss:" : "ws:";
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
    this.#drop();
  }

  /** The network or the reader is back: do not wait for the timer. */
  #hurry() {
    if (this.#retryTimer !== undefined && !this.live && !this.#unwanted) this.#open();
  }

  #drop() {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#silenceTimer);
    this.#retryTimer = undefined;
    this.#retryAt = null;
    this.live = false;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #open() {
    this.#drop();
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#openedAt = performance.now();
    socket.onmessage = (event) => socket === this.#socket && this.#receive(event.data);
    socket.onclose = (event) => socket === this.#socket && this.#lost(event.code);
    this.#allowSilence(SOCKET_GREETS_WITHIN_MS);
    this.#listener.onStatus();
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
    this.live = true;
    this.hopeless = false;
    this.#beatSeconds = beatSeconds;
    this.#listener.onStatus();
  }

  /** @param {number} code close code of the socket */
  #lost(code) {
    const planned = this.#retryAt;
    const lasted = this.live && performance.now() - this.#openedAt >= LASTING_MS;
    this.#drop();
    this.#unwanted = code >= 4500 && code <= 4999;
    this.#failures = lasted ? 1 : this.#failures + 1;
    this.hopeless ||= this.#unwanted || this.#failures >= FAILURES_UNTIL_HOPELESS;
    if (planned !== null) this.#retryIn(planned - Date.now());
    else if (!this.#unwanted) this.#retryIn(backoff(this.#failures));
    this.#listener.onStatus();
  }

  /** @param {number} milliseconds */
  #retryIn(milliseconds) {
    clearTimeout(this.#retryTimer);
    this.#retryAt = Date.now() + Math.max(0, milliseconds);
    this.#retryTimer = setTimeout(() => this.#open(), milliseconds);
  }
}
