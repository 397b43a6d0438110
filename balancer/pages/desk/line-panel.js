/** @import { StaffTicket } from "./types.js" */
/** @import { TicketScene } from "./ticket-panel.js" */
import { h, setChildren, setText } from "/pages/assets/dom.js";
import { CityFormat } from "/pages/assets/format.js";
import { DayPanel } from "./day-panel.js";
import { serviceName } from "./ticket-panel.js";

/** Who waits for this desk, in the order in which they will be called, and whom it has put aside. */

const SHOWN = 12;

export class LinePanel {
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();
  #wake;

  /** @param {(ticket: StaffTicket) => void} wake */
  constructor(wake) {
    this.#wake = wake;
    this.lineTitle = h("span");
    this.waiting = h("span", { class: "aside" });
    this.line = h("ol", { class: "line" });
    this.more = h("p", { class: "aside" });
    this.parkedTitle = h("span");
    this.parkedHint = h("span", { class: "aside" });
    this.parked = h("ul", { class: "line" });
    this.parkedPart = h("section", {}, h("h2", {}, this.parkedTitle, this.parkedHint), this.parked);
    this.day = new DayPanel();
    this.element = h(
      "aside",
      {},
      h("section", {}, h("h2", {}, this.lineTitle, this.waiting), this.line, this.more),
      this.parkedPart,
      this.day.element,
    );
  }

  /**
   * @param {TicketScene} scene
   * @param {boolean} off no command can be given now
   */
  update(scene, off) {
    const { room, words } = scene;
    this.day.update(scene);
    setText(this.lineTitle, words.lines(lettersOf(scene)));
    setText(this.waiting, words.waiting(room.waiting));
    setText(this.parkedTitle, words.parked);
    setText(this.parkedHint, words.parkedHint);
    const rows = room.line.slice(0, SHOWN).map((ticket) => this.#waitingRow(ticket, scene));
    setChildren(this.line, rows);
    const hidden = room.waiting - rows.length;
    setText(this.more, rows.length === 0 ? words.lineEmptyNow : hidden > 0 ? words.more(hidden) : "");
    setChildren(
      this.parked,
      room.parked.map((ticket) => this.#parkedRow(ticket, scene, off)),
    );
    this.parkedPart.hidden = room.parked.length === 0;
    const known = new Set([...room.line, ...room.parked].map((ticket) => ticket.id));
    for (const id of this.#rows.keys()) if (!known.has(id.slice(2))) this.#rows.delete(id);
  }

  /**
   * @param {StaffTicket} ticket
   * @param {TicketScene} scene
   */
  #waitingRow(ticket, { city, language, words, now }) {
    const row = this.#row(`w:${ticket.id}`, () => [h("b"), h("span", { class: "what" }), h("span", { class: "long" })]);
    const joined = Date.parse(ticket.joined ?? ticket.arrived);
    const minutes = now === null ? (ticket.waited_minutes ?? 0) : Math.max(0, (now - joined) / 60_000);
    const [number, what, wait] = row.children;
    if (!number || !what || !wait) return row;
    setText(number, ticket.number);
    this.#fillWhat(what, serviceName(city, ticket.service, language), [
      ticket.priority && words.priority,
      ticket.bound && words.boundHere,
    ]);
    setText(wait, `${Math.floor(minutes)} ${words.minutes}`);
    wait.classList.toggle("over", minutes >= (city.levels?.busy_minutes ?? 20));
    return row;
  }

  /**
   * @param {StaffTicket} ticket
   * @param {TicketScene} scene
   * @param {boolean} off
   */
  #parkedRow(ticket, { city, language, words }, off) {
    const row = this.#row(`p:${ticket.id}`, () => [
      h("b"),
      h("span", { class: "what" }),
      h("span"),
      h("button", { type: "button", class: "wake", onclick: () => this.#wake(ticket) }),
    ]);
    const until = Date.parse(ticket.park_until ?? "");
    const [number, what, when, button] = row.children;
    if (!number || !what || !when || !(button instanceof HTMLButtonElement)) return row;
    setText(number, ticket.number);
    this.#fillWhat(what, ticket.park_reason || serviceName(city, ticket.service, language), []);
    setText(when, Number.isNaN(until) ? "" : words.at(new CityFormat(language, city.time_zone).time(until)));
    setText(button, words.wake);
    button.setAttribute("aria-label", words.wakeTicket(ticket.number));
    button.disabled = off;
    return row;
  }

  /**
   * @param {Element} cell
   * @param {string} text
   * @param {(string | null | false)[]} tags
   */
  #fillWhat(cell, text, tags) {
    const key = JSON.stringify([text, tags]);
    if (!(cell instanceof HTMLElement) || cell.dataset.key === key) return;
    cell.dataset.key = key;
    const marks = tags.flatMap((tag) => (tag ? [h("span", { class: "tag" }, tag)] : []));
    cell.replaceChildren(...marks, text);
  }

  /**
   * @param {string} id
   * @param {() => Node[]} build
   */
  #row(id, build) {
    let row = this.#rows.get(id);
    if (!row) {
      row = h("li", {}, ...build());
      this.#rows.set(id, row);
    }
    return row;
  }
}

/**
 * @param {Pick<TicketScene, "room" | "city">} scene
 * @returns {string[]} letters of the queues that this desk calls from now, whatever the city's file says
 */
export function lettersOf({ room, city }) {
  const branch = city.branches.find((each) => each.branch === room.desk.branch);
  return (branch?.queues ?? []).filter((queue) => room.desk.queues.includes(queue.queue)).map((queue) => queue.letter);
}
