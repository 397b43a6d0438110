/** @import { DeskRoom, StaffTicket, Verb } from "./types.js" */
/** @import { PanelScene } from "./panels.js" */
/** @import { Session } from "./session.js" */
/** @import { Slot } from "./keys.js" */
import { breakPanel, incidentPanel, notePanel, parkPanel, servicePanel, showPriority, ticketPanel } from "./panels.js";
import { transferPanel } from "./transfer-panel.js";
import { alive } from "./verbs.js";

/**
 * What is being chosen in the pad's place: it opens by a key and closes by an answer, by Esc, or when the ticket that
 * it was about is gone.
 *
 * @typedef {{element: HTMLElement, input: HTMLElement}} Panel
 *
 * @typedef {object} Acts
 * @property {(panel: Panel | null) => void} show null: the pad again
 * @property {(verb: Verb, body: object, ticket?: StaffTicket | null) => void} give the answer, as a command
 */

/** @type {ReadonlySet<Slot>} the keys that ask before they act */
const ASKING = new Set(
  /** @type {Slot[]} */ ([
    "find",
    "transfer",
    "park",
    "add-leg",
    "quick-serve",
    "note",
    "incident",
    "priority",
    "break",
  ]),
);

export class PadChoices {
  #session;
  #acts;
  /** @type {{slot: Slot, ticket: string | undefined} | null} */
  #open = null;
  #stop = () => {};

  /**
   * @param {Session} session
   * @param {Acts} acts
   */
  constructor(session, acts) {
    this.#session = session;
    this.#acts = acts;
  }

  /** @returns {boolean} */
  get isOpen() {
    return this.#open !== null;
  }

  /**
   * @param {Slot} slot
   * @param {DeskRoom} room
   * @returns {boolean} whether that key asks anything
   */
  asks(slot, room) {
    return ASKING.has(slot) && !(slot === "break" && room.desk.state === "paused");
  }

  /**
   * @param {Slot} slot
   * @param {Omit<PanelScene, "cancel">} scene
   */
  open(slot, scene) {
    this.close();
    this.#open = { slot, ticket: scene.room.ticket?.id };
    this.#show(slot, { ...scene, cancel: () => this.close() });
  }

  close() {
    if (!this.#open) return;
    this.#open = null;
    this.#stop();
    this.#stop = () => {};
    this.#acts.show(null);
  }

  /** @param {DeskRoom} room */
  follow(room) {
    const open = this.#open;
    if (open && (open.ticket !== room.ticket?.id || !alive(room)[open.slot])) this.close();
  }

  /**
   * @param {Slot} slot
   * @param {PanelScene} scene
   */
  #show(slot, scene) {
    const { show } = this.#acts;
    const { room } = scene;
    if (slot === "find") {
      const named = (/** @type {string} */ id) => [...room.line, ...room.parked].find((each) => each.id === id);
      show(ticketPanel(scene, (id) => this.#give("call", { ticket: id }, named(id))));
    } else if (slot === "park") show(parkPanel(scene, (body) => this.#give("park", body)));
    else if (slot === "note") show(notePanel(scene, (text) => this.#give("note", { text })));
    else if (slot === "incident") show(incidentPanel(scene, (body) => this.#give("incident", body)));
    else if (slot === "break") show(breakPanel(scene, (reason) => this.#give("pause", { reason })));
    else if (slot === "priority") {
      showPriority(scene, show, (ticket, priority) =>
        this.#give("set-priority", { priority, reason: scene.words.documentReason }, ticket),
      );
    } else if (slot === "transfer") {
      const { panel, stop } = transferPanel(scene, this.#session.api, (body) => this.#give("transfer", body));
      this.#stop = stop;
      show(panel);
    } else if (slot === "add-leg" || slot === "quick-serve") {
      show(servicePanel(scene, slot, (service) => this.#give(slot, { service })));
    }
  }

  /**
   * @param {Verb} verb
   * @param {object} body
   * @param {StaffTicket | null} [ticket]
   */
  #give(verb, body, ticket) {
    this.close();
    this.#acts.give(verb, body, ticket);
  }
}
