/**
 * The kiosk's service worker: the page and its files come from the server while it answers, else from what was kept, so
 * that a kiosk starts after a power cut although the network is still away. It never touches the API.
 */

const KEPT = "kiosk-1";
const ANSWER_WITHIN_MS = 3_000;
const SHELL = /^\/(kiosk|pages|widget)\//;

const self_ = /** @type {any} */ (self);

self_.addEventListener("install", () => self_.skipWaiting());
self_.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(self_.clients.claim()));

self_.addEventListener("message", (/** @type {any} */ event) => {
  const addresses = event.data?.keep;
  if (Array.isArray(addresses)) event.waitUntil(keepAll(addresses));
});

self_.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || !SHELL.test(pathname)) return;
  event.respondWith(freshOrKept(request, pathname));
});

/** @param {string[]} addresses what the page has loaded before this worker looked after it */
async function keepAll(addresses) {
  const kept = await caches.open(KEPT);
  for (const address of addresses) {
    const { origin, pathname } = new URL(address, location.origin);
    if (origin !== location.origin || !SHELL.test(pathname)) continue;
    const answer = await fetch(pathname, { cache: "no-cache" }).catch(() => null);
    if (answer?.ok) await kept.put(pathname, answer);
  }
}

/**
 * @param {Request} request
 * @param {string} pathname the name under which it is kept: what follows the question mark is for the page
 * @returns {Promise<Response>}
 */
async function freshOrKept(request, pathname) {
  const kept = await caches.open(KEPT);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    if (answer.ok) await kept.put(pathname, answer.clone());
    if (answer.ok || answer.status < 500) return answer;
    return (await kept.match(pathname)) ?? answer;
  } catch {
    return (await kept.match(pathname)) ?? Response.error();
  }
}
