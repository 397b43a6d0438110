/** @import { CityInfo, Language } from "/pages/assets/types.js" */
/** @import { Me } from "/pages/assets/staff-api.js" */
import { knowMe } from "/pages/assets/staff-room.js";
import { CityApi } from "./api.js";
import { wordsOf } from "./words.js";

/** @typedef {{api: CityApi, me: Me, city: CityInfo}} Session */

const ROLES = ["planner", "admin"];

/**
 * @param {string} token
 * @param {() => Language} language
 * @returns {Promise<Session | string>} a session, or why there is none
 */
export async function openSession(token, language) {
  const words = wordsOf(language());
  const api = new CityApi(token, language);
  const known = await knowMe(api, words, (me) => (ROLES.includes(me.role) ? "" : words.notCity(me.role)));
  if (typeof known === "string") return known;
  api.path = `/api/v1/cities/${encodeURIComponent(known.city.city)}`;
  return { api, ...known };
}
