/** @import { Language } from "/pages/assets/types.js" */
/** @import { Kept } from "./types.js" */
import { backoff } from "/pages/assets/backoff.js";
import { h, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { languageSwitch, offerLanguages, rememberLanguage, visitorsLanguage, wireLanguages } from "/pages/assets/language.js";
import { registerWorker } from "/pages/assets/worker.js";
import { Chime } from "./chime.js";
import { fragmentOf, KeptTickets } from "./kept.js";
import { SCOPE, WORKER } from "./push.js";
import { emptyPage } from "./surroundings.js";
import { TicketPage } from "./ticket-page.js";
import { wordsOf } from "./words.js";

/** The citizen's tickets: which one is shown, in which language; the rest is each ticket's own page. */

const root = /** @type {HTMLElement} */ (document.getElementById("page"));
const centre = h("b");
const switcher = languageSwitch("");
const tickets = h("nav", { class: "mine", hidden: true });
const room = h("div");
const chime = new Chime();
const kept = new KeptTickets();
let language = await visitorsLanguage();
/** @type {Kept | null} */
let shown = null;
/** @type {TicketPage | null} */
let page = null;
let badLink = false;

root.replaceChildren(h("header", { class: "top" }, centre, switcher), tickets, room);
chime.listen();

async function begin() {
  badLink = location.hash.length > 1;
  const named = await kept.take(location.hash, cityOfServer);
  show(named ?? (badLink && !location.hash.includes("ticket=") ? null : (kept.all[0] ?? null)));
}

/** @returns {Promise<string>} the id of this server's city; asks until there is one */
async function cityOfServer() {
  for (let failures = 1; ; failures += 1) {
    try {
      const { cities } = await (await fetch("/api/v1/cities")).json();
      if (cities?.[0]) return cities[0].city;
    } catch {
      // Asked again.
    }
    await new Promise((resolve) => setTimeout(resolve, 500 + backoff(failures)));
  }
}

/** @param {Kept | null} ticket */
function show(ticket) {
  page?.stop();
  shown = ticket;
  page = null;
  document.documentElement.classList.remove("is-called");
  if (ticket) {
    history.replaceState(null, "", location.pathname + location.search + fragmentOf(ticket));
    page = new TicketPage(ticket, () => language, { save, forget, chime });
    room.replaceChildren(page.element);
    page.start();
    void registerWorker(WORKER, SCOPE);
  }
  speak(language);
}

function save() {
  kept.save();
  drawAround();
}

function forget() {
  if (shown) kept.forget(shown);
  history.replaceState(null, "", location.pathname + location.search);
  badLink = false;
  show(kept.all[0] ?? null);
  room.querySelector("h1")?.setAttribute("tabindex", "-1");
  room.querySelector("h1")?.focus();
}

/** @param {Language} chosen */
function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  if (new URL(location.href).searchParams.has("lang")) rememberLanguage(chosen);
  switcher.setAttribute("aria-label", wordsOf(chosen).languages);
  wireLanguages(switcher, chosen, speak);
  if (page) page.speak();
  else room.replaceChildren(emptyPage(chosen, badLink));
  drawAround();
}

function drawAround() {
  const words = wordsOf(language);
  const city = local((shown ?? kept.all[0])?.seen?.guide.city_name, language);
  setText(centre, city ? words.centre(city) : words.pageTitle);
  tickets.hidden = kept.all.length < 2;
  tickets.setAttribute("aria-label", words.otherTickets);
  const numbers = kept.all.map(({ seen, ticket }) => seen?.ticket.number ?? ticket.slice(0, 4));
  const drawn = [...tickets.children].map((each) => each.textContent).join();
  if (drawn !== numbers.join()) {
    tickets.replaceChildren(
      ...kept.all.map((each, place) =>
        h("button", { type: "button", onclick: () => show(each) }, numbers[place] ?? ""),
      ),
    );
  }
  kept.all.forEach((each, place) => {
    if (each === shown) tickets.children[place]?.setAttribute("aria-current", "true");
    else tickets.children[place]?.removeAttribute("aria-current");
  });
}

addEventListener("hashchange", () => void begin());
await begin();
void offerLanguages(switcher).then(() => wireLanguages(switcher, language, speak));
