/** @import { Wait } from "/pages/assets/types.js" */
/** @import { Alternative, Catalogue, KioskField, KioskService, KioskView, Purpose } from "./types.js" */

/**
 * What can be offered now, from the last view: pure.
 *
 * @typedef {"quiet" | "moderate" | "busy"} Level
 * @typedef {"no_power" | "suspended" | "full" | null} Why what keeps a service from being had, null: nothing
 * @typedef {{queue: string, wait: Wait | null, level: Level | null, why: Why}} Offer a service now
 * @typedef {"no_data" | "alarm" | "paused" | "closed" | "full" | "open"} Standing what the whole branch does
 *
 * @typedef {object} Known
 * @property {KioskView | null} view
 * @property {Catalogue | null} catalogue
 * @property {"fresh" | "stale" | "gone"} freshness
 * @property {number | null} now city ms
 */

export { local as named } from "/pages/assets/format.js";

/** @type {Purpose[]} */
export const PURPOSES = ["advice", "submit", "collect"];
const EXACT_UP_TO = 60;

/** @param {Known} known @returns {Standing} */
export function standingOf({ view, catalogue, now }) {
  if (!view || !catalogue || now === null) return "no_data";
  if (view.state === "paused") return view.reason === "alarm" ? "alarm" : "paused";
  const isBreak = view.state === "tickets_closed" && view.opens_at?.slice(0, 10) === view.city_time?.slice(0, 10);
  if (view.state === "closed" || isBreak) return "closed";
  const closes = view.closes_at ? Date.parse(view.closes_at) : null;
  if (view.state === "tickets_closed" || view.full || (closes !== null && now >= closes)) return "full";
  return "open";
}

/**
 * @param {Known} known
 * @param {KioskService} service
 * @returns {Offer} without a wait where it is too old to be shown
 */
export function offerOf({ view, catalogue, freshness }, service) {
  const line = view?.queues.find(({ queue }) => queue === service.queue);
  const wait = freshness === "gone" ? null : (line?.wait ?? null);
  /** @type {Why} */
  let why = null;
  if (service.needs_power && view?.power === "off") why = "no_power";
  else if (view?.suspended.includes(service.service)) why = "suspended";
  else if (line?.full) why = "full";
  return {
    queue: service.queue,
    wait,
    level: wait && catalogue && freshness === "fresh" ? levelOf(wait, catalogue) : null,
    why,
  };
}

/** @param {Wait} wait @param {Catalogue} catalogue @returns {Level} */
export function levelOf(wait, catalogue) {
  if (wait.p50 < catalogue.moderate_minutes) return "quiet";
  return wait.p50 < catalogue.busy_minutes ? "moderate" : "busy";
}

/** @param {Catalogue} catalogue @param {string | undefined} service */
export function serviceOf(catalogue, service) {
  return catalogue.services.find((each) => each.service === service) ?? null;
}

/**
 * The services of a group, those that stand for a reason to come left out.
 *
 * @param {Catalogue} catalogue
 * @param {KioskField} field
 */
export function servicesIn(catalogue, field) {
  const general = new Set(catalogue.fields.flatMap(({ purposes }) => Object.values(purposes)));
  return catalogue.services.filter(({ service, category }) => category === field.category && !general.has(service));
}

/**
 * The service by which a group's wait is told: to submit papers, else its first.
 *
 * @param {Catalogue} catalogue
 * @param {KioskField} field
 */
export function typicalOf(catalogue, field) {
  const { submit } = field.purposes;
  return serviceOf(catalogue, submit) ?? catalogue.services.find(({ category }) => category === field.category) ?? null;
}

/**
 * Where everybody fetches what is ready, if that is one and the same service in all groups.
 *
 * @param {Catalogue} catalogue
 */
export function commonCollect(catalogue) {
  const all = new Set(catalogue.fields.map(({ purposes }) => purposes.collect).filter(Boolean));
  return all.size === 1 ? serviceOf(catalogue, [...all][0]) : null;
}

/**
 * @param {Wait} wait
 * @returns {{from: number, to: number}} whole minutes, p50 to p90; over an hour in fives, as on the board
 */
export function rangeOf({ p50, p90 }) {
  const step = p90 > EXACT_UP_TO ? 5 : 1;
  const from = Math.max(0, Math.round(p50 / step) * step);
  return { from, to: Math.max(from + step, Math.round(p90 / step) * step) };
}

/** @param {Alternative[]} alternatives @param {string} branch */
export function alternativeOf(alternatives, branch) {
  return alternatives.find((each) => each.branch === branch) ?? null;
}
