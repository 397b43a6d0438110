/** Knows whether somebody is reading: how long ago the page was touched, and whether pointer or focus is inside. */

const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "touchmove"];

export class ReaderWatch {
  #element;
  #touched = performance.now();
  #pointerInside = false;
  /** @type {AbortController | null} */
  #listening = null;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  start() {
    this.#listening = new AbortController();
    const options = { signal: this.#listening.signal, passive: true, capture: true };
    for (const touch of TOUCHES) addEventListener(touch, () => (this.#touched = performance.now()), options);
    const inside = { signal: this.#listening.signal, passive: true };
    this.#element.addEventListener(
      "pointerenter",
      (event) => (this.#pointerInside = event.pointerType === "mouse"),
      inside,
    );
    this.#element.addEventListener("pointerleave", () => (this.#pointerInside = false), inside);
  }

  stop() {
    this.#listening?.abort();
    this.#pointerInside = false;
  }

  /** @returns {{idleSeconds: number, inside: boolean}} */
  get state() {
    const focused = this.#element.matches(":focus-within");
    return { idleSeconds: (performance.now() - this.#touched) / 1000, inside: this.#pointerInside || focused };
  }
}
