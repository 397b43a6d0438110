/** @import { CityInfo, Language } from "/pages/assets/types.js" */
import { TokenKeeper } from "/pages/assets/sign-in.js";
import { NoAnswer, Problem } from "/pages/assets/staff-api.js";
import { PlannerApi } from "./api.js";
import { wordsOf } from "./words.js";

/**
 * Who plans: a token of the role planner or admin.
 *
 * @typedef {{api: PlannerApi, city: CityInfo}} Session
 */

export const kept = new TokenKeeper("planner-token");
const ROLES = ["planner", "admin"];

/**
 * @param {string} token
 * @param {() => Language} language
 * @returns {Promise<Session | string>} a session, or why there is none
 */
export async function openSession(token, language) {
  const words = wordsOf(language());
  const api = new PlannerApi(token, language);
  try {
    const me = await api.me();
    if (!ROLES.includes(me.role)) return words.notAPlanner(me.role);
    const city = await api.city();
    api.planIn(city.city);
    kept.keep(token);
    return { api, city };
  } catch (error) {
    if (error instanceof NoAnswer) return words.noAnswer;
    if (error instanceof Problem) return error.signedOut ? words.tokenWrong : error.message;
    throw error;
  }
}
