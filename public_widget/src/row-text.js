/** @import { BranchInfo, CityInfo, Language, ServiceInfo, Wait } from "./types.js" */
/** @import { CityFormat } from "./format.js" */
/** @import { IconName } from "./icons.js" */
/** @import { Level } from "./estimates.js" */
/** @import { Standing } from "./standings.js" */
/** @import { Words } from "./words.js" */
import { isTie, rangeOf } from "./estimates.js";
import { local } from "./format.js";

/**
 * What a row says, as plain data: pure, so that every state can be read without a page.
 *
 * @typedef {object} RowContext
 * @property {CityInfo} city
 * @property {ServiceInfo | null} service
 * @property {Language} language
 * @property {Words} words
 * @property {CityFormat} format
 * @property {number | null} now city milliseconds
 * @property {"fresh" | "stale" | "gone"} freshness
 * @property {string} heardAt city time of the last data, in words
 * @property {string} heardAtSecond the same to the second
 * @property {number} scale minutes at the strips' right end
 * @property {Standing | null} best the open branch with the shortest known wait
 * @property {boolean} mayTake a ticket for the service may be taken from afar, and the reader holds none
 * @property {boolean} taking one is being taken just now
 * @property {boolean} tied whether another one is about as short
 *
 * @typedef {{tone: "" | "warn" | "stop", icon: IconName | null, text: string}} Chip
 *
 * @typedef {object} RowText
 * @property {string} name
 * @property {string} mark what sets the best row apart, or ""
 * @property {string} tie that this row is about as good as the best, or ""
 * @property {{number: string, unit: string, below: string, spoken: string, big: boolean}} when
 * @property {{level: Level, text: string} | null} load
 * @property {Chip[]} chips
 * @property {{low: number, high: number} | null} strip shares of the scale
 * @property {string} message
 * @property {{label: string, value: string, rest: string}[]} counts
 * @property {string} address
 * @property {string} directions address of a map, or ""
 * @property {string} hours
 * @property {string[]} facilities
 * @property {{name: string, value: string}[]} queues
 * @property {boolean} ticket whether one may be taken here from afar
 */

const MAP = "https://www.openstreetmap.org/search?query=";
const HOUR_MS = 3_600_000;
const NO_WHEN = { number: "", unit: "", below: "", spoken: "", big: false };

/**
 * @param {Standing} standing
 * @param {RowContext} context
 * @returns {RowText}
 */
export function rowText(standing, context) {
  const { info } = standing;
  const { words, language, freshness } = context;
  const shown = freshness !== "gone" && standing.load !== null;
  const range = shown && context.service && standing.wait ? rangeOf(standing.wait) : null;
  return {
    name: local(info.name, language),
    mark: shown && standing === context.best && context.service && !context.tied ? words.shortest : "",
    tie: shown && tiesWithBest(standing, context) ? words.almostEqual : "",
    when: shown ? whenText(standing, context) : { ...NO_WHEN, number: standing.load ? words.noData : "…" },
    load: shown && standing.level ? { level: standing.level, text: words[standing.level] } : null,
    chips: chipsOf(standing, context, shown),
    strip: range && { low: range.low / context.scale, high: Math.min(1, range.high / context.scale) },
    message: shown ? messageOf(standing, context) : standing.load ? words.noFreshData(context.city.contact ?? "") : "",
    counts: shown && standing.group === "open" ? countsOf(standing, context) : [],
    ...detailsOf(standing, context, shown),
    ticket: shown && standing.group === "open" && context.mayTake,
  };
}

/**
 * @param {Wait} wait
 * @param {Words} words
 * @returns {string} like "7–14" or "up to 3"
 */
export function waitText(wait, words) {
  const { low, high } = rangeOf(wait);
  return low > 0 ? `${low}–${high}` : words.upTo(high);
}

/**
 * @param {Standing} standing
 * @param {RowContext} context
 */
function tiesWithBest({ wait, group }, { service, best, tied }) {
  return Boolean(tied && service && group === "open" && wait && best?.wait && isTie(wait, best.wait));
}

/**
 * @param {Standing} standing
 * @param {RowContext} context
 * @returns {RowText["when"]}
 */
function whenText(standing, context) {
  const { words, format, now, service } = context;
  if (standing.group === "off") return { ...NO_WHEN, ...whenOff(standing, context) };
  if (!service)
    return { ...NO_WHEN, number: String(standing.waiting), unit: words.waitingColumn.toLowerCase(), big: true };
  if (!standing.wait) return { ...NO_WHEN, number: words.unknown };
  const { low, high } = rangeOf(standing.wait);
  const [from, to] = now === null ? ["", ""] : [format.time(now + low * 60_000), format.time(now + high * 60_000)];
  return {
    number: waitText(standing.wait, words),
    unit: words.minutesUnit,
    below: from && words.callAt(from, to),
    spoken: words.spokenWait(low, high) + (from && `, ${words.spokenCallAt(from, to)}`),
    big: true,
  };
}

/**
 * @param {Standing} standing
 * @param {RowContext} context
 * @returns {Partial<RowText["when"]>}
 */
function whenOff({ reason, load }, { words, format, now }) {
  if (reason === "alarm") return { unit: words.afterAllClear };
  if (reason === "hold") return { unit: words.paused };
  if (reason === "no_power") return { unit: words.unknown };
  const opens = Date.parse(load?.opens_at ?? "");
  if (Number.isNaN(opens) || now === null) return { unit: words.closed.toLowerCase() };
  return { unit: words.fromTime(format.shortDay(opens, now), format.time(opens)) };
}

/**
 * @param {Standing} standing
 * @param {RowContext} context
 * @param {boolean} shown whether there are data fit to show
 * @returns {Chip[]}
 */
function chipsOf({ info, load, reason, group }, { words, format, now, heardAt, service, freshness }, shown) {
  /** @type {Chip[]} */
  const chips = [];
  /** @param {Chip["tone"]} tone @param {IconName | null} icon @param {string} text */
  const add = (tone, icon, text) => chips.push({ tone, icon, text });
  if (load && freshness === "gone") add("", "clock", words.lastDataAt(heardAt));
  if (load && shown) {
    const closes = Date.parse(load.closes_at ?? "");
    if (reason === "alarm") add("stop", "pause", words.pausedAlarm);
    if (reason === "hold") add("warn", "pause", words.pausedHold);
    if (reason === "no_power") add("warn", "bolt", words.noPower);
    if (reason === "tickets_closed") add("warn", "clock", words.noTicketsToday);
    if (reason === "closed") add("", "clock", words.closed);
    if (load.state === "shelter") add("", "shelter", words.shelter);
    if (group === "open" && load.power === "off" && !service) add("warn", "bolt", words.noPower);
    if (group === "open" && now !== null && closes - now < HOUR_MS)
      add("warn", "clock", words.closesSoon(format.time(closes)));
  }
  if (info.demo) add("", null, words.demo);
  return chips;
}

/**
 * @param {Standing} standing
 * @param {RowContext} context
 * @returns {string} one sentence where there are no minutes to show
 */
function messageOf(standing, context) {
  const { load, reason, group, info } = standing;
  const { words, format, now, service, best, language } = context;
  if (!load) return "";
  if (group === "open") {
    if (!service) return load.power === "off" ? words.noPowerPart : local(info.address, language);
    if (standing.wait) return "";
    return load.desks_open === 0 ? words.noDesksOpen : words.unknownWhy;
  }
  if (reason === "alarm") return words.placesKept(load.waiting) + words.resumesAfterAllClear;
  if (reason === "hold") return [load.reason, words.resumesLater].filter(Boolean).join(". ");
  if (reason === "no_power") return words.noPowerWhy(servicesWithPowerOff(info, context.city));
  if (reason === "tickets_closed") {
    const way =
      service && best?.wait ? ` ${words.fasterToday(local(best.info.name, language), waitText(best.wait, words))}` : "";
    return words.noTicketsWhy + way;
  }
  const opens = Date.parse(load.opens_at ?? "");
  return Number.isNaN(opens) || now === null ? words.closed : words.closedUntil(format.until(opens, now));
}

/**
 * @param {BranchInfo} info
 * @param {CityInfo} city
 * @returns {number} services that the branch gives without power
 */
function servicesWithPowerOff(info, city) {
  const here = new Set(info.queues.flatMap((queue) => queue.services));
  return city.services.filter((each) => here.has(each.service) && !each.needs_power).length;
}

/**
 * @param {Standing} standing
 * @param {RowContext} context
 * @returns {RowText["counts"]} how many wait (where the row does not lead with it) and how many desks are open
 */
function countsOf({ waiting, load }, { words, service }) {
  if (!load) return [];
  const [value = "", rest = ""] = words.desksOf(load.desks_open, load.desks_total);
  const desks = { label: words.desksColumn, value, rest };
  return service ? [{ label: words.waitingColumn, value: String(waiting), rest: "" }, desks] : [desks];
}

/**
 * @param {Standing} standing
 * @param {RowContext} context
 * @param {boolean} shown
 * @returns {Pick<RowText, "address" | "directions" | "hours" | "facilities" | "queues">}
 */
function detailsOf({ info, load, group }, { city, words, language, format, now, service }, shown) {
  const address = local(info.address, language);
  const place = `${local(info.address, "uk")}, ${local(city.name, "uk")}`;
  const closes = Date.parse(load?.closes_at ?? "");
  const onTheWay = load?.on_the_way ? words.onTheWay(load.on_the_way) : "";
  const today = now !== null && group === "open" && !Number.isNaN(closes);
  return {
    address,
    directions: address && !info.demo ? MAP + encodeURIComponent(place) : "",
    hours: [shown && today && words.todayUntil(format.time(closes)), shown && group === "open" && onTheWay]
      .filter(Boolean)
      .join(" · "),
    facilities: (info.facilities ?? []).map((each) => facilityName(each, words)),
    queues: service || !shown || group !== "open" ? [] : queueWaits(info, load, language, words),
  };
}

/**
 * @param {string} facility
 * @param {Words} words
 */
function facilityName(facility, words) {
  const names = { ...words, shelter: words.shelterFacility };
  const name = names[/** @type {keyof Words} */ (facility)];
  return typeof name === "string" ? name : facility;
}

/**
 * @param {BranchInfo} info
 * @param {Standing["load"]} load
 * @param {Language} language
 * @param {Words} words
 * @returns {RowText["queues"]}
 */
function queueWaits(info, load, language, words) {
  return info.queues.map((queue) => {
    const wait = load?.queues.find((each) => each.queue === queue.queue)?.wait;
    return {
      name: local(queue.name, language) || queue.letter,
      value: wait ? `${waitText(wait, words)} ${words.minutesUnit}` : words.unknown,
    };
  });
}
