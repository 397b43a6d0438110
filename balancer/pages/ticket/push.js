/** @import { StaffApi } from "/pages/assets/staff-api.js" */
/** @import { Kept } from "./types.js" */
import { newKey } from "/pages/assets/staff-api.js";
import { registerWorker } from "/pages/assets/worker.js";

/**
 * Web Push, by consent only: the browser's own question comes when the visitor turns the switch, never before.
 *
 * @typedef {"on" | "off" | "denied" | "failed"} PushState
 */

export const WORKER = "/t-worker.js";
export const SCOPE = "/t";

/** @returns {boolean} whether this browser knows Web Push at all */
export function canPush() {
  return "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
}

/**
 * @param {StaffApi} api
 * @param {string} place the ticket's door
 * @param {string} serverKey
 * @param {Kept} kept
 * @param {string} language
 * @returns {Promise<PushState>}
 */
export async function turnOn(api, place, serverKey, kept, language) {
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  try {
    const worker = await registerWorker(WORKER, SCOPE);
    if (!worker) return "failed";
    await ready(worker);
    const key = bytesOf(serverKey);
    const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const { endpoint, keys } = subscription.toJSON();
    const body = { endpoint, keys, language, travel: kept.travel?.minutes ?? null };
    await api.command(`${place}/push`, body, newKey(), null);
    return "on";
  } catch {
    return "failed";
  }
}

/**
 * The same subscription with what has changed: the way, the language.
 *
 * @param {StaffApi} api
 * @param {string} place
 * @param {Kept} kept
 * @param {string} language
 */
export async function tellAgain(api, place, kept, language) {
  const subscription = await current();
  if (!subscription) return;
  const { endpoint, keys } = subscription.toJSON();
  const body = { endpoint, keys, language, travel: kept.travel?.minutes ?? null };
  await api.command(`${place}/push`, body, newKey(), null).catch(() => null);
}

/**
 * Only this ticket is let go: another ticket of this browser may go on using the subscription.
 *
 * @param {StaffApi} api
 * @param {string} place
 */
export async function turnOff(api, place) {
  const subscription = await current();
  if (!subscription) return;
  await api.command(`${place}/push-stop`, { endpoint: subscription.endpoint }, newKey(), null).catch(() => null);
}

/** @returns {Promise<PushSubscription | null>} */
async function current() {
  const worker = await navigator.serviceWorker.getRegistration(SCOPE);
  return (await worker?.pushManager.getSubscription()) ?? null;
}

/**
 * @param {ServiceWorkerRegistration} worker
 * @returns {Promise<void>} once it is active: before, nothing can be subscribed
 */
async function ready(worker) {
  if (worker.active) return;
  const coming = worker.installing ?? worker.waiting;
  await new Promise((resolve) => {
    coming?.addEventListener("statechange", () => worker.active && resolve(undefined));
    if (worker.active) resolve(undefined);
  });
}

/** @param {string} text base64url */
function bytesOf(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
