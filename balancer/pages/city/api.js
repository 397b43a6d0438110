/** @import { AuditView, BriefingView, OverviewView, ShortSpan } from "./types.js" */
import { StaffApi } from "/pages/assets/staff-api.js";

const PLANNER_WITHIN_MS = 60_000;

/** The city's doors that this page reads. */
export class CityApi extends StaffApi {
  path = "";

  /** @returns {Promise<OverviewView>} */
  overview() {
    return this.ask("GET", `${this.path}/overview`);
  }

  /**
   * @param {Record<string, string>} query
   * @returns {Promise<BriefingView>}
   */
  briefing(query) {
    return this.ask("GET", `${this.path}/briefing?${given(query)}`);
  }

  /**
   * @param {Record<string, string>} query
   * @returns {Promise<AuditView>}
   */
  audit(query) {
    return this.ask("GET", `${this.path}/audit?${given(query)}`);
  }

  /**
   * @param {string} branch
   * @returns {Promise<ShortSpan[]>} where today's plan has fewer desks than the forecast needs
   */
  async shortToday(branch) {
    const answer = await this.fetch(`${this.path}/planner/staffing?${given({ branch })}`, PLANNER_WITHIN_MS);
    /** @type {{slots?: {at: string, need: number, plan: number}[]}} */
    const view = await answer.json();
    return spansOf(view.slots ?? []);
  }
}

/**
 * @param {{at: string, need: number, plan: number}[]} slots half-hours in their order
 * @returns {ShortSpan[]} neighbours that lack desks, together; `short`: the most that are missing
 */
export function spansOf(slots) {
  /** @type {ShortSpan[]} */
  const spans = [];
  let open = false;
  for (const { at, need, plan } of slots) {
    const short = need - plan;
    const last = spans.at(-1);
    if (last && open) last.until = at;
    if (short <= 0) open = false;
    else if (last && open) last.short = Math.max(last.short, short);
    else {
      spans.push({ from: at, until: null, short });
      open = true;
    }
  }
  return spans;
}

/** @param {Record<string, string>} query */
function given(query) {
  return new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
}
