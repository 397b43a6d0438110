/** @import { Language } from "/pages/assets/types.js" */
/** @import { WhatIf } from "./choice.js" */
import { h } from "/pages/assets/dom.js";
import { wordsOf } from "./words.js";

/**
 * Plans that the reader kept to compare, on this computer only.
 *
 * @typedef {{branch: string, date: string, whatIf: WhatIf, changes: string, outcome: string}} Variant
 */

const KEPT = "planner-variants";
const MOST = 20;

export class Variants {
  #use;
  #language;

  /**
   * @param {() => Language} language
   * @param {(variant: Variant) => void} use
   */
  constructor(language, use) {
    this.#language = language;
    this.#use = use;
    this.element = h("section", { class: "variants" });
    this.speak();
  }

  /** @param {Variant} variant */
  add(variant) {
    const same = (/** @type {Variant} */ each) =>
      each.branch === variant.branch && each.date === variant.date && each.changes === variant.changes;
    this.#save([variant, ...this.#read().filter((each) => !same(each))].slice(0, MOST));
  }

  speak() {
    const words = wordsOf(this.#language());
    const kept = this.#read();
    this.element.replaceChildren(
      h("h2", {}, words.kept),
      kept.length
        ? h("ul", {}, ...kept.map((each, nth) => this.#item(each, nth)))
        : h("p", { class: "aside" }, words.keptEmpty),
    );
  }

  /** @param {Variant} variant @param {number} nth */
  #item(variant, nth) {
    const words = wordsOf(this.#language());
    const remove = () => this.#save(this.#read().filter((_, place) => place !== nth));
    return h(
      "li",
      {},
      h("b", {}, `${variant.date} · ${variant.changes}`),
      h("span", {}, variant.outcome),
      h("button", { type: "button", class: "plain", onclick: () => this.#use(variant) }, words.use),
      h("button", { type: "button", class: "plain", onclick: remove }, words.remove),
    );
  }

  /** @returns {Variant[]} */
  #read() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  }

  /** @param {Variant[]} variants */
  #save(variants) {
    try {
      localStorage.setItem(KEPT, JSON.stringify(variants));
    } catch {
      // A browser that keeps nothing still shows the plan.
    }
    this.speak();
  }
}
