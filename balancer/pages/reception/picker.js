import { h, setAttribute, setText } from "/pages/assets/dom.js";
import { fold } from "/pages/assets/service-search.js";

/**
 * A choice by typing: narrow with words, move with arrows, take with Enter or a click. The list stays in view.
 *
 * @typedef {{value: string, label: string, group: string, aside: string, words?: string[]}} Option
 */

const SHOWN = 40;

export class Picker {
  /** @type {Option[]} */
  #options = [];
  /** @type {Option[]} */
  #found = [];
  #active = 0;
  #drawn = "";
  #take;
  #nothing = "";

  /**
   * @param {string} id
   * @param {(value: string) => void} take
   * @param {() => void} [enterEmpty] Enter where nothing was typed
   */
  constructor(id, take, enterEmpty) {
    this.#take = take;
    this.input = h("input", {
      id,
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-expanded": "true",
      "aria-controls": `${id}-list`,
      "aria-autocomplete": "list",
      oninput: () => this.#search(0),
      onkeydown: (event) => this.#key(event, enterEmpty),
    });
    this.list = h("ul", {
      id: `${id}-list`,
      role: "listbox",
      tabindex: "-1",
      onpointerdown: (event) => event.preventDefault(),
    });
    this.id = id;
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
    this.#search(this.#active);
  }

  clear() {
    this.input.value = "";
    this.#search(0);
  }

  /** @param {number} active */
  #search(active) {
    const wanted = fold(this.input.value).split(" ").filter(Boolean);
    this.#found = this.#options
      .filter(({ label, group, words = [] }) => {
        const whole = fold([group, label, ...words].join(" "));
        return wanted.every((word) => whole.includes(word));
      })
      .slice(0, SHOWN);
    this.list.replaceChildren(
      ...(this.#found.length ? this.#found.map((option, place) => this.#item(option, place)) : [this.#empty()]),
    );
    this.#activate(Math.min(active, Math.max(0, this.#found.length - 1)));
  }

  #empty() {
    const item = h("li", { role: "option", class: "nothing", "aria-disabled": "true", "aria-selected": "false" });
    setText(item, this.#nothing);
    return item;
  }

  /**
   * @param {Option} option
   * @param {number} place
   */
  #item({ label, group, aside }, place) {
    return h(
      "li",
      {
        id: `${this.id}-${place}`,
        role: "option",
        "aria-selected": "false",
        onclick: () => this.#choose(place),
      },
      h("b", {}, group),
      h("span", { class: "what" }, label),
      aside && h("span", { class: "aside" }, aside),
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
    if (document.activeElement === this.input) item?.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {KeyboardEvent} event
   * @param {(() => void) | undefined} enterEmpty
   */
  #key(event, enterEmpty) {
    if (event.key === "Enter") {
      event.preventDefault();
      if (!this.input.value.trim() && enterEmpty) enterEmpty();
      else this.#choose(this.#active);
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const count = this.#found.length || 1;
    this.#activate((this.#active + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
  }

  /** @param {number} place */
  #choose(place) {
    const option = this.#found[place];
    if (option) this.#take(option.value);
  }
}
