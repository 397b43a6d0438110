/**
 * What the service workers of the rooms share, loaded by `importScripts`: a page and its files come from the server
 * while it answers, else from what was kept, so that the page opens without a network. Only the page: data of the city
 * are never kept here, an old answer must not look new.
 */

/** @type {any} the worker's own global scope; the pages' types know only windows */
const workerScope = self;

/**
 * @param {string} name of what is kept, `room-version`; a room's other versions are forgotten
 * @param {RegExp} paths of the page and its files; each is kept under its path, what follows the question mark is for
 *   the page
 * @param {number} [withinMs] how long the server may take; without it as long as the browser waits
 */
function keepShell(name, paths, withinMs) {
  const room = name.slice(0, name.lastIndexOf("-") + 1);

  workerScope.addEventListener("install", () => workerScope.skipWaiting());

  workerScope.addEventListener("activate", (/** @type {any} */ event) => {
    event.waitUntil(forgetOthers().then(() => workerScope.clients.claim()));
  });

  async function forgetOthers() {
    const names = await caches.keys();
    const old = names.filter((each) => each.startsWith(room) && each !== name);
    await Promise.all(old.map((each) => caches.delete(each)));
  }

  // The page tells which files it was made of before the worker looked after it.
  workerScope.addEventListener("message", (/** @type {any} */ event) => {
    const files = Array.isArray(event.data?.keep) ? event.data.keep.filter(isShell) : [];
    event.waitUntil(Promise.all(files.map(keep)));
  });

  workerScope.addEventListener("fetch", (/** @type {any} */ event) => {
    const { request } = event;
    if (request.method === "GET" && isShell(request.url)) event.respondWith(freshOrKept(request));
  });

  /** @param {string} address */
  function isShell(address) {
    const { origin, pathname } = new URL(address, location.origin);
    return origin === location.origin && paths.test(pathname);
  }

  /** @param {string} address */
  async function keep(address) {
    const { pathname } = new URL(address, location.origin);
    const answer = await fetch(pathname, { cache: "no-cache" }).catch(() => null);
    if (answer?.ok) await (await caches.open(name)).put(pathname, answer);
  }

  /**
   * @param {Request} request
   * @returns {Promise<Response>}
   */
  async function freshOrKept(request) {
    const shelf = await caches.open(name);
    const { pathname } = new URL(request.url);
    const limit = withinMs ? { signal: AbortSignal.timeout(withinMs) } : {};
    try {
      const answer = await fetch(request, limit);
      if (answer.ok) await shelf.put(pathname, answer.clone());
      if (answer.status < 500) return answer;
      return (await shelf.match(pathname)) ?? answer;
    } catch {
      return (await shelf.match(pathname)) ?? Response.error();
    }
  }
}
