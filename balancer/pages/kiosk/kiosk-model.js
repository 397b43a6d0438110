/** @import { Frame } from "/pages/assets/types.js" */
/** @import { KioskStore } from "./store.js" */
/** @import { Catalogue, Given, KioskService, KioskView, Order } from "./types.js" */
import { mark, secondsSince } from "/pages/assets/clocks.js";
import { Connection } from "/pages/assets/connection.js";
import { newKey, Problem } from "/pages/assets/staff-api.js";
import { HelpCall } from "./help-call.js";
import { KioskClock } from "./kiosk-clock.js";
import { Outbox } from "./outbox.js";
import { KioskServer } from "./server.js";
import { linkOf, Slips } from "./slips.js";

/**
 * What the kiosk knows and does, without its page: the last view and its age, the time, tickets.
 *
 * @typedef {object} Outlook
 * @property {() => void} changed
 * @property {() => void} signedOut the token opens nothing any more
 */

const AT_LEAST_EVERY_MS = 15_000;
const UNTOLD_EVERY_MS = 5_000;
const HELP_EVERY_MS = 3_000;
const GATHER_MS = 250;
const AWAY_EVERY_MS = 1_500;
const ANSWER_WITHIN_MS = 2_500;
const NUMBER_WITHIN_MS = 12_000;
const KEEP_TIME_EVERY_MS = 5_000;
const STALE_SECONDS = 20;
const GONE_SECONDS = 90;

export class KioskModel {
  clock = new KioskClock();
  /** @type {KioskView | null} */
  view = null;
  /** @type {Catalogue | null} */
  catalogue = null;
  /** @type {import("/pages/assets/clocks.js").Mark | null} since when the server does not answer */
  lost = mark();
  #heard = -Infinity;
  #forbidden = false;
  /** @type {string | null | undefined} what was said of the printer last; undefined: nothing yet */
  #printer;
  #store;
  #server;
  #outlook;
  #connection;
  #asking = false;
  #again = false;
  #stopped = false;
  /** @type {number | undefined} */
  #timer;
  #timeKept = 0;

  /**
   * @param {KioskStore} store
   * @param {{token: string, city: string, branch: string}} where
   * @param {Outlook} outlook
   */
  constructor(store, where, outlook) {
    this.#store = store;
    this.#outlook = outlook;
    this.#server = new KioskServer(where.token, where.city, where.branch);
    this.slips = new Slips(store, this.#server, () => this.catalogue?.lines.map(({ queue }) => queue) ?? []);
    this.outbox = new Outbox(store, this.#server, {
      unanswered: () => this.#lose(),
      signedOut: () => this.#leave(),
      changed: outlook.changed,
    });
    this.help = new HelpCall(this.#server, outlook.changed);
    this.#connection = new Connection(
      { server: location.origin, city: where.city, branch: where.branch },
      { onFrame: (frame) => this.#takeFrame(frame), onStatus: () => this.refresh() },
    );
  }

  /** What was kept shows at once, whoever answers afterwards. */
  async start() {
    const anchor = await this.#store.fact("anchor");
    if (anchor) this.clock.restore(/** @type {import("./kiosk-clock.js").Anchor} */ (anchor));
    this.view = (await this.#store.fact("view")) ?? null;
    this.catalogue = (await this.#store.fact("catalogue")) ?? null;
    this.#heard = -Infinity;
    await this.slips.load();
    await this.outbox.start();
    this.#connection.start();
    this.refresh();
    this.#outlook.changed();
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#connection.stop();
    this.outbox.stop();
    this.help.forget();
  }

  /** @returns {"fresh" | "stale" | "gone"} how far the last view can be trusted; gone: no number of it may be shown */
  get freshness() {
    const seconds = this.lost ? Math.max(secondsSince(this.lost), this.#heard === -Infinity ? GONE_SECONDS + 1 : 0) : 0;
    return seconds > GONE_SECONDS ? "gone" : seconds > STALE_SECONDS ? "stale" : "fresh";
  }

  /** @returns {boolean} the token is for another place or another role */
  get forbidden() {
    return this.#forbidden;
  }

  /** @param {Frame} frame */
  #takeFrame(frame) {
    if (frame.type === "hello") void this.#hear(frame.city_time, frame.speed);
    if (frame.type === "beat") void this.#hear(frame.city_time);
    if (frame.type === "hello" || frame.type === "branch") this.refresh();
  }

  /** @param {string} cityTime @param {number} [speed] */
  async #hear(cityTime, speed) {
    const correction = this.clock.hear(cityTime, speed);
    if (correction) await this.outbox.fix(correction).catch(() => {});
    if (performance.now() - this.#timeKept < KEEP_TIME_EVERY_MS && this.#timeKept) return;
    this.#timeKept = performance.now();
    await this.#store.remember("anchor", this.clock.anchor);
  }

  refresh() {
    this.#again = true;
    if (!this.#asking) this.#in(GATHER_MS);
  }

  #lose() {
    if (!this.lost) this.lost = mark();
    this.#outlook.changed();
    this.refresh();
  }

  #leave() {
    if (this.#stopped) return;
    this.stop();
    this.#outlook.signedOut();
  }

  /** @param {number} milliseconds */
  #in(milliseconds) {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#ask(), milliseconds);
  }

  async #ask() {
    this.#asking = true;
    this.#again = false;
    let next = 0;
    try {
      await this.#take(await this.#server.view(this.catalogue?.version ?? 0));
      next = this.help.isOpen ? HELP_EVERY_MS : this.#connection.live ? AT_LEAST_EVERY_MS : UNTOLD_EVERY_MS;
    } catch (error) {
      if (this.#stopped) return;
      if (error instanceof Problem && error.signedOut) return this.#leave();
      this.#forbidden = error instanceof Problem && error.status === 403;
      this.lost ??= mark();
      next = AWAY_EVERY_MS * (0.7 + Math.random() * 0.6);
    }
    this.#asking = false;
    this.#outlook.changed();
    this.#in(this.#again && !this.lost ? GATHER_MS : next);
  }

  /** @param {KioskView} view */
  async #take(view) {
    const back = this.lost !== null;
    await this.#hear(view.city_time, view.speed);
    this.lost = null;
    this.#forbidden = false;
    this.#heard = performance.now();
    this.view = { ...view, catalogue: null };
    this.help.take(view);
    if (view.catalogue) {
      this.catalogue = view.catalogue;
      await this.#store.remember("catalogue", view.catalogue);
    }
    await this.#store.remember("view", this.view);
    if (back) this.outbox.merge();
    if (back && this.#printer !== undefined) void this.report(this.#printer);
    const begun = this.slips.topUp(view.day, view.epoch).then(() => this.outbox.beginDay(view.day));
    void begun.then(this.#outlook.changed);
  }

  /**
   * A ticket for that service. With a slip it is there at once, whoever answers; without one only the server can give
   * a number.
   *
   * @param {KioskService} service
   * @returns {Promise<Given | null>} null: no number can be had
   */
  async give(service) {
    const arrivedMs = this.clock.now();
    const slip = this.slips.first(service.queue, this.clock.day(this.catalogue?.time_zone));
    if (arrivedMs === null || (!slip && this.lost)) return null;
    const anchorMs = this.clock.anchor?.cityMs ?? arrivedMs;
    const order = { key: newKey(), service: service.service, slip, arrivedMs, anchorMs, sent: null };
    if (slip) this.slips.taken(slip);
    const put = await this.outbox.put(order).catch(() => undefined);
    if (put === undefined) return this.#withoutDisk(order.key, service);
    if (!put) return this.give(service);
    return slip ? this.#withSlip(put, slip, service) : this.#withoutSlip(put, service);
  }

  /**
   * The disk takes nothing more: only the server can keep a ticket, and only while it answers.
   *
   * @param {string} key
   * @param {KioskService} service
   * @returns {Promise<Given | null>}
   */
  async #withoutDisk(key, service) {
    await this.slips.load();
    for (let attempts = 0; attempts < 2 && !this.lost; attempts += 1) {
      try {
        return await this.#given(await this.#server.issue({ service: service.service }, key), service);
      } catch (error) {
        if (error instanceof Problem && error.signedOut) this.#leave();
        if (error instanceof Problem && !error.passing) return null;
      }
    }
    return null;
  }

  /** @param {Order} order @param {import("./types.js").Slip} slip @param {KioskService} service @returns {Promise<Given>} */
  async #withSlip(order, slip, service) {
    const link = linkOf(this.#server.city, slip.ticket, slip.secret);
    /** @type {Given} */
    const given = {
      number: slip.number,
      service: service.service,
      link,
      qr: slip.qr,
      atMs: order.arrivedMs,
      ahead: null,
      wait: null,
      entered: false,
    };
    /** @param {Awaited<ReturnType<KioskServer["issue"]>>} answer */
    const enter = ({ ticket }) => {
      given.ahead = ticket.ahead;
      given.wait = ticket.wait ?? this.#waitIn(service.queue);
      given.entered = true;
      this.#outlook.changed();
    };
    const answer = await this.outbox.answer(order, this.lost ? 0 : ANSWER_WITHIN_MS, enter);
    if (answer) enter(answer);
    else if (!this.lost) this.#lose();
    if (!given.qr && answer) given.qr = await this.picture(link);
    return given;
  }

  /** @param {Order} order @param {KioskService} service @returns {Promise<Given | null>} */
  async #withoutSlip(order, service) {
    const answer = await this.outbox.answer(order, NUMBER_WITHIN_MS);
    if (!answer) {
      await this.outbox.abandon(order).catch(() => {});
      return null;
    }
    return this.#given(answer, service);
  }

  /**
   * @param {Awaited<ReturnType<KioskServer["issue"]>>} answer a number of the server's own
   * @param {KioskService} service
   * @returns {Promise<Given>}
   */
  async #given({ ticket, secret }, service) {
    const link = linkOf(this.#server.city, ticket.id, secret);
    return {
      number: ticket.number,
      service: service.service,
      link,
      qr: await this.picture(link),
      atMs: Date.parse(ticket.arrived),
      ahead: ticket.ahead,
      wait: ticket.wait,
      entered: true,
    };
  }

  /** @param {string} queue */
  #waitIn(queue) {
    return this.view?.queues.find((each) => each.queue === queue)?.wait ?? null;
  }

  /** @param {string} link @returns {Promise<string>} SVG, "" where it cannot be had now */
  picture(link) {
    return this.#server.qr(link).catch(() => "");
  }

  /** @param {string | null} printer how the printer is, null without one */
  async report(printer) {
    this.#printer = printer;
    await this.#server.report(printer, newKey()).catch(() => null);
  }
}
