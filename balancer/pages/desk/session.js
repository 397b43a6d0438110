/** @import { CityInfo, Language } from "/pages/assets/types.js" */
/** @import { Me } from "/pages/assets/staff-api.js" */
import { knowMe } from "/pages/assets/staff-room.js";
import { DeskApi } from "./api.js";
import { wordsOf } from "./words.js";

/**
 * Who sits here: a token that names its branch and desk.
 *
 * @typedef {{api: DeskApi, me: Me & {branch: string, desk: string}, city: CityInfo}} Session
 */

/**
 * @param {string} token
 * @param {() => Language} language
 * @returns {Promise<Session | string>} a session, or why there is none
 */
export async function openSession(token, language) {
  const words = wordsOf(language());
  const api = new DeskApi(token, language);
  const known = await knowMe(api, words, (me) => (isDesk(me) ? "" : words.notADesk(me.role)));
  if (typeof known === "string") return known;
  const { me, city } = known;
  if (!isDesk(me)) return words.notADesk(me.role);
  api.sitAt(city.city, me.branch, me.desk);
  return { api, me, city };
}

/**
 * The room of the desk; a branch on trial or in training is told with it and joins the definition.
 *
 * @param {Session} session
 */
export async function readRoom({ api, city }) {
  const room = await api.room();
  const { definition } = room;
  if (definition && !city.branches.some((each) => each.branch === definition.branch)) city.branches.push(definition);
  return room;
}

/**
 * @param {Me} me
 * @returns {me is Me & {branch: string, desk: string}}
 */
function isDesk(me) {
  return me.role === "desk" && me.branch !== null && me.desk !== null;
}
