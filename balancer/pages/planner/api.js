/** @import { Backtest, Forecast, Staffing } from "./types.js" */
import { StaffApi } from "/pages/assets/staff-api.js";

/** The planner's doors of the server. Some answers are worked out for seconds; `stop` gives one up. */

const WORKED_OUT_WITHIN_MS = 30_000;

export class PlannerApi extends StaffApi {
  place = "";

  /** @param {string} city */
  planIn(city) {
    this.place = `/api/v1/cities/${encodeURIComponent(city)}/planner`;
  }

  /**
   * @param {URLSearchParams} asked
   * @param {AbortSignal} stop
   * @returns {Promise<Forecast>}
   */
  forecast(asked, stop) {
    return this.#json("forecast", asked, stop);
  }

  /**
   * @param {URLSearchParams} asked
   * @param {AbortSignal} stop
   * @returns {Promise<Staffing>}
   */
  staffing(asked, stop) {
    return this.#json("staffing", asked, stop);
  }

  /**
   * @param {URLSearchParams} asked
   * @param {AbortSignal} stop
   * @returns {Promise<Backtest>}
   */
  backtest(asked, stop) {
    return this.#json("backtest", asked, stop);
  }

  /**
   * @param {URLSearchParams} asked
   * @param {AbortSignal} stop
   * @returns {Promise<string>} an SVG document
   */
  async plot(asked, stop) {
    return (await this.fetch(`${this.place}/plot?${asked}`, WORKED_OUT_WITHIN_MS, stop)).text();
  }

  /**
   * @param {URLSearchParams} asked
   * @returns {Promise<{file: Blob, name: string}>}
   */
  async export(asked) {
    const response = await this.fetch(`${this.place}/export?${asked}`, WORKED_OUT_WITHIN_MS);
    const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
    return { file: await response.blob(), name: name ?? `plan.${asked.get("format")}` };
  }

  /**
   * @param {string} what
   * @param {URLSearchParams} asked
   * @param {AbortSignal} stop
   */
  async #json(what, asked, stop) {
    return (await this.fetch(`${this.place}/${what}?${asked}`, WORKED_OUT_WITHIN_MS, stop)).json();
  }
}
