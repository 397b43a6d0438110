/**
 * What reception sees of its branch (balancer/messages). Types only.
 *
 * @typedef {import("/pages/desk/types.js").StaffTicket} StaffTicket
 * @typedef {import("/pages/desk/types.js").DeskView} DeskView
 * @typedef {import("/pages/desk/types.js").BranchView & {version: number}} BranchView
 * @typedef {import("/pages/assets/types.js").QueueLoad} QueueLoad
 * @typedef {import("/pages/assets/types.js").LocalText} LocalText
 *
 * @typedef {object} ReceptionRoom
 * @property {BranchView} branch
 * @property {DeskView[]} desks
 * @property {StaffTicket[]} tickets in hand, then in calling order, then parked, then missed
 * @property {QueueLoad[]} queues
 * @property {import("/pages/kiosk/types.js").HelpView[]} help who asked for it at a kiosk, oldest first
 * @property {number} offset
 * @property {string} city_time
 *
 * @typedef {{priority: string, name: LocalText}} PriorityClass
 * @typedef {import("/pages/assets/types.js").ServiceInfo & {purpose?: string | null, words?: string[]}} ServiceInfo
 * @typedef {import("/pages/assets/types.js").QueueInfo & {zone?: string | null, floor?: string | null}} QueueInfo
 * @typedef {Omit<import("/pages/assets/types.js").BranchInfo, "queues"> & {queues: QueueInfo[], mode?: string}} BranchInfo
 * @typedef {Omit<import("/pages/assets/types.js").CityInfo, "services" | "branches" | "categories"> & {services: ServiceInfo[],
 *   branches: BranchInfo[], categories?: {category: string, name: LocalText, purposes?: Record<string, string>}[], priority_classes?: PriorityClass[]}} StaffCity the city as its staff see it
 *
 * @typedef {object} HolderTicket a ticket as its holder sees it
 * @property {string} id
 * @property {string} number
 * @property {string} service
 * @property {string} queue
 * @property {string} branch
 * @property {number | null} ahead
 * @property {import("/pages/assets/types.js").Wait | null} wait
 * @property {string} arrived
 *
 * @typedef {{ticket: HolderTicket, secret: string, offset: number}} Stub what is needed to print a ticket
 *
 * @typedef {object} Scene
 * @property {ReceptionRoom} room
 * @property {StaffCity} city
 * @property {BranchInfo} branch
 * @property {import("/pages/assets/types.js").Language} language
 * @property {import("./words.js").Words} words
 * @property {number | null} now city milliseconds
 */

export {};
