/** @import { Words } from "./words.js" */
import { Combobox, fitting } from "/pages/assets/combobox.js";
import { h, setText } from "/pages/assets/dom.js";

/**
 * An inline choice by keyboard, in the place of the pad: type to narrow, arrows to move, Enter to confirm, Esc to leave.
 *
 * @typedef {object} Option
 * @property {string} value
 * @property {string} label
 * @property {string} group
 * @property {string} [aside] what is known about it now, such as a wait; may change while the choice is open
 *
 * @typedef {object} Choice
 * @property {string} title
 * @property {string} placeholder
 * @property {string} confirm the words on the button
 * @property {Option[]} options
 * @property {boolean} [own] the reader's own words are an option too
 * @property {HTMLElement[]} [extras] further fields
 * @property {(value: string) => void} choose
 * @property {() => void} cancel
 */

export class Chooser {
  #choice;
  /** @type {Combobox<Option>} */
  #box;

  /**
   * @param {Choice} choice
   * @param {Words} words
   */
  constructor(choice, words) {
    this.#choice = choice;
    this.#box = new Combobox("choice", {
      find: (text) => this.#find(text),
      draw: ({ label, group, aside }) => [
        group && h("small", {}, group),
        h("span", {}, label),
        aside !== undefined && h("span", { class: "told" }, aside),
      ],
      nothing: () => words.nothingFound,
      taken: () => choice.extras?.length || this.#choose(),
    });
    this.input = this.#box.input;
    this.list = this.#box.list;
    this.input.maxLength = 200;
    this.input.placeholder = choice.placeholder;
    this.input.setAttribute("aria-label", choice.placeholder);
    this.list.setAttribute("aria-label", choice.title);
    this.element = padForm(
      "chooser",
      choice.title,
      { confirm: () => this.#choose(), cancel: choice.cancel },
      h("div", {}, h("h2", {}, choice.title), this.input, this.list),
      h("div", {}, ...(choice.extras ?? []), buttons(choice.confirm, choice.cancel, words)),
    );
    this.#box.search();
  }

  /**
   * What is told beside the options has changed; they keep their order and the one chosen stays chosen.
   *
   * @param {Map<string, string>} asides by the option's value
   */
  tell(asides) {
    for (const option of this.#choice.options) option.aside = asides.get(option.value) ?? option.aside ?? "";
    this.#box.found.forEach(({ aside }, place) => {
      const told = this.list.children[place]?.querySelector(".told");
      if (told) setText(told, aside ?? "");
    });
  }

  /** @param {string} text */
  #find(text) {
    const { options, own } = this.#choice;
    const found = fitting(options, text);
    return own && text ? [...found, { value: text, label: `«${text}»`, group: "" }] : found;
  }

  #choose() {
    const option = this.#box.chosen;
    if (option) this.#choice.choose(option.value);
  }
}

/**
 * What is asked in the pad's place: Enter confirms, Esc leaves.
 *
 * @param {string} kind class of the form
 * @param {string} title
 * @param {{confirm: () => void, cancel: () => void}} acts
 * @param {...Node} content
 */
export function padForm(kind, title, { confirm, cancel }, ...content) {
  const onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    confirm();
  };
  const onkeydown = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && cancel();
  return h("form", { class: kind, "aria-label": title, onsubmit, onkeydown }, ...content);
}

/**
 * @param {string} confirm
 * @param {() => void} cancel
 * @param {Words} words
 */
export function buttons(confirm, cancel, words) {
  return h(
    "div",
    { class: "buttons" },
    h("button", { type: "submit", class: "btn main" }, confirm),
    h("button", { type: "button", class: "btn", onclick: cancel }, words.cancel),
    h("span", { class: "aside" }, words.confirm),
  );
}
