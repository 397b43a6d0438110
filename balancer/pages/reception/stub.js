/** @import { Scene, Stub } from "./types.js" */
import { h, setAttribute, setText } from "/pages/assets/dom.js";
import { CityFormat, local } from "/pages/assets/format.js";
import { range, serviceName } from "./tell.js";

/** A ticket as it is handed over: on the screen, and on 80 mm of paper by the browser's own printing. */
export class StubPanel {
  /** @type {Stub | null} */
  stub = null;

  /**
   * @param {() => void} print
   * @param {() => void} next
   */
  constructor(print, next) {
    this.city = h("p", { class: "of" });
    this.number = h("p", { class: "no" });
    this.title = h("h2", { class: "sr", tabindex: "-1" });
    this.service = h("p", { class: "svc" });
    this.place = h("p", { class: "place" });
    this.wait = h("p");
    this.time = h("p", { class: "aside" });
    this.qr = h("img", { class: "qr", width: 168, height: 168, alt: "" });
    this.hint = h("p", { class: "aside" });
    this.keep = h("p", { class: "aside" });
    this.print = h("button", { type: "button", class: "btn main", onclick: print });
    this.printText = h("span");
    this.print.append(this.printText, " ", h("kbd", {}, "F8"));
    this.next = h("button", { type: "button", class: "btn", onclick: next });
    this.nextText = h("span");
    this.next.append(this.nextText, " ", h("kbd", {}, "F2"));
    this.element = h(
      "section",
      { class: "stub" },
      this.title,
      this.city,
      this.number,
      this.service,
      this.place,
      this.wait,
      this.time,
      this.qr,
      this.hint,
      this.keep,
      h("div", { class: "buttons" }, this.print, this.next),
    );
  }

  /**
   * @param {Stub} stub
   * @param {Promise<string>} qr the code's data address
   */
  show(stub, qr) {
    this.stub = stub;
    this.qr.hidden = true;
    void qr.then(
      (address) => {
        if (this.stub === stub) {
          this.qr.src = address;
          this.qr.hidden = false;
        }
      },
      () => {}, // without its code the number still holds
    );
  }

  /** @param {Scene} scene */
  update({ city, branch, language, words }) {
    if (!this.stub) return;
    const { ticket } = this.stub;
    const queue = branch.queues.find((each) => each.queue === ticket.queue);
    const zone = [queue?.zone && words.zone(queue.zone), queue?.floor && words.floor(queue.floor)];
    const told = range(ticket.wait);
    const waits = [ticket.ahead === null ? "" : words.ahead(ticket.ahead), told && words.about(told)];
    setText(this.title, words.yourTicket(ticket.number));
    setText(this.city, local(branch.name, language));
    setText(this.number, ticket.number);
    setText(this.service, serviceName(city, ticket.service, language));
    setText(this.place, zone.filter(Boolean).join(", "));
    setText(this.wait, waits.filter(Boolean).join(", "));
    setText(this.time, words.came(new CityFormat(language, city.time_zone).time(Date.parse(ticket.arrived))));
    setText(this.hint, this.qr.hidden ? "" : words.scanHint);
    setText(this.keep, words.keepStub);
    setAttribute(this.qr, "alt", words.qr);
    setText(this.printText, words.print);
    setText(this.nextText, words.nextVisitor);
  }
}
