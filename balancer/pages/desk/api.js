/** @import { Language } from "/pages/assets/types.js" */
/** @import { DeskAnswer, DeskRoom, Verb } from "./types.js" */
import { StaffApi } from "/pages/assets/staff-api.js";

/** The desk's doors of the server. */
export class DeskApi extends StaffApi {
  /**
   * @param {string} token
   * @param {() => Language} language
   */
  constructor(token, language) {
    super(token, language);
    this.place = "";
  }

  /**
   * @param {string} city
   * @param {string} branch
   * @param {string} desk
   */
  sitAt(city, branch, desk) {
    const [c, b, d] = [city, branch, desk].map(encodeURIComponent);
    this.place = `/api/v1/cities/${c}/branches/${b}/desks/${d}`;
  }

  /** @returns {Promise<DeskRoom>} */
  room() {
    return this.ask("GET", this.place);
  }

  /**
   * @param {Verb} verb
   * @param {object} body
   * @param {string} key the same for every repeat of one command
   * @param {number | null} version what the caller believes to be current
   * @returns {Promise<DeskAnswer>}
   */
  command(verb, body, key, version) {
    /** @type {Record<string, string>} */
    const headers = { "Idempotency-Key": key };
    if (version !== null) headers["If-Match"] = String(version);
    return this.ask("POST", `${this.place}/${verb}`, body, headers);
  }
}
