/** @import { Language } from "/pages/assets/types.js" */
/** @import { Picture } from "./card.js" */
/** @import { PushState } from "./push.js" */
/** @import { Reminder } from "./reminders.js" */
/** @import { Kept } from "./types.js" */
import { Announcer } from "/pages/assets/announcer.js";
import { CommandRunner } from "/pages/assets/command-runner.js";
import { h } from "/pages/assets/dom.js";
import { CityFormat, local } from "/pages/assets/format.js";
import { Problem } from "/pages/assets/staff-api.js";
import { Bring } from "./bring.js";
import { CalledScreen } from "./called.js";
import { TicketCard } from "./card.js";
import { Chime } from "./chime.js";
import { GiveUp } from "./give-up.js";
import { isEnded } from "./kept.js";
import { addToCalendar, minutesFrom, turnPush } from "./doings.js";
import { canPush, tellAgain } from "./push.js";
import { Reminders } from "./reminders.js";
import { TicketSource } from "./source.js";
import { adviceOf, haltOf, SteadyTimes } from "./standing.js";
import { Surroundings } from "./surroundings.js";
import { Tiles } from "./tiles.js";
import { TravelPanel } from "./travel.js";
import { wordsOf } from "./words.js";

/** One ticket followed from the first look to its end. Built anew for another ticket; the language changes in place. */

const GONE_SECONDS = 90;
const BETWEEN_LEAVE_ALARMS = 3;

export class TicketPage {
  #kept;
  #language;
  #save;
  #source;
  #runner;
  #unanswered = false;
  #steady = new SteadyTimes();
  #chime;
  #said = "";
  #calledTold = "";
  #leaveTold = false;
  /** @type {{state: PushState, busy: boolean}} */
  #push = { state: "off", busy: false };
  /** @type {number | undefined} */
  #ticking;

  /**
   * @param {Kept} kept
   * @param {() => Language} language
   * @param {{save: () => void, forget: () => void, chime: Chime}} around
   */
  constructor(kept, language, { save, forget, chime }) {
    this.#kept = kept;
    this.#language = language;
    this.#save = save;
    this.#chime = chime;
    this.#source = new TicketSource(kept, language, { changed: () => this.draw(), keep: save });
    this.#runner = new CommandRunner(this.#source.api, {
      unanswered: () => this.#wait(true),
      changed: () => this.#wait(false),
    });
    this.card = new TicketCard();
    this.around = new Surroundings({ forget, understood: () => this.#understood() });
    this.travel = new TravelPanel({
      chosen: (travel) => this.#setTravel(travel),
      minutesFrom: (lat, lon, mode) => minutesFrom(this.#source, lat, lon, mode),
    });
    this.tiles = new Tiles(() => addToCalendar(this.#source, this.#kept, this.#language()));
    this.reminders = new Reminders((reminder, on) => void this.#turn(reminder, on));
    this.bring = new Bring((document, packed) => this.#tick(document, packed));
    this.giveUp = new GiveUp(() => this.#giveUp());
    this.called = new CalledScreen(() => this.#coming());
    this.announcer = new Announcer();
    this.alarm = h("p", { class: "sr", role: "alert" });
    const [card, around, travel, tiles] = [this.card, this.around, this.travel, this.tiles];
    const now = h("div", { class: "column" }, card.element, around.age, around.ways, travel.element, tiles.element);
    const [reminders, bring, giveUp] = [this.reminders, this.bring, this.giveUp];
    const besides = [reminders.element, bring.element, giveUp.element];
    const columns = h("div", { class: "columns" }, now, h("div", { class: "column" }, ...besides));
    this.main = h("main", { class: "ticket" }, this.around.notices, columns);
    this.element = h("div", {}, this.main, this.called.element, this.announcer.element, this.alarm);
    this.element.addEventListener("redraw", () => this.draw());
  }

  start() {
    this.#source.start();
    this.#ticking = setInterval(() => this.draw(), 1000);
    this.draw();
  }

  stop() {
    clearInterval(this.#ticking);
    this.announcer.stop();
    this.#chime.stop();
    this.#runner.stop();
    this.#source.stop();
  }

  /** The language has changed. */
  speak() {
    this.draw();
    this.#tellPush();
  }

  draw() {
    const language = this.#language();
    const words = wordsOf(language);
    const source = this.#source;
    const { seen, travel, reminders } = this.#kept;
    const format = new CityFormat(language, seen?.guide.time_zone ?? "UTC");
    const now = source.time.now() ?? seen?.at ?? 0;
    this.around.draw({ kept: this.#kept, load: source.load, fault: source.fault, age: source.age, now }, language, format);
    const shown = seen !== null && source.fault === "";
    for (const each of [this.card, this.travel, this.tiles, this.reminders, this.bring, this.giveUp])
      each.element.hidden = !shown;
    this.called.element.hidden = !shown || seen.ticket.state !== "called";
    this.main.hidden = !this.called.element.hidden;
    document.documentElement.classList.toggle("is-called", !this.called.element.hidden);
    if (!shown) return;
    const { ticket, guide } = seen;
    const waits = ticket.state === "waiting";
    const times = this.#steady.take(seen, travel);
    const advice = adviceOf(haltOf(source.load, guide), times, now);
    const gone = waits && source.age > GONE_SECONDS;
    const active = !isEnded(ticket.state);
    /** @type {Picture} */
    const picture = { seen, travel, load: source.load, times, advice, now, gone };
    const sentence = this.card.draw(picture, language, format, words);
    this.card.element.classList.toggle("stale", source.age > 10 && active);
    this.travel.element.hidden = !waits;
    this.travel.draw(travel, words);
    this.tiles.draw(guide, { active, hasTimes: waits && times !== null && !gone }, words);
    this.reminders.element.hidden = !active || ticket.state === "serving";
    this.reminders.draw(reminders, { push: guide.push_key !== null && canPush(), ...this.#push }, words);
    this.bring.draw(guide, this.#kept, waits || ticket.state === "parked", language, words);
    this.giveUp.element.hidden = !waits && ticket.state !== "parked";
    this.giveUp.draw(ticket.number, { busy: this.#runner.pending !== null, unanswered: this.#unanswered }, words);
    if (ticket.state === "called") this.called.draw(seen, now, reminders.call, language, format, words);
    this.#title(picture, sentence, format);
    this.#tell(picture, sentence);
  }

  /**
   * @param {Picture} picture
   * @param {string} sentence
   * @param {CityFormat} format
   */
  #title({ seen, times, advice }, sentence, format) {
    const words = wordsOf(this.#language());
    const { ticket, guide } = seen;
    const desk = local(guide.desk_name, this.#language()) || `${words.deskLabel} ${ticket.desk ?? ""}`;
    const leave = ticket.state === "waiting" && advice === "leave" ? times?.leave : null;
    if (ticket.state === "called") document.title = words.titleCalled(desk, ticket.number);
    else if (leave) document.title = words.titleLeave(ticket.number, format.time(leave));
    else document.title = `${ticket.number}: ${sentence}`;
  }

  /**
   * @param {Picture} picture
   * @param {string} sentence
   */
  #tell({ seen, advice }, sentence) {
    const words = wordsOf(this.#language());
    const { ticket, guide } = seen;
    if (ticket.state === "called") {
      const call = `${ticket.id} ${ticket.version}`;
      if (call === this.#calledTold) return;
      this.#calledTold = call;
      const desk = local(guide.desk_name, this.#language()) || (ticket.desk ?? "");
      this.alarm.textContent = words.spokenCall(ticket.number, desk);
      this.called.go.focus({ preventScroll: true });
      scrollTo(0, 0);
      if (this.#kept.reminders.call) this.#chime.start();
      return;
    }
    if (this.#calledTold) {
      this.#calledTold = "";
      this.#chime.stop();
      this.alarm.textContent = "";
      this.card.element.querySelector("h2")?.focus({ preventScroll: true });
    }
    if (sentence !== this.#said) this.announcer.say(sentence);
    this.#said = sentence;
    const leave = ticket.state === "waiting" && advice === "leave_now" && this.#kept.travel !== null;
    if (leave && !this.#leaveTold && this.#kept.reminders.leave) {
      this.alarm.textContent = words.timeToLeave;
      this.#chime.start(BETWEEN_LEAVE_ALARMS);
    }
    this.#leaveTold = leave;
  }

  #coming() {
    this.#chime.stop();
    this.draw();
  }

  #understood() {
    this.#kept.formerNumbers = [];
    this.#save();
    this.draw();
  }

  /** @param {NonNullable<Kept["travel"]>} travel */
  #setTravel(travel) {
    this.#kept.travel = travel;
    this.#leaveTold = travel.minutes === 0;
    this.#save();
    this.draw();
    this.#source.refresh();
    this.#tellPush();
  }

  /** What is pushed has another language or another way from now on. */
  #tellPush() {
    const { api, place } = this.#source;
    if (this.#kept.reminders.push) void tellAgain(api, place, this.#kept, this.#language());
  }

  /**
   * @param {Reminder} reminder
   * @param {boolean} on
   */
  async #turn(reminder, on) {
    const { reminders } = this.#kept;
    reminders[reminder] = on;
    if (!on && reminder === "call") this.#chime.stop();
    if (reminder === "push") {
      this.#push = { state: "off", busy: true };
      this.draw();
      const state = await turnPush(this.#source, this.#kept, on, this.#language());
      this.#push = { state, busy: false };
      reminders.push = state === "on";
    }
    this.#save();
    this.draw();
  }

  /**
   * @param {string} document
   * @param {boolean} packed
   */
  #tick(document, packed) {
    const others = this.#kept.packed.filter((each) => each !== document);
    this.#kept.packed = packed ? [...others, document] : others;
    this.#save();
  }

  /** @returns {Promise<string>} why it was refused, or "" */
  async #giveUp() {
    try {
      const answer = await this.#runner.run({ place: this.#source.place, verb: "cancel", body: {} });
      if (answer) this.#source.take(answer.ticket);
      this.card.element.querySelector("h2")?.focus();
      return "";
    } catch (error) {
      this.#source.refresh();
      return error instanceof Problem ? error.message : String(error);
    }
  }

  /** @param {boolean} unanswered */
  #wait(unanswered) {
    this.#unanswered = unanswered;
    this.draw();
  }
}
