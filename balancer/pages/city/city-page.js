/** @import { Surroundings } from "/pages/assets/staff-room.js" */
/** @import { Session } from "./session.js" */
import { h, setText } from "/pages/assets/dom.js";
import { CityFormat, local } from "/pages/assets/format.js";
import { icon } from "/pages/assets/icons.js";
import { AuditPanel } from "./audit-panel.js";
import { BriefingPanel } from "./briefing-panel.js";
import { OverviewSource } from "./overview-source.js";
import { OverviewTable } from "./overview-table.js";
import { wordsOf } from "./words.js";

/** The city view: today, the briefing, and the audit for admins. The fragment of the address says which part. */

const PARTS = /** @type {const} */ (["overview", "briefing", "audit"]);
const STALE_SECONDS = 10;

export class CityPage {
  /** @type {(typeof PARTS)[number]} */
  #part = "overview";
  /** @type {Set<string>} */
  #loaded = new Set();
  #session;
  #language;
  #source;
  #running = new AbortController();

  /**
   * @param {Session} session
   * @param {Surroundings} around
   */
  constructor(session, { languages, language, leave }) {
    this.#session = session;
    this.#language = language;
    this.#source = new OverviewSource(session.api, {
      changed: () => this.#draw(),
      refused: () => leave(wordsOf(language()).tokenEnded),
    });
    this.title = h("h1");
    this.link = h("span", { class: "link" });
    this.clock = h("time");
    this.leave = h("button", { type: "button", class: "plain", onclick: () => leave("") });
    this.offline = h("p", { class: "banner warn", hidden: true }, icon("clock"), h("span"));
    this.loading = h("p", { class: "banner" });
    this.overview = new OverviewTable();
    this.briefing = new BriefingPanel(session.api);
    this.audit = new AuditPanel(session.api);
    const parts = PARTS.filter((part) => part !== "audit" || session.me.role === "admin");
    this.tabs = parts.map((part) => h("a", { href: `#${part}`, "data-part": part }));
    this.parts = h("nav", { class: "parts" }, ...this.tabs);
    this.element = this.#build(languages);
  }

  /** @param {HTMLElement} languages */
  #build(languages) {
    const header = h("header", {}, this.title, this.parts, h("span", { class: "space" }), this.link, languages, this.leave, this.clock);
    const main = h("main", {}, this.offline, this.loading, this.overview.element, this.briefing.element, this.audit.element);
    return h("div", { class: "city" }, header, main);
  }

  start() {
    const { signal } = this.#running;
    addEventListener("hashchange", () => this.#turn(), { signal });
    const ticking = setInterval(() => this.#draw(), 500);
    signal.addEventListener("abort", () => clearInterval(ticking));
    this.#source.start();
    this.#turn();
  }

  stop() {
    this.#running.abort();
    this.#source.stop();
  }

  speak() {
    this.#draw();
  }

  /** To the part that the address names. */
  #turn() {
    const wanted = this.tabs.find((tab) => tab.hash === location.hash)?.dataset.part;
    this.#part = PARTS.find((part) => part === wanted) ?? "overview";
    this.#draw();
    if (this.#loaded.has(this.#part)) return;
    this.#loaded.add(this.#part);
    if (this.#part === "briefing") void this.briefing.load();
    if (this.#part === "audit") void this.audit.load();
  }

  #draw() {
    if (this.#running.signal.aborted) return;
    const language = this.#language();
    const words = wordsOf(language);
    const { city } = this.#session;
    const scene = { city, language, words };
    const { view, lostSeconds } = this.#source;
    setText(this.title, `${words.title}. ${local(city.name, language)}`);
    setText(this.leave, words.signOut);
    this.parts.setAttribute("aria-label", words.parts);
    for (const tab of this.tabs) {
      const part = /** @type {(typeof PARTS)[number]} */ (tab.dataset.part);
      setText(tab, words.tabs[part]);
      if (part === this.#part) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    this.#drawLink(lostSeconds, language);
    const now = this.#source.time.now();
    setText(this.clock, now === null ? "" : new CityFormat(language, city.time_zone).time(now));
    setText(this.loading, words.loading);
    this.loading.hidden = this.#part !== "overview" || view !== null;
    this.overview.element.hidden = this.#part !== "overview" || view === null;
    this.briefing.element.hidden = this.#part !== "briefing";
    this.audit.element.hidden = this.#part !== "audit";
    if (view) this.overview.update(view, scene);
    this.briefing.update(scene);
    this.audit.update(scene);
    document.title = `${words.tabs[this.#part]}. ${this.title.textContent}`;
  }

  /**
   * @param {number} lostSeconds
   * @param {import("/pages/assets/types.js").Language} language
   */
  #drawLink(lostSeconds, language) {
    const words = wordsOf(language);
    const connected = lostSeconds === 0;
    setText(this.offline.lastElementChild ?? this.offline, connected ? "" : words.offline(Math.floor(lostSeconds)));
    this.offline.hidden = connected;
    this.overview.element.classList.toggle("stale", lostSeconds > STALE_SECONDS);
    const key = `${connected} ${language}`;
    if (this.link.dataset.key === key) return;
    this.link.dataset.key = key;
    this.link.replaceChildren(icon(connected ? "check" : "alert"), connected ? words.connected : words.disconnected);
    this.link.classList.toggle("lost", !connected);
  }
}
