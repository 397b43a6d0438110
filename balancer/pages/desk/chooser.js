/** @import { Words } from "./words.js" */
import { h, setAttribute, setText } from "/pages/assets/dom.js";
import { fold } from "/pages/assets/service-search.js";

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
  #words;
  /** @type {Option[]} */
  #found = [];
  #active = 0;

  /**
   * @param {Choice} choice
   * @param {Words} words
   */
  constructor(choice, words) {
    this.#choice = choice;
    this.#words = words;
    this.input = h("input", {
      id: "choice",
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      maxlength: 200,
      placeholder: choice.placeholder,
      "aria-label": choice.placeholder,
      "aria-expanded": "true",
      "aria-controls": "choices",
      "aria-autocomplete": "list",
      oninput: () => this.#search(),
      onkeydown: (event) => this.#key(event),
    });
    this.list = h("ul", {
      id: "choices",
      role: "listbox",
      "aria-label": choice.title,
      onpointerdown: (event) => event.preventDefault(),
    });
    this.element = h(
      "form",
      {
        class: "chooser",
        "aria-label": choice.title,
        onsubmit: (event) => this.#submit(event),
        onkeydown: (event) => event.key === "Escape" && choice.cancel(),
      },
      h("div", {}, h("h2", {}, choice.title), this.input, this.list),
      h("div", {}, ...(choice.extras ?? []), buttons(choice.confirm, choice.cancel, words)),
    );
    this.#search();
  }

  /**
   * What is told beside the options has changed; they keep their order and the one chosen stays chosen.
   *
   * @param {Map<string, string>} asides by the option's value
   */
  tell(asides) {
    for (const option of this.#choice.options) option.aside = asides.get(option.value) ?? option.aside ?? "";
    this.#found.forEach(({ aside }, place) => {
      const told = this.list.children[place]?.querySelector(".told");
      if (told) setText(told, aside ?? "");
    });
  }

  #search() {
    const { options, own } = this.#choice;
    const text = this.input.value.trim();
    const wanted = fold(text).split(" ").filter(Boolean);
    this.#found = options.filter(({ label, group }) =>
      wanted.every((word) => fold(`${group} ${label}`).includes(word)),
    );
    if (own && text) this.#found = [...this.#found, { value: text, label: `«${text}»`, group: "" }];
    const items = this.#found.map((option, place) => this.#item(option, place));
    this.list.replaceChildren(...(items.length ? items : [this.#nothing()]));
    this.#activate(0);
  }

  #nothing() {
    const { nothingFound } = this.#words;
    return h("li", { role: "option", class: "nothing", "aria-disabled": "true", "aria-selected": "false" }, nothingFound);
  }

  /**
   * @param {Option} option
   * @param {number} place
   */
  #item({ label, group, aside }, place) {
    const pick = () => (this.#choice.extras?.length ? this.#activate(place) : this.#choose(place));
    return h(
      "li",
      { id: `choice-${place}`, role: "option", "aria-selected": "false", onclick: pick },
      group && h("small", {}, group),
      h("span", {}, label),
      aside !== undefined && h("span", { class: "told" }, aside),
    );
  }

  /** @param {number} place */
  #activate(place) {
    this.#active = place;
    [...this.list.children].forEach((item, each) =>
      setAttribute(item, "aria-selected", String(each === place && this.#found.length > 0)),
    );
    const item = this.#found.length ? this.list.children[place] : null;
    setAttribute(this.input, "aria-activedescendant", item?.id);
    item?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const last = this.#found.length - 1;
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    this.#activate((this.#active + step + last + 1) % (last + 1 || 1));
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    this.#choose(this.#active);
  }

  /** @param {number} place */
  #choose(place) {
    const option = this.#found[place];
    if (option) this.#choice.choose(option.value);
  }
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
