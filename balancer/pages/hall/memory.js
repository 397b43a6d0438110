/** @import { HallView } from "./types.js" */

/**
 * What the display keeps for its next start: the last view with its age, and how loud it is. After a power cut it shows
 * that until the server answers.
 *
 * @typedef {{city: string, view: HallView, at: number, speed: number}} KeptView `at`: Date.now() when it was received
 * @typedef {{volume: number, voice: string}} Sound
 */

/**
 * @param {string} branch
 * @returns {KeptView | null}
 */
export function keptView(branch) {
  const kept = read(`hall:${branch}:view`);
  return kept?.view?.branch === branch && Array.isArray(kept.view.called) ? kept : null;
}

/** @param {string} branch @param {KeptView} kept */
export function keepView(branch, kept) {
  write(`hall:${branch}:view`, kept);
}

/** @param {string} branch */
export function forgetView(branch) {
  try {
    localStorage.removeItem(`hall:${branch}:view`);
  } catch {
    // Nothing was kept.
  }
}

/** @returns {Sound | null} */
export function keptSound() {
  return read("hall:sound");
}

/** @param {Sound} sound */
export function keepSound(sound) {
  write("hall:sound", sound);
}

/** @param {string} name */
function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} name @param {object} value */
function write(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing starts empty.
  }
}
