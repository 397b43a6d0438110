/**
 * Three tones and a buzz, made here: no file to load, nothing to fail. Browsers let a page sound only after the visitor
 * has touched it, so any touch readies it.
 */

const TONES_HZ = [659, 784, 988];
const TONE_SECONDS = 0.28;
const REPEAT_MS = 4_000;
const MOST_ROUNDS = 15;
const BUZZ = [400, 150, 400, 150, 700];

export class Chime {
  /** @type {AudioContext | null} */
  #audio = null;
  /** @type {number | undefined} */
  #timer;
  /** Rounds rung since the last start, for whoever wants to know that it sounds. */
  rounds = 0;

  /** Readies the sound at any touch or key. */
  listen() {
    for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => this.#ready(), { passive: true });
  }

  /** @param {number} [rounds] */
  start(rounds = MOST_ROUNDS) {
    this.stop();
    this.rounds = 0;
    const ring = () => {
      this.#ring();
      this.rounds += 1;
      if (this.rounds < rounds) this.#timer = setTimeout(ring, REPEAT_MS);
    };
    ring();
  }

  stop() {
    clearTimeout(this.#timer);
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(0);
  }

  #ready() {
    try {
      this.#audio ??= new AudioContext();
      if (this.#audio.state === "suspended") void this.#audio.resume();
    } catch {
      // A machine without sound: the page, the title and the vibration are left.
    }
  }

  #ring() {
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(BUZZ);
    const audio = this.#audio;
    if (audio?.state !== "running") return;
    TONES_HZ.forEach((hertz, place) => {
      const begins = audio.currentTime + place * TONE_SECONDS;
      const [tone, loudness] = [audio.createOscillator(), audio.createGain()];
      tone.frequency.value = hertz;
      loudness.gain.setValueAtTime(0.0001, begins);
      loudness.gain.exponentialRampToValueAtTime(0.4, begins + 0.03);
      loudness.gain.exponentialRampToValueAtTime(0.0001, begins + TONE_SECONDS);
      tone.connect(loudness).connect(audio.destination);
      tone.start(begins);
      tone.stop(begins + TONE_SECONDS);
    });
  }
}
