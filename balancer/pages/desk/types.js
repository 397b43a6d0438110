/**
 * What staff see of a desk (balancer/messages). Types only. Instants are RFC 3339, spans minutes.
 *
 * @typedef {"waiting" | "called" | "serving" | "parked" | "done" | "no_show" | "left" | "cancelled" | "expired"} TicketStatus
 *
 * @typedef {object} StaffTicket
 * @property {string} id
 * @property {string} number
 * @property {TicketStatus} state
 * @property {string} branch
 * @property {string} service
 * @property {string} queue
 * @property {string | null} desk
 * @property {number} version
 * @property {string} arrived
 * @property {string | null} joined
 * @property {string | null} called_at
 * @property {string | null} started_at
 * @property {string | null} park_until
 * @property {string | null} park_reason
 * @property {string | null} priority
 * @property {number} recalls
 * @property {number} misses
 * @property {string | null} bound the only desk that may call it
 * @property {string | null} note
 * @property {string | null} [noted_by] a role, or "desk:branch/desk"
 * @property {string | null} [noted_at]
 * @property {string | null} [paying_since] null while the visitor does not pay
 * @property {number | null} waited_minutes
 * @property {number} leg
 * @property {string[]} legs services of the visit, in their order
 *
 * @typedef {object} DeskView
 * @property {string} branch
 * @property {string} desk
 * @property {"closed" | "open" | "paused"} state
 * @property {string | null} reason
 * @property {string | null} ticket
 * @property {string} since
 * @property {number} version
 * @property {string[]} queues the ones it calls from now
 *
 * @typedef {object} BranchView
 * @property {string} branch
 * @property {import("/pages/assets/types.js").BranchStatus} state
 * @property {string} alarm
 * @property {string} power
 * @property {string | null} hold
 * @property {string | null} [resumes_at] when it goes on after the all-clear
 *
 * @typedef {object} DaySpan
 * @property {string} begins
 * @property {string} ends
 * @property {"busy" | "idle" | "paused"} kind
 *
 * @typedef {object} DeskDay this desk's own day, nobody else's
 * @property {number} busy_minutes
 * @property {number} idle_minutes
 * @property {number} paused_minutes
 * @property {number} done
 * @property {number | null} mean_service_minutes
 * @property {number} over_red
 * @property {number} nonstop_minutes
 * @property {DaySpan[]} spans
 *
 * @typedef {object} DeskPolicy
 * @property {number} service_amber_minutes
 * @property {number} service_red_minutes
 * @property {number} rest_after_minutes 0: never
 *
 * @typedef {{priority: string, name: import("/pages/assets/types.js").LocalText}} PriorityChoice
 *
 * @typedef {object} DeskRoom
 * @property {DeskView} desk
 * @property {BranchView} branch
 * @property {StaffTicket | null} ticket the one in hand
 * @property {StaffTicket[]} line in calling order
 * @property {StaffTicket[]} parked
 * @property {number} waiting
 * @property {DeskDay | null} day
 * @property {DeskPolicy} policy
 * @property {PriorityChoice[]} priorities
 * @property {import("/pages/assets/types.js").BranchInfo | null} definition of a branch that is not public
 * @property {number} offset
 * @property {string} city_time
 *
 * @typedef {{desk: DeskView, ticket: StaffTicket | null, offset: number}} DeskAnswer
 *
 * @typedef {{ticket: StaffTicket, offset: number}} TicketAnswer
 *
 * @typedef {"open" | "close" | "pause" | "resume" | "call-next" | "call" | "recall" | "start" | "finish" | "no-show"
 *   | "park" | "wake" | "requeue" | "transfer" | "add-leg" | "next-leg" | "quick-serve" | "left"
 *   | "pay" | "paid" | "note" | "incident" | "set-priority"} Verb
 */

export {};
