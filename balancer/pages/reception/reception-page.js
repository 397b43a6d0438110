/** @import { Surroundings } from "/pages/assets/staff-room.js" */
/** @import { ReceptionRoom, StaffTicket, Stub } from "./types.js" */
/** @import { IssueBody } from "./issue-form.js" */
/** @import { Task } from "./reception-view.js" */
/** @import { Session } from "./session.js" */
/** @import { Verb } from "./ticket-panel.js" */
/** @import { Words } from "./words.js" */
import { setText } from "/pages/assets/dom.js";
import { RoomWork } from "/pages/assets/room-work.js";
import { ReceptionView } from "./reception-view.js";
import { wordsOf } from "./words.js";

/** Reception at work: who comes without a phone, who lost a stub, who missed a call. */

/** @type {Record<string, Task | "find" | "print">} function keys only: letters belong to what is typed */
const KEYS = { F2: "issue", F4: "find", F8: "print", F9: "incident" };

export class ReceptionPage {
  #session;
  #language;
  #work;

  /**
   * @param {Session} session
   * @param {Surroundings} around
   */
  constructor(session, { languages, language, leave }) {
    this.#session = session;
    this.#language = language;
    const where = { city: session.city.city, branch: session.branch.branch };
    /** @type {RoomWork<ReceptionRoom>} */
    this.#work = new RoomWork(session.api, () => session.api.room(), where, {
      draw: () => this.draw(),
      key: (event) => this.#key(event),
      leave,
      words: () => this.#words,
    });
    this.view = new ReceptionView(
      {
        issue: (body) => void this.#issue(body),
        act: (verb, ticket, body) => void this.#act(verb, ticket, body),
        record: (body) => void this.#record(body),
        help: (verb, device, name) => void this.#help(verb, device, name),
        lease: (count) => void this.#lease(count),
        find: (text) => this.#find(text),
        open: (ticket) => this.#open(ticket),
        show: (task) => this.#show(task),
        print: () => print(),
        signOut: () => leave(""),
      },
      languages,
    );
  }

  /** @returns {HTMLElement} */
  get element() {
    return this.view.element;
  }

  /** @returns {Words} */
  get #words() {
    return wordsOf(this.#language());
  }

  speak() {
    this.#say("");
    this.draw();
  }

  start() {
    this.#work.start();
  }

  stop() {
    this.#work.stop();
  }

  draw() {
    const { room, source } = this.#work;
    if (!room) return;
    const { city, branch } = this.#session;
    const first = this.view.element.hidden;
    this.view.draw(
      { room, city, branch, language: this.#language(), words: this.#words, now: source.time.now() },
      {
        lostSeconds: source.lostSeconds,
        trouble: this.#work.trouble,
        late: this.#work.late !== null,
        off: this.#work.off,
      },
    );
    if (this.view.task === "ticket" && !this.view.ticket.current) this.#show("issue");
    if (first) this.view.form.picker.input.focus();
    document.title = this.view.place.textContent ?? "";
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (act === "find") this.view.find.select();
    else if (act === "print") this.#printWhatIsOpen();
    else this.#show(act);
  }

  #printWhatIsOpen() {
    const { current } = this.view.ticket;
    if (this.view.task === "ticket" && current) void this.#act("reprint", current, {});
    else if (this.view.task === "stub" || (this.view.task === "sheet" && this.view.sheet.lease)) print();
  }

  /** @param {Task} task */
  #show(task) {
    this.#work.trouble = "";
    if (task === "ticket" || task === "incident") this.#say("");
    this.view.task = task;
    this.draw();
    if (task === "issue") this.view.form.reset();
    if (task === "incident") this.view.incident.open();
    if (task === "sheet") this.view.sheet.open();
    if (task === "stub") this.view.stub.title.focus();
    if (task === "ticket") this.view.ticket.title.focus();
  }

  /** @param {StaffTicket} ticket */
  #open(ticket) {
    this.view.ticket.open(ticket.id);
    this.#show("ticket");
  }

  /** @param {string} text a number, or what a scanner reads from a QR code */
  #find(text) {
    const tickets = this.#work.room?.tickets ?? [];
    const wanted = text.toUpperCase().replace(/\s/g, "");
    const found =
      tickets.find((each) => text.includes(each.id)) ?? tickets.find((each) => wanted !== "" && each.number === wanted);
    this.view.find.value = "";
    if (found) this.#open(found);
    else this.#work.trouble = this.#words.notFound;
    this.draw();
  }

  /** @param {string} text */
  #say(text) {
    setText(this.view.said, text);
  }

  /** @param {Stub} stub */
  #hand(stub) {
    this.view.stub.show(stub, this.#session.api.qr(stub.ticket.id, stub.secret));
    this.#show("stub");
  }

  /** @param {IssueBody} body */
  async #issue({ arrived, ...body }) {
    const whole = arrived ? { ...body, arrived: this.#today(arrived) } : body;
    const stub = await this.#run(this.#session.api.branch_path, "tickets", whole);
    if (stub) {
      this.#say(this.#words.done.issued(stub.ticket.number));
      this.#hand(stub);
    }
  }

  /**
   * @param {string} time like 10:35, by the branch's wall clock
   * @returns {string} that time today, RFC 3339
   */
  #today(time) {
    const stamp = this.#work.room?.city_time ?? "";
    return `${stamp.slice(0, 11)}${time}:00${stamp.slice(19)}`;
  }

  /**
   * @param {Verb} verb
   * @param {StaffTicket} ticket
   * @param {object} body
   */
  async #act(verb, ticket, body) {
    const version = verb === "reprint" ? null : ticket.version;
    const answer = await this.#run(this.#session.api.ticketPath(ticket.id), verb, body, version);
    if (!answer) return;
    this.#say(this.#words.done[verb](ticket.number));
    if (verb === "reprint") this.#hand(answer);
    else if (verb === "left") this.#show("issue");
  }

  /** @param {{category: string, text: string}} body */
  async #record(body) {
    const ticket = this.view.ticket.current?.id;
    const whole = ticket ? { ...body, ticket } : body;
    if (await this.#run(this.#session.api.branch_path, "incidents", whole)) {
      this.#say(this.#words.done.incident());
      this.#show("issue");
    }
  }

  /**
   * @param {import("./help-panel.js").HelpVerb} verb
   * @param {string} device
   * @param {string} name of the device
   */
  async #help(verb, device, name) {
    const answer = await this.#run(`${this.#session.api.branch_path}/help/${encodeURIComponent(device)}`, verb, {});
    if (answer && verb === "end") this.#say(this.#words.done.help(name));
  }

  /** @param {number} count */
  async #lease(count) {
    const lease = await this.#run(this.#session.api.branch_path, "leases", { count });
    if (!lease) return;
    this.view.sheet.lease = lease;
    this.#say(this.#words.done.sheet());
    this.draw();
    print();
  }

  /**
   * @param {string} place
   * @param {string} verb
   * @param {object} body
   * @param {number | null} [version]
   * @returns {Promise<any>} the answer, or null
   */
  async #run(place, verb, body, version = null) {
    if (this.#work.off) return null;
    this.#say("");
    const answer = await this.#work.run({ place, verb, body, version });
    if (answer) this.#work.source.advance(answer.offset ?? 0);
    return answer;
  }
}
