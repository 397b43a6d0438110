/**
 * The wire of a hall display (balancer/messages/hall.py). Types only.
 *
 * @typedef {import("/pages/assets/types.js").LocalText} LocalText
 * @typedef {import("/pages/assets/types.js").Wait} Wait
 *
 * @typedef {object} HallCall
 * @property {string} number
 * @property {string} desk empty while the call is held
 * @property {LocalText} desk_name
 * @property {string | null} zone
 * @property {string | null} floor
 * @property {string} at RFC 3339
 * @property {boolean} recalled
 * @property {"called" | "serving" | "held"} state
 *
 * @typedef {object} HallQueue
 * @property {string} queue
 * @property {string} letter
 * @property {LocalText} name
 * @property {number} waiting
 * @property {Wait | null} wait
 * @property {"quiet" | "moderate" | "busy" | null} level
 *
 * @typedef {{title: LocalText, text: LocalText}} HallNotice
 *
 * @typedef {object} HallView
 * @property {string} branch
 * @property {LocalText} name
 * @property {LocalText} city_name
 * @property {string} time_zone
 * @property {"closed" | "open" | "tickets_closed" | "paused" | "shelter"} state
 * @property {"none" | "pause" | "shelter" | "continue"} alarm
 * @property {"on" | "off"} power
 * @property {string | null} reason
 * @property {string | null} since
 * @property {string | null} resumes_at
 * @property {string | null} opens_at
 * @property {string | null} closes_at
 * @property {boolean} shelter the building has one
 * @property {LocalText | null} shelter_way how to get there
 * @property {HallCall[]} called newest first
 * @property {string[]} next
 * @property {HallQueue[]} queues
 * @property {HallNotice[]} notices
 * @property {{people: number, capacity: number | null}} hall
 * @property {number} offset
 * @property {string} city_time
 * @property {LocalText[]} [suspended] names of services that are stopped for now
 */

export {};
