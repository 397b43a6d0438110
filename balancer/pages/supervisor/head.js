/** @import { Facts, Supervision } from "./types.js" */
/** @import { Scene } from "./scene.js" */
import { h, setAttribute, setChildren, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { icon } from "/pages/assets/icons.js";

/**
 * The head of the page: which branch, in which state, how fresh; the decisions that concern all of it. What cannot be
 * taken back by one press is asked for once more, in the same place.
 *
 * @typedef {"open" | "close-tickets" | "open-tickets" | "power-off" | "power-on" | "alarm" | "all-clear" | "resume"} BranchVerb
 *
 * @typedef {object} Acts
 * @property {(verb: BranchVerb) => void} decide
 * @property {() => void} hold asks why
 * @property {(branch: string) => void} choose another branch
 * @property {() => void} signOut
 */

export class Head {
  #acts;
  #asking = false;

  /**
   * @param {Acts} acts
   * @param {HTMLElement} languages
   * @param {boolean} mayChoose
   */
  constructor(acts, languages, mayChoose) {
    this.#acts = acts;
    this.name = h("h1");
    this.choice = h("select", { onchange: () => acts.choose(this.choice.value) });
    this.state = h("span", { class: "state" });
    this.age = h("span", { class: "age" });
    this.tickets = h("button", { type: "button", class: "b" });
    this.power = h("button", { type: "button", class: "b" });
    this.hold = h("button", { type: "button", class: "b" });
    this.alarm = h("button", { type: "button", class: "b stop", onclick: () => this.pressAlarm() }, icon("siren"), h("span"));
    this.question = h("span", { class: "question" });
    this.yes = h("button", { type: "button", class: "b stop", onclick: () => this.#answer(true) });
    this.no = h("button", { type: "button", class: "b", onclick: () => this.#answer(false) });
    this.leave = h("button", { type: "button", class: "plain", onclick: acts.signOut });
    this.clock = h("time");
    this.usual = h("span", { class: "decide" }, this.tickets, this.power, this.hold, this.alarm);
    this.confirm = h("span", { class: "decide", role: "group", hidden: true }, this.question, this.yes, this.no);
    this.element = h(
      "header",
      {},
      mayChoose ? h("h1", {}, this.choice) : this.name,
      this.state,
      this.age,
      h("span", { class: "space" }),
      this.usual,
      this.confirm,
      this.clock,
      languages,
      this.leave,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#asking) this.#answer(false);
    });
    this.#wire();
  }

  #wire() {
    for (const button of [this.tickets, this.power]) {
      button.addEventListener("click", () => this.#acts.decide(/** @type {BranchVerb} */ (button.dataset.verb)));
    }
    this.hold.addEventListener("click", () =>
      this.hold.dataset.verb === "resume" ? this.#acts.decide("resume") : this.#acts.hold(),
    );
  }

  /** The alarm is asked for once more, its end is not. */
  pressAlarm() {
    if (this.alarm.dataset.verb === "all-clear") this.#acts.decide("all-clear");
    else this.#ask(true);
  }

  /** @param {boolean} asking */
  #ask(asking) {
    this.#asking = asking;
    this.usual.hidden = asking;
    this.confirm.hidden = !asking;
    (asking ? this.yes : this.alarm).focus();
  }

  /** @param {boolean} yes */
  #answer(yes) {
    this.#ask(false);
    if (yes) this.#acts.decide("alarm");
  }

  /**
   * @param {Scene} scene
   * @param {string[]} branches to choose among
   */
  draw(scene, branches) {
    const { view, words, format, now, age } = scene;
    const name = local(view.name, scene.language);
    setText(this.name, name);
    this.#drawChoice(scene, branches);
    setText(this.state, stateText(view, scene));
    setAttribute(this.state, "data-state", view.facts.state);
    setText(this.age, words.updated(Math.floor(age)));
    const { phase } = view.facts;
    const tickets = phase === "open" ? "close-tickets" : phase === "tickets_closed" ? "open-tickets" : "open";
    this.#button(this.tickets, tickets, phase === "open" ? words.closeTickets : phase === "tickets_closed" ? words.openTickets : words.openBranch);
    const lit = view.facts.power === "on";
    this.#button(this.power, lit ? "power-off" : "power-on", lit ? words.powerOff : words.powerOn);
    this.#button(this.hold, view.facts.hold === null ? "hold" : "resume", view.facts.hold === null ? words.hold : words.resume);
    const quiet = isQuiet(view.facts);
    this.alarm.dataset.verb = quiet ? "alarm" : "all-clear";
    this.alarm.classList.toggle("main", !quiet);
    setText(/** @type {Element} */ (this.alarm.lastElementChild), quiet ? words.alarm : words.allClear);
    setText(this.question, words.alarmConfirm);
    setText(this.yes, words.alarmYes);
    setText(this.no, words.no);
    setText(this.leave, words.signOut);
    setText(this.clock, format.time(now));
    for (const button of [this.tickets, this.power, this.hold, this.alarm, this.yes]) setAttribute(button, "aria-disabled", scene.off ? "true" : null);
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {string} verb
   * @param {string} text
   */
  #button(button, verb, text) {
    button.dataset.verb = verb;
    setText(button, text);
  }

  /**
   * @param {Scene} scene
   * @param {string[]} branches
   */
  #drawChoice({ city, language, view, words }, branches) {
    setAttribute(this.choice, "aria-label", words.branch);
    const options = branches.map((branch) => {
      const found = [...this.choice.options].find((each) => each.value === branch) ?? h("option", { value: branch });
      setText(found, local(city.branches.find((each) => each.branch === branch)?.name, language));
      return found;
    });
    setChildren(this.choice, options);
    if (document.activeElement !== this.choice) this.choice.value = view.branch;
  }
}

/**
 * @param {Facts} facts
 * @returns {boolean} whether no air-raid alarm is on
 */
export function isQuiet(facts) {
  return facts.alarm === "none" || Boolean(facts.resumes_at);
}

/**
 * @param {Supervision} view
 * @param {Scene} scene
 * @returns {string} the state in words, with the time until which it holds
 */
function stateText(view, { words, format, now }) {
  const at = view.facts.phase === "closed" ? view.opens_at : view.closes_at;
  const until = at === null ? "" : format.until(Date.parse(at), now);
  const dark = view.facts.power === "off" ? `, ${words.noPower}` : "";
  const texts = {
    open: until ? words.openUntil(until) : words.open,
    tickets_closed: words.ticketsClosed,
    closed: until ? words.closedUntil(until) : words.closed,
    paused: words.paused,
    shelter: words.shelter,
  };
  return texts[view.facts.state] + dark;
}
