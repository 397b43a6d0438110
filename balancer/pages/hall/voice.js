/** @import { Saying } from "./spoken.js" */

/**
 * The voice of the hall: a chime, then the call in the languages of the city for which this machine has a voice, one
 * announcement after another. Without a voice for the first of them the chime sounds alone; the text is on the screen
 * in any case.
 *
 * A browser may keep silent until somebody has touched the page (a wall machine starts Chromium with
 * --autoplay-policy=no-user-gesture-required); `blocked` says so, `unlock` is for the hand that helps.
 */

const LONGEST_SAYING_MS = 15_000;
const CHIME_MS = 900;
const NOTES = [880, 659.25];

export class Voice {
  volume = 0.9;
  /** @type {string} name of the chosen Ukrainian voice; "" takes the first */
  preferred = "";
  /** @type {AudioContext | null} */
  #audio = null;
  /** @type {Saying[][]} */
  #queue = [];
  #busy = false;
  #changed;

  /** @param {() => void} changed the sound was blocked or freed, or other voices are there */
  constructor(changed) {
    this.#changed = changed;
    globalThis.speechSynthesis?.addEventListener?.("voiceschanged", changed);
  }

  /** Finds out whether this browser lets sounds out without a touch. */
  async start() {
    try {
      this.#audio = new AudioContext();
      this.#audio.addEventListener("statechange", this.#changed);
      void this.#audio.resume();
    } catch {
      this.#audio = null;
    }
    this.#changed();
  }

  /** @returns {boolean} whether the browser wants a touch before it lets sounds out */
  get blocked() {
    return this.#audio !== null && this.#audio.state === "suspended";
  }

  async unlock() {
    await this.#audio?.resume();
    this.#changed();
  }

  /** @returns {SpeechSynthesisVoice[]} the Ukrainian voices of this machine */
  get voices() {
    return this.#voicesOf("uk");
  }

  /** @param {Saying[]} sayings one announcement in its languages */
  announce(sayings) {
    this.#queue.push(sayings);
    void this.#work();
  }

  /** Something more important comes: what has not been said is not said any more. */
  hush() {
    this.#queue = [];
    globalThis.speechSynthesis?.cancel();
  }

  async #work() {
    if (this.#busy) return;
    this.#busy = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      await this.#chime();
      if (!next[0] || this.#voicesOf(next[0].lang).length === 0) continue;
      for (const saying of next) await this.#speak(saying);
    }
    this.#busy = false;
  }

  /** Two falling notes. */
  async #chime() {
    const audio = this.#audio;
    if (!audio || audio.state !== "running") return;
    NOTES.forEach((pitch, place) => {
      const begins = audio.currentTime + place * 0.35;
      const tone = new OscillatorNode(audio, { type: "sine", frequency: pitch });
      const loudness = new GainNode(audio, { gain: 0 });
      loudness.gain.setValueAtTime(0, begins);
      loudness.gain.linearRampToValueAtTime(0.5 * this.volume, begins + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.001, begins + 0.6);
      tone.connect(loudness).connect(audio.destination);
      tone.start(begins);
      tone.stop(begins + 0.65);
    });
    await pause(CHIME_MS);
  }

  /** @param {Saying} saying */
  #speak({ lang, text }) {
    const voices = this.#voicesOf(lang);
    const voice = voices.find((each) => each.name === this.preferred) ?? voices[0];
    if (!voice) return Promise.resolve();
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = lang;
    utterance.voice = voice;
    utterance.volume = this.volume;
    utterance.rate = 0.9;
    const said = new Promise((resolve) => {
      utterance.onend = resolve;
      utterance.onerror = resolve;
    });
    speechSynthesis.speak(utterance);
    return Promise.race([said, pause(LONGEST_SAYING_MS)]);
  }

  /** @param {string} tag with or without a region, which does not matter */
  #voicesOf(tag) {
    const all = globalThis.speechSynthesis?.getVoices() ?? [];
    return all.filter((voice) => languageIn(voice.lang) === languageIn(tag));
  }
}

/** @param {string} tag like uk-UA or uk_UA */
function languageIn(tag) {
  return tag.toLowerCase().split(/[-_]/)[0];
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
