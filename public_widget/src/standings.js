/** @import { BranchInfo, BranchLoad, CityInfo, QueueLoad, ServiceInfo, Wait } from "./types.js" */
/** @import { Level, SteadyWaits } from "./estimates.js" */
import { levelOf } from "./estimates.js";

/**
 * Where each branch stands for one service (or for none chosen): pure, from the city's definition and the known loads.
 *
 * @typedef {"alarm" | "hold" | "no_power" | "tickets_closed" | "closed"} OffReason
 *
 * @typedef {object} Standing
 * @property {BranchInfo} info
 * @property {BranchLoad | null} load null until its first frame
 * @property {"open" | "off" | "absent"} group absent: it does not offer the service
 * @property {OffReason | null} reason why it is off
 * @property {QueueLoad | null} queue the queue that serves the service
 * @property {number} waiting in that queue, or in the branch where no service is chosen
 * @property {Wait | null} wait of one who joins now, held steady; null: unknown
 * @property {Level | null} level
 *
 * @typedef {object} Question
 * @property {CityInfo} city
 * @property {Map<string, BranchLoad>} loads
 * @property {ServiceInfo | null} service
 * @property {string | null} branch show only this one
 * @property {SteadyWaits} steady
 */

const LEVELS = { moderate_minutes: 10, busy_minutes: 20 };
/** @type {(OffReason | null)[]} */
const OFF_ORDER = ["alarm", "hold", "no_power", "tickets_closed", "closed"];

/**
 * @param {Question} question
 * @returns {Standing[]} in the order of the city's definition
 */
export function standingsOf(question) {
  const { city, branch } = question;
  return city.branches.filter((info) => !branch || info.branch === branch).map((info) => standingOf(info, question));
}

/**
 * @param {BranchInfo} info
 * @param {Question} question
 * @returns {Standing}
 */
function standingOf(info, { city, loads, service, steady }) {
  const load = loads.get(info.branch) ?? null;
  const queueInfo = service && info.queues.find((queue) => queue.services.includes(service.service));
  const queue = (queueInfo && load?.queues.find((each) => each.queue === queueInfo.queue)) ?? null;
  const reason = load && offReason(load, service);
  const estimate = load && !reason ? (service ? (queue?.wait ?? null) : typicalWait(load.queues)) : null;
  const wait = steady.take(`${info.branch}/${queueInfo?.queue ?? "*"}`, estimate);
  return {
    info,
    load,
    group: service && !queueInfo ? "absent" : reason ? "off" : "open",
    reason,
    queue,
    waiting: (service ? queue?.waiting : load?.waiting) ?? 0,
    wait,
    level: wait && levelOf(wait, city.levels ?? LEVELS),
  };
}

/**
 * @param {BranchLoad} load
 * @param {ServiceInfo | null} service
 * @returns {OffReason | null} why nobody can be taken for it now
 */
export function offReason(load, service) {
  if (load.state === "paused") return load.reason === "alarm" ? "alarm" : "hold";
  if (load.state === "closed") return "closed";
  if (load.state === "tickets_closed") return "tickets_closed";
  return load.power === "off" && service?.needs_power ? "no_power" : null;
}

/**
 * The wait of the queue in the middle, each queue counted by the people in it: how full a branch is as a whole.
 *
 * @param {QueueLoad[]} queues
 * @returns {Wait | null}
 */
export function typicalWait(queues) {
  /** @type {{wait: Wait, weight: number}[]} */
  const known = [];
  for (const { wait, waiting } of queues) if (wait) known.push({ wait, weight: waiting + 1 });
  known.sort((a, b) => a.wait.p50 - b.wait.p50);
  let left = known.reduce((sum, each) => sum + each.weight, 0) / 2;
  for (const { wait, weight } of known) {
    left -= weight;
    if (left <= 0) return wait;
  }
  return null;
}

/**
 * @param {Standing[]} standings
 * @returns {Standing[]} open ones by wait, after them the unknown waits (without any desk last), then the off ones
 */
export function ranked(standings) {
  return standings.filter((each) => each.group !== "absent").sort(compare);
}

/**
 * @param {Standing} a
 * @param {Standing} b
 */
function compare(a, b) {
  if (a.group !== b.group) return a.group === "open" ? -1 : 1;
  if (a.group === "off") {
    const byReason = OFF_ORDER.indexOf(a.reason) - OFF_ORDER.indexOf(b.reason);
    return byReason || Date.parse(a.load?.opens_at ?? "") - Date.parse(b.load?.opens_at ?? "") || 0;
  }
  if (a.wait && b.wait) return a.wait.p50 - b.wait.p50 || a.wait.p90 - b.wait.p90;
  if (a.wait || b.wait) return a.wait ? -1 : 1;
  return Number(b.load?.desks_open !== 0) - Number(a.load?.desks_open !== 0);
}
