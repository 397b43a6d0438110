/**
 * Keeps an unattended page alive: loads it anew when the server has other files than it runs, and after a fault in a
 * script. Faults that come again and again do not make it flicker: after three within ten minutes it stays as it is
 * until the ten minutes are over.
 */

const LOOK_EVERY_MS = 5 * 60_000;
const FAULTS_MOST = 3;
const FAULTS_WITHIN_MS = 10 * 60_000;
const RELOAD_AFTER_MS = 4_000;
const NAME = "hall:faults";

/** @param {() => boolean} isQuiet whether a reload would disturb nobody now */
export function startWatchdog(isQuiet) {
  addEventListener("error", () => recover());
  addEventListener("unhandledrejection", () => recover());
  /** @type {string | null} */
  let running = null;
  const files = ownFiles();
  const look = async () => {
    const served = await servedVersion(files);
    if (served === null) return;
    running ??= served;
    if (served !== running && isQuiet()) location.reload();
  };
  void look();
  setInterval(() => void look(), LOOK_EVERY_MS);
}

function recover() {
  const now = Date.now();
  const faults = [...readFaults().filter((at) => now - at < FAULTS_WITHIN_MS), now];
  try {
    sessionStorage.setItem(NAME, JSON.stringify(faults));
  } catch {
    return; // without a memory a reload could go on for ever
  }
  const wait = faults.length <= FAULTS_MOST ? RELOAD_AFTER_MS : FAULTS_WITHIN_MS;
  setTimeout(() => location.reload(), wait);
}

/** @returns {number[]} when scripts failed of late, Date.now() milliseconds */
function readFaults() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? "[]");
  } catch {
    return [];
  }
}

/** @returns {string[]} paths of all files that this page is made of */
function ownFiles() {
  const files = [location.pathname, ...performance.getEntriesByType("resource").map(({ name }) => name)];
  const own = files
    .map((file) => new URL(file, location.href))
    .filter(({ origin, pathname }) => origin === location.origin && /^\/hall\/|\.(js|css)$/.test(pathname));
  return [...new Set(own.map(({ pathname }) => pathname))];
}

/**
 * @param {string[]} files
 * @returns {Promise<string | null>} the marks that the server gives them; null while it is away
 */
async function servedVersion(files) {
  const marks = [];
  for (const pathname of files) {
    try {
      const response = await fetch(pathname, { method: "HEAD", cache: "no-store" });
      if (!response.ok) return null;
      marks.push(`${pathname} ${response.headers.get("ETag")}`);
    } catch {
      return null;
    }
  }
  return marks.join("\n");
}
