/** @import { CityInfo, Language } from "/pages/assets/types.js" */
/** @import { Me } from "/pages/assets/staff-api.js" */
import { StaffApi } from "/pages/assets/staff-api.js";
import { knowMe } from "/pages/assets/staff-room.js";
import { wordsOf } from "./words.js";

/**
 * Who leads: a supervisor in his branch, an admin (or a supervisor of the whole city) in the one that he chooses.
 *
 * @typedef {{api: StaffApi, me: Me, city: CityInfo, branches: string[]}} Session
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
  return { api, me, city, branches };
}
