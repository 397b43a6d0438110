/** @import { Scene, ScreenName } from "./scene.js" */
import {
  fieldScreen,
  onlineScreen,
  purposeScreen,
  searchScreen,
  servicesScreen,
  startScreen,
} from "./choose-screens.js";
import { standingOf } from "./offers.js";
import { clockTime } from "./scene.js";
import { alarmScreen, helpScreen, noDataScreen, shutScreen } from "./stop-screens.js";
import { busyScreen, failedScreen, ticketScreen } from "./ticket-screens.js";

/** Which screen stands: what the visitor chose, unless the branch's state comes before it. */

/** @type {Record<ScreenName, (scene: Scene) => HTMLElement>} */
const SCREENS = {
  start: startScreen,
  field: fieldScreen,
  purpose: purposeScreen,
  services: servicesScreen,
  search: searchScreen,
  online: onlineScreen,
  busy: busyScreen,
  failed: failedScreen,
  help: helpScreen,
  ticket: (scene) => (scene.visit.ticket ? ticketScreen(scene, scene.visit.ticket) : startScreen(scene)),
};

/** @type {Set<Scene["help"]>} a call for help that nobody has heard, or answered */
const UNHEARD = new Set(["unreached", "late"]);

/** @type {Set<ScreenName>} what stays although no more tickets are given out */
const STAY = new Set(["ticket", "busy", "help"]);

/** @param {Scene} scene @param {boolean} forbidden the server refuses this kiosk */
export function screenOf(scene, forbidden) {
  const standing = standingOf(scene.known);
  const { screen } = scene.visit;
  if (standing === "no_data") return noDataScreen(scene.words, { forbidden });
  if (standing === "alarm") return alarmScreen(scene);
  return standing === "open" || STAY.has(screen) ? SCREENS[screen](scene) : shutScreen(scene, standing);
}

/** @param {Scene} scene @returns {string} what is the matter, "" for nothing */
export function bannerOf(scene) {
  const { words, known, view, catalogue, help } = scene;
  if (known.freshness === "gone") return words.gone;
  if (known.freshness === "stale") return words.stale(clockTime(Date.parse(view.city_time), catalogue));
  if (view.state === "shelter") return words.shelter;
  if (view.state === "open" && view.reason === "alarm") return words.goesOn;
  if (view.power === "off") return words.noPower;
  return UNHEARD.has(help) ? helpNews(scene) : "";
}

/** @param {Scene} scene @returns {string} what is well, "" for nothing */
export function noteOf(scene) {
  return UNHEARD.has(scene.help) ? "" : helpNews(scene);
}

/** @param {Scene} scene @returns {string} what became of the call for help, on every screen but its own */
function helpNews({ words, visit, help }) {
  return visit.screen === "help" || help === "none" ? "" : words.helpBanner[help];
}
