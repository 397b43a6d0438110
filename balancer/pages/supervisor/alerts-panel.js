/** @import { Alert } from "./types.js" */
/** @import { Scene } from "./scene.js" */
import { h, setAttribute, setChildren, setText } from "/pages/assets/dom.js";
import { icon } from "/pages/assets/icons.js";
import { alertWords } from "./alert-words.js";

/**
 * What needs a decision, each with the one action that would help; or "later", for this screen only.
 *
 * @typedef {object} Acts
 * @property {(alert: Alert) => void} help
 *
 * @typedef {object} Row
 * @property {HTMLLIElement} element
 * @property {(alert: Alert, scene: Scene, main: boolean) => void} draw
 */

const LATER_MS = 10 * 60_000;

export class AlertsPanel {
  #acts;
  /** @type {Map<string, Row>} */
  #rows = new Map();
  /** @type {Map<string, number>} real ms until which an alert stays away */
  #away = new Map();

  /** @param {Acts} acts */
  constructor(acts) {
    this.#acts = acts;
    this.title = h("h2", { id: "decisions" });
    this.count = h("span", { class: "r" });
    this.list = h("ul", { class: "al", "aria-labelledby": "decisions" });
    this.empty = h("p", { class: "aside" });
    this.awayNote = h("span");
    this.again = h("button", { type: "button", class: "plain", onclick: () => this.#away.clear() });
    this.away = h("p", { class: "aside away", hidden: true }, this.awayNote, " ", this.again);
    this.element = h("section", { tabindex: -1, "aria-labelledby": "decisions" }, h("div", { class: "h" }, this.title, this.count), this.list, this.empty, this.away);
  }

  /** @param {string} alert that stays away for a while */
  later(alert) {
    this.#away.set(alert, performance.now() + LATER_MS);
  }

  /** @param {Scene} scene */
  draw(scene) {
    const { words, view } = scene;
    const now = performance.now();
    const shown = view.alerts.filter(({ alert }) => (this.#away.get(alert) ?? 0) <= now);
    setText(this.title, words.decisions);
    setText(this.count, String(shown.length));
    const hadFocus = this.list.contains(document.activeElement);
    setChildren(this.list, shown.map((alert, place) => this.#row(alert, scene, place === 0)));
    for (const id of this.#rows.keys()) if (!shown.some(({ alert }) => alert === id)) this.#rows.delete(id);
    if (hadFocus && !this.list.contains(document.activeElement)) this.element.focus();
    this.empty.hidden = shown.length > 0 || view.alerts.length > 0;
    setText(this.empty, view.facts.state === "paused" ? words.nothingWhilePaused : words.nothingToDecide);
    const away = view.alerts.length - shown.length;
    this.away.hidden = away === 0;
    setText(this.awayNote, words.putAway(away));
    setText(this.again, words.showAgain);
  }

  /**
   * @param {Alert} alert
   * @param {Scene} scene
   * @param {boolean} main
   */
  #row(alert, scene, main) {
    const row = this.#rows.get(alert.alert) ?? this.#newRow(alert);
    this.#rows.set(alert.alert, row);
    row.draw(alert, scene, main);
    return row.element;
  }

  /**
   * @param {Alert} first
   * @returns {Row}
   */
  #newRow(first) {
    let current = first;
    const title = h("b");
    const detail = h("span");
    const help = h("button", { type: "button", class: "b", onclick: () => this.#acts.help(current) });
    const later = h("button", { type: "button", class: "plain", onclick: () => this.later(current.alert) });
    const sign = icon(first.urgent || first.device !== null ? "alert" : "clock");
    const element = h("li", { "data-kind": first.kind }, sign, h("p", {}, title, detail, " ", later), help);
    return {
      element,
      draw: (alert, scene, main) => {
        current = alert;
        const words = alertWords(alert, scene);
        setText(title, words.title);
        setText(detail, words.detail);
        setText(help, words.help);
        help.hidden = words.help === "";
        help.classList.toggle("main", main);
        setAttribute(help, "aria-disabled", scene.off && isCommand(alert) ? "true" : null);
        element.classList.toggle("red", alert.urgent);
        setText(later, scene.words.later);
        setAttribute(later, "aria-label", scene.words.laterFor(words.title));
      },
    };
  }
}

/** @param {Alert} alert */
function isCommand({ action }) {
  return action !== null && ["set_skills", "open_desk", "resume_desk", "pause_desk", "close_tickets", "answer_help", "end_help"].includes(action.verb);
}
