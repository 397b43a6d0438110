/** @import { CityInfo, Language, BranchLoad } from "./types.js" */
/** @import { CityFeed } from "./city-feed.js" */
/** @import { Picture } from "./board-view.js" */
/** @import { RowContext } from "./row-text.js" */
/** @import { Standing } from "./standings.js" */
import { isTie, scaleOf, SteadyWaits } from "./estimates.js";
import { CityFormat, local } from "./format.js";
import { HeldOrder } from "./held-order.js";
import { ranked, standingsOf } from "./standings.js";
import { wordsOf } from "./words.js";

/**
 * What the board shows of what the feed knows: the reader's question, the held order, the held estimates, the stop.
 *
 * @typedef {object} Question
 * @property {string | null} service
 * @property {string | null} branch
 * @property {Language} language
 * @property {{held: object | null, busy: boolean}} ticket the reader's own
 * @property {{idleSeconds: number, inside: boolean}} reader
 */
export class BoardModel {
  order = new HeldOrder();
  #steady = new SteadyWaits();
  #feed;
  /** @type {{loads: Map<string, BranchLoad>, now: number} | null} what stands still while the reader has stopped it */
  #stopped = null;
  #scale = { key: "", minutes: 0 };

  /** @param {CityFeed} feed */
  constructor(feed) {
    this.#feed = feed;
  }

  /** Stops the picture where it is, or lets it go on. */
  toggleStop() {
    const now = this.#feed.time.now();
    this.#stopped = this.#stopped || now === null ? null : { loads: new Map(this.#feed.state.branches), now };
  }

  /**
   * @param {CityInfo} city
   * @param {Question} question
   * @returns {Picture}
   */
  picture(city, question) {
    const service = city.services.find((each) => each.service === question.service) ?? null;
    const loads = this.#stopped?.loads ?? this.#feed.state.branches;
    const standings = standingsOf({ city, loads, service, branch: question.branch, steady: this.#steady });
    const key = `${question.service}/${question.branch}/${standings.filter((each) => each.load).length}`;
    const context = this.#context(city, question, standings, key);
    const moved = this.#hold(standings, key, question);
    return {
      ...this.#inOrder(standings),
      absent: standings
        .filter((each) => each.group === "absent")
        .map((each) => local(each.info.name, question.language)),
      context,
      moved,
      orderDiffers: this.order.differs,
      stopped: this.#stopped !== null,
      updated: this.#updatedText(context),
      trouble: this.#troubleText(context),
      alarm: standings.some(
        ({ load }) => load?.state === "shelter" || (load?.state === "paused" && load.reason === "alarm"),
      ),
      empty: emptyText(standings, context),
    };
  }

  /**
   * @param {Standing[]} standings
   * @param {string} key
   * @param {Question} question
   */
  #hold(standings, key, { reader }) {
    return this.order.update(
      ranked(standings).map(({ info, group }) => ({ id: info.branch, group })),
      key,
      reader,
    );
  }

  /**
   * Rows keep their place and their list: a branch that closes or opens under a reader moves only with the order.
   *
   * @param {Standing[]} standings
   */
  #inOrder(standings) {
    const byBranch = new Map(standings.map((each) => [each.info.branch, each]));
    /** @param {string} wanted */
    const rowsOf = (wanted) =>
      this.order.shown.flatMap(({ id, group }) => (group === wanted && byBranch.get(id)) || []);
    return { open: rowsOf("open"), off: rowsOf("off") };
  }

  /**
   * @param {CityInfo} city
   * @param {Question} question
   * @param {Standing[]} standings
   * @param {string} key
   * @returns {RowContext}
   */
  #context(city, { service, language, ticket }, standings, key) {
    const format = new CityFormat(language, city.time_zone);
    const now = this.#stopped?.now ?? this.#feed.time.now();
    const known = standings
      .filter((each) => each.group === "open" && each.wait)
      .sort((a, b) => (a.wait?.p50 ?? 0) - (b.wait?.p50 ?? 0));
    const [best, second] = known;
    const heard = now === null || this.#stopped ? now : now - this.#feed.age() * 1000 * this.#feed.time.speed;
    return {
      city,
      service: city.services.find((each) => each.service === service) ?? null,
      language,
      words: wordsOf(language),
      format,
      now,
      freshness: this.#feed.freshness(),
      heardAt: heard === null || !Number.isFinite(heard) ? "" : format.time(heard),
      heardAtSecond: heard === null || !Number.isFinite(heard) ? "" : format.timeWithSeconds(heard),
      scale: this.#scaleFor(known, key),
      best: best ?? null,
      mayTake: Boolean(city.remote_tickets && service && !ticket.held),
      taking: ticket.busy,
      tied: Boolean(best?.wait && second?.wait && isTie(second.wait, best.wait)),
    };
  }

  /**
   * The scale only grows while the question stays, so that strips do not jump under a reader.
   *
   * @param {Standing[]} known
   * @param {string} key
   */
  #scaleFor(known, key) {
    const needed = scaleOf(known.flatMap(({ wait }) => wait ?? []));
    const minutes = key === this.#scale.key ? Math.max(needed, this.#scale.minutes) : needed;
    this.#scale = { key, minutes };
    return minutes;
  }

  /** @param {RowContext} context */
  #updatedText({ words, heardAtSecond }) {
    if (!heardAtSecond) return "";
    return this.#stopped ? words.stoppedAt(heardAtSecond) : words.updated(heardAtSecond, words.age(this.#feed.age()));
  }

  /** @param {RowContext} context */
  #troubleText({ freshness, words, heardAt }) {
    if (freshness === "fresh") return "";
    const { retryAt } = this.#feed.status;
    const seconds = retryAt === null ? 0 : Math.ceil((retryAt - Date.now()) / 1000);
    const what = heardAt ? words.offline(heardAt) : words.offlineNoData;
    return `${what} ${seconds > 0 ? words.retryIn(seconds) : words.retrying}`;
  }
}

/**
 * @param {Standing[]} standings
 * @param {RowContext} context
 * @returns {string} the nearest way out where nobody can be taken now, or ""
 */
function emptyText(standings, { words, service, format, now, language }) {
  if (!standings.some((each) => each.load) || standings.some((each) => each.group === "open")) return "";
  const reopening = standings
    .filter((each) => each.group === "off")
    .map(({ info, load }) => ({ info, at: Date.parse(load?.opens_at ?? "") }))
    .filter(({ at }) => !Number.isNaN(at))
    .sort((a, b) => a.at - b.at)[0];
  const first = service ? words.nowhereNow : words.nobodyNow;
  if (!reopening || now === null) return first;
  const day = format.shortDay(reopening.at, now);
  const when = `${day ? `${day}, ` : ""}${format.time(reopening.at)}`;
  return `${first} ${words.earliest(when, local(reopening.info.name, language))}`;
}
