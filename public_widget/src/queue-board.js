/** @import { CityInfo, Language } from "./types.js" */
/** @import { Picture } from "./board-view.js" */
import { Announcer } from "./announcer.js";
import { BoardModel } from "./board-model.js";
import { BoardView } from "./board-view.js";
import { CityFeed } from "./city-feed.js";
import { h } from "./dom.js";
import { rangeOf } from "./estimates.js";
import { local } from "./format.js";
import { MyTicket } from "./my-ticket.js";
import { ReaderWatch } from "./reader-watch.js";
import { ServicePicker } from "./service-picker.js";
import { adoptStyles } from "./styles.js";
import { TicketCard } from "./ticket-card.js";
import { languageOf, wordsOf } from "./words.js";

/**
 * `<queue-board city="kharkiv" service="" lang="uk" branch="" server="">`: a city's queues, live.
 *
 * Attributes: `city` (id), `service` (id of the one chosen, follows the reader's choice), `lang` (uk or en; the page's
 * own where left out), `branch` (only that one), `server` (origin of the API; where this module comes from by default).
 * Events: `service-change`, the reader has chosen or cleared a service, `detail.service` is its id or null;
 * `city-change`, the city's definition has come or changed, `detail.city`.
 */
export class QueueBoard extends HTMLElement {
  static observedAttributes = ["city", "service", "lang", "branch", "server"];

  /** @type {CityFeed | null} */
  #feed = null;
  /** @type {BoardModel | null} */
  #model = null;
  /** @type {MyTicket | null} */
  #ticket = null;
  /** @type {TicketCard | null} */
  #card = null;
  #ticketSeq = 0;
  /** @type {number | undefined} */
  #ticking;
  #drawing = false;
  #touchedRows = false;
  /** The question whose first row has been opened. */
  #openedFor = "";
  /** @type {CityInfo | null} */
  #knownCity = null;
  /** What was last said aloud, so that nothing is said twice. */
  #told = { service: "", fresh: true, differs: false };
  #reader = new ReaderWatch(this);
  #announcer = new Announcer();
  #mine = h("div");
  #picker = new ServicePicker((service) => this.#choose(service));
  #view = new BoardView({
    toggleRow: (branch) => this.#toggleRow(branch),
    takeTicket: (branch) => void this.#ticket?.take(branch, this.getAttribute("service") ?? ""),
    reorder: () => this.#reorder(),
    toggleStop: () => {
      this.#model?.toggleStop();
      this.#draw();
    },
  });

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const parts = [this.#picker.element, this.#mine, this.#view.element, this.#announcer.element];
    const frame = h("div", { class: "frame" }, ...parts);
    void adoptStyles(root, "../pages/assets/tokens.css", "queue-board.css").then(() => root.append(frame));
  }

  connectedCallback() {
    this.#connect();
    this.#reader.start();
    this.#ticking = setInterval(() => this.#draw(), 1000);
    this.#draw();
  }

  disconnectedCallback() {
    clearInterval(this.#ticking);
    this.#reader.stop();
    this.#announcer.stop();
    this.#feed?.stop();
    this.#feed = null;
    this.#ticket?.stop();
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} after
   */
  attributeChangedCallback(name, before, after) {
    if (before === after || !this.isConnected) return;
    if (name === "lang") this.#view.reset();
    else if (name !== "service") this.#connect();
    this.#draw();
  }

  /** @returns {Language} */
  get #language() {
    return languageOf(this.lang || document.documentElement.lang);
  }

  #connect() {
    this.#feed?.stop();
    this.#feed = null;
    this.#view.reset();
    const city = this.getAttribute("city");
    if (!city) return;
    const server = new URL(this.getAttribute("server") || import.meta.url, document.baseURI).origin;
    this.#feed = new CityFeed({ server, city, branch: this.getAttribute("branch") }, () => this.#changed());
    this.#model = new BoardModel(this.#feed);
    this.#feed.start();
    this.#ticket?.stop();
    this.#ticket = new MyTicket(
      { server, city },
      () => this.#language,
      () => this.#changed(),
    );
    this.#card = new TicketCard(this.#ticket);
    this.#mine.replaceChildren(this.#card.element);
    this.#ticket.start();
  }

  /** @param {string | null} service */
  #choose(service) {
    this.#touchedRows = false;
    if (service) this.setAttribute("service", service);
    else this.removeAttribute("service");
    this.dispatchEvent(new CustomEvent("service-change", { detail: { service }, bubbles: true, composed: true }));
  }

  /** @param {string} branch */
  #toggleRow(branch) {
    this.#touchedRows = true;
    if (!this.#view.opened.delete(branch)) this.#view.opened.add(branch);
    this.#draw();
  }

  /** The button that asked for the new order is gone afterwards: focus goes on at the top of the list. */
  #reorder() {
    this.#model?.order.apply();
    this.#draw();
    /** @type {HTMLElement | null} */ (this.#view.list.querySelector("button.name"))?.focus();
  }

  /** Many frames may come in one instant: one drawing for all of them. */
  #changed() {
    if (this.#drawing) return;
    this.#drawing = true;
    setTimeout(() => {
      this.#drawing = false;
      this.#draw();
    });
  }

  #draw() {
    const city = this.#feed?.city ?? null;
    const language = this.#language;
    const words = wordsOf(language);
    this.#picker.update(city, this.getAttribute("service"), language, words);
    if (!this.#feed || !this.#model || !city) {
      const trouble = this.#feed?.trouble;
      this.#view.drawWaiting(
        trouble === "unknown_city" ? words.unknownCity : trouble ? words.noConnection : words.loading,
      );
      return;
    }
    if (city !== this.#knownCity) {
      this.#knownCity = city;
      this.dispatchEvent(new CustomEvent("city-change", { detail: { city }, bubbles: true, composed: true }));
    }
    const picture = this.#model.picture(city, {
      service: this.getAttribute("service"),
      branch: this.getAttribute("branch"),
      language,
      reader: this.#reader.state,
      ticket: this.#ticket ?? { held: null, busy: false },
    });
    this.#openFirst(picture);
    this.#view.draw(picture);
    this.#followTicket(city);
    this.#tell(picture);
  }

  /** @param {CityInfo} city */
  #followTicket(city) {
    const mine = this.#ticket;
    if (!mine) return;
    this.#card?.update(mine, city, this.#language, wordsOf(this.#language));
    const seq = this.#feed?.state.branches.get(mine.held?.ticket.branch ?? "")?.seq ?? 0;
    if (seq !== this.#ticketSeq) mine.follow();
    this.#ticketSeq = seq;
  }

  /**
   * The first row's details are open until the reader opens or closes some himself.
   *
   * @param {Picture} picture
   */
  #openFirst({ moved, open, context }) {
    const question = context.service?.service ?? "";
    const first = context.service && open[0]?.wait ? open[0].info.branch : null;
    if (this.#touchedRows || (!moved && (!first || this.#openedFor === question))) return;
    this.#view.opened = new Set(first ? [first] : []);
    this.#openedFor = first ? question : "";
  }

  /** @param {Picture} picture */
  #tell({ context, orderDiffers }) {
    const { words, best, service, freshness, language } = context;
    const fresh = freshness === "fresh";
    const asked = best?.wait && service ? service.service : "";
    const told = this.#told;
    this.#told = { service: asked || told.service, fresh, differs: orderDiffers };
    if (fresh !== told.fresh) this.#announcer.say(fresh ? words.announceOnline : words.announceOffline);
    else if (best?.wait && asked && asked !== told.service) {
      const { low, high } = rangeOf(best.wait);
      this.#announcer.say(words.announceBest(local(best.info.name, language), words.spokenWait(low, high)));
    } else if (orderDiffers && !told.differs) this.#announcer.say(words.announceOrder);
  }
}
