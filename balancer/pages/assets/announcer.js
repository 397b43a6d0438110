/**
 * What a screen reader is told without being asked: one polite status, at most one every 30 s, the newest wins.
 * The numbers on the board stand outside of live regions; whoever wants them reads the rows.
 */

import { h, setText } from "/pages/assets/dom.js";

const EVERY_MS = 30_000;

export class Announcer {
  #last = -Infinity;
  /** @type {number | undefined} */
  #timer;
  element = h("p", { class: "sr", role: "status" });

  /** @param {string} text */
  say(text) {
    clearTimeout(this.#timer);
    const wait = this.#last + EVERY_MS - performance.now();
    this.#timer = setTimeout(
      () => {
        this.#last = performance.now();
        setText(this.element, text);
      },
      Math.max(0, wait),
    );
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
