/** @import { CityInfo, Language } from "/pages/assets/types.js" */
/** @import { Me } from "/pages/assets/staff-api.js" */
import { StaffApi } from "/pages/assets/staff-api.js";
import { knowMe } from "/pages/assets/staff-room.js";
import { wordsOf } from "./words.js";

/**
 * Who leads: a supervisor in his branch, an admin (or a supervisor of the whole city) in the one that he chooses, or
 * that the address names: `?branch=`.
 *
 * @typedef {object} Session
 * @property {StaffApi} api
 * @property {Me} me
 * @property {CityInfo} city
 * @property {string[]} branches that may be chosen
 * @property {string} branch shown first
 * @property {string | null} journal where an admin reads who did what
 */

const ROLES = ["supervisor", "admin"];

/**
 * @param {string} token
 * @param {() => Language} language
 * @returns {Promise<Session | string>} a session, or why there is none
 */
export async function openSession(token, language) {
  const words = wordsOf(language());
  const api = new StaffApi(token, language);
  const known = await knowMe(api, words, ({ role }) => (ROLES.includes(role) ? "" : words.notASupervisor(role)));
  if (typeof known === "string") return known;
  const { me, city } = known;
  const branches = me.branch ? [me.branch] : city.branches.map(({ branch }) => branch);
  const named = new URLSearchParams(location.search).get("branch") ?? "";
  const branch = branches.includes(named) ? named : (branches[0] ?? "");
  return { api, me, city, branches, branch, journal: me.role === "admin" ? "/city#audit" : null };
}

/** @param {string} branch that a reload shows again */
export function keepBranch(branch) {
  const address = new URL(location.href);
  address.searchParams.set("branch", branch);
  history.replaceState(null, "", address);
}
