/** @import { Words } from "./words.js" */

/**
 * @param {string} text as it stands on the screen
 * @param {Words} words
 * @returns {string} as it is said: a dash between numbers is "from … to"
 */
export function spokenText(text, { spoken }) {
  const plain = text.replaceAll("\u2060", "");
  return plain.replace(/(\d[\d:]*)–(\d[\d:]*)/g, (_, from, to) => spoken(from, to));
}

/**
 * @param {HTMLElement} room
 * @returns {string} what a screen says beside its buttons, in its order
 */
export function readText(room) {
  const parts = [...room.querySelectorAll("main :is(h1, h2, p, dt, dd)")].flatMap((one) =>
    [...one.childNodes].map(({ textContent }) => textContent?.trim() ?? ""),
  );
  return parts.filter(Boolean).join(". ").replace(/([.!?:…])\. /g, "$1 ");
}

/**
 * Reading the screen aloud, where the machine has a voice for the language. What it says always stands on the screen.
 */
export class Voice {
  on = false;

  /** Browsers begin to look for voices when they are first asked. */
  constructor() {
    this.#voice("uk");
  }

  /** @param {string} language @returns {boolean} */
  has(language) {
    return this.#voice(language) !== null;
  }

  /** @param {string} language */
  #voice(language) {
    if (!("speechSynthesis" in globalThis)) return null;
    return speechSynthesis.getVoices().find(({ lang }) => lang.toLowerCase().startsWith(language)) ?? null;
  }

  /**
   * @param {string} text
   * @param {string} language
   */
  say(text, language) {
    if (!this.on) return;
    const voice = this.#voice(language);
    if (!voice) return;
    speechSynthesis.cancel();
    const said = new SpeechSynthesisUtterance(text);
    said.voice = voice;
    said.lang = voice.lang;
    said.rate = 0.95;
    speechSynthesis.speak(said);
  }

  stop() {
    this.on = false;
    if ("speechSynthesis" in globalThis) speechSynthesis.cancel();
  }
}
