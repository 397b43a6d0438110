/**
 * What the planner's doors answer (balancer/messages/planning.py). Types only. Minutes are numbers, "HH:MM" is the
 * branch's wall time, shares are 0…1.
 *
 * @typedef {import("/pages/assets/types.js").LocalText} LocalText
 * @typedef {{mean: number, p10: number, p90: number}} Range
 * @typedef {{code: string, uk: string, en: string}} Reason
 *
 * @typedef {object} Head
 * @property {string} branch
 * @property {string} made_at
 * @property {boolean} demo the history was made up for a demonstration
 * @property {"ready" | "empty"} state
 * @property {Reason | null} reason
 * @property {{first: string | null, last: string | null, days: number, visits: number}} history
 *
 * @typedef {Range & {at: string, actual: number | null}} ForecastSlot
 *
 * @typedef {object} ForecastDay
 * @property {string} date
 * @property {number} weekday Monday is 0
 * @property {boolean} closed
 * @property {LocalText | null} holiday
 * @property {Range} total
 * @property {number | null} day_factor
 * @property {ForecastSlot[]} slots
 * @property {{queue: string, letter: string, name: LocalText, total: Range}[]} queues
 *
 * @typedef {object} ForecastBody
 * @property {string} date
 * @property {number} slot_minutes
 * @property {string} today
 * @property {ForecastDay[]} days
 * @property {{date: string}[]} past
 *
 * @typedef {Head & ForecastBody} Forecast
 *
 * @typedef {object} Outcome
 * @property {number} p50
 * @property {number} p90
 * @property {number[]} within share of visitors within each standard
 * @property {number} visitors
 * @property {number} unserved
 * @property {number | null} elsewhere
 * @property {number | null} worst_p90
 * @property {string | null} worst_branch
 * @property {number} desk_hours
 * @property {number} overtime
 *
 * @typedef {{value: number, chance: number}} Difference what changes, and how much of it may be chance
 *
 * @typedef {{at: string, arrivals: number, need: number, plan: number, what_if: number | null}} StaffSlot
 *
 * @typedef {object} StaffingBody
 * @property {string} date
 * @property {number} slot_minutes
 * @property {{share: number, minutes: number}[]} standards
 * @property {number} desks_max
 * @property {StaffSlot[]} slots
 * @property {Outcome | null} plan
 * @property {Outcome | null} what_if
 * @property {(LocalText & {kind: string})[]} changes
 * @property {{p50: Difference, p90: Difference, within: Difference[], desk_hours: Difference} | null} difference
 * @property {{branch: string, name: LocalText, plan: Outcome, what_if: Outcome}[]} others
 * @property {number} repeats
 * @property {number} seed
 *
 * @typedef {Head & StaffingBody} Staffing
 *
 * @typedef {object} BacktestBody
 * @property {string | null} first
 * @property {string | null} last
 * @property {number} tickets
 * @property {number} without_estimate
 * @property {number} gone
 * @property {{mae: number, rmse: number, bias: number, median_error: number, coverage_p90: number,
 *   coverage_p10_p90: number, n: number} | null} overall
 * @property {{queue: string, letter: string, name: LocalText, mae: number, bias: number, coverage_p90: number,
 *   n: number}[]} queues
 * @property {{predicted: number, p10: number, p50: number, p90: number, n: number}[]} calibration
 * @property {{hour: number, mae: number, bias: number, n: number}[]} by_hour
 * @property {{mae: number, naive_mae: number, coverage: number, days: number} | null} arrivals
 *
 * @typedef {Head & BacktestBody} Backtest
 */

export {};
