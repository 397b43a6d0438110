/** @import { LocalText, Wait } from "/pages/assets/types.js" */
/**
 * What a kiosk knows (balancer/messages/kiosk.py) and keeps. Types only. `*Ms` are city milliseconds since the epoch.
 *
 * @typedef {"advice" | "submit" | "collect"} Purpose
 *
 * @typedef {object} KioskLine
 * @property {string} queue
 * @property {string} letter
 * @property {LocalText} name
 * @property {string | null} zone
 * @property {string | null} floor
 *
 * @typedef {object} KioskService
 * @property {string} service
 * @property {LocalText} name
 * @property {string} category
 * @property {string[]} words
 * @property {boolean} needs_power
 * @property {string | null} online_url
 * @property {string} queue
 *
 * @typedef {object} KioskField
 * @property {string} category
 * @property {LocalText} name
 * @property {string[]} words
 * @property {Partial<Record<Purpose, string>>} purposes
 *
 * @typedef {object} Catalogue
 * @property {number} version
 * @property {string} city
 * @property {LocalText} city_name
 * @property {LocalText} branch_name
 * @property {LocalText} address
 * @property {string} contact
 * @property {LocalText | null} shelter_way how to get to the shelter
 * @property {string} time_zone
 * @property {string[]} languages
 * @property {number} moderate_minutes
 * @property {number} busy_minutes
 * @property {number} no_show_after_seconds
 * @property {number} no_show_chances
 * @property {number} no_show_back
 * @property {KioskField[]} fields
 * @property {KioskService[]} services
 * @property {KioskLine[]} lines
 *
 * @typedef {object} Alternative
 * @property {string} branch
 * @property {LocalText} name
 * @property {LocalText} address
 * @property {Wait | null} wait
 * @property {number} travel_minutes
 *
 * @typedef {object} HelpView a request for help (balancer/messages/kiosk_help.py)
 * @property {string} device
 * @property {string} name of the device, "" without one
 * @property {string} since
 * @property {string | null} late_at from then on nobody has taken it for too long
 * @property {string | null} going role of who is on the way
 * @property {string | null} going_since
 *
 * @typedef {object} KioskView
 * @property {string} branch
 * @property {"closed" | "open" | "tickets_closed" | "paused" | "shelter"} state
 * @property {"on" | "off"} power
 * @property {string | null} reason
 * @property {string[]} suspended
 * @property {string | null} opens_at
 * @property {string | null} closes_at
 * @property {string | null} resumes_at
 * @property {{queue: string, waiting: number, wait: Wait | null, full: boolean}[]} queues
 * @property {boolean} full
 * @property {Alternative[]} alternatives
 * @property {{category: string, there: Alternative}[]} faster
 * @property {HelpView | null} help this kiosk's own
 * @property {Catalogue | null} catalogue
 * @property {number} version
 * @property {string} day
 * @property {number} speed
 * @property {string} epoch
 * @property {number} offset
 * @property {string} city_time
 *
 * @typedef {object} Slip a leased number that nobody has yet; `qr`: its link as SVG, "" until it was fetched
 * @property {string} ticket
 * @property {string} secret
 * @property {string} number
 * @property {string} queue
 * @property {string} lease
 * @property {string} day
 * @property {string} qr
 *
 * @typedef {object} Order a ticket given out or asked for, until the server has it
 * @property {number} [seq] its place; the store gives it
 * @property {string} key idempotency key, the same for every attempt
 * @property {string} service
 * @property {Slip | null} slip null: the server is asked for a number
 * @property {number} arrivedMs by this kiosk's own reckoning
 * @property {number} anchorMs the server's last word of the time before that
 * @property {string | null} sent `arrived` as the server is told it, fixed before the first attempt
 * @property {boolean} [abandoned] the visitor left without a number: the ticket is to be given back
 *
 * @typedef {object} Given a ticket as it is shown and printed
 * @property {string} number
 * @property {string} service
 * @property {string} link
 * @property {string} qr SVG, "" where there is none
 * @property {number} atMs
 * @property {number | null} ahead
 * @property {Wait | null} wait
 * @property {boolean} entered whether the server knows of it
 */

export {};
