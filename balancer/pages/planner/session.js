/** @import { CityInfo, Language } from "/pages/assets/types.js" */
import { knowMe } from "/pages/assets/staff-room.js";
import { PlannerApi } from "./api.js";
import { wordsOf } from "./words.js";

/**
 * Who plans: a token of the role planner or admin.
 *
 * @typedef {{api: PlannerApi, city: CityInfo}} Session
 */

const ROLES = ["planner", "admin"];

/**
 * @param {string} token
 * @param {() => Language} language
 * @returns {Promise<Session | string>} a session, or why there is none
 */
export async function openSession(token, language) {
  const words = wordsOf(language());
  const api = new PlannerApi(token, language);
  const known = await knowMe(api, words, ({ role }) => (ROLES.includes(role) ? "" : words.notAPlanner(role)));
  if (typeof known === "string") return known;
  api.planIn(known.city.city);
  return { api, city: known.city };
}
