/**
 * The wire as the browser sees it (balancer/messages) and the city's public definition. Types only.
 *
 * Waits are minutes, instants are RFC 3339 with offset, `seq` and `offset` are places in the city's event log.
 *
 * @typedef {"uk" | "en"} HomeLanguage every page speaks these
 * @typedef {string} Language one of those, or a further one of which the server has a file
 * @typedef {Record<string, string>} LocalText
 *
 * @typedef {object} Wait
 * @property {number} p10 one visitor in ten waits less
 * @property {number} p50 half wait less
 * @property {number} p90 nine in ten wait less
 *
 * @typedef {object} QueueLoad
 * @property {string} queue
 * @property {number} waiting
 * @property {number} serving
 * @property {Wait | null} wait of one who joins now
 * @property {"replay" | "throughput" | null} [method] how its waits are worked out
 *
 * @typedef {"closed" | "open" | "tickets_closed" | "paused" | "shelter"} BranchStatus
 *
 * @typedef {object} BranchLoad one branch's whole small state
 * @property {string} branch
 * @property {number} seq
 * @property {string} as_of
 * @property {BranchStatus} state
 * @property {"on" | "off"} power
 * @property {string | null} reason why it is paused: "alarm" or the hold's words; "alarm" too where it goes on during one
 * @property {string[]} [suspended] services that are stopped for now
 * @property {string | null} opens_at
 * @property {string | null} closes_at
 * @property {number} waiting
 * @property {number} serving
 * @property {number} [on_the_way] visitors who announced that they are coming; servers before that know of none
 * @property {number} desks_open
 * @property {number} desks_total
 * @property {QueueLoad[]} queues
 * @property {{number: string, desk: string, at: string}[]} last_called
 *
 * @typedef {BranchLoad & {type: "branch", epoch: string}} BranchFrame
 *
 * @typedef {object} Hello
 * @property {"hello"} type
 * @property {number} protocol
 * @property {string} city
 * @property {string} epoch
 * @property {number} offset
 * @property {string} city_time
 * @property {number} speed how many times faster than real time the city lives
 * @property {number} beat_seconds
 *
 * @typedef {{type: "beat", city_time: string, offset: number}} Beat
 * @typedef {{type: "reconnect", reconnect_in: number}} Reconnect
 * @typedef {Hello | BranchFrame | Beat | Reconnect} Frame
 *
 * @typedef {object} BoardView
 * @property {string} city
 * @property {string} epoch
 * @property {number} offset
 * @property {string} as_of
 * @property {BranchLoad[]} branches
 *
 * @typedef {object} QueueInfo
 * @property {string} queue
 * @property {string} letter
 * @property {LocalText} [name]
 * @property {string[]} services
 * @property {string | null} [zone]
 * @property {string | null} [floor]
 *
 * @typedef {object} DeskInfo
 * @property {string} desk
 * @property {LocalText} [name]
 * @property {string[]} queues
 * @property {string | null} [zone]
 * @property {string | null} [floor]
 *
 * @typedef {object} BranchInfo
 * @property {string} branch
 * @property {LocalText} name
 * @property {string} kind
 * @property {number} lat
 * @property {number} lon
 * @property {LocalText} [address]
 * @property {string[]} [facilities]
 * @property {string} [time_zone]
 * @property {boolean} [demo]
 * @property {"live" | "test" | "training"} [mode]
 * @property {QueueInfo[]} queues
 * @property {DeskInfo[]} desks
 *
 * @typedef {{name: LocalText, note: LocalText | null, needed: boolean}} DocumentInfo
 *
 * @typedef {object} ServiceInfo
 * @property {string} service
 * @property {LocalText} name
 * @property {boolean} needs_power
 * @property {string} [category]
 * @property {string | null} [online_url]
 * @property {"advice" | "submit" | "collect" | null} [purpose]
 * @property {string[]} [words] everyday names
 * @property {DocumentInfo[]} [documents] papers; those not needed are fetched by the clerk
 *
 * @typedef {object} CityInfo
 * @property {string} city
 * @property {LocalText} name
 * @property {string} time_zone
 * @property {string} [contact]
 * @property {boolean} [demo]
 * @property {boolean} [remote_tickets] visitors may take a ticket before they come
 * @property {{moderate_minutes: number, busy_minutes: number}} [levels]
 * @property {{category: string, name: LocalText}[]} [categories]
 * @property {ServiceInfo[]} services
 * @property {BranchInfo[]} branches
 */

export {};
