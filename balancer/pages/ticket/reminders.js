/** @import { Kept } from "./types.js" */
/** @import { PushState } from "./push.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";

/**
 * What the page may remind of, each a switch.
 *
 * @typedef {"leave" | "call" | "push"} Reminder
 */

export class Reminders {
  #title = h("h2");
  /** @type {Record<Reminder, {input: HTMLInputElement, text: HTMLElement, row: HTMLElement}>} */
  #rows;
  #note = h("small", { id: "push-note" });
  #trouble = h("p", { class: "trouble", role: "alert" });

  /** @param {(reminder: Reminder, on: boolean) => void} turn */
  constructor(turn) {
    this.#rows = { leave: row("leave", turn), call: row("call", turn), push: row("push", turn) };
    this.#rows.push.input.setAttribute("aria-describedby", "push-note");
    const rows = Object.values(this.#rows).map((each) => each.row);
    this.element = h("section", { class: "box reminders" }, this.#title, ...rows, this.#note, this.#trouble);
  }

  /**
   * @param {Kept["reminders"]} on
   * @param {{push: boolean, state: PushState, busy: boolean}} push whether Web Push can be had here, and how it went
   * @param {Words} words
   */
  draw(on, { push, state, busy }, words) {
    setText(this.#title, words.remind);
    const labels = { leave: words.remindLeave, call: words.remindCall, push: words.remindPush };
    for (const name of /** @type {Reminder[]} */ (["leave", "call", "push"])) {
      setText(this.#rows[name].text, labels[name]);
      this.#rows[name].input.checked = on[name];
    }
    this.#rows.push.row.hidden = !push;
    this.#rows.push.input.disabled = busy;
    setText(this.#note, push ? words.pushHow : "");
    this.#note.hidden = !push;
    setText(this.#trouble, state === "denied" ? words.pushDenied : state === "failed" ? words.pushFailed : "");
  }
}

/**
 * @param {Reminder} name
 * @param {(reminder: Reminder, on: boolean) => void} turn
 */
function row(name, turn) {
  const input = h("input", { type: "checkbox", role: "switch", onchange: () => turn(name, input.checked) });
  const text = h("span");
  return { input, text, row: h("label", { class: "sw" }, text, input) };
}
