/** @import { Language } from "/pages/assets/types.js" */
/** @import { HallView } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";

/** Beside the calls: who comes next, and one poster at a time. A full hall says so before anything else. */

const TURN_MS = 12_000;

export class SidePanel {
  #turn = 0;
  #turnedAt = performance.now();
  #shown = "";

  constructor() {
    this.title = h("h2", { class: "h" });
    this.next = h("ul", { class: "next" });
    this.empty = h("p", { class: "h" });
    this.heading = h("h3");
    this.text = h("p");
    this.dots = h("p", { class: "dots", "aria-hidden": true });
    this.note = h("section", { class: "note" }, this.heading, this.text, this.dots);
    this.element = h("aside", { class: "side" }, this.title, this.next, this.empty, this.note);
  }

  /**
   * @param {HallView} view
   * @param {Words} words
   * @param {Language} language
   */
  draw(view, words, language) {
    setText(this.title, words.next);
    setText(this.empty, words.noLine);
    this.next.hidden = view.next.length === 0;
    this.empty.hidden = view.next.length > 0;
    const shown = view.next.join(" ");
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.next.replaceChildren(...view.next.map((number) => h("li", {}, number)));
    }
    this.#drawPoster(view, words, language);
  }

  /**
   * @param {HallView} view
   * @param {Words} words
   * @param {Language} language
   */
  #drawPoster(view, words, language) {
    const isFull = view.hall.capacity !== null && view.hall.people >= view.hall.capacity;
    this.note.hidden = !isFull && view.notices.length === 0;
    this.note.setAttribute("aria-label", words.posters);
    this.note.classList.toggle("full", isFull);
    if (isFull) {
      setText(this.heading, words.fullTitle);
      setText(this.text, words.fullText);
      this.dots.replaceChildren();
      return;
    }
    if (performance.now() - this.#turnedAt > TURN_MS) {
      this.#turnedAt = performance.now();
      this.#turn += 1;
    }
    const place = view.notices.length ? this.#turn % view.notices.length : 0;
    const notice = view.notices[place];
    setText(this.heading, local(notice?.title, language));
    setText(this.text, local(notice?.text, language));
    if (this.dots.childElementCount !== view.notices.length)
      this.dots.replaceChildren(...view.notices.map(() => h("i")));
    [...this.dots.children].forEach((dot, each) => dot.classList.toggle("on", each === place));
  }
}
