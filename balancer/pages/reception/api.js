/** @import { ReceptionRoom } from "./types.js" */
import { StaffApi } from "/pages/assets/staff-api.js";

/** The doors of the server that reception uses. */
export class ReceptionApi extends StaffApi {
  city_path = "";
  branch_path = "";

  /**
   * @param {string} city
   * @param {string} branch
   */
  standIn(city, branch) {
    this.city_path = `/api/v1/cities/${encodeURIComponent(city)}`;
    this.branch_path = `${this.city_path}/branches/${encodeURIComponent(branch)}`;
  }

  /**
   * @param {string} ticket
   * @returns {string} the path of a ticket
   */
  ticketPath(ticket) {
    return `${this.city_path}/tickets/${encodeURIComponent(ticket)}`;
  }

  /** @returns {Promise<ReceptionRoom>} */
  room() {
    return this.ask("GET", this.branch_path);
  }

  /**
   * @param {string} ticket
   * @param {string} secret
   * @returns {Promise<string>} the QR code of the ticket's page as a data address; the secret stands in no address
   */
  async qr(ticket, secret) {
    const body = `${location.origin}/t#${ticket}.${secret}`;
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch("/qr.svg", { method: "POST", body, headers, credentials: "omit" });
    if (!answer.ok) throw new Error(`no QR code: ${answer.status}`);
    return `data:image/svg+xml,${encodeURIComponent(await answer.text())}`;
  }
}
