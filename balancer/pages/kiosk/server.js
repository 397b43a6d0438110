/** @import { KioskView } from "./types.js" */
import { NoAnswer, Problem, StaffApi } from "/pages/assets/staff-api.js";

/** The doors of the server that a kiosk uses. */

const QR_WITHIN_MS = 8_000;

export class KioskServer {
  #api;
  #path;

  /**
   * @param {string} token
   * @param {string} city
   * @param {string} branch
   */
  constructor(token, city, branch) {
    this.#api = new StaffApi(token, () => "uk");
    this.#path = `/api/v1/cities/${encodeURIComponent(city)}/branches/${encodeURIComponent(branch)}`;
    this.city = city;
  }

  /**
   * @param {number} version of the catalogue that is known, 0 for none
   * @returns {Promise<KioskView>}
   */
  view(version) {
    return this.#api.ask("GET", `${this.#path}/kiosk?version=${version}`);
  }

  /**
   * @param {number} count of numbers of each letter
   * @param {string} key
   * @returns {Promise<{lease: string, day: string, slips: {number: string, queue: string, ticket: string,
   *   secret: string}[]}>}
   */
  lease(count, key) {
    return this.#api.ask("POST", `${this.#path}/leases`, { count }, { "Idempotency-Key": key });
  }

  /**
   * @param {object} body
   * @param {string} key
   * @returns {Promise<{ticket: {id: string, number: string, ahead: number | null, arrived: string,
   *   wait: import("/pages/assets/types.js").Wait | null}, secret: string, offset: number}>}
   */
  issue(body, key) {
    return this.#api.ask("POST", `${this.#path}/tickets`, body, { "Idempotency-Key": key });
  }

  /**
   * Gives a ticket back that nobody holds.
   *
   * @param {string} ticket
   * @param {string} secret
   * @param {string} key
   */
  cancel(ticket, secret, key) {
    const path = `/api/v1/cities/${encodeURIComponent(this.city)}/tickets/${encodeURIComponent(ticket)}/cancel`;
    return new StaffApi(secret, () => "uk").ask("POST", path, {}, { "Idempotency-Key": key });
  }

  /**
   * @param {string | null} printer
   * @param {string} key
   */
  report(printer, key) {
    return this.#api.ask("POST", `${this.#path}/devices/state`, { printer }, { "Idempotency-Key": key });
  }

  /**
   * @param {string} key
   * @returns {Promise<{help: import("./types.js").HelpView | null, offset: number}>}
   */
  askHelp(key) {
    return this.#api.ask("POST", `${this.#path}/help`, {}, { "Idempotency-Key": key });
  }

  /** @param {string} key */
  withdrawHelp(key) {
    return this.#api.ask("POST", `${this.#path}/help/withdraw`, {}, { "Idempotency-Key": key });
  }

  /**
   * @param {string} link
   * @returns {Promise<string>} SVG; the link goes in the body, because it carries a secret
   */
  async qr(link) {
    try {
      const signal = AbortSignal.timeout(QR_WITHIN_MS);
      const reply = await fetch("/qr.svg", {
        method: "POST",
        body: link,
        credentials: "omit",
        signal,
        headers: { "Content-Type": "application/json" },
      });
      if (reply.ok) return await reply.text();
      throw new Problem(reply.status, "", `HTTP ${reply.status}`, 0);
    } catch (error) {
      throw error instanceof Problem ? error : new NoAnswer(String(error));
    }
  }
}
