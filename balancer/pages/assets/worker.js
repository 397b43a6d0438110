/**
 * Service workers under `trusted-types worker`: a script's address must pass the page's one policy, which knows the
 * workers of the house and nothing else.
 */

const WORKERS = new Set(["/t-worker.js", "/kiosk-worker.js", "/hall-worker.js"]);

/**
 * @param {"/t-worker.js" | "/kiosk-worker.js" | "/hall-worker.js"} address
 * @param {string} scope the pages it looks after
 * @returns {Promise<ServiceWorkerRegistration | null>} null where the browser has or wants no service worker
 */
export async function registerWorker(address, scope) {
  if (!("serviceWorker" in navigator)) return null;
  try {
    return await navigator.serviceWorker.register(trusted(address), { scope, updateViaCache: "none" });
  } catch {
    return null;
  }
}

/**
 * @typedef {{createPolicy(name: string, rules: {createScriptURL(address: string): string}): {
 *   createScriptURL(address: string): string}}} Factory
 */

const factory = /** @type {{trustedTypes?: Factory}} */ (/** @type {unknown} */ (globalThis)).trustedTypes;
/** @type {ReturnType<Factory["createPolicy"]> | undefined} a page may make a policy of one name only once */
let policy;

/** @param {string} address */
function trusted(address) {
  policy ??= factory?.createPolicy("worker", { createScriptURL: known });
  return policy ? policy.createScriptURL(address) : known(address);
}

/** @param {string} address */
function known(address) {
  if (!WORKERS.has(address)) throw new TypeError(`no worker of ours: ${address}`);
  return address;
}
