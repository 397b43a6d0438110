/** @import { Deed } from "./deeds.js" */
/** @import { Scene } from "./scene.js" */
import { h, setAttribute, setText } from "/pages/assets/dom.js";
import { icon } from "/pages/assets/icons.js";

/** What was done last on this screen, when, and one press that takes it back, where that can be. */

export class DoneFoot {
  /** @type {{deed: Deed, at: number, undone: boolean} | null} */
  #last = null;

  /** @param {(deed: Deed) => void} undo */
  constructor(undo) {
    this.when = h("b");
    this.what = h("span");
    this.word = h("span");
    this.button = h("button", { type: "button", class: "b", onclick: () => this.#last?.deed.undo && undo(this.#last.deed) }, icon("replay"), this.word);
    this.element = h("p", { class: "undo" }, h("span", {}, this.when, " ", this.what), this.button);
  }

  /**
   * @param {Deed} deed
   * @param {number} at city ms
   */
  done(deed, at) {
    this.#last = { deed, at, undone: false };
  }

  /** The last deed was taken back. */
  undone() {
    if (this.#last) this.#last.undone = true;
  }

  /** @param {Scene} scene */
  draw(scene) {
    const { words, format } = scene;
    const last = this.#last;
    const said = last ? last.deed.said(words) : "";
    setText(this.when, last ? format.time(last.at) : "");
    setText(this.what, !last ? words.nothingDone : last.undone ? words.undone(said) : last.deed.undo ? said : `${said}; ${words.cannotUndo}`);
    this.button.hidden = !last?.deed.undo || last.undone;
    setText(this.word, words.undo);
    setAttribute(this.button, "aria-label", words.undoNamed(said));
    setAttribute(this.button, "aria-disabled", scene.off ? "true" : null);
  }
}
