/** @import { Language } from "/pages/assets/types.js" */
/** @import { Me } from "/pages/assets/staff-api.js" */
/** @import { BranchInfo, StaffCity } from "./types.js" */
import { knowMe } from "/pages/assets/staff-room.js";
import { ReceptionApi } from "./api.js";
import { wordsOf } from "./words.js";

/**
 * Who stands here, and in which branch.
 *
 * @typedef {{api: ReceptionApi, me: Me, city: StaffCity, branch: BranchInfo}} Session
 */

const ROLES = ["reception", "supervisor", "admin"];

/**
 * @param {string} token
 * @param {() => Language} language
 * @returns {Promise<Session | string>} a session, or why there is none
 */
export async function openSession(token, language) {
  const words = wordsOf(language());
  const api = new ReceptionApi(token, language);
  const known = await knowMe(api, words, (me) => (ROLES.includes(me.role) ? "" : words.notReception(me.role)));
  if (typeof known === "string") return known;
  const { me, city } = known;
  const wanted = me.branch ?? new URL(location.href).searchParams.get("branch") ?? city.branches[0]?.branch;
  const branch = city.branches.find((each) => each.branch === wanted);
  if (!branch) return words.unknownBranch(String(wanted));
  api.standIn(city.city, branch.branch);
  return { api, me, city, branch };
}
