/** @import { PlannerApi } from "./api.js" */
import { h, setAttribute } from "/pages/assets/dom.js";

/** A picture that the server draws for this page's width, theme and language; its data stand in a table beside. */

const STEP = 40;
const dark = matchMedia("(prefers-color-scheme: dark)");

export class Plot {
  #api;
  #language;
  /** @type {URLSearchParams | null} */
  #asked = null;
  #shown = "";
  #stop = new AbortController();

  /**
   * @param {PlannerApi} api
   * @param {() => string} language
   */
  constructor(api, language) {
    this.#api = api;
    this.#language = language;
    this.image = h("img", { alt: "" });
    this.element = h("div", { class: "plot" }, this.image);
    /** @type {(error: unknown) => void} */
    this.failed = () => {};
    dark.addEventListener("change", () => void this.#draw());
    new ResizeObserver(() => void this.#draw()).observe(this.element);
  }

  /**
   * @param {URLSearchParams} asked what the door needs besides theme, language and width
   * @param {string} words what the picture says
   */
  async show(asked, words) {
    this.#asked = asked;
    setAttribute(this.image, "alt", words);
    await this.#draw();
  }

  clear() {
    this.#asked = null;
    this.#shown = "";
    this.#stop.abort();
    this.image.removeAttribute("src");
  }

  async #draw() {
    const width = Math.floor(this.element.clientWidth / STEP) * STEP;
    if (!this.#asked || !width) return;
    const asked = new URLSearchParams(this.#asked);
    asked.set("theme", dark.matches ? "dark" : "light");
    asked.set("lang", this.#language());
    asked.set("width", String(width));
    const wanted = String(asked);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#stop.abort();
    const stop = (this.#stop = new AbortController());
    try {
      const svg = await this.#api.plot(asked, stop.signal);
      if (!stop.signal.aborted) this.image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    } catch (error) {
      if (stop.signal.aborted) return;
      this.#shown = "";
      this.failed(error);
    }
  }
}
