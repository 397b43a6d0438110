/** @import { KioskModel } from "./kiosk-model.js" */
/** @import { Scene, ScreenName } from "./scene.js" */
/** @import { Words } from "./words.js" */
import { bannerOf, noteOf, screenOf } from "./screens.js";
import { noDataScreen } from "./stop-screens.js";
import { stubOf } from "./ticket-screens.js";
import { isArrow, walk } from "./walk.js";
import { loadWords, otherLanguages } from "./words.js";
import { offerOf, serviceOf } from "./offers.js";
import { newKey } from "/pages/assets/staff-api.js";
import { patch } from "./patch.js";
import { Patience } from "./patience.js";
import { shell } from "./shell.js";
import { newVisit, plainComfort, prefersDark } from "./visit.js";
import { readText, spokenText, Voice } from "./voice.js";

/** The page of a kiosk: what the visitor does, and the screen that follows from it and from what the model knows. */

const CHOOSING_SECONDS = 60;
const TICKET_SECONDS = 45;
const TAKEN_SECONDS = 20;
/** @type {Partial<Record<ScreenName, number>>} who waits for help may stand there for a while */
const SECONDS = { ticket: TICKET_SECONDS, busy: Infinity, help: 300 };
const PRESS_MS = 3_000;

export class KioskPage {
  #root;
  #model;
  #printer;
  #words;
  #home;
  #patience = new Patience();
  #voice = new Voice();
  #visit = newVisit();
  #comfort = plainComfort();
  #note = "";
  #shown = "";
  #pressedAt = -Infinity;
  #running = new AbortController();

  /**
   * @param {HTMLElement} root
   * @param {KioskModel} model
   * @param {import("./printer.js").Printer} printer
   * @param {Words} words
   */
  constructor(root, model, printer, words) {
    this.#root = root;
    this.#model = model;
    this.#printer = printer;
    this.#words = this.#home = words;
  }

  start() {
    const { signal } = this.#running;
    this.#root.replaceChildren();
    this.#root.addEventListener("click", (event) => this.#click(event), { signal });
    this.#root.addEventListener("input", (event) => this.#type(event), { signal });
    this.#root.addEventListener("focusin", (event) => this.#sayControl(event), { signal });
    addEventListener("keydown", (event) => this.#key(event), { signal });
    for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => this.#stay(), { signal });
    addEventListener("pointerdown", () => (this.#pressedAt = performance.now()), { signal });
    for (const kind of ["pointerup", "pointercancel"])
      addEventListener(kind, () => (this.#pressedAt = -Infinity), { signal });
    const ticking = setInterval(() => this.#tick(), 500);
    signal.addEventListener("abort", () => clearInterval(ticking));
    this.draw();
  }

  stop() {
    this.#running.abort();
    this.#voice.stop();
  }

  // --- what the visitor does ---

  /** @param {Event} event */
  #click(event) {
    const pressed = event.target instanceof Element ? event.target.closest("[data-act]") : null;
    if (!pressed || pressed.getAttribute("aria-disabled") === "true") return;
    const [verb, ...rest] = (pressed.getAttribute("data-act") ?? "").split(":");
    this.#do(verb ?? "", rest.join(":"));
  }

  /** @param {string} verb @param {string} argument */
  #do(verb, argument) {
    this.#note = "";
    const { catalogue } = this.#model;
    if (verb === "begin") this.#go("field");
    else if (verb === "home" || verb === "finish") this.#begin();
    else if (verb === "back") this.#back();
    else if (verb === "more") this.#patience.extend();
    else if (verb === "help") this.#call();
    else if (verb === "search" || verb === "services") this.#go(verb);
    else if (verb === "language") void this.#speak(argument);
    else if (verb === "larger" || verb === "contrast" || verb === "lower") this.#comfort[verb] = !this.#comfort[verb];
    else if (verb === "voice") this.#toggleVoice();
    else if (verb === "key") this.#visit.typed += argument;
    else if (verb === "erase") this.#visit.typed = this.#visit.typed.slice(0, -1);
    else if (verb === "print") void this.#print();
    else if (verb === "field") {
      this.#visit.field = catalogue?.fields.find(({ category }) => category === argument) ?? null;
      this.#go(Object.keys(this.#visit.field?.purposes ?? {}).length ? "purpose" : "services");
    } else if (verb === "take" || verb === "anyway") void this.#take(argument, verb === "anyway");
    this.draw();
  }

  /** @param {ScreenName} screen */
  #go(screen) {
    if (this.#visit.screen !== "busy") this.#visit.before.push(this.#visit.screen);
    this.#visit.screen = screen;
    this.#patience.begin(SECONDS[screen] ?? CHOOSING_SECONDS);
  }

  /** People are told that help is needed here; it ends with the visit. */
  #call() {
    this.#model.help.ask();
    if (this.#visit.screen !== "help") this.#go("help");
  }

  #back() {
    if (this.#visit.screen === "busy") return;
    const before = this.#visit.before.pop();
    if (!before || before === "start" || this.#visit.screen === "ticket") return this.#begin();
    this.#visit.screen = before;
  }

  /** To the greeting, in the city's first language and with nothing switched: for the next visitor. */
  #begin() {
    this.#model.help.withdraw();
    this.#visit = newVisit();
    this.#comfort = plainComfort();
    this.#words = this.#home;
    this.#note = "";
    this.#voice.stop();
    this.#patience.begin(Infinity);
  }

  /** @param {string} language */
  async #speak(language) {
    this.#words = await loadWords(language);
    this.#patience.begin(CHOOSING_SECONDS);
    this.#shown = "";
    this.draw();
  }

  #toggleVoice() {
    const { language } = this.#words;
    this.#comfort.voice = !this.#comfort.voice && this.#voice.has(language);
    this.#voice.on = this.#comfort.voice;
    this.#note = this.#comfort.voice ? this.#words.voiceOn : this.#voice.has(language) ? "" : this.#words.noVoice;
    this.#shown = "";
    if (!this.#comfort.voice) this.#voice.stop();
  }

  /**
   * @param {string} id of a service
   * @param {boolean} anyway although it can be done online
   */
  async #take(id, anyway) {
    const { catalogue } = this.#model;
    const service = catalogue && serviceOf(catalogue, id);
    if (!service || offerOf(this.#known, service).why) return;
    this.#visit.service = service;
    if (service.online_url && !anyway) {
      this.#go("online");
      const visit = this.#visit;
      visit.onlineQr = await this.#model.picture(`${location.origin}/?service=${encodeURIComponent(id)}`);
      return this.draw();
    }
    this.#go("busy");
    this.draw();
    const visit = this.#visit;
    const ticket = await this.#model.give(service);
    visit.ticket = ticket;
    if (visit === this.#visit) this.#go(ticket ? "ticket" : "failed");
    this.draw();
  }

  async #print() {
    const { ticket } = this.#visit;
    const { catalogue } = this.#model;
    if (!ticket || !catalogue || this.#visit.paper) return;
    const visit = this.#visit;
    visit.paper = "printing";
    this.#patience.begin(Infinity);
    this.draw();
    const printed = await this.#printer.print(stubOf(ticket, catalogue, this.#words), newKey());
    visit.paper = printed ? "printed" : "";
    if (visit === this.#visit) this.#patience.begin(printed ? TAKEN_SECONDS : TICKET_SECONDS);
    this.draw();
    this.#say(this.#root.querySelector(".said")?.textContent ?? "");
  }

  /** @param {Event} event */
  #type(event) {
    if (event.target instanceof HTMLInputElement) this.#visit.typed = event.target.value;
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") {
      this.#do("back", "");
      event.preventDefault();
    } else if (isArrow(event.key) && !(event.target instanceof HTMLInputElement && /Left|Right/.test(event.key))) {
      walk(this.#root, event.key);
      event.preventDefault();
    }
  }

  /** Whoever touches anything is still there. */
  #stay() {
    const { screen } = this.#visit;
    if (this.#patience.left === Infinity) return;
    if (screen !== "start" || this.#words !== this.#home) this.#patience.begin(SECONDS[screen] ?? CHOOSING_SECONDS);
  }

  // --- what is shown ---

  #tick() {
    if (this.#patience.left === 0) this.#begin();
    this.draw();
  }

  get #known() {
    const { view, catalogue, freshness, clock } = this.#model;
    return { view, catalogue, freshness, now: clock.now() };
  }

  /** @returns {Scene | null} */
  get #scene() {
    const { view, catalogue } = this.#model;
    if (!view || !catalogue) return null;
    const languages = otherLanguages(catalogue.languages, this.#words.language);
    const printer = this.#printer.state;
    const help = this.#model.help.standing(this.#known.now);
    return { words: this.#words, visit: this.#visit, known: this.#known, view, catalogue, languages, printer, help };
  }

  draw() {
    // under a finger nothing moves, or the press would be lost; whoever leans on the screen does not stop it
    if (this.#running.signal.aborted || performance.now() - this.#pressedAt < PRESS_MS) return;
    const scene = this.#scene;
    const screen = scene
      ? screenOf(scene, this.#model.forbidden)
      : noDataScreen(this.#words, { forbidden: this.#model.forbidden });
    const { comfort, root } = { comfort: this.#comfort, root: document.documentElement };
    root.lang = this.#words.language;
    root.dataset["theme"] = comfort.contrast === prefersDark() ? "light" : "dark";
    root.classList.toggle("larger", comfort.larger);
    root.classList.toggle("lower", comfort.lower);
    document.title = this.#words.title;
    const { warns, left, share } = this.#patience;
    const fresh = shell(
      {
        words: this.#words,
        scene,
        comfort,
        note: this.#note || (scene ? noteOf(scene) : ""),
        banner: scene ? bannerOf(scene) : "",
        staff: this.#model.outbox.refused.length ? this.#words.refused(this.#model.outbox.refused.join(", ")) : "",
        countdown: warns ? { left, share } : null,
      },
      screen,
    );
    if (this.#root.firstChild) patch(this.#root.firstChild, fresh);
    else this.#root.append(fresh);
    this.#arrive(screen);
  }

  /** A new screen takes the focus, and is read aloud. @param {HTMLElement} screen */
  #arrive(screen) {
    const { key, news = "" } = screen.dataset;
    const name = `${key} ${this.#words.language} ${this.#comfort.voice} ${news}`;
    if (name === this.#shown) return;
    const first = this.#shown === "";
    const told = news !== "" && this.#shown.startsWith(name.slice(0, -news.length));
    this.#shown = name;
    if (told) return this.#say(readText(this.#root));
    this.#root.querySelector("main")?.scrollTo(0, 0);
    const title = this.#root.querySelector("h1");
    if (!first || document.activeElement === document.body) title?.focus({ preventScroll: true });
    this.#say(readText(this.#root));
  }

  /** @param {Event} event */
  #sayControl(event) {
    if (event.target instanceof HTMLButtonElement) this.#say(event.target.textContent ?? "");
  }

  /** @param {string} text */
  #say(text) {
    this.#voice.say(spokenText(text, this.#words), this.#words.language);
  }
}
