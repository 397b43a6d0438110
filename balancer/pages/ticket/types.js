/**
 * The wire of the ticket's doors (balancer/messages/views.py, guide.py). Types only.
 *
 * @typedef {import("/pages/assets/types.js").LocalText} LocalText
 * @typedef {import("/pages/assets/types.js").Wait} Wait
 *
 * @typedef {object} Ticket as its holder sees it
 * @property {string} id
 * @property {string} number
 * @property {"waiting" | "called" | "serving" | "parked" | "done" | "no_show" | "left" | "cancelled" | "expired"} state
 * @property {string} branch
 * @property {string} service
 * @property {string} queue
 * @property {string | null} desk
 * @property {number} version
 * @property {number | null} ahead
 * @property {Wait | null} wait
 * @property {string} arrived
 * @property {string | null} called_at
 * @property {string | null} park_until
 * @property {string | null} leave_by when to set out, where the way was asked with
 *
 * @typedef {object} Lateness
 * @property {number} recalls_max
 * @property {number} no_show_after_seconds
 * @property {number} no_show_chances
 * @property {number} no_show_back
 * @property {number} reinstate_within_minutes
 * @property {number} misses
 *
 * @typedef {object} Guide
 * @property {string} number
 * @property {number} version
 * @property {LocalText} city_name
 * @property {string} time_zone
 * @property {string} contact
 * @property {boolean} demo
 * @property {string} branch
 * @property {LocalText} branch_name
 * @property {LocalText} address
 * @property {LocalText | null} shelter_way from the hall to the shelter
 * @property {string} service
 * @property {LocalText} service_name
 * @property {boolean} needs_power
 * @property {LocalText | null} fee
 * @property {LocalText | null} desk_name
 * @property {string | null} zone
 * @property {string | null} floor
 * @property {{name: LocalText, note: LocalText | null, needed: boolean}[]} documents
 * @property {LocalText[]} rights
 * @property {Lateness} lateness
 * @property {string | null} waits_until
 * @property {string | null} reinstate_until
 * @property {{mode: string, minutes: number, km: number} | null} trip
 * @property {string | null} push_key
 * @property {string} city_time
 *
 * @typedef {"walk" | "transit" | "car"} Mode
 *
 * @typedef {object} Seen what was last known of a ticket
 * @property {Ticket} ticket
 * @property {Guide} guide
 * @property {number} at city ms at which the ticket was read
 * @property {number} wall this browser's ms then
 *
 * @typedef {object} Kept a ticket as this browser remembers it
 * @property {string} city
 * @property {string} ticket
 * @property {string} secret
 * @property {Seen | null} seen
 * @property {{minutes: number, mode: Mode | null} | null} travel the visitor's way; 0 minutes: he is there
 * @property {{leave: boolean, call: boolean, push: boolean}} reminders
 * @property {string[]} packed names of documents ticked off
 * @property {string[]} formerNumbers numbers before transfers between branches
 */

export {};
