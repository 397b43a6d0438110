/** @import { Surroundings } from "/pages/assets/staff-room.js" */
/** @import { DeskAnswer, DeskRoom, StaffTicket, TicketAnswer, Verb } from "./types.js" */
/** @import { Slot } from "./keys.js" */
/** @import { Session } from "./session.js" */
import { setText } from "/pages/assets/dom.js";
import { isTired } from "./day-panel.js";
import { Problem } from "/pages/assets/staff-api.js";
import { CommandRunner } from "/pages/assets/command-runner.js";
import { RoomSource } from "/pages/assets/room-source.js";
import { DeskView } from "./desk-view.js";
import { slotOf } from "./keys.js";
import { PadChoices } from "./pad-choices.js";
import { readRoom } from "./session.js";
import { alive, mainVerb, versionFor } from "./verbs.js";
import { wordsOf } from "./words.js";

/** The desk at work: keys in, commands out, the room as the server shows it. */

const ENTER_SLEEPS_MS = 700;
const UNCONFIRMED_AFTER_MS = 400;

export class DeskPage {
  #session;
  #language;
  #source;
  #runner;
  #leave;
  #trouble = "";
  #choices;
  #tired = false;
  /** What Enter would do, and since when: it sleeps for a moment after that has changed. */
  #main = { what: "", since: -Infinity };
  /** @type {AbortController} */
  #running = new AbortController();

  /**
   * @param {Session} session
   * @param {Surroundings} around
   */
  constructor(session, { languages, language, leave }) {
    this.#session = session;
    this.#language = language;
    this.#leave = leave;
    const where = { server: location.origin, city: session.city.city, branch: session.me.branch };
    /** @type {RoomSource<DeskRoom>} */
    this.#source = new RoomSource(() => readRoom(session), where, {
      changed: () => this.draw(),
      refused: () => leave(wordsOf(language()).tokenEnded),
    });
    this.#runner = new CommandRunner(session.api, {
      unanswered: () => this.#source.suspect(),
      changed: () => this.draw(),
    });
    this.view = new DeskView(
      {
        press: (slot) => this.#press(slot),
        wake: (ticket) => void this.#run("wake", { ticket: ticket.id }, ticket),
        close: () => void this.#run("close"),
        signOut: () => leave(""),
      },
      languages,
    );
    this.#choices = new PadChoices(session, {
      show: (panel) => {
        this.view.showPanel(panel);
        if (!panel) this.view.rest();
      },
      give: (verb, body, ticket) => void this.#run(verb, body, ticket),
    });
  }

  /** @returns {HTMLElement} */
  get element() {
    return this.view.element;
  }

  speak() {
    this.draw();
  }

  start() {
    const { signal } = this.#running;
    addEventListener("keydown", (event) => this.#key(event), { signal });
    const ticking = setInterval(() => this.draw(), 250);
    signal.addEventListener("abort", () => clearInterval(ticking));
    this.#source.start();
  }

  stop() {
    this.#running.abort();
    this.#source.stop();
    this.#runner.stop();
  }

  get #words() {
    return wordsOf(this.#language());
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = event.target;
    if (target instanceof HTMLElement && target.closest("form, input, select, textarea")) return;
    const slot = slotOf(event);
    if (!slot) return;
    // Enter presses whatever else Tab has led to; the keypad's own Enter is always the main verb.
    if (
      event.code === "Enter" &&
      target instanceof HTMLElement &&
      target.closest("a, button") &&
      target !== this.view.pad.main
    )
      return;
    event.preventDefault();
    this.#press(slot);
  }

  /** @param {Slot} slot */
  #press(slot) {
    const { room } = this.#source;
    if (!room || this.#off || !alive(room)[slot]) return;
    if (slot === "main") {
      if (performance.now() - this.#main.since >= ENTER_SLEEPS_MS) void this.#run(mainVerb(room));
    } else if (this.#choices.asks(slot, room)) {
      this.#choices.open(slot, this.#scene(room));
    } else if (slot === "break") void this.#run("resume");
    else if (slot === "payment") void this.#run(room.ticket?.paying_since ? "paid" : "pay");
    else if (slot === "register") void this.#registerDown();
    else void this.#run(/** @type {Verb} */ (slot));
  }

  /** The head of the centre learns of it; the ticket comes back by itself when its parking ends. */
  async #registerDown() {
    const done = await this.#run("incident", { category: "register_down" });
    if (done) await this.#run("park", { reason: this.#words.registerReason });
  }

  /** @param {DeskRoom} room */
  #scene(room) {
    return { room, city: this.#session.city, language: this.#language(), words: this.#words };
  }

  /**
   * @param {Verb} verb
   * @param {object} [body]
   * @param {StaffTicket | null} [ticket] that the verb names; without it, the one in hand
   * @returns {Promise<boolean>} whether it is done
   */
  async #run(verb, body = {}, ticket = null) {
    const { room } = this.#source;
    if (!room || this.#off) return false;
    this.#trouble = "";
    let done = false;
    try {
      const version = versionFor(verb, room, ticket);
      const { api } = this.#session;
      const place = verb === "set-priority" && ticket ? api.ticketPlace(ticket.id) : api.place;
      /** @type {DeskAnswer | TicketAnswer | null} */
      const answer = await this.#runner.run({ place, verb, body, version });
      done = answer !== null;
      if (!answer) return false;
      if ("desk" in answer) this.#takeAnswer(answer);
      else this.#source.advance(answer.offset);
      this.#say(verb, answer.ticket?.number ?? "");
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.signedOut) this.#leave(this.#words.tokenEnded);
      this.#trouble = error.code === "stale_version" ? this.#words.stale : error.message;
      this.#source.refresh();
    }
    this.draw();
    this.view.rest();
    return done;
  }

  /** @param {DeskAnswer} answer */
  #takeAnswer({ desk, ticket, offset }) {
    this.#source.advance(offset, (room) => {
      const inHand = [ticket, room.ticket].find((each) => each && each.id === desk.ticket) ?? null;
      return { ...room, desk, ticket: inHand, line: room.line.filter((each) => each.id !== inHand?.id) };
    });
  }

  /**
   * @param {Verb} verb
   * @param {string} number
   */
  #say(verb, number) {
    const words = this.#words;
    setText(
      this.view.said,
      verb === "call-next" && !number ? words.lineEmptyNow : words.done(words.verbs[verb], number),
    );
  }

  /** @returns {boolean} whether no command can be given now */
  get #off() {
    return this.#runner.pending !== null || this.#source.lost !== null;
  }

  draw() {
    const { room } = this.#source;
    if (!room || this.#running.signal.aborted) return;
    const words = this.#words;
    const { pending } = this.#runner;
    const number = room.ticket?.number ?? "";
    const late = pending !== null && performance.now() - pending.since >= UNCONFIRMED_AFTER_MS;
    const verb = late && pending ? words.verbs[/** @type {Verb} */ (pending.order.verb)] : "";
    this.view.draw(
      { ...this.#scene(room), now: this.#source.time.now() },
      {
        lostSeconds: this.#source.lostSeconds,
        waitingFor: verb ? `${words.doing(verb, number)} ${words.unconfirmed}` : "",
        trouble: this.#trouble,
        off: late || this.#source.lost !== null,
      },
    );
    this.#followMain(room);
    this.#followRest(room);
    if (document.activeElement === document.body && !this.#choices.isOpen) this.view.rest();
    this.#choices.follow(room);
    document.title = `${number || words.title}. ${this.view.place.textContent}`;
  }

  /** @param {DeskRoom} room */
  #followMain(room) {
    const what = `${mainVerb(room)} ${room.ticket?.id ?? ""}`;
    if (what === this.#main.what) return;
    const first = this.#main.what === "";
    this.#main = { what, since: first ? -Infinity : performance.now() };
    if (first) this.view.rest();
  }
  /**
   * Says once that it is time for a rest; the banner stays.
   *
   * @param {DeskRoom} room
   */
  #followRest(room) {
    const tired = isTired(room, this.#source.time.now());
    if (tired && !this.#tired) setText(this.view.said, this.view.restHint.textContent ?? "");
    this.#tired = tired;
  }
}
