/** @import { Language } from "/pages/assets/types.js" */
/** @import { Scene } from "./types.js" */
import { local } from "/pages/assets/format.js";

/** Figures and names in words. Pure. */

/**
 * @param {number | null | undefined} minutes
 * @param {Language} language
 * @returns {string} one decimal below ten, "—" for nothing
 */
export function minutesText(minutes, language) {
  if (minutes == null) return "—";
  const digits = minutes < 10 ? 1 : 0;
  return minutes.toLocaleString(language === "uk" ? "uk-UA" : "en-GB", { maximumFractionDigits: digits });
}

/**
 * @param {number} count
 * @param {Language} language
 * @returns {string} like 6 061
 */
export function countText(count, language) {
  return count.toLocaleString(language === "uk" ? "uk-UA" : "en-GB");
}

/**
 * @param {number | null | undefined} share
 * @returns {string} like 87 %
 */
export function percent(share) {
  return share == null ? "—" : `${Math.round(share * 100)}\u00a0%`;
}

/**
 * @param {Scene} scene
 * @param {string | null} branch
 * @returns {string}
 */
export function branchName({ city, language }, branch) {
  return local(city.branches.find((each) => each.branch === branch)?.name, language) || (branch ?? "");
}

/**
 * @param {Scene} scene
 * @param {string} branch
 * @param {string} queue
 * @returns {string}
 */
export function queueName({ city, language }, branch, queue) {
  const found = city.branches.find((each) => each.branch === branch)?.queues.find((each) => each.queue === queue);
  return local(found?.name, language) || queue;
}

/**
 * @param {string} day YYYY-MM-DD
 * @param {Language} language
 * @returns {string} like "Friday, 20 November"
 */
export function dayText(day, language) {
  const at = new Date(`${day}T12:00:00Z`);
  const format = { weekday: /** @type {const} */ ("long"), day: /** @type {const} */ ("numeric"), month: /** @type {const} */ ("long"), timeZone: "UTC" };
  return at.toLocaleDateString(language === "uk" ? "uk-UA" : "en-GB", format);
}
