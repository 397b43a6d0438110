/** @import { BranchLoad, Frame, Language } from "/pages/assets/types.js" */
/** @import { Mark } from "/pages/assets/clocks.js" */
/** @import { Guide, Kept, Ticket } from "./types.js" */
import { CityTime, mark, secondsSince } from "/pages/assets/clocks.js";
import { Connection } from "/pages/assets/connection.js";
import { Problem, StaffApi } from "/pages/assets/staff-api.js";
import { BoardPoll } from "./board-poll.js";
import { isEnded } from "./kept.js";

/**
 * Follows one ticket: asked again when its branch's live frame changes, at once where the frame names its number among
 * the calls or the branch stops, else gathered over some seconds, since everybody in the hall hears the same frame.
 * Without a socket the polled board does the same. The last known state is kept in this browser.
 *
 * @typedef {"" | "secret_invalid" | "ticket_gone" | "unknown_ticket" | "unknown_city"} Fault the ticket cannot be had
 */

const GATHER_MS = 2_000;
const AT_ONCE_MS = 50;
const CALM_EVERY_MS = 15_000;
const AWAY_EVERY_MS = 2_000;
const FAULTS = new Set(["secret_invalid", "ticket_gone", "unknown_ticket", "unknown_city"]);

export class TicketSource {
  time = new CityTime();
  /** @type {BranchLoad | null} the branch as its last frame shows it */
  load = null;
  /** @type {Mark | null} when the server last answered */
  heard = null;
  /** @type {Fault} */
  fault = "";
  #api;
  #kept;
  #changed;
  #keep;
  /** @type {Connection | null} */
  #connection = null;
  /** @type {BoardPoll | null} */
  #poll = null;
  #branch = "";
  #halted = "";
  #calledAt = "";
  #asking = false;
  #again = false;
  #due = Infinity;
  /** @type {number | undefined} */
  #timer;
  #stopped = false;

  /**
   * @param {Kept} kept
   * @param {() => Language} language
   * @param {{changed: () => void, keep: () => void}} outlook `keep`: what is kept has changed
   */
  constructor(kept, language, { changed, keep }) {
    this.#kept = kept;
    this.#changed = changed;
    this.#keep = keep;
    this.#api = new StaffApi(kept.secret, language);
    this.place = `/api/v1/cities/${encodeURIComponent(kept.city)}/tickets/${encodeURIComponent(kept.ticket)}`;
    if (kept.seen) this.time.set(new Date(kept.seen.at + Date.now() - kept.seen.wall).toISOString());
  }

  /** The holder's doors: the secret goes into a header. */
  get api() {
    return this.#api;
  }

  start() {
    document.addEventListener("visibilitychange", this.#wake);
    addEventListener("online", this.#wake);
    this.#in(0);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#wake);
    removeEventListener("online", this.#wake);
    this.#hangUp();
  }

  #hangUp() {
    this.#connection?.stop();
    this.#poll?.turn(false);
  }

  /** @returns {number} real seconds since the server last answered, Infinity before */
  get age() {
    if (this.heard) return secondsSince(this.heard);
    return this.#kept.seen ? Math.max(0, Date.now() - this.#kept.seen.wall) / 1000 : Infinity;
  }

  refresh() {
    this.#in(AT_ONCE_MS);
  }

  /**
   * The answer to one's own command.
   *
   * @param {Ticket} ticket
   */
  take(ticket) {
    const { seen } = this.#kept;
    if (seen) this.#see(ticket, seen.guide);
    this.refresh();
  }

  #wake = () => {
    if (!document.hidden) this.refresh();
  };

  /** @param {string} branch */
  #follow(branch) {
    if (branch === this.#branch) return;
    this.#branch = branch;
    this.load = null;
    this.#hangUp();
    const where = { server: location.origin, city: this.#kept.city, branch };
    const poll = (this.#poll = new BoardPoll(where, (load) => this.#takeLoad(load)));
    const connection = new Connection(where, {
      onFrame: (frame) => this.#takeFrame(frame),
      onStatus: () => {
        poll.turn(connection.hopeless);
        this.#changed();
      },
    });
    this.#connection = connection;
    connection.start();
  }

  /** @param {Frame} frame */
  #takeFrame(frame) {
    this.heard = mark();
    if (frame.type === "hello") this.time.set(frame.city_time, frame.speed);
    if (frame.type === "beat") this.time.set(frame.city_time);
    if (frame.type === "branch") this.#takeLoad(frame);
    else this.#changed();
  }

  /** @param {BranchLoad} load */
  #takeLoad(load) {
    if (load.branch !== this.#branch) return;
    const halted = [load.state, load.reason, load.power].join();
    const called = load.last_called.find((each) => each.number === this.#kept.seen?.ticket.number)?.at ?? "";
    const urgent = halted !== this.#halted || called !== this.#calledAt;
    [this.load, this.#halted, this.#calledAt, this.heard] = [load, halted, called, mark()];
    this.#in(urgent ? AT_ONCE_MS : GATHER_MS);
    this.#changed();
  }

  /** @param {number} milliseconds until the next question; an earlier one that is due stays */
  #in(milliseconds) {
    if (this.#stopped) return;
    if (this.#asking) {
      this.#again = true;
      return;
    }
    const due = performance.now() + milliseconds;
    if (due >= this.#due) return;
    this.#due = due;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), milliseconds);
  }

  async #ask() {
    [this.#asking, this.#again, this.#due] = [true, false, Infinity];
    let next = CALM_EVERY_MS;
    try {
      await this.#read();
      this.heard = mark();
      this.fault = "";
    } catch (error) {
      if (error instanceof Problem && FAULTS.has(error.code)) this.fault = /** @type {Fault} */ (error.code);
      next = AWAY_EVERY_MS * (0.7 + Math.random() * 0.6);
    }
    this.#asking = false;
    if (this.#stopped) return;
    this.#changed();
    const { seen } = this.#kept;
    if (this.fault || (seen && seen.ticket.state !== "no_show" && isEnded(seen.ticket.state))) {
      this.#hangUp();
      return;
    }
    this.#in(this.#again ? AT_ONCE_MS : next);
  }

  async #read() {
    const kept = this.#kept;
    const query = kept.travel ? `?travel=${kept.travel.minutes}` : "";
    /** @type {{ticket: Ticket}} */
    const { ticket } = await this.#api.ask("GET", this.place + query);
    const known = kept.seen?.guide;
    const same = known && this.heard && known.version === ticket.version && known.branch === ticket.branch;
    /** @type {Guide} */
    const guide = same ? known : await this.#api.ask("GET", `${this.place}/guide`);
    if (!same && this.time.now() === null) this.time.set(guide.city_time);
    if (!same && !this.#connection) this.time.set(guide.city_time);
    if (this.#stopped) return;
    this.#see(ticket, guide);
    if (!isEnded(ticket.state) || ticket.state === "no_show") this.#follow(ticket.branch);
  }

  /**
   * @param {Ticket} ticket
   * @param {Guide} guide
   */
  #see(ticket, guide) {
    const kept = this.#kept;
    const before = kept.seen?.ticket.number;
    if (before && before !== ticket.number) kept.formerNumbers.push(before);
    kept.seen = { ticket, guide, at: this.time.now() ?? Date.parse(guide.city_time), wall: Date.now() };
    this.#keep();
  }
}
