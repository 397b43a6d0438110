/** @import { Kept } from "./types.js" */

/**
 * The tickets of this browser with their secrets. They come in the address's fragment, which no server ever sees, and
 * stay in local storage, so that a reload without the fragment finds them.
 */

const PLACE = "tickets";
const ENDED = new Set(["done", "no_show", "left", "cancelled", "expired"]);
const FORGET_MS = 72 * 3_600_000;

export class KeptTickets {
  /** @type {Kept[]} the newest first */
  all = recall();

  /**
   * Takes in what the fragment names, `#city=…&ticket=…&secret=…` or `#<ticket>.<secret>`.
   *
   * @param {string} fragment with its #
   * @param {() => Promise<string>} cityOfServer for the short form
   * @returns {Promise<Kept | null>} the ticket that the fragment names, null where it names none
   */
  async take(fragment, cityOfServer) {
    const named = parse(fragment);
    if (!named) return null;
    const before = this.all.find((each) => each.ticket === named.ticket);
    if (before) return Object.assign(before, { secret: named.secret || before.secret });
    if (!named.secret) return null;
    const kept = fresh(named.city ?? (await cityOfServer()), named.ticket, named.secret);
    this.all.unshift(kept);
    this.save();
    return kept;
  }

  save() {
    try {
      localStorage.setItem(PLACE, JSON.stringify(this.all));
    } catch {
      // A browser that keeps nothing has the address, which keeps its fragment.
    }
  }

  /** @param {Kept} kept */
  forget(kept) {
    this.all = this.all.filter((each) => each !== kept);
    this.save();
  }
}

/** @param {Kept} kept */
export function fragmentOf({ city, ticket, secret }) {
  return `#${new URLSearchParams({ city, ticket, secret })}`;
}

/** @param {string} state */
export function isEnded(state) {
  return ENDED.has(state);
}

/**
 * @param {string} fragment
 * @returns {{city: string | null, ticket: string, secret: string} | null}
 */
export function parse(fragment) {
  const text = fragment.replace(/^#/, "");
  const short = /^([a-z2-7]{4,64})\.([\w-]{8,})$/.exec(text);
  if (short?.[1] && short[2]) return { city: null, ticket: short[1], secret: short[2] };
  const named = new URLSearchParams(text);
  const ticket = named.get("ticket");
  return ticket ? { city: named.get("city"), ticket, secret: named.get("secret") ?? "" } : null;
}

/**
 * @param {string} city
 * @param {string} ticket
 * @param {string} secret
 * @returns {Kept}
 */
function fresh(city, ticket, secret) {
  const reminders = { leave: true, call: true, push: false };
  return { city, ticket, secret, seen: null, travel: null, reminders, packed: [], formerNumbers: [] };
}

/** @returns {Kept[]} without those that ended days ago */
function recall() {
  try {
    /** @type {Kept[]} */
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    return kept.filter(({ seen }) => !seen || !isEnded(seen.ticket.state) || Date.now() - seen.wall < FORGET_MS);
  } catch {
    return [];
  }
}
