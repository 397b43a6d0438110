/**
 * The ticket page's service worker: shows what is pushed, and lets the page itself open without a network. Data of the
 * city are never kept here: an old answer must not look new.
 */

const TICKET_SHELL = "ticket-1";
const TICKET_PATHS = ["/t", "/pages/", "/widget/"];
/** @type {any} the worker's own global scope; the pages' types know only windows */
const ticketWorker = self;

ticketWorker.addEventListener("install", () => ticketWorker.skipWaiting());

ticketWorker.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("ticket-") && name !== TICKET_SHELL).map((name) => caches.delete(name))))
      .then(() => ticketWorker.clients.claim()),
  );
});

ticketWorker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { pathname, origin } = new URL(event.request.url);
  const ours = origin === location.origin && TICKET_PATHS.some((each) => pathname === each || (each.endsWith("/") && pathname.startsWith(each)));
  if (event.request.method === "GET" && ours) event.respondWith(ticketFromNetwork(event.request));
});

/** @param {Request} request */
async function ticketFromNetwork(request) {
  const shell = await caches.open(TICKET_SHELL);
  try {
    const response = await fetch(request);
    if (response.ok) await shell.put(request, response.clone());
    return response;
  } catch (error) {
    const known = await shell.match(request, { ignoreSearch: request.mode === "navigate" });
    if (known) return known;
    throw error;
  }
}

ticketWorker.addEventListener("push", (/** @type {any} */ event) => {
  /** @type {{title?: string, body?: string, tag?: string, lang?: string}} */
  const notice = event.data?.json() ?? {};
  const { title = "", body = "", tag = "ticket", lang = "uk" } = notice;
  const look = { body, tag, lang, renotify: true, icon: "/pages/assets/icon.svg", vibrate: [400, 150, 400, 150, 700] };
  event.waitUntil(ticketWorker.registration.showNotification(title, look));
});

ticketWorker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  event.waitUntil(
    ticketWorker.clients.matchAll({ type: "window", includeUncontrolled: true }).then((/** @type {any[]} */ open) => {
      const page = open.find((each) => new URL(each.url).pathname === "/t");
      return page ? page.focus() : ticketWorker.clients.openWindow("/t");
    }),
  );
});
