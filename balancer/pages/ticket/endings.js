/** @import { CityFormat } from "/pages/assets/format.js" */
/** @import { Language } from "/pages/assets/types.js" */
/** @import { Seen } from "./types.js" */
/** @import { Words } from "./words.js" */
import { local } from "/pages/assets/format.js";

/**
 * What stands on a ticket that does not wait: at a desk, set aside, or over.
 *
 * @param {Seen} seen
 * @param {number} now city ms
 * @param {Language} language
 * @param {CityFormat} format
 * @param {Words} words
 * @returns {{lead: string, big?: string, text: string}}
 */
export function endOf({ ticket, guide }, now, language, format, words) {
  const until = Date.parse(ticket.park_until ?? "");
  switch (ticket.state) {
    case "serving":
      return { lead: words.serving, big: local(guide.desk_name, language), text: "" };
    case "parked": {
      const when = Number.isNaN(until) || until < now ? "" : ` ${words.parkedUntil(format.time(until))}`;
      return { lead: words.parked, text: words.parkedHow + when };
    }
    case "done":
      return { lead: words.done, text: `${words.doneHow} ${words.rateUs}` };
    case "no_show":
      return { lead: words.noShow, text: reinstateText(guide, now, format, words) };
    case "left":
      return { lead: words.left, text: words.leftHow };
    case "cancelled":
      return { lead: words.cancelled, text: words.cancelledHow };
    case "expired":
      return { lead: words.expired, text: words.expiredHow };
    default:
      return { lead: words.called, text: "" };
  }
}

/**
 * @param {Seen["guide"]} guide
 * @param {number} now
 * @param {CityFormat} format
 * @param {Words} words
 */
function reinstateText(guide, now, format, words) {
  const until = Date.parse(guide.reinstate_until ?? "");
  if (Number.isNaN(until)) return words.noShowAsk;
  return until > now ? words.noShowUntil(format.time(until)) : words.noShowLate;
}
