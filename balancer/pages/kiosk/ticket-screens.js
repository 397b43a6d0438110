/** @import { Stub } from "./printer.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Catalogue, Given } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h } from "/pages/assets/dom.js";
import { kioskIcon } from "./icons.js";
import { named, rangeOf, serviceOf } from "./offers.js";
import { button, clockTime, code, speaker, waitText } from "./scene.js";

/** The ticket on the screen and on paper. */

const MINUTE_MS = 60_000;

/**
 * The ticket's facts, each with its name, the same on screen and paper.
 *
 * @param {Given} ticket
 * @param {Catalogue} catalogue
 * @param {Words} words
 * @returns {{label: string, value: string, more: string}[]}
 */
export function factsOf(ticket, catalogue, words) {
  const service = serviceOf(catalogue, ticket.service);
  const line = catalogue.lines.find(({ queue }) => queue === service?.queue);
  const facts = [];
  if (ticket.ahead !== null)
    facts.push({ label: words.ahead, value: ticket.ahead ? words.people(ticket.ahead) : words.nobody, more: "" });
  if (ticket.wait) {
    const { from, to } = rangeOf(ticket.wait);
    const at = [from, to].map((minutes) => clockTime(ticket.atMs + minutes * MINUTE_MS, catalogue)).join("–");
    facts.push({ label: words.called, value: at, more: words.waiting(waitText(ticket.wait, words)) });
  }
  if (ticket.ahead === null && !ticket.wait) facts.push({ label: words.called, value: words.unknownYet, more: "" });
  const place = line ? words.place(line.zone, line.floor) : "";
  if (place) facts.push({ label: words.where, value: place, more: "" });
  return facts;
}

/** @param {Catalogue} catalogue @param {Words} words @returns {string} what happens to who comes late */
export function latenessOf(catalogue, words) {
  const minutes = Math.ceil(catalogue.no_show_after_seconds / 60);
  return words.lateness(catalogue.no_show_chances, minutes, catalogue.no_show_back);
}

/** @param {Scene} scene @param {Given} ticket */
export function ticketScreen(scene, ticket) {
  const { words, catalogue } = scene;
  const service = serviceOf(catalogue, ticket.service);
  const facts = factsOf(ticket, catalogue, words).map(({ label, value, more }) =>
    h("div", {}, h("dt", {}, label), h("dd", {}, value, more ? h("small", {}, more) : null)),
  );
  const picture = code(ticket.qr, words.qrAlt);
  return h(
    "main",
    { class: "screen given", "data-key": "ticket" },
    h(
      "section",
      { class: "lead" },
      h("h1", { tabindex: -1 }, words.ticketTitle),
      h("p", {}, ticket.entered ? words.ticketHint : words.ticketOffline),
    ),
    h(
      "article",
      { class: "tk" },
      h(
        "div",
        {},
        h(
          "header",
          { class: "id" },
          h("p", { class: "no" }, ticket.number),
          h("p", { class: "svc" }, service ? speaker(scene)(service.name) : ""),
        ),
        h(
          "section",
          { class: "body" },
          h("dl", {}, ...facts),
          h(
            "figure",
            { class: "code" },
            picture,
            h("figcaption", {}, picture ? (ticket.entered ? words.qr : words.qrLater) : words.noQr),
          ),
        ),
        h("p", { class: "late" }, latenessOf(catalogue, words)),
      ),
    ),
    paperPart(scene),
  );
}

/** @param {Scene} scene */
function paperPart({ words, printer, visit }) {
  const canPrint = printer === "ok" || printer === "paper_low";
  const trouble = printer === null || canPrint ? "" : words.noPaper[printer];
  const said = visit.paper === "printing" ? words.printing : visit.paper === "printed" ? words.printed : trouble;
  const offers = canPrint && visit.paper === "";
  const qrOnly = visit.ticket?.qr ? words.qrOnly : words.done;
  return h(
    "section",
    { class: "paper" },
    h("p", { class: `said ${trouble && !visit.paper ? "warn" : ""}`, role: "status" }, said),
    h(
      "div",
      { class: offers ? "acts" : "acts one" },
      offers ? button("print", "btn main", words.print) : null,
      button("finish", offers ? "btn" : "btn main", offers ? qrOnly : words.done),
    ),
  );
}

/**
 * @param {Given} ticket
 * @param {Catalogue} catalogue
 * @param {Words} words
 * @returns {Stub}
 */
export function stubOf(ticket, catalogue, words) {
  const service = serviceOf(catalogue, ticket.service);
  const issued = new Intl.DateTimeFormat("uk-UA", {
    timeZone: catalogue.time_zone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return {
    number: ticket.number,
    service: service ? named(service.name, words.language) : "",
    place: `${named(catalogue.branch_name, words.language)} · ${words.centre(named(catalogue.city_name, words.language))}`,
    issued: `${words.issued}: ${issued.format(ticket.atMs)}`,
    lines: factsOf(ticket, catalogue, words).map(({ label, value, more }) => ({
      label,
      value: more ? `${value} (${more.replaceAll("\u2060", "")})` : value,
    })),
    link: ticket.link,
    link_hint: ticket.entered ? words.qr : words.qrLater,
    notice: latenessOf(catalogue, words),
  };
}

/** @param {Scene} scene no number could be had */
export function failedScreen({ words, visit }) {
  return h(
    "main",
    { class: "screen stop", "data-key": "failed" },
    kioskIcon("alert"),
    h("h1", { tabindex: -1 }, words.failedTitle),
    h("p", {}, words.failedHint),
    visit.service ? button(`anyway:${visit.service.service}`, "btn main wide", words.again) : null,
    button("home", "btn wide", words.toStart),
  );
}

/** @param {Scene} scene */
export function busyScreen({ words }) {
  return h("main", { class: "screen stop", "data-key": "busy" }, h("h1", { tabindex: -1, role: "status" }, words.wait));
}
