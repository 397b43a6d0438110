/** @import { Language } from "/pages/assets/types.js" */
/** @import { DeskRoom } from "./types.js" */
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
    this.cityPath = "";
  }

  /**
   * @param {string} city
   * @param {string} branch
   * @param {string} desk
   */
  sitAt(city, branch, desk) {
    const [c, b, d] = [city, branch, desk].map(encodeURIComponent);
    this.cityPath = `/api/v1/cities/${c}`;
    this.place = `${this.cityPath}/branches/${b}/desks/${d}`;
  }

  /**
   * @param {string} ticket
   * @returns {string} path of a ticket's own verbs
   */
  ticketPlace(ticket) {
    return `${this.cityPath}/tickets/${encodeURIComponent(ticket)}`;
  }

  /** @returns {Promise<DeskRoom>} */
  room() {
    return this.ask("GET", this.place);
  }
}
