/** @import { CityInfo, Language } from "/pages/assets/types.js" */
import { DeviceMemory } from "/pages/assets/enrolment-claim.js";
import { enrol, forgetDevice } from "/pages/assets/enrolment.js";
import { languageSwitch, offerLanguages, visitorsLanguage, wireLanguages } from "/pages/assets/language.js";
import { registerWorker } from "/pages/assets/worker.js";
import { HallPage } from "./hall-page.js";
import { forgetView, keptView } from "./memory.js";
import { startWatchdog } from "./watchdog.js";
import { wordsOf } from "./words.js";

/**
 * A hall display from its start: lets itself in once, shows what it knew, then what the server says. A token in the
 * address's fragment (`#token=`) saves the enrolment.
 */

const root = /** @type {HTMLElement} */ (document.getElementById("page"));
const branch = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const languages = languageSwitch(wordsOf("uk").languages);
const CITY_AGAIN_MS = 3_000;
let language = await visitorsLanguage();
/** @type {Language[]} the city's languages in its order, in which calls are spoken */
let aloud = ["uk", "en"];
/** @type {HallPage | null} */
let page = null;

/** @param {Language} chosen */
function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  document.title = wordsOf(chosen).title(branch);
  wireLanguages(languages, chosen, speak);
  page?.draw();
}

function takeGivenToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!given) return;
  new DeviceMemory("display", branch).token = given;
  history.replaceState(null, "", location.pathname + location.search);
}

/** @returns {Promise<CityInfo>} of this server, asked until it answers */
async function askCity() {
  for (;;) {
    try {
      const { cities } = await (await fetch("/api/v1/cities", { credentials: "omit" })).json();
      return await (await fetch(cities[0].url, { credentials: "omit" })).json();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, CITY_AGAIN_MS));
    }
  }
}

async function run() {
  const memory = new DeviceMemory("display", branch);
  const kept = memory.token ? keptView(branch) : null;
  const info = kept ? null : await askCity();
  const city = kept?.city ?? info?.city ?? "";
  const token = await enrol({ kind: "display", branch, city, info, root, language: () => language });
  page = new HallPage({ token, city, branch, kept, languages, language: () => language, aloud: () => aloud, refused: again, leave: again });
  root.replaceChildren(page.screen.element);
  page.start();
}

/** The token is gone: the screen asks to be let in once more. */
function again() {
  page?.stop();
  page = null;
  forgetDevice("display", branch);
  forgetView(branch);
  void run();
}

async function keepShell() {
  const registration = await registerWorker("/hall-worker.js", "/hall/");
  if (!registration) return;
  const ready = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  ready.active?.postMessage({ keep: [location.href.split("#")[0], ...files] });
}

const theme = new URL(location.href).searchParams.get("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;
takeGivenToken();
speak(language);
startWatchdog(() => page?.isQuiet ?? true);
void offerLanguages(languages).then((offered) => {
  if (offered.length > 0) aloud = offered;
  speak(language);
  return keepShell();
});
await run();
