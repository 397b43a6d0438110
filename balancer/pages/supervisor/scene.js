/** @import { CityInfo, Language, QueueInfo } from "/pages/assets/types.js" */
/** @import { CityFormat } from "/pages/assets/format.js" */
/** @import { Supervision } from "./types.js" */
/** @import { Words } from "./words.js" */
import { local } from "/pages/assets/format.js";

/**
 * What every part of the page draws from.
 *
 * @typedef {object} Scene
 * @property {Supervision} view
 * @property {CityInfo} city
 * @property {Language} language
 * @property {Words} words
 * @property {CityFormat} format
 * @property {number} now city milliseconds
 * @property {number} asked city milliseconds of the view
 * @property {number} age real seconds since the last answer
 * @property {boolean} off no command can be given now
 */

/**
 * @param {Scene} scene
 * @param {string} queue
 * @returns {QueueInfo | undefined}
 */
export function queueOf({ city, view }, queue) {
  return city.branches.find((each) => each.branch === view.branch)?.queues.find((each) => each.queue === queue);
}

/**
 * @param {Scene} scene
 * @param {string | null} queue
 * @returns {string} the letter of its tickets
 */
export function letterOf(scene, queue) {
  return (queue !== null && queueOf(scene, queue)?.letter) || queue || "";
}

/**
 * @param {Scene} scene
 * @param {string} queue
 */
export function queueName(scene, queue) {
  return local(queueOf(scene, queue)?.name, scene.language) || queue;
}

/**
 * @param {Scene} scene
 * @param {string[]} queues
 * @returns {string} their letters, like "A B"
 */
export function letters(scene, queues) {
  return queues.map((each) => letterOf(scene, each)).join(" ");
}

/**
 * @param {Scene} scene
 * @param {number} minutes at the moment of the view
 * @returns {number} now, if branch time moves
 */
export function aged(scene, minutes) {
  return minutes + (scene.view.moving ? Math.max(0, scene.now - scene.asked) / 60_000 : 0);
}

/**
 * @param {number} minutes
 * @returns {string} like 4:07
 */
export function timer(minutes) {
  const seconds = Math.floor(minutes * 60);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * @param {number | null | undefined} share
 * @returns {string} like 87 %, a dash for none
 */
export function percent(share) {
  return share === null || share === undefined ? "–" : `${Math.floor(share * 100)}\u202f%`;
}
