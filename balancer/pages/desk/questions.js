/** @import { Words } from "./words.js" */
import { h } from "/pages/assets/dom.js";
import { buttons, padForm } from "./chooser.js";

/** What a desk asks in the pad's place without a list to choose from: a text, or a yes. Enter confirms, Esc leaves. */

export const LONGEST_NOTE = 500;

/**
 * Enter confirms a text too; Shift and Enter begin a new line.
 *
 * @param {HTMLTextAreaElement} text
 */
export function confirmsByEnter(text) {
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    text.form?.requestSubmit();
  });
  return text;
}

export class TextQuestion {
  /**
   * @param {{title: string, label: string, value: string, confirm: string}} question
   * @param {Words} words
   * @param {(text: string) => void} answer
   * @param {() => void} cancel
   */
  constructor({ title, label, value, confirm }, words, answer, cancel) {
    this.input = confirmsByEnter(h("textarea", { id: "text", rows: 4, maxlength: LONGEST_NOTE, autocomplete: "off" }));
    this.input.value = value;
    this.element = padForm(
      "chooser question",
      title,
      { confirm: () => answer(this.input.value.trim()), cancel },
      h("h2", {}, title),
      h("label", { class: "extra wide" }, label, this.input),
      buttons(confirm, cancel, words),
    );
  }
}

export class YesQuestion {
  /**
   * @param {{title: string, text: string, confirm: string}} question
   * @param {Words} words
   * @param {() => void} answer
   * @param {() => void} cancel
   */
  constructor({ title, text, confirm }, words, answer, cancel) {
    const pair = buttons(confirm, cancel, words);
    this.input = /** @type {HTMLButtonElement} */ (pair.firstElementChild);
    this.element = padForm(
      "chooser question",
      title,
      { confirm: answer, cancel },
      h("h2", {}, title),
      h("p", { id: "question" }, text),
      pair,
    );
    this.input.setAttribute("aria-describedby", "question");
  }
}
