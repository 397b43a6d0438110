/** @import { Order } from "/pages/assets/command-runner.js" */
/** @import { ServiceInfo } from "/pages/assets/types.js" */
/** @import { DeskRow, Facts, Supervision, Ticket } from "./types.js" */
/** @import { Words } from "./words.js" */

/**
 * What a head of centre may do: the command, what is said once it is done, and the command that takes it back, where
 * there is one and nobody else has acted since. Pure.
 *
 * @typedef {object} Deed
 * @property {Order} order
 * @property {(words: Words) => string} said
 * @property {Deed | null} undo
 * @property {(view: Supervision) => boolean} [stands] whether what it did is still so
 * @property {number} [offset] its place in the log, once it is done
 *
 * @typedef {keyof Words["deeds"]} BranchDeed
 */

/** @type {Partial<Record<BranchDeed, BranchDeed>>} */
const INVERSE = {
  "close-tickets": "open-tickets",
  "open-tickets": "close-tickets",
  "power-off": "power-on",
  "power-on": "power-off",
  open: "close",
  alarm: "all-clear",
};

/**
 * @param {string} place path of the branch
 * @param {BranchDeed} verb
 * @param {Facts} facts as the head saw them
 * @param {object} [body]
 * @returns {Deed}
 */
export function branchDeed(place, verb, facts, body = {}) {
  const inverse = INVERSE[verb];
  /** @type {Deed | null} */
  let undo = inverse ? plain(place, inverse) : null;
  if (verb === "hold") undo = plain(place, "resume");
  if (verb === "resume" && facts.hold !== null) undo = plain(place, "hold", { reason: facts.hold });
  return { ...plain(place, verb, body), order: { place, verb, body, version: facts.version }, undo };
}

/**
 * @param {string} place
 * @param {BranchDeed} verb
 * @param {object} [body]
 * @returns {Deed}
 */
function plain(place, verb, body = {}) {
  return { order: { place, verb, body }, said: (words) => words.deeds[verb], undo: null };
}

/**
 * @param {string} place path of the branch
 * @param {import("./types.js").AlertAction} action to go where somebody waits for help, or to end it
 * @returns {Deed}
 */
export function helpDeed(place, { verb, device }) {
  const ends = verb === "end_help";
  const order = { place: `${place}/help/${encodeURIComponent(device ?? "")}`, verb: ends ? "end" : "answer", body: {} };
  return { order, said: (words) => (ends ? words.helpEnded : words.helpTaken), undo: null };
}

/**
 * @param {string} place path of the branch
 * @param {"suspend-service" | "restore-service"} verb
 * @param {ServiceInfo} service
 * @returns {Deed}
 */
export function serviceDeed(place, verb, service) {
  /** @param {"suspend-service" | "restore-service"} wanted @returns {Deed} */
  const make = (wanted) => ({
    order: { place, verb: wanted, body: { service: service.service } },
    said: (words) => (wanted === "suspend-service" ? words.serviceSuspended : words.serviceRestored)(service.name),
    undo: null,
  });
  return { ...make(verb), undo: make(verb === "suspend-service" ? "restore-service" : "suspend-service") };
}

/**
 * @param {string} place path of the branch
 * @param {DeskRow} desk
 * @param {string[] | null} queues its skills from now on; null: as the city's file says
 * @param {(queues: string[]) => string} letters
 * @param {string[]} usual the skills in the city's file
 * @returns {Deed}
 */
export function skillsDeed(place, desk, queues, letters, usual) {
  const at = `${place}/desks/${encodeURIComponent(desk.desk)}`;
  /** @param {string[] | null} wanted @returns {Deed} */
  const give = (wanted) => ({
    order: { place: at, verb: "set-skills", body: { queues: wanted } },
    said: (words) => words.skillsSet(desk.desk, letters(wanted ?? usual)),
    undo: null,
  });
  const given = new Set(queues ?? usual);
  return {
    ...give(queues),
    undo: give(desk.own_skills ? null : desk.queues),
    stands: ({ desks }) => {
      const now = desks.find((each) => each.desk === desk.desk)?.queues ?? [];
      return now.length === given.size && now.every((queue) => given.has(queue));
    },
  };
}

/**
 * @param {string} place path of the branch
 * @param {DeskRow} desk
 * @param {"open" | "close" | "pause" | "resume" | "release"} verb
 * @param {Words} words whose reasons stand in the log
 * @returns {Deed}
 */
export function deskDeed(place, desk, verb, words) {
  const at = `${place}/desks/${encodeURIComponent(desk.desk)}`;
  const reasons = { pause: desk.reason || words.deskPanel.pauseReason, release: words.deskPanel.releaseReason };
  /** @param {"open" | "close" | "pause" | "resume" | "release"} name @returns {Deed} */
  const make = (name) => ({
    order: { place: at, verb: name, body: name === "pause" || name === "release" ? { reason: reasons[name] } : {} },
    said: (said) =>
      ({ open: said.deskOpened, close: said.deskClosedDeed, pause: said.deskPaused, resume: said.deskResumed, release: said.deskReleased })[name](
        desk.desk,
      ),
    undo: null,
  });
  const inverse = /** @type {const} */ ({ open: "close", close: desk.state === "open" ? "open" : null, pause: "resume", resume: "pause", release: null })[verb];
  return { ...make(verb), undo: inverse ? make(inverse) : null };
}

/**
 * @param {string} city path of the city
 * @param {Ticket} ticket
 * @param {{to_queue?: string, to_desk?: string, to_branch?: string, keep_place: boolean, note?: string}} body
 * @param {string} where it goes, in words
 * @param {{branch: string, queueName: string}} from where it was
 * @returns {Deed}
 */
export function transferDeed(city, ticket, body, where, from) {
  const place = `${city}/tickets/${encodeURIComponent(ticket.id)}`;
  const back = { to_branch: from.branch, to_queue: ticket.queue, service: ticket.service, keep_place: true };
  /** @type {Deed} */
  const undo = {
    order: { place, verb: "transfer", body: back },
    said: (words) => words.ticketMoved(ticket.number, from.queueName),
    undo: null,
  };
  return {
    order: { place, verb: "transfer", body, version: ticket.version },
    said: (words) => words.ticketMoved(ticket.number, where),
    // One that was in hand cannot be put back into that hand; one that gave up its place has lost it; what is in
    // another branch is out of this head's reach.
    undo: ticket.state === "waiting" && body.keep_place && !body.to_branch ? undo : null,
  };
}

/**
 * @param {string} city path of the city
 * @param {Ticket} ticket
 * @returns {Deed}
 */
export function reinstateDeed(city, ticket) {
  return {
    order: { place: `${city}/tickets/${encodeURIComponent(ticket.id)}`, verb: "reinstate", body: {}, version: ticket.version },
    said: (words) => words.ticketReinstated(ticket.number),
    undo: null,
  };
}
