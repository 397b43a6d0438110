/** @import { CityInfo, Language } from "./types.js" */
/** @import { MyTicket } from "./my-ticket.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "./dom.js";
import { rangeOf } from "./estimates.js";
import { local } from "./format.js";
import { waitText } from "./row-text.js";

/** The reader's ticket on top of the board: number, place, how many are ahead; all yellow when it is called. */
export class TicketCard {
  #told = "";

  /** @param {MyTicket} ticket */
  constructor(ticket) {
    this.title = h("h2");
    this.number = h("b", { class: "number" });
    this.where = h("p");
    this.status = h("p", { class: "status" });
    this.hint = h("p", { class: "advice" });
    this.back = h("button", { type: "button", class: "btn", onclick: () => void ticket.giveBack() });
    this.away = h("button", { type: "button", class: "btn", onclick: () => ticket.forget() });
    this.said = h("p", { class: "sr", role: "alert" });
    this.body = h("div", {}, this.title, this.where, this.status, this.hint);
    this.card = h("section", { class: "my-ticket" }, this.number, this.body, this.back, this.away, this.said);
    this.trouble = h("p", { class: "banner stop", role: "alert", hidden: true });
    this.element = h("div", { class: "mine" }, this.card, this.trouble);
  }

  /**
   * @param {MyTicket} mine
   * @param {CityInfo} city
   * @param {Language} language
   * @param {Words} words
   */
  update(mine, city, language, words) {
    const ticket = mine.held?.ticket;
    this.card.hidden = !ticket;
    setText(this.trouble, mine.trouble === "?" ? words.noAnswer : mine.trouble);
    this.trouble.hidden = mine.trouble === "";
    if (!ticket) return;
    const branch = city.branches.find((each) => each.branch === ticket.branch);
    const service = city.services.find((each) => each.service === ticket.service);
    const desk = branch?.desks.find((each) => each.desk === ticket.desk);
    const called = ticket.state === "called";
    const place = local(desk?.name, language) || ticket.desk || "";
    this.card.classList.toggle("called", called);
    setText(this.number, ticket.number);
    setText(this.title, words.yourTicket);
    setText(this.where, [local(branch?.name, language), local(service?.name, language)].filter(Boolean).join(" · "));
    setText(this.status, called ? words.calledTo(place) : statusText(ticket, words));
    setText(this.hint, ticket.state === "waiting" ? words.beThere : "");
    setText(this.back, words.giveBack);
    setText(this.away, words.putAway);
    this.back.hidden = ticket.state !== "waiting" && ticket.state !== "parked";
    this.back.disabled = mine.busy;
    this.away.hidden = !mine.ended;
    const news = called ? `${ticket.number}. ${words.calledTo(place)}` : "";
    if (news !== this.#told) setText(this.said, (this.#told = news));
  }
}

/**
 * @param {import("./my-ticket.js").TicketView} ticket
 * @param {Words} words
 */
function statusText({ state, ahead, wait }, words) {
  if (state !== "waiting") return words.ticketStates[state];
  const parts = [ahead === null ? "" : words.ahead(ahead)];
  if (wait) parts.push(rangeOf(wait).high > 1 ? `${waitText(wait, words)} ${words.minutesUnit}` : "");
  return parts.filter(Boolean).join(" · ") || words.ticketStates.waiting;
}
