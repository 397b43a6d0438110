/** @import { CityInfo, Language } from "/pages/assets/types.js" */
/** @import { Me } from "/pages/assets/staff-api.js" */
import { TokenKeeper } from "/pages/assets/sign-in.js";
import { NoAnswer, Problem } from "/pages/assets/staff-api.js";
import { DeskApi } from "./api.js";
import { wordsOf } from "./words.js";

/**
 * Who sits here: a token that names its branch and desk.
 *
 * @typedef {{api: DeskApi, me: Me & {branch: string, desk: string}, city: CityInfo}} Session
 */

export const kept = new TokenKeeper("desk-token");

/**
 * @param {string} token
 * @param {() => Language} language
 * @returns {Promise<Session | string>} a session, or why there is none
 */
export async function openSession(token, language) {
  const words = wordsOf(language());
  const api = new DeskApi(token, language);
  try {
    const me = await api.me();
    if (me.role !== "desk" || !me.branch || !me.desk) return words.notADesk(me.role);
    const city = await api.city();
    api.sitAt(city.city, me.branch, me.desk);
    kept.keep(token);
    return { api, me: { ...me, branch: me.branch, desk: me.desk }, city };
  } catch (error) {
    if (error instanceof NoAnswer) return words.noAnswer;
    if (error instanceof Problem) return error.signedOut ? words.tokenWrong : error.message;
    throw error;
  }
}
