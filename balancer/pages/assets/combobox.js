/** @import { Child } from "/pages/assets/dom.js" */
import { h, setAttribute } from "/pages/assets/dom.js";
import { fold } from "/pages/assets/service-search.js";

/**
 * A field and the list that it narrows: words find, arrows move, a click takes. What Enter does is its owner's to say.
 *
 * @typedef {object} Option
 * @property {string} value
 * @property {string} label
 * @property {string} group
 * @property {string[]} [words] others by which it is found
 */

/**
 * @template {Option} O
 * @param {O[]} options
 * @param {string} text
 * @returns {O[]} those that have every word of the text somewhere
 */
export function fitting(options, text) {
  const wanted = fold(text).split(" ").filter(Boolean);
  return options.filter(({ label, group, words = [] }) => {
    const whole = fold([group, label, ...words].join(" "));
    return wanted.every((word) => whole.includes(word));
  });
}

/** @template {Option} O */
export class Combobox {
  /** @type {O[]} what stands in the list */
  found = [];
  #active = 0;
  #id;
  #owner;

  /**
   * @param {string} id of the field; the list and its items are called after it
   * @param {object} owner
   * @param {(text: string) => O[]} owner.find
   * @param {(option: O) => Child[]} owner.draw what stands in an item
   * @param {() => string} owner.nothing what is said where nothing is found
   * @param {() => void} owner.taken an item was clicked: it is `chosen` now
   */
  constructor(id, owner) {
    this.#id = id;
    this.#owner = owner;
    this.input = h("input", {
      id,
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-expanded": "true",
      "aria-controls": `${id}-list`,
      "aria-autocomplete": "list",
      oninput: () => this.search(),
      onkeydown: (event) => this.#key(event),
    });
    this.list = h("ul", {
      id: `${id}-list`,
      role: "listbox",
      tabindex: "-1",
      onpointerdown: (event) => event.preventDefault(),
    });
  }

  /** @returns {O | undefined} what Enter would take */
  get chosen() {
    return this.found[this.#active];
  }

  /** The list again; the place in it stays. */
  renew() {
    this.search(this.#active);
  }

  /** @param {number} [active] the place in the list that is chosen afterwards */
  search(active = 0) {
    const { find, nothing } = this.#owner;
    this.found = find(this.input.value.trim());
    const none = { role: "option", class: "nothing", "aria-disabled": "true", "aria-selected": "false" };
    const items = this.found.map((option, place) => this.#item(option, place));
    this.list.replaceChildren(...(items.length ? items : [h("li", none, nothing())]));
    this.#activate(Math.min(active, Math.max(0, items.length - 1)));
  }

  /**
   * @param {O} option
   * @param {number} place
   */
  #item(option, place) {
    const onclick = () => {
      this.#activate(place);
      this.#owner.taken();
    };
    const props = { id: `${this.#id}-${place}`, role: "option", "aria-selected": "false", onclick };
    return h("li", props, ...this.#owner.draw(option));
  }

  /** @param {number} place */
  #activate(place) {
    this.#active = place;
    const chosen = this.found.length ? this.list.children[place] : undefined;
    for (const item of this.list.children) setAttribute(item, "aria-selected", String(item === chosen));
    setAttribute(this.input, "aria-activedescendant", chosen?.id);
    if (document.activeElement === this.input) chosen?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const count = this.found.length || 1;
    this.#activate((this.#active + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
  }
}
