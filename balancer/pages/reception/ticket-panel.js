/** @import { Scene, StaffTicket } from "./types.js" */
import { h, setText } from "/pages/assets/dom.js";
import { CityFormat, local } from "/pages/assets/format.js";
import { waitedMinutes } from "./hall-panel.js";
import { Picker } from "./picker.js";
import { range, serviceName } from "./tell.js";

/**
 * One ticket and what reception may do with it.
 *
 * @typedef {"reprint" | "reinstate" | "transfer" | "set-priority" | "left"} Verb
 * @typedef {(verb: Verb, ticket: StaffTicket, body: object) => void} Act
 */

/** @type {Record<Verb, string[]>} in which states a verb makes sense */
const IN = {
  reprint: ["waiting", "called", "serving", "parked", "no_show"],
  reinstate: ["no_show"],
  transfer: ["waiting"],
  "set-priority": ["waiting"],
  left: ["waiting", "called", "parked"],
};
const VERBS = /** @type {const} */ (["reprint", "reinstate", "set-priority", "transfer", "left"]);

export class TicketPanel {
  /** @type {string | null} */
  ticket = null;
  /** @type {Scene | null} */
  #scene = null;
  #act;
  #off = false;

  /**
   * @param {Act} act
   * @param {() => void} close
   */
  constructor(act, close) {
    this.#act = act;
    this.title = h("h2", { tabindex: "-1" });
    this.state = h("p", { class: "svc" });
    this.facts = h("p", { class: "facts" });
    this.note = h("p", { class: "note" });
    this.buttons = VERBS.map((verb) =>
      h("button", { type: "button", class: "btn", "data-verb": verb, onclick: () => this.#press(verb) }),
    );
    this.close = h("button", { type: "button", class: "plain", onclick: close });
    this.priority = h("select", { id: "new-priority", onchange: () => this.#draw() });
    this.priorityLabel = h("label", { for: "new-priority" });
    this.shown = h("input", { type: "checkbox", onchange: () => this.#draw() });
    this.shownText = h("span");
    this.apply = h("button", { type: "submit", class: "btn main" });
    this.priorityForm = h(
      "form",
      { class: "inner", hidden: true, onsubmit: (event) => (event.preventDefault(), this.#setPriority()) },
      this.priorityLabel,
      this.priority,
      h("label", { class: "tick" }, this.shown, this.shownText),
      this.apply,
    );
    this.places = new Picker("to", (place) => this.#transfer(place));
    this.placesLabel = h("label", { for: "to" });
    this.keep = h("input", { type: "checkbox", checked: true });
    this.keepText = h("span");
    this.transferForm = h(
      "div",
      { class: "inner", hidden: true },
      this.placesLabel,
      this.places.input,
      this.places.list,
      h("label", { class: "tick" }, this.keep, this.keepText),
    );
    this.element = h(
      "section",
      { class: "one", onkeydown: (event) => event.key === "Escape" && close() },
      h("div", { class: "head" }, this.title, this.close),
      this.state,
      this.facts,
      this.note,
      h("div", { class: "buttons" }, ...this.buttons),
      this.priorityForm,
      this.transferForm,
    );
  }

  /** @param {string} ticket */
  open(ticket) {
    this.ticket = ticket;
    this.priorityForm.hidden = this.transferForm.hidden = true;
    this.#draw();
  }

  /**
   * @param {Scene} scene
   * @param {boolean} off
   */
  update(scene, off) {
    this.#scene = scene;
    this.#off = off;
    this.#draw();
  }

  /** @returns {StaffTicket | null} the open ticket as it is now */
  get current() {
    return this.#scene?.room.tickets.find((each) => each.id === this.ticket) ?? null;
  }

  #draw() {
    const { current } = this;
    const scene = this.#scene;
    if (!current || !scene) return;
    const { city, branch, language, words, now } = scene;
    const format = new CityFormat(language, city.time_zone);
    const desk = branch.desks.find((each) => each.desk === current.desk);
    setText(this.title, current.number);
    setText(this.state, `${words.states[current.state]}. ${serviceName(city, current.service, language)}`);
    const facts = [
      words.came(format.time(Date.parse(current.arrived))),
      words.waited(waitedMinutes(current, now)),
      current.desk && (local(desk?.name, language) || words.atDesk(current.desk)),
      current.misses ? words.misses(current.misses) : "",
      current.priority && `${words.priority}: ${this.#className(current.priority)}`,
    ];
    setText(this.facts, facts.filter(Boolean).join(" · "));
    setText(this.note, current.note ?? "");
    this.note.hidden = !current.note;
    setText(this.close, words.close);
    this.#drawButtons(current, words);
    this.#drawForms(current, scene);
  }

  /**
   * @param {StaffTicket} current
   * @param {import("./words.js").Words} words
   */
  #drawButtons(current, words) {
    const names = { reprint: words.reprint, reinstate: words.reinstate, transfer: words.transfer, "set-priority": words.setPriority, left: words.left };
    VERBS.forEach((verb, place) => {
      const button = this.buttons[place];
      if (!button) return;
      setText(button, names[verb]);
      button.hidden = !IN[verb].includes(current.state);
      button.disabled = this.#off;
      button.classList.toggle("main", verb === "reinstate");
    });
    if (!IN["set-priority"].includes(current.state)) this.priorityForm.hidden = this.transferForm.hidden = true;
  }

  /**
   * @param {StaffTicket} current
   * @param {Scene} scene
   */
  #drawForms(current, { city, branch, room, language, words }) {
    const classes = city.priority_classes ?? [];
    const key = JSON.stringify([classes, language]);
    if (this.priority.dataset.key !== key) {
      this.priority.dataset.key = key;
      this.priority.replaceChildren(
        h("option", { value: "" }, words.noPriority),
        ...classes.map((each) => h("option", { value: each.priority }, local(each.name, language))),
      );
    }
    setText(this.priorityLabel, words.priority);
    setText(this.shownText, words.shown);
    setText(this.apply, words.apply);
    this.apply.disabled = this.#off || (this.priority.value !== "" && !this.shown.checked);
    setText(this.placesLabel, words.pickPlace);
    setText(this.keepText, words.keepPlace);
    const queues = branch.queues
      .filter((queue) => queue.queue !== current.queue)
      .map((queue) => {
        const told = range(room.queues.find((each) => each.queue === queue.queue)?.wait);
        const aside = told ? `${told} ${words.minutes}` : "";
        return { value: `to_queue:${queue.queue}`, label: local(queue.name, language), group: queue.letter, aside };
      });
    const branches = city.branches
      .filter((each) => each.branch !== branch.branch && each.queues.some((queue) => queue.services.includes(current.service)))
      .map((each) => ({ value: `to_branch:${each.branch}`, label: local(each.name, language), group: words.branchGroup, aside: "" }));
    this.places.update([...queues, ...branches], { label: words.places, placeholder: words.searchPlace, nothing: words.nothingFound });
  }

  /** @param {string} priority */
  #className(priority) {
    const found = this.#scene?.city.priority_classes?.find((each) => each.priority === priority);
    return local(found?.name, this.#scene?.language ?? "uk") || priority;
  }

  /** @param {Verb} verb */
  #press(verb) {
    const { current } = this;
    if (!current || this.#off) return;
    if (verb === "set-priority") {
      this.transferForm.hidden = true;
      this.priorityForm.hidden = !this.priorityForm.hidden;
      this.priority.value = current.priority ?? "";
      this.shown.checked = false;
      this.#draw();
      if (!this.priorityForm.hidden) this.priority.focus();
    } else if (verb === "transfer") {
      this.priorityForm.hidden = true;
      this.transferForm.hidden = !this.transferForm.hidden;
      this.places.clear();
      if (!this.transferForm.hidden) this.places.input.focus();
    } else this.#act(verb, current, {});
  }

  #setPriority() {
    const { current } = this;
    if (!current || this.apply.disabled) return;
    this.priorityForm.hidden = true;
    const words = this.#scene?.words;
    this.#act("set-priority", current, { priority: this.priority.value || null, reason: this.shown.checked ? (words?.shown ?? "") : "" });
  }

  /** @param {string} place */
  #transfer(place) {
    const { current } = this;
    if (!current || this.#off) return;
    const [kind = "", id = ""] = place.split(/:(.*)/s);
    this.transferForm.hidden = true;
    this.#act("transfer", current, { [kind]: id, keep_place: this.keep.checked });
  }
}
