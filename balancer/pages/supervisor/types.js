/** @import { BranchStatus, LocalText, Wait } from "/pages/assets/types.js" */

/**
 * What the server tells the head of a centre (balancer/messages/supervisor.py). Types only. Minutes throughout.
 *
 * @typedef {"quiet" | "moderate" | "busy"} Level
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
 * @typedef {object} QueueDay
 * @property {string} queue
 * @property {number} waiting
 * @property {number | null} longest_minutes
 * @property {string | null} longest
 * @property {number} over_target
 * @property {number} over_guaranteed
 * @property {number} called
 * @property {number} served
 * @property {number | null} median_minutes
 * @property {StandardShare[]} standards
 * @property {Wait | null} wait
 * @property {number} desks_open
 *
 * @typedef {object} DeskDay
 * @property {string} desk
 * @property {number} busy_minutes
 * @property {number} idle_minutes
 * @property {number} paused_minutes
 * @property {number} done
 * @property {number | null} mean_service_minutes
 * @property {number} over_red
 * @property {boolean} over_red_now
 * @property {number} nonstop_minutes
 *
 * @typedef {object} Measures
 * @property {string} day
 * @property {string | null} known_from
 * @property {number} waiting
 * @property {number | null} longest_minutes
 * @property {number} called
 * @property {number | null} median_minutes
 * @property {number} desks_open
 * @property {number} desks_paused
 * @property {number} desks_total
 * @property {number} over_red
 * @property {number} over_red_now
 * @property {{people: number, capacity: number | null}} hall
 * @property {{comes: number, can_serve: number} | null} forecast
 * @property {StandardShare[]} standards
 * @property {QueueDay[]} queues
 *
 * @typedef {object} HeatCell
 * @property {string} at
 * @property {number | null} p50
 * @property {number} n
 * @property {boolean} forecast
 * @property {Level | null} level
 *
 * @typedef {{queue: string, cells: HeatCell[]}} HeatRow
 *
 * @typedef {object} AlertAction
 * @property {"set_skills" | "open_desk" | "resume_desk" | "pause_desk" | "ask" | "close_tickets" | "check_device" | "check_alarm" | "answer_help" | "end_help"} verb
 * @property {string | null} desk
 * @property {string | null} queue
 * @property {string[] | null} queues
 * @property {string | null} device
 *
 * @typedef {"queue_unserved" | "starving_ticket" | "hall_full" | "over_red" | "standard_at_risk" | "stale_desk" |
 *   "silent_device" | "printer_needs_hand" | "feed_silent" | "rest_due" | "help_asked"} AlertKind
 *
 * @typedef {object} Alert
 * @property {string} alert
 * @property {AlertKind} kind
 * @property {boolean} urgent
 * @property {string | null} since
 * @property {string | null} queue
 * @property {string | null} desk
 * @property {string | null} ticket
 * @property {string | null} device
 * @property {number | null} minutes
 * @property {number | null} count
 * @property {string | null} at
 * @property {"target" | "guaranteed" | null} mark
 * @property {string[]} free_queues
 * @property {number} paused
 * @property {string | null} printer
 * @property {AlertAction | null} action
 *
 * @typedef {object} DeskRow
 * @property {string} desk
 * @property {"closed" | "open" | "paused"} state
 * @property {string | null} reason
 * @property {string} since
 * @property {number} version
 * @property {string[]} queues
 * @property {boolean} own_skills
 * @property {string | null} ticket
 * @property {string | null} ticket_id
 * @property {boolean} serving
 * @property {boolean} paying
 * @property {number | null} minutes
 * @property {DeskDay} day
 *
 * @typedef {object} Device
 * @property {string} device
 * @property {"kiosk" | "display"} kind
 * @property {"pending" | "approved" | "revoked" | "expired"} state
 * @property {string | null} code
 * @property {string} name
 * @property {string | null} last_seen
 * @property {boolean} silent
 * @property {string | null} printer
 *
 * @typedef {{at: string, desk: string | null, ticket: string | null, category: string, text: string}} Incident
 *
 * @typedef {object} Facts
 * @property {string} branch
 * @property {BranchStatus} state
 * @property {"closed" | "open" | "tickets_closed"} phase
 * @property {"none" | "pause" | "shelter" | "continue"} alarm
 * @property {"on" | "off"} power
 * @property {string | null} hold
 * @property {string[]} suspended services that were stopped for a while
 * @property {string | null} [resumes_at] when service goes on after the all-clear
 * @property {number} version
 *
 * @typedef {object} Supervision
 * @property {string} branch
 * @property {LocalText} name
 * @property {Facts} facts
 * @property {string | null} opens_at
 * @property {string | null} closes_at
 * @property {boolean} moving
 * @property {Alert[]} alerts
 * @property {Measures} measures
 * @property {DeskRow[]} desks
 * @property {HeatRow[]} heat
 * @property {Device[]} devices
 * @property {Incident[]} incidents
 * @property {number} amber_minutes
 * @property {number} red_minutes
 * @property {number} offset
 * @property {string} city_time
 *
 * @typedef {object} Ticket a ticket as staff see it
 * @property {string} id
 * @property {string} number
 * @property {string} state
 * @property {string} queue
 * @property {string} service
 * @property {string | null} desk
 * @property {number} version
 * @property {number | null} waited_minutes
 */

export {};
