/** @import { Voice } from "./voice.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";

/**
 * For whoever sets the display up: volume, voice, a test, language, theme. Out of sight until somebody moves a pointer
 * or presses a key. Where the browser holds the sound back, one button frees it.
 *
 * @typedef {object} Wishes
 * @property {() => void} test
 * @property {() => void} changed volume or voice
 * @property {(light: boolean) => void} theme
 * @property {() => void} leave
 */

const AWAKE_MS = 8_000;

export class Controls {
  /** @type {number | undefined} */
  #timer;
  #voices = "";

  /**
   * @param {Voice} voice
   * @param {HTMLElement} languages
   * @param {Wishes} wishes
   */
  constructor(voice, languages, wishes) {
    this.voice = voice;
    this.volumeWord = h("span");
    this.volume = h("input", { type: "range", min: 0, max: 100, step: 5, oninput: () => this.#louder(wishes) });
    this.test = h("button", { type: "button", class: "btn", onclick: wishes.test });
    this.voiceWord = h("span");
    this.voices = h("select", { onchange: () => this.#choose(wishes) });
    this.noVoice = h("span");
    this.themeWord = h("span");
    this.light = h("input", { type: "checkbox", onchange: () => wishes.theme(this.light.checked) });
    this.leave = h("button", { type: "button", class: "plain", onclick: wishes.leave });
    this.languages = languages;
    this.panel = h(
      "section",
      { class: "controls" },
      h("label", {}, this.volumeWord, this.volume),
      this.test,
      h("label", {}, this.voiceWord, this.voices),
      this.noVoice,
      h("label", {}, this.light, this.themeWord),
      languages,
      this.leave,
    );
    this.blocked = h("span");
    this.unlock = h("button", { type: "button", class: "btn main", onclick: () => void voice.unlock() });
    this.muted = h("section", { class: "muted", hidden: true }, this.blocked, this.unlock);
    this.element = h("div", { class: "settings" }, this.muted, this.panel);
    this.light.checked = document.documentElement.dataset["theme"] === "light";
    for (const sign of ["pointermove", "pointerdown", "keydown", "focusin"]) addEventListener(sign, () => this.#wake());
    for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => void (voice.blocked && voice.unlock()));
  }

  #wake() {
    this.panel.classList.add("awake");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.panel.contains(document.activeElement)) this.#wake();
      else this.panel.classList.remove("awake");
    }, AWAKE_MS);
  }

  /** @param {Wishes} wishes */
  #louder(wishes) {
    this.voice.volume = Number(this.volume.value) / 100;
    wishes.changed();
  }

  /** @param {Wishes} wishes */
  #choose(wishes) {
    this.voice.preferred = this.voices.value;
    wishes.changed();
  }

  /** @param {Words} words */
  draw(words) {
    this.panel.setAttribute("aria-label", words.controls);
    this.muted.setAttribute("aria-label", words.soundOff);
    setText(this.volumeWord, words.volume);
    setText(this.test, words.test);
    setText(this.voiceWord, words.voice);
    setText(this.noVoice, words.noVoice);
    setText(this.themeWord, words.theme);
    setText(this.leave, words.leave);
    setText(this.blocked, words.soundOff);
    setText(this.unlock, words.soundOn);
    this.muted.hidden = !this.voice.blocked;
    if (this.volume !== document.activeElement) this.volume.value = String(Math.round(this.voice.volume * 100));
    const names = this.voice.voices.map((voice) => voice.name);
    this.noVoice.hidden = names.length > 0;
    /** @type {HTMLElement} */ (this.voices.parentElement).hidden = names.length === 0;
    if (names.join("\n") === this.#voices) return;
    this.#voices = names.join("\n");
    this.voices.replaceChildren(...names.map((name) => h("option", { value: name, selected: name === this.voice.preferred }, name)));
  }
}
