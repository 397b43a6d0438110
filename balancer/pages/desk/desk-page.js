/** @import { Surroundings } from "/pages/assets/staff-room.js" */
/** @import { DeskAnswer, DeskRoom, StaffTicket, TicketAnswer, Verb } from "./types.js" */
/** @import { Slot } from "./keys.js" */
/** @import { Session } from "./session.js" */
import { setText } from "/pages/assets/dom.js";
import { isTired } from "./day-panel.js";
import { RoomWork } from "/pages/assets/room-work.js";
import { DeskView } from "./desk-view.js";
import { slotOf } from "./keys.js";
import { PadChoices } from "./pad-choices.js";
import { readRoom } from "./session.js";
import { alive, mainVerb, versionFor } from "./verbs.js";
import { wordsOf } from "./words.js";

/** The desk at work: keys in, commands out, the room as the server shows it. */

const ENTER_SLEEPS_MS = 700;

export class DeskPage {
  #session;
  #language;
  #work;
  #choices;
  #tired = false;
  /** What Enter would do, and since when: it sleeps for a moment after that has changed. */
  #main = { what: "", since: -Infinity };

  /**
   * @param {Session} session
   * @param {Surroundings} around
   */
  constructor(session, { languages, language, leave }) {
    this.#session = session;
    this.#language = language;
    const where = { city: session.city.city, branch: session.me.branch };
    /** @type {RoomWork<DeskRoom>} */
    this.#work = new RoomWork(session.api, () => readRoom(session), where, {
      draw: () => this.draw(),
      key: (event) => this.#key(event),
      leave,
      words: () => this.#words,
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
    this.#work.start();
  }

  stop() {
    this.#work.stop();
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
    const { room, off } = this.#work;
    if (!room || off || !alive(room)[slot]) return;
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
    const { room, off, source } = this.#work;
    if (!room || off) return false;
    const version = versionFor(verb, room, ticket);
    const { api } = this.#session;
    const place = verb === "set-priority" && ticket ? api.ticketPlace(ticket.id) : api.place;
    /** @type {DeskAnswer | TicketAnswer | null} */
    const answer = await this.#work.run({ place, verb, body, version });
    if (answer) {
      if ("desk" in answer) this.#takeAnswer(answer);
      else source.advance(answer.offset);
      this.#say(verb, answer.ticket?.number ?? "");
      this.draw();
    }
    this.view.rest();
    return answer !== null;
  }

  /** @param {DeskAnswer} answer */
  #takeAnswer({ desk, ticket, offset }) {
    this.#work.source.advance(offset, (room) => {
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

  draw() {
    const { room, late, source, trouble } = this.#work;
    if (!room) return;
    const words = this.#words;
    const number = room.ticket?.number ?? "";
    const verb = late ? words.verbs[/** @type {Verb} */ (late.verb)] : "";
    this.view.draw(
      { ...this.#scene(room), now: source.time.now() },
      {
        lostSeconds: source.lostSeconds,
        waitingFor: verb ? `${words.doing(verb, number)} ${words.unconfirmed}` : "",
        trouble,
        off: late !== null || source.lost !== null,
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
    const tired = isTired(room, this.#work.source.time.now());
    if (tired && !this.#tired) setText(this.view.said, this.view.restHint.textContent ?? "");
    this.#tired = tired;
  }
}
