/** @import { Language, Wait } from "/pages/assets/types.js" */
/** @import { QueueLoad, Scene, StaffCity } from "./types.js" */
import { local, unbroken } from "/pages/assets/format.js";

/** Names and waits in words. Pure. */

/**
 * @param {StaffCity} city
 * @param {string} service
 * @param {Language} language
 * @returns {string}
 */
export function serviceName(city, service, language) {
  return local(city.services.find((each) => each.service === service)?.name, language) || service;
}

/**
 * @param {Wait | null | undefined} wait
 * @returns {string} like "8–15", "" where nobody knows
 */
export function range(wait) {
  if (!wait) return "";
  const [low, high] = [Math.round(wait.p50), Math.round(wait.p90)];
  return unbroken(low === high ? String(low) : `${low}–${high}`);
}

/**
 * @param {Scene} scene
 * @param {QueueLoad | undefined} load of the queue one would join
 * @returns {string} like "Ahead: 5, about 8–15 min"
 */
export function waitText({ words }, load) {
  if (!load) return "";
  const told = range(load.wait);
  return `${words.ahead(load.waiting)}, ${told ? words.about(told) : words.unknownWait}`;
}
