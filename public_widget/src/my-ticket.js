/** @import { Language } from "./types.js" */
import { backoff } from "./backoff.js";

/**
 * The reader's own ticket, where the city gives tickets out from afar: taken, followed, given back. It is remembered in
 * this browser with its secret, which goes into headers only.
 *
 * @typedef {object} TicketView
 * @property {string} id
 * @property {string} number
 * @property {"waiting" | "called" | "serving" | "parked" | "done" | "no_show" | "left" | "cancelled" | "expired"} state
 * @property {string} branch
 * @property {string} service
 * @property {string | null} desk
 * @property {number | null} ahead
 * @property {import("./types.js").Wait | null} wait
 *
 * @typedef {{ticket: TicketView, secret: string}} Held
 */

const FOLLOW_EVERY_MS = 10_000;
const GATHER_MS = 300;
const ATTEMPTS = 4;
const ENDED = new Set(["done", "no_show", "left", "cancelled", "expired"]);

export class MyTicket {
  /** @type {Held | null} */
  held = null;
  /** What went wrong with the last command, in the reader's language, or "". */
  trouble = "";
  /** Whether a command is on its way. */
  busy = false;
  #cityUrl;
  #place;
  #language;
  #changed;
  /** @type {number | undefined} */
  #timer;
  /** @type {{what: string, key: string} | null} a command without an answer yet: its repeat carries the same key */
  #unanswered = null;

  /**
   * @param {{server: string, city: string}} where
   * @param {() => Language} language
   * @param {() => void} changed
   */
  constructor({ server, city }, language, changed) {
    this.#cityUrl = `${new URL(server).origin}/api/v1/cities/${encodeURIComponent(city)}`;
    this.#place = `queue-board ${city}`;
    this.#language = language;
    this.#changed = changed;
  }

  start() {
    this.held = recall(this.#place);
    if (this.held) this.follow();
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** @returns {boolean} whether its visit is over */
  get ended() {
    return this.held !== null && ENDED.has(this.held.ticket.state);
  }

  /**
   * @param {string} branch
   * @param {string} service
   */
  async take(branch, service) {
    const path = `/branches/${encodeURIComponent(branch)}/tickets`;
    const answer = await this.#command(path, { service }, null);
    if (!answer) return;
    this.#keep({ ticket: answer.ticket, secret: answer.secret });
    this.follow();
  }

  async giveBack() {
    if (!this.held) return;
    const { ticket, secret } = this.held;
    const answer = await this.#command(`/tickets/${ticket.id}/cancel`, {}, secret);
    if (answer) this.#keep({ ticket: answer.ticket, secret });
  }

  /** Puts an ended ticket away. */
  forget() {
    this.#keep(null);
  }

  /** Something has happened in its branch: look again soon. */
  follow() {
    if (!this.held || this.ended) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), GATHER_MS);
  }

  async #look() {
    if (!this.held) return;
    const { ticket, secret } = this.held;
    try {
      const response = await fetch(`${this.#cityUrl}/tickets/${ticket.id}`, this.#options("GET", secret));
      if (response.ok) this.#keep({ ticket: (await response.json()).ticket, secret });
      else if (response.status === 403 || response.status === 404 || response.status === 410) this.#keep(null);
    } catch {
      // The board says that there is no connection; the ticket stays.
    }
    clearTimeout(this.#timer);
    if (this.held && !this.ended) this.#timer = setTimeout(() => void this.#look(), FOLLOW_EVERY_MS);
  }

  /**
   * @param {string} path
   * @param {object} body
   * @param {string | null} secret
   * @returns {Promise<any>} the answer, null where it was refused or none came
   */
  async #command(path, body, secret) {
    if (this.busy) return null;
    const what = path + JSON.stringify(body);
    const key = this.#unanswered?.what === what ? this.#unanswered.key : newKey();
    this.#unanswered = { what, key };
    [this.busy, this.trouble] = [true, ""];
    this.#changed();
    const answer = await this.#attempt(path, { ...this.#options("POST", secret, key), body: JSON.stringify(body) });
    this.busy = false;
    this.#changed();
    return answer;
  }

  /**
   * @param {string} path
   * @param {RequestInit} options
   */
  async #attempt(path, options) {
    for (let failures = 1; failures <= ATTEMPTS; failures += 1) {
      try {
        const response = await fetch(this.#cityUrl + path, { ...options, signal: AbortSignal.timeout(8000) });
        const answer = await response.json();
        if (response.ok || response.status !== 503) this.#unanswered = null;
        if (response.ok) return answer;
        this.trouble = answer.detail ?? answer.title ?? "";
        if (response.status !== 503) return null;
      } catch {
        this.trouble = "";
      }
      await new Promise((resolve) => setTimeout(resolve, 300 + backoff(failures)));
    }
    this.trouble ||= "?";
    return null;
  }

  /**
   * @param {string} method
   * @param {string | null} secret
   * @param {string} [key]
   * @returns {RequestInit}
   */
  #options(method, secret, key) {
    const headers = new Headers({ "Accept-Language": this.#language() });
    if (secret) headers.set("Authorization", `Bearer ${secret}`);
    if (key) headers.set("Idempotency-Key", key);
    if (method === "POST") headers.set("Content-Type", "application/json");
    return { method, headers, cache: "no-store", credentials: "omit" };
  }

  /** @param {Held | null} held */
  #keep(held) {
    this.held = held;
    remember(this.#place, this.ended ? null : held);
    this.#changed();
  }
}

/** @returns {string} works without a secure context too */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {string} place
 * @returns {Held | null}
 */
function recall(place) {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} place
 * @param {Held | null} held
 */
function remember(place, held) {
  try {
    if (held) localStorage.setItem(place, JSON.stringify(held));
    else localStorage.removeItem(place);
  } catch {
    // A browser that keeps nothing shows the ticket until the page is closed.
  }
}
