import { h } from "/pages/assets/dom.js";
import { DeviceMemory } from "/pages/assets/enrolment-claim.js";
import { enrol, forgetDevice } from "/pages/assets/enrolment.js";
import { registerWorker } from "/pages/assets/worker.js";
import { KioskModel } from "./kiosk-model.js";
import { KioskPage } from "./kiosk-page.js";
import { Printer, printerPort } from "./printer.js";
import { noDataScreen } from "./stop-screens.js";
import { KioskStore } from "./store.js";
import { addressOf, loadWords } from "./words.js";

/** The page of a kiosk: let in as a device, started from what was kept, begun anew when its token ends. */

const ASK_AGAIN_MS = 2_000;
const root = /** @type {HTMLElement} */ (document.getElementById("page"));
const home = new URL(location.href).searchParams.get("lang") ?? "uk";
const branch = decodeURIComponent(location.pathname.split("/")[2] ?? "");

const given = new URLSearchParams(location.hash.slice(1)).get("token");
if (given) {
  history.replaceState(null, "", location.pathname + location.search);
  new DeviceMemory("kiosk", branch).token = given;
}
void keepShell([]);
const store = await KioskStore.open(branch);
void navigator.storage?.persist?.();
for (;;) await run();

/** One life of a token: from letting in to its end. */
async function run() {
  const city = await cityOf();
  const words = await loadWords(home);
  const token = await enrol({ kind: "kiosk", branch, city, root, language: () => words.language });
  await /** @type {Promise<void>} */ (
    new Promise((ended) => {
      let known = 0;
      const model = new KioskModel(
        store,
        { token, city, branch },
        { changed: () => changed(), signedOut: () => leave() },
      );
      const printer = new Printer(printerPort(), (state) => {
        void model.report(state);
        page.draw();
      });
      const page = new KioskPage(root, model, printer, words);
      const changed = () => {
        if (model.catalogue && model.catalogue.version !== known) {
          known = model.catalogue.version;
          void keepShell(model.catalogue.languages.map(addressOf));
          void Promise.all(model.catalogue.languages.map(loadWords)).then(() => page.draw());
        }
        page.draw();
      };
      const leave = () => {
        page.stop();
        forgetDevice("kiosk", branch);
        ended();
      };
      page.start();
      printer.start();
      void model.start();
    })
  );
}

/** @returns {Promise<string>} the city of this server; the one kept, where the server is away */
async function cityOf() {
  const kept = /** @type {string | undefined} */ (await store.fact("city"));
  if (kept) return kept;
  for (;;) {
    try {
      const { cities } = await (await fetch("/api/v1/cities", { credentials: "omit" })).json();
      await store.remember("city", cities[0].city);
      return cities[0].city;
    } catch {
      root.replaceChildren(h("div", { class: "kiosk" }, noDataScreen(await loadWords(home), { forbidden: false })));
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }
}

/**
 * What this page has loaded is kept by the service worker for a start without the network.
 *
 * @param {string[]} more addresses that may be loaded later
 */
async function keepShell(more) {
  if (!(await registerWorker("/kiosk-worker.js", "/kiosk/"))) return;
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  active?.postMessage({ keep: [...new Set([location.pathname, ...loaded, ...more])] });
}
