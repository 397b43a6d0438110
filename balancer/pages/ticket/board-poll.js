/** @import { BranchLoad } from "/pages/assets/types.js" */
import { backoff } from "/pages/assets/backoff.js";

/**
 * Asks for a branch's public state every few seconds, while no socket can be had. What is asked is the same for
 * everybody who waits there, so that any cache between may answer for the server.
 */

const EVERY_MS = 5_000;
const SPREAD_MS = 1_000;
const TIMES_OUT_MS = 10_000;

export class BoardPoll {
  #url;
  #take;
  /** @type {AbortController | null} */
  #running = null;

  /**
   * @param {{server: string, city: string, branch: string}} where `server` is an origin
   * @param {(load: BranchLoad) => void} take
   */
  constructor({ server, city, branch }, take) {
    this.#url = new URL(`/api/v1/cities/${encodeURIComponent(city)}/board?branch=${encodeURIComponent(branch)}`, server);
    this.#take = take;
  }

  /** @param {boolean} on */
  turn(on) {
    if (on === (this.#running !== null)) return;
    this.#running?.abort();
    this.#running = on ? new AbortController() : null;
    if (this.#running) void this.#askUntil(this.#running.signal);
  }

  /** @param {AbortSignal} stopped */
  async #askUntil(stopped) {
    for (let failures = 0; !stopped.aborted; ) {
      let pause = EVERY_MS + Math.random() * SPREAD_MS;
      try {
        const { loads, retryAfterMs } = await this.#ask(stopped);
        failures = loads ? 0 : failures + 1;
        pause = Math.max(pause, retryAfterMs);
        if (!stopped.aborted) loads?.forEach(this.#take);
      } catch {
        failures += 1;
      }
      if (failures) pause = Math.max(pause, backoff(failures));
      await sleep(pause, stopped);
    }
  }

  /**
   * One conditional request: the browser keeps the ETag and answers a 304 from its own cache, without a preflight.
   *
   * @param {AbortSignal} stopped
   * @returns {Promise<{loads: BranchLoad[] | null, retryAfterMs: number}>}
   */
  async #ask(stopped) {
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(TIMES_OUT_MS)]);
    const response = await fetch(this.#url, { cache: "no-cache", credentials: "omit", signal });
    const retryAfterMs = Number(response.headers.get("Retry-After") ?? 0) * 1000 || 0;
    return { loads: response.ok ? (await response.json()).branches : null, retryAfterMs };
  }
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} stopped ends the sleep early
 * @returns {Promise<void>}
 */
function sleep(milliseconds, stopped) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    stopped.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
