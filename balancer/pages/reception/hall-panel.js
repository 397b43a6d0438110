/** @import { Scene, StaffTicket } from "./types.js" */
import { h, setChildren, setText } from "/pages/assets/dom.js";
import { CityFormat, local } from "/pages/assets/format.js";
import { range, serviceName } from "./tell.js";

/** Who is in the hall: in hand, waiting in calling order, put aside, missed; a click opens the ticket. */

const SHOWN = 30;
const PARTS = /** @type {const} */ (["inHand", "line", "parked", "missed"]);
/** @type {Record<string, (typeof PARTS)[number]>} */
const PART_OF = { called: "inHand", serving: "inHand", waiting: "line", parked: "parked", no_show: "missed" };

export class HallPanel {
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();
  #open;

  /** @param {(ticket: StaffTicket) => void} open */
  constructor(open) {
    this.#open = open;
    this.title = h("span");
    this.people = h("span", { class: "aside" });
    this.queues = h("ul", { class: "queues" });
    this.parts = PARTS.map((part) => {
      const title = h("span");
      const count = h("span", { class: "aside" });
      const list = h(part === "line" ? "ol" : "ul", { class: "line" });
      const more = h("p", { class: "aside" });
      return { part, title, count, list, more, element: h("section", {}, h("h3", {}, title, count), list, more) };
    });
    this.element = h(
      "div",
      { class: "hall" },
      h("h2", {}, this.title, this.people),
      this.queues,
      ...this.parts.map((each) => each.element),
    );
  }

  /** @param {Scene} scene */
  update(scene) {
    const { room, words } = scene;
    const here = room.tickets.filter((each) => each.state !== "no_show");
    setText(this.title, words.hall);
    setText(this.people, words.people(here.length));
    this.#drawQueues(scene);
    const known = new Set();
    for (const { part, title, count, list, more, element } of this.parts) {
      const tickets = room.tickets.filter((each) => PART_OF[each.state] === part);
      setText(title, words[part]);
      setText(count, String(tickets.length));
      const rows = tickets.slice(0, SHOWN).map((ticket) => this.#row(ticket, scene));
      for (const ticket of tickets) known.add(ticket.id);
      setChildren(list, rows);
      const hidden = tickets.length - rows.length;
      setText(more, tickets.length === 0 ? words.nobody : hidden > 0 ? words.more(hidden) : "");
      element.hidden = part !== "line" && tickets.length === 0;
    }
    for (const id of this.#rows.keys()) if (!known.has(id)) this.#rows.delete(id);
  }

  /** @param {Scene} scene */
  #drawQueues({ room, branch, language, words }) {
    const rows = branch.queues.map((queue) => {
      const load = room.queues.find((each) => each.queue === queue.queue);
      const told = range(load?.wait);
      return [
        queue.letter,
        local(queue.name, language),
        String(load?.waiting ?? 0),
        told ? `${told} ${words.minutes}` : "—",
      ];
    });
    const key = JSON.stringify(rows);
    if (this.queues.dataset.key === key) return;
    this.queues.dataset.key = key;
    this.queues.replaceChildren(
      ...rows.map(([letter, name, waiting, wait]) =>
        h("li", {}, h("b", {}, letter), h("span", { class: "what" }, name), h("span", {}, waiting), h("span", { class: "long" }, wait)),
      ),
    );
  }

  /**
   * @param {StaffTicket} ticket
   * @param {Scene} scene
   */
  #row(ticket, { city, branch, language, words, now }) {
    let row = this.#rows.get(ticket.id);
    if (!row) {
      const button = h("button", { type: "button" }, h("b"), " ", h("span", { class: "what" }), " ", h("span", { class: "long" }));
      row = h("li", {}, button);
      this.#rows.set(ticket.id, row);
    }
    const button = /** @type {HTMLButtonElement} */ (row.firstElementChild);
    button.onclick = () => this.#open(ticket);
    const [number, what, long] = button.children;
    if (!number || !what || !long) return row;
    const minutes = waitedMinutes(ticket, now);
    const desk = branch.desks.find((each) => each.desk === ticket.desk);
    const at = local(desk?.name, language) || words.atDesk(ticket.desk ?? "");
    setText(number, ticket.number);
    setText(what, `${ticket.priority ? `${words.priority} · ` : ""}${serviceName(city, ticket.service, language)}`);
    const missed = Date.parse(ticket.called_at ?? "");
    const times = new CityFormat(language, city.time_zone);
    const away = ticket.state === "no_show" && missed ? times.time(missed) : `${minutes} ${words.minutes}`;
    setText(long, PART_OF[ticket.state] === "inHand" ? at : away);
    long.classList.toggle("over", ticket.state === "waiting" && minutes >= (city.levels?.busy_minutes ?? 40));
    return row;
  }
}

/**
 * @param {StaffTicket} ticket
 * @param {number | null} now city milliseconds
 * @returns {number} whole minutes since it joined its line; those until its call, once it was called
 */
export function waitedMinutes(ticket, now) {
  const joined = Date.parse(ticket.joined ?? ticket.arrived);
  if (ticket.state === "waiting" && now !== null) return Math.max(0, Math.floor((now - joined) / 60_000));
  return Math.floor(ticket.waited_minutes ?? 0);
}
