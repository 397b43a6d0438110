/** The ticket page's service worker: shows what is pushed, and lets the page itself open without a network. */

/** @type {any} */ (self).importScripts("/pages/assets/shell-worker.js");

keepShell("ticket-1", /^\/(t$|pages\/|widget\/)/);

workerScope.addEventListener("push", (/** @type {any} */ event) => {
  /** @type {{title?: string, body?: string, tag?: string, lang?: string}} */
  const notice = event.data?.json() ?? {};
  const { title = "", body = "", tag = "ticket", lang = "uk" } = notice;
  const look = { body, tag, lang, renotify: true, icon: "/pages/assets/icon.svg", vibrate: [400, 150, 400, 150, 700] };
  event.waitUntil(workerScope.registration.showNotification(title, look));
});

workerScope.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  event.waitUntil(
    workerScope.clients.matchAll({ type: "window", includeUncontrolled: true }).then((/** @type {any[]} */ open) => {
      const page = open.find((each) => new URL(each.url).pathname === "/t");
      return page ? page.focus() : workerScope.clients.openWindow("/t");
    }),
  );
});
