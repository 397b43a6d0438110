/** @import { Language } from "/pages/assets/types.js" */
/** @import { HallCall, HallQueue, HallView } from "./types.js" */
/** @import { KeptView } from "./memory.js" */
import { CityTime } from "/pages/assets/clocks.js";
import { RoomSource } from "/pages/assets/room-source.js";
import { Problem, StaffApi } from "/pages/assets/staff-api.js";
import { Controls } from "./controls.js";
import { HallScreen, coverOf } from "./hall-screen.js";
import { keepSound, keepView, keptSound } from "./memory.js";
import { CallNews, keyOf, steadyWaits } from "./news.js";
import { aloud, deskOf, sayings } from "./spoken.js";
import { Voice } from "./voice.js";
import { wordsOf } from "./words.js";

/** A hall display with its token: asks, shows, announces, and goes on with what it knows while the server is away. */

const FRESH_MS = 30_000;
const TICK_MS = 1_000;
const ALARM_AGAIN_MS = 60_000;
const ANSWERS_WITHIN_MS = 2_000;

export class HallPage {
  screen = new HallScreen();
  /** @type {HallView | null} */
  #view = null;
  /** @type {Map<string, HallQueue>} */
  #waits = new Map();
  #news = new CallNews();
  /** @type {Map<string, number>} until when (performance.now()) a call is shown as fresh, by its key */
  #fresh = new Map();
  #keptTime = new CityTime();
  #keptAt = 0;
  #startedAt = performance.now();
  #alarmSaidAt = -Infinity;
  /** @type {number | undefined} */
  #tick;

  /**
   * @param {object} plan
   * @param {string} plan.token
   * @param {string} plan.city
   * @param {string} plan.branch
   * @param {KeptView | null} plan.kept the view of an earlier start
   * @param {HTMLElement} plan.languages
   * @param {() => Language} plan.language
   * @param {() => Language[]} plan.aloud the languages that are spoken, one after another
   * @param {() => void} plan.refused the token opens nothing any more
   * @param {() => void} plan.leave somebody disconnects this screen
   */
  constructor(plan) {
    this.plan = plan;
    this.voice = new Voice(() => this.draw());
    Object.assign(this.voice, soundOf());
    this.controls = new Controls(this.voice, plan.languages, {
      test: () => this.#test(),
      changed: () => keepSound({ volume: this.voice.volume, voice: this.voice.preferred }),
      theme: (light) => showTheme(light),
      leave: plan.leave,
    });
    this.screen.element.append(this.controls.element);
    const api = new StaffApi(plan.token, plan.language);
    const path = `/api/v1/cities/${encodeURIComponent(plan.city)}/branches/${encodeURIComponent(plan.branch)}/hall`;
    const where = { server: location.origin, city: plan.city, branch: plan.branch };
    this.source = new RoomSource(() => read(api, path), where, {
      changed: () => this.#take(),
      refused: plan.refused,
    });
    this.#startFrom(plan.kept);
  }

  start() {
    this.source.start();
    void this.voice.start();
    this.#tick = setInterval(() => this.draw(), TICK_MS);
    this.draw();
  }

  stop() {
    clearInterval(this.#tick);
    this.source.stop();
    this.voice.hush();
  }

  /** @returns {boolean} whether nobody was called moments ago */
  get isQuiet() {
    return ![...this.#fresh.values()].some((until) => until > performance.now());
  }

  /** @param {KeptView | null} kept */
  #startFrom(kept) {
    if (!kept) return;
    this.#view = kept.view;
    this.#keptAt = kept.at;
    this.#waits = steadyWaits(new Map(), kept.view.queues);
    const passed = Math.max(0, Date.now() - kept.at) * kept.speed;
    this.#keptTime.set(new Date(Date.parse(kept.view.city_time) + passed).toISOString(), kept.speed);
  }

  #take() {
    const view = this.source.room;
    if (view && view !== this.#view) {
      const before = coverOf(this.#view);
      this.#view = view;
      this.#waits = steadyWaits(this.#waits, view.queues);
      keepView(this.plan.branch, { city: this.plan.city, view, at: Date.now(), speed: this.source.time.speed });
      const calls = this.#news.take(view, this.source.time.speed);
      if (coverOf(view) === "alarm") this.#soundAlarm(before !== "alarm");
      else {
        if (before === "alarm") this.#sayAllClear();
        for (const call of calls) this.#announce(call);
      }
    }
    this.draw();
  }

  /** @param {HallCall} call */
  #announce(call) {
    const words = wordsOf(this.plan.language());
    this.#fresh.set(keyOf(call), performance.now() + FRESH_MS);
    this.screen.say(words.called(call.number, deskOf(call, this.plan.language())));
    this.voice.announce(sayings(call, this.plan.aloud()));
  }

  /** @param {boolean} isNew */
  #soundAlarm(isNew) {
    if (!isNew && performance.now() - this.#alarmSaidAt < ALARM_AGAIN_MS) return;
    this.#alarmSaidAt = performance.now();
    this.#sayToAll((words) => words.alarmWhole);
  }

  #sayAllClear() {
    this.#sayToAll((words) => words.allClear);
  }

  /** @param {(words: import("./words.js").Words) => string} say before anything that has not been said yet */
  #sayToAll(say) {
    this.voice.hush();
    this.screen.say(say(wordsOf(this.plan.language())));
    this.voice.announce(aloud(this.plan.aloud(), say));
  }

  #test() {
    this.voice.announce(sayings({ number: "A042", desk: "7", desk_name: {} }, this.plan.aloud()));
  }

  /** @returns {number} real seconds since the server was heard, 0 while it is there */
  get lostSeconds() {
    if (this.source.room !== null || this.#view === null) return this.source.lostSeconds;
    const isAway = this.source.lost !== null || performance.now() - this.#startedAt > ANSWERS_WITHIN_MS;
    return isAway ? Math.max(1, (Date.now() - this.#keptAt) / 1000) : 0;
  }

  draw() {
    const language = this.plan.language();
    const words = wordsOf(language);
    const now = performance.now();
    for (const [key, until] of this.#fresh) if (until < now) this.#fresh.delete(key);
    this.screen.draw({
      view: this.#view,
      waits: [...this.#waits.values()],
      now: this.source.time.now() ?? this.#keptTime.now(),
      lostSeconds: this.lostSeconds,
      isFresh: (call) => call.state === "called" && this.#fresh.has(keyOf(call)),
      words,
      language,
    });
    this.controls.draw(words);
  }
}

/**
 * A token that was made for another branch opens nothing here, as little as one that has ended.
 *
 * @param {StaffApi} api
 * @param {string} path
 * @returns {Promise<HallView>}
 */
async function read(api, path) {
  try {
    return await api.ask("GET", path);
  } catch (error) {
    if (error instanceof Problem && error.status === 403) throw new Problem(401, error.code, error.message, 0);
    throw error;
  }
}

function soundOf() {
  const kept = keptSound();
  return { volume: kept?.volume ?? 0.9, preferred: kept?.voice ?? "" };
}

/** @param {boolean} light */
export function showTheme(light) {
  document.documentElement.dataset["theme"] = light ? "light" : "dark";
  const url = new URL(location.href);
  url.searchParams.set("theme", light ? "light" : "dark");
  history.replaceState(null, "", url);
}
