/**
 * The hall display's service worker: the page itself opens without a network, so that a machine that comes back after a
 * power cut shows its last calls before the server is there. The city's data are never kept here.
 */

{
  const SHELL = "hall-1";
  /** @type {any} the worker's own global scope; the pages' types know only windows */
  const worker = self;

  worker.addEventListener("install", () => worker.skipWaiting());

  worker.addEventListener("activate", (/** @type {any} */ event) => {
    event.waitUntil(forgetOthers().then(() => worker.clients.claim()));
  });

  async function forgetOthers() {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("hall-") && name !== SHELL);
    await Promise.all(old.map((name) => caches.delete(name)));
  }

  /** The page tells which files it was made of before the worker was there. */
  worker.addEventListener("message", (/** @type {any} */ event) => {
    const files = Array.isArray(event.data?.keep) ? event.data.keep.filter(isShell) : [];
    event.waitUntil(Promise.allSettled(files.map((/** @type {string} */ file) => networkFirst(new Request(file)))));
  });

  worker.addEventListener("fetch", (/** @type {any} */ event) => {
    const { method, url } = event.request;
    if (method === "GET" && isShell(url)) event.respondWith(networkFirst(event.request));
  });

  /** @param {string} url */
  function isShell(url) {
    const { pathname, origin } = new URL(url, location.href);
    return origin === location.origin && /^\/(hall|pages|widget)\//.test(pathname);
  }

  /** @param {Request} request */
  async function networkFirst(request) {
    const shell = await caches.open(SHELL);
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
}
