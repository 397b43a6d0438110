/** @import { Visit } from "./scene.js" */
/** @import { Comfort } from "./shell.js" */

/** Each visitor begins anew: nothing chosen, nothing switched. */

/** @returns {Visit} */
export function newVisit() {
  return { screen: "start", before: [], field: null, service: null, ticket: null, typed: "", paper: "", onlineQr: "" };
}

/** @returns {Comfort} */
export function plainComfort() {
  return { larger: false, contrast: false, voice: false, lower: false };
}
