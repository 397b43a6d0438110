/** @import { Visit } from "./scene.js" */
/** @import { Comfort } from "./shell.js" */

/** Each visitor begins anew: nothing chosen, nothing switched. */

/** @returns {Visit} */
export function newVisit() {
  return { screen: "start", before: [], field: null, service: null, ticket: null, typed: "", paper: "", onlineQr: "" };
}

/** @returns {boolean} whether this machine is set to dark screens; the visitor's switch turns it round */
export function prefersDark() {
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

/** @returns {Comfort} */
export function plainComfort() {
  return { larger: false, contrast: false, voice: false, lower: false };
}
