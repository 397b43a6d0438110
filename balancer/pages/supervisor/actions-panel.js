/** @import { Scene } from "./scene.js" */
import { h, setAttribute, setText } from "/pages/assets/dom.js";
import { askedButton } from "./forms.js";

/**
 * Everything else that a head may do; each opens its panel in the left column. Closing the day asks once more.
 *
 * @typedef {"transfer" | "reinstate" | "desk" | "services" | "devices" | "incidents"} PanelName
 *
 * @typedef {object} Acts
 * @property {(name: PanelName) => void} open
 * @property {() => void} closeDay
 */

export class ActionsPanel {
  /** @type {Record<PanelName, HTMLButtonElement>} */
  #buttons;
  #closeDay = "";
  #acts;

  /**
   * @param {Acts} acts
   * @param {string | null} journal address of the journal, for admins
   */
  constructor(acts, journal) {
    this.#acts = acts;
    const button = (/** @type {PanelName} */ name) => h("button", { type: "button", class: "b", onclick: () => acts.open(name) });
    this.#buttons = {
      transfer: button("transfer"),
      reinstate: button("reinstate"),
      desk: button("desk"),
      services: button("services"),
      devices: button("devices"),
      incidents: button("incidents"),
    };
    this.title = h("h2");
    this.journal = h("a", { class: "b", href: journal ?? "#", hidden: journal === null });
    this.day = h("span");
    this.element = h(
      "section",
      { class: "more" },
      this.title,
      h("p", { class: "buttons" }, ...Object.values(this.#buttons), this.journal, this.day),
    );
  }

  /** @param {PanelName} name that was closed: the focus goes back to where it was opened */
  focus(name) {
    this.#buttons[name].focus();
  }

  /** @param {Scene} scene */
  draw({ words, view }) {
    setText(this.title, words.otherActions);
    const many = (/** @type {number} */ n) => (n ? ` ${n}` : "");
    setText(this.#buttons.transfer, words.transferTicket);
    setText(this.#buttons.reinstate, words.reinstate);
    setText(this.#buttons.desk, words.deskSkills);
    setText(this.#buttons.services, words.servicesPanel.button(view.facts.suspended.length));
    setText(this.#buttons.devices, words.devices + many(view.devices.length));
    setText(this.#buttons.incidents, words.incidents + many(view.incidents.length));
    setText(this.journal, words.journal);
    setAttribute(this.day, "hidden", view.facts.phase === "closed" && view.measures.waiting === 0);
    if (this.#closeDay === words.closeDay) return;
    this.#closeDay = words.closeDay;
    const question = { question: words.closeDayConfirm, yes: words.closeDayYes, no: words.no };
    this.day.replaceChildren(askedButton(words.closeDay, question, () => this.#acts.closeDay()));
  }
}
