/** @import { TicketSource } from "./source.js" */
/** @import { Kept, Mode } from "./types.js" */
import { h } from "/pages/assets/dom.js";
import { Problem } from "/pages/assets/staff-api.js";
import { turnOff, turnOn } from "./push.js";
import { wordsOf } from "./words.js";

/**
 * What a ticket's holder asks of the server beside the ticket itself. The secret rides in a header, so a file comes as a
 * blob and never by a link.
 */

/**
 * @param {TicketSource} source
 * @param {Kept} kept
 * @param {import("/pages/assets/types.js").Language} language
 * @returns {Promise<string>} what went wrong, or ""
 */
export async function addToCalendar({ api, place }, kept, language) {
  const minutes = kept.travel?.minutes;
  const query = new URLSearchParams({ lang: language, ...(minutes ? { travel: String(minutes) } : {}) });
  try {
    const response = await api.fetch(`${place}/calendar?${query}`);
    const link = h("a", { download: `${kept.seen?.ticket.number ?? "ticket"}.ics` });
    link.href = URL.createObjectURL(await response.blob());
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    return "";
  } catch (error) {
    return error instanceof Problem ? error.message : wordsOf(language).calendarFailed;
  }
}

/**
 * @param {TicketSource} source
 * @param {number} lat
 * @param {number} lon
 * @param {Mode} mode
 * @returns {Promise<number | null>} minutes from there to the branch
 */
export async function minutesFrom({ api, place }, lat, lon, mode) {
  const query = new URLSearchParams({ lat: String(lat), lon: String(lon), mode });
  const { trip } = await api.ask("GET", `${place}/guide?${query}`);
  return trip?.minutes ?? null;
}

/**
 * @param {TicketSource} source
 * @param {Kept} kept
 * @param {boolean} on
 * @param {string} language
 * @returns {Promise<import("./push.js").PushState>}
 */
export async function turnPush({ api, place }, kept, on, language) {
  const key = kept.seen?.guide.push_key;
  if (!on || !key) {
    await turnOff(api, place);
    return "off";
  }
  return turnOn(api, place, key, kept, language);
}
