/**
 * The city as its head sees it (balancer/messages). Types only. Minutes throughout.
 *
 * @typedef {import("/pages/assets/types.js").LocalText} LocalText
 * @typedef {import("/pages/assets/types.js").BranchStatus} BranchStatus
 *
 * @typedef {object} StandardShare
 * @property {string} standard
 * @property {"wait" | "service"} metric
 * @property {LocalText} name
 * @property {number} target_minutes
 * @property {number} guaranteed_minutes
 * @property {number} share what is promised
 * @property {number} n
 * @property {number | null} within_target
 * @property {number | null} within_guaranteed
 *
 * @typedef {{at: string, p50: number | null, n: number, level: "quiet" | "moderate" | "busy" | null}} HeatCell
 *
 * @typedef {object} BranchMeasures
 * @property {BranchStatus} state
 * @property {string | null} known_from
 * @property {number} waiting
 * @property {number | null} longest_minutes
 * @property {number} issued
 * @property {number} called
 * @property {number} served
 * @property {number} missed
 * @property {number | null} median_minutes
 * @property {number | null} mean_service_minutes
 * @property {number} desks_open
 * @property {number} desks_total
 * @property {number} over_red
 * @property {StandardShare[]} standards
 * @property {{cells: HeatCell[]}} [strip]
 *
 * @typedef {object} BranchOverview
 * @property {string} branch
 * @property {LocalText} name
 * @property {"live" | "test" | "training"} mode
 * @property {string} alarm
 * @property {string} power
 * @property {number} alerts
 * @property {BranchMeasures} measures
 *
 * @typedef {Omit<BranchMeasures, "state" | "known_from" | "strip"> & {alerts: number}} CitySums
 * @typedef {{branches: BranchOverview[], sums: CitySums, offset: number, city_time: string}} OverviewView
 *
 * @typedef {object} DayFigures
 * @property {number} visitors
 * @property {number | null} usual
 * @property {number} called
 * @property {number | null} median_minutes
 * @property {number | null} p90_minutes
 * @property {number} served
 * @property {number | null} mean_service_minutes
 * @property {number} over_red
 * @property {number} missed
 * @property {number | null} desks_mean
 * @property {number} desks_most
 * @property {number} alarm_minutes
 * @property {number} pause_minutes
 * @property {StandardShare[]} standards
 *
 * @typedef {{at: string, visitors: number, median_minutes: number | null}} HalfHour
 * @typedef {{branch: string, queue: string, called: number, median_minutes: number, p90_minutes: number}} QueueFigures
 *
 * @typedef {object} BriefingView
 * @property {string | null} branch
 * @property {string} day
 * @property {"ready" | "no_data"} state
 * @property {string | null} last_day
 * @property {DayFigures | null} figures
 * @property {(DayFigures & {branch: string})[]} branches
 * @property {HalfHour | null} peak
 * @property {QueueFigures | null} worst
 * @property {QueueFigures[]} queues
 * @property {HalfHour[]} strip
 * @property {{category: string, count: number}[]} incidents
 *
 * @typedef {{from: string, until: string | null, short: number}} ShortSpan half-hours in which desks will be missing
 *
 * @typedef {object} AuditEntry
 * @property {number} entry
 * @property {string} at
 * @property {string} actor
 * @property {string} role
 * @property {string} type
 * @property {string | null} branch
 * @property {string | null} desk
 * @property {string | null} number
 * @property {Record<string, string | number | boolean | null>} detail
 * @property {string} hash
 *
 * @typedef {{entries: AuditEntry[], before: number | null}} AuditView
 *
 * @typedef {object} Scene
 * @property {import("/pages/assets/types.js").CityInfo} city
 * @property {import("/pages/assets/types.js").Language} language
 * @property {import("./words.js").Words} words
 */

export {};
