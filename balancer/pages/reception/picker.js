import { Combobox, fitting } from "/pages/assets/combobox.js";
import { h, setAttribute } from "/pages/assets/dom.js";

/**
 * A choice by typing: narrow with words, move with arrows, take with Enter or a click. The list stays in view.
 *
 * @typedef {{value: string, label: string, group: string, aside: string, words?: string[]}} Option
 */

const SHOWN = 40;

export class Picker {
  /** @type {Option[]} */
  #options = [];
  #drawn = "";
  #take;
  #nothing = "";
  /** @type {Combobox<Option>} */
  #box;

  /**
   * @param {string} id
   * @param {(value: string) => void} take
   * @param {() => void} [enterEmpty] Enter where nothing was typed
   */
  constructor(id, take, enterEmpty) {
    this.#take = take;
    this.#box = new Combobox(id, {
      find: (text) => fitting(this.#options, text).slice(0, SHOWN),
      draw: ({ label, group, aside }) => [
        h("b", {}, group),
        h("span", { class: "what" }, label),
        aside && h("span", { class: "aside" }, aside),
      ],
      nothing: () => this.#nothing,
      taken: () => this.#choose(),
    });
    this.input = this.#box.input;
    this.list = this.#box.list;
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      if (!this.input.value.trim() && enterEmpty) enterEmpty();
      else this.#choose();
    });
  }

  /**
   * @param {Option[]} options
   * @param {{label: string, placeholder: string, nothing: string}} words
   */
  update(options, words) {
    setAttribute(this.list, "aria-label", words.label);
    setAttribute(this.input, "placeholder", words.placeholder);
    this.#nothing = words.nothing;
    const key = JSON.stringify(options);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#options = options;
    this.#box.renew();
  }

  clear() {
    this.input.value = "";
    this.#box.search();
  }

  #choose() {
    const option = this.#box.chosen;
    if (option) this.#take(option.value);
  }
}
