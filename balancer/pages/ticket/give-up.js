/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";

/** Giving the ticket back: asked once more in place; focus goes to the question and returns to where it came from. */
export class GiveUp {
  #asking = false;
  #told = false;

  /** @param {() => Promise<string>} giveUp carries it through and answers why it was refused, or "" */
  constructor(giveUp) {
    this.open = h("button", { type: "button", class: "btn give", onclick: () => this.#ask(true) });
    this.question = h("p", { id: "give-up-question" });
    this.yes = h("button", { type: "button", class: "btn sure", onclick: () => void this.#carryOut(giveUp) });
    this.no = h("button", { type: "button", class: "btn", onclick: () => this.#ask(false) });
    this.trouble = h("p", { class: "trouble", role: "alert" });
    this.confirm = h(
      "div",
      { class: "confirm", role: "group", "aria-labelledby": "give-up-question", onkeydown: (event) => this.#key(event) },
      this.question,
      h("div", {}, this.yes, this.no),
    );
    this.confirm.hidden = true;
    this.element = h("div", { class: "give-up" }, this.open, this.confirm, this.trouble);
  }

  /**
   * @param {string} number
   * @param {{busy: boolean, unanswered: boolean}} command
   * @param {Words} words
   */
  draw(number, { busy, unanswered }, words) {
    setText(this.open, words.giveUp);
    setText(this.question, words.giveUpSure(number));
    setText(this.yes, busy ? words.givingUp : words.giveUpYes);
    setText(this.no, words.giveUpNo);
    this.yes.disabled = busy;
    this.no.disabled = busy;
    if (unanswered) setText(this.trouble, words.unanswered);
    else if (this.#told) setText(this.trouble, "");
    this.#told = unanswered;
  }

  /** @param {boolean} asking */
  #ask(asking) {
    this.#asking = asking;
    this.confirm.hidden = !asking;
    this.open.hidden = asking;
    setText(this.trouble, "");
    (asking ? this.no : this.open).focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape" && this.#asking) this.#ask(false);
  }

  /** @param {() => Promise<string>} giveUp */
  async #carryOut(giveUp) {
    const trouble = await giveUp();
    if (!trouble) return;
    this.#ask(false);
    setText(this.trouble, trouble);
  }
}
