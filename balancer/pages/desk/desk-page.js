/** @import { Surroundings } from "/pages/assets/staff-room.js" */
/** @import { DeskAnswer, DeskRoom, StaffTicket, Verb } from "./types.js" */
/** @import { Slot } from "./keys.js" */
/** @import { Session } from "./session.js" */
import { setText } from "/pages/assets/dom.js";
import { Problem } from "/pages/assets/staff-api.js";
import { CommandRunner } from "/pages/assets/command-runner.js";
import { RoomSource } from "/pages/assets/room-source.js";
import { DeskView } from "./desk-view.js";
import { slotOf } from "./keys.js";
import { parkPanel, servicePanel, ticketPanel, transferPanel } from "./panels.js";
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
  /** @type {{slot: Slot, ticket: string | undefined} | null} what is being chosen in the pad's place, and for whom */
  #choosing = null;
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
    this.#source = new RoomSource(() => session.api.room(), where, {
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
    } else if (slot === "break") void this.#run(room.desk.state === "paused" ? "resume" : "pause");
    else if (slot === "payment") void this.#run("park", { reason: this.#words.slots.payment });
    else if (slot === "register") void this.#run("park", { reason: this.#words.registerReason });
    else if (slot === "find" || slot === "transfer" || slot === "park" || slot === "add-leg" || slot === "quick-serve")
      this.#openPanel(slot, room);
    else void this.#run(slot);
  }

  /**
   * @param {"find" | "transfer" | "park" | "add-leg" | "quick-serve"} slot
   * @param {DeskRoom} room
   */
  #openPanel(slot, room) {
    this.#choosing = { slot, ticket: room.ticket?.id };
    const scene = {
      room,
      city: this.#session.city,
      language: this.#language(),
      words: this.#words,
      cancel: () => this.#closePanel(),
    };
    /** @param {Verb} verb @param {object} body @param {StaffTicket | null} [ticket] */
    const give = (verb, body, ticket) => {
      this.#closePanel();
      void this.#run(verb, body, ticket);
    };
    if (slot === "find") {
      this.view.showPanel(
        ticketPanel(scene, (id) =>
          give(
            "call",
            { ticket: id },
            [...room.line, ...room.parked].find((each) => each.id === id),
          ),
        ),
      );
    } else if (slot === "park") this.view.showPanel(parkPanel(scene, (body) => give("park", body)));
    else if (slot === "transfer") this.view.showPanel(transferPanel(scene, (body) => give("transfer", body)));
    else this.view.showPanel(servicePanel(scene, slot, (service) => give(slot, { service })));
  }

  #closePanel() {
    this.#choosing = null;
    this.view.showPanel(null);
    this.view.rest();
  }

  /**
   * @param {Verb} verb
   * @param {object} [body]
   * @param {StaffTicket | null} [ticket] that the verb names; without it, the one in hand
   */
  async #run(verb, body = {}, ticket = null) {
    const { room } = this.#source;
    if (!room || this.#off) return;
    this.#trouble = "";
    try {
      const version = versionFor(verb, room, ticket);
      /** @type {DeskAnswer | null} */
      const answer = await this.#runner.run({ place: this.#session.api.place, verb, body, version });
      if (!answer) return;
      this.#takeAnswer(answer);
      this.#say(verb, answer.ticket?.number ?? "");
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.signedOut) this.#leave(this.#words.tokenEnded);
      this.#trouble = error.code === "stale_version" ? this.#words.stale : error.message;
      this.#source.refresh();
    }
    this.draw();
    this.view.rest();
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
    const scene = { room, city: this.#session.city, language: this.#language(), words, now: this.#source.time.now() };
    this.view.draw(scene, {
      lostSeconds: this.#source.lostSeconds,
      waitingFor: late && pending ? `${words.doing(words.verbs[/** @type {Verb} */ (pending.order.verb)], number)} ${words.unconfirmed}` : "",
      trouble: this.#trouble,
      off: late || this.#source.lost !== null,
    });
    this.#followMain(room);
    if (document.activeElement === document.body && !this.#choosing) this.view.rest();
    const choosing = this.#choosing;
    if (choosing && (choosing.ticket !== room.ticket?.id || !alive(room)[choosing.slot])) this.#closePanel();
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
}
