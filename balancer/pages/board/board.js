/** @import { CityInfo, Language } from "/pages/assets/types.js" */
import { backoff } from "/pages/assets/backoff.js";
import { setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import "/widget/queue-board-define.js";
import { offerLanguages, rememberLanguage, visitorsLanguage, wireLanguages } from "/pages/assets/language.js";
import { wordsOf } from "./words.js";

/** The city's live board: one widget, the language, and the address that remembers what was chosen. */

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {CityInfo | null} */
let city = null;
let language = await visitorsLanguage();
/** The server has painted a table into it, which stays until the element can draw. */
const board = /** @type {HTMLElement} */ (document.querySelector("queue-board"));

function draw() {
  const words = wordsOf(language);
  document.documentElement.lang = language;
  const name = city ? `${words.centre} · ${local(city.name, language)}` : words.centre;
  document.title = `${words.title} ${name}`;
  setText(part("title"), words.title);
  setText(part("skip"), words.skip);
  setText(part("city"), name);
  setText(part("contact"), city?.contact ? `${words.contact} ${city.contact}` : "");
  setText(part("demo"), words.demo);
  part("demo").hidden = !city?.demo;
  setText(part("trouble"), words.unreachable);
  setText(part("how"), words.how);
  board.setAttribute("lang", language);
  wireLanguages(part("languages"), language, choose);
}

/** @param {Language} chosen */
function choose(chosen) {
  language = chosen;
  draw();
}

/** @returns {Promise<string>} the id of this server's city; asks until there is one */
async function findCity() {
  for (let failures = 1; ; failures += 1) {
    try {
      const response = await fetch("/api/v1/cities");
      const { cities } = await response.json();
      if (cities?.[0]) return cities[0].city;
    } catch {
      // Told below, and asked again.
    }
    part("trouble").hidden = false;
    await new Promise((resolve) => setTimeout(resolve, 1000 + backoff(failures)));
  }
}

board.addEventListener("city-change", (event) => {
  city = /** @type {CustomEvent} */ (event).detail.city;
  draw();
});
board.addEventListener("service-change", (event) => {
  const url = new URL(location.href);
  const { service } = /** @type {CustomEvent} */ (event).detail;
  if (service) url.searchParams.set("service", service);
  else url.searchParams.delete("service");
  history.replaceState(null, "", url);
  wireLanguages(part("languages"), language, choose);
});

if (new URL(location.href).searchParams.has("lang")) rememberLanguage(language);
draw();
void offerLanguages(part("languages")).then(() => wireLanguages(part("languages"), language, choose));
const asked = new URL(location.href).searchParams.get("service");
if (asked) board.setAttribute("service", asked);
if (!board.hasAttribute("city")) board.setAttribute("city", await findCity());
part("trouble").hidden = true;
