/** @import { Surroundings } from "/pages/assets/staff-room.js" */
/** @import { Mark } from "/pages/assets/clocks.js" */
/** @import { Alert, Supervision } from "./types.js" */
/** @import { BranchDeed, Deed } from "./deeds.js" */
/** @import { Refused } from "./deed-runner.js" */
/** @import { Panel } from "./forms.js" */
/** @import { PanelName } from "./actions-panel.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Session } from "./session.js" */
import { mark, secondsSince } from "/pages/assets/clocks.js";
import { setText } from "/pages/assets/dom.js";
import { CityFormat, local } from "/pages/assets/format.js";
import { RoomSource } from "/pages/assets/room-source.js";
import { ActionsPanel } from "./actions-panel.js";
import { AlertsPanel } from "./alerts-panel.js";
import { DeedRunner } from "./deed-runner.js";
import { branchDeed, deskDeed, helpDeed, skillsDeed } from "./deeds.js";
import { deskPanel } from "./desk-panel.js";
import { DesksPanel } from "./desks-panel.js";
import { DoneFoot } from "./done-foot.js";
import { FactsStrip } from "./facts-strip.js";
import { Head } from "./head.js";
import { HeatPanel } from "./heat-panel.js";
import { devicesPanel, holdPanel, incidentsPanel } from "./place-panels.js";
import { QueuesPanel } from "./queues-panel.js";
import { letters } from "./scene.js";
import { servicesPanel } from "./services-panel.js";
import { keepBranch } from "./session.js";
import { SupervisorView } from "./supervisor-view.js";
import { reinstatePanel, transferPanel } from "./ticket-panels.js";
import { wordsOf } from "./words.js";

/** The head of a centre at work: sees the branch, decides, takes back. */

const TICK_MS = 250;
/** @type {Record<string, "open" | "resume" | "pause">} */
const DESK_VERBS = { open_desk: "open", resume_desk: "resume", pause_desk: "pause" };

export class SupervisorPage {
  #session;
  #around;
  #runner;
  #branch;
  /** @type {RoomSource<Supervision>} */
  #source;
  #running = new AbortController();
  #device;
  /** @type {Mark} when the server last answered */
  #heard = mark();
  /** @type {(() => void) | null} gives the focus back when the panel closes; null: none is open */
  #opener = null;

  /**
   * @param {Session} session
   * @param {Surroundings} around
   * @param {string} device the code of a device that wants in, or ""
   */
  constructor(session, around, device) {
    this.#session = session;
    this.#around = around;
    this.#device = device;
    this.#branch = session.branch;
    this.#runner = new DeedRunner(session.api, {
      changed: () => this.draw(),
      unanswered: () => this.#source.suspect(),
      done: (offset) => (offset === null ? this.#source.refresh() : this.#source.advance(offset)),
      refused: () => this.#source.refresh(),
      signedOut: () => around.leave(this.#words.tokenEnded),
      words: () => this.#words,
    });
    this.#source = this.#follow();
    this.alerts = new AlertsPanel({ help: (alert) => this.#help(alert) });
    this.actions = new ActionsPanel({ open: (name) => this.#open(name), closeDay: () => this.#decide("close-day") }, session.journal);
    this.desks = new DesksPanel((desk) => this.#openDesk(desk, () => this.desks.focus(desk)));
    this.foot = new DoneFoot((deed) => void this.#takeBack(deed));
    this.head = new Head(
      {
        decide: (verb) => this.#decide(verb),
        hold: () => this.#openPanel((scene) => holdPanel(scene, this.#reach), () => this.head.hold.focus()),
        choose: (branch) => this.#choose(branch),
        signOut: () => around.leave(""),
      },
      around.languages,
      session.branches.length > 1,
    );
    const { head, alerts, actions, desks, foot } = this;
    this.view = new SupervisorView({ head, facts: new FactsStrip(), alerts, queues: new QueuesPanel(), actions, foot, desks, heat: new HeatPanel() });
  }

  /** @returns {HTMLElement} */
  get element() {
    return this.view.element;
  }

  get #words() {
    return wordsOf(this.#around.language());
  }

  get #city() {
    return `/api/v1/cities/${encodeURIComponent(this.#session.city.city)}`;
  }

  get #place() {
    return `${this.#city}/branches/${encodeURIComponent(this.#branch)}`;
  }

  #follow() {
    const where = { server: location.origin, city: this.#session.city.city, branch: this.#branch };
    const place = this.#place;
    const read = async () => {
      const view = await this.#session.api.ask("GET", `${place}/supervision`);
      this.#heard = mark();
      return view;
    };
    return new RoomSource(read, where, {
      changed: () => this.draw(),
      refused: () => this.#around.leave(this.#words.tokenEnded),
    });
  }

  start() {
    setText(this.view.loading, this.#words.loading);
    const ticking = setInterval(() => this.draw(), TICK_MS);
    this.#running.signal.addEventListener("abort", () => clearInterval(ticking));
    this.#source.start();
  }

  stop() {
    this.#running.abort();
    this.#source.stop();
    this.#runner.stop();
  }

  speak() {
    setText(this.view.loading, this.#words.loading);
    this.#closePanel();
    this.draw();
  }

  /** @param {string} branch */
  #choose(branch) {
    this.#source.stop();
    this.#closePanel();
    this.#branch = branch;
    keepBranch(branch);
    this.#source = this.#follow();
    this.#source.start();
  }

  // --- panels -----------------------------------------------------------------------------------------------------

  get #reach() {
    return {
      api: this.#session.api,
      city: this.#city,
      branch: this.#place,
      run: (/** @type {Deed} */ deed, /** @type {Refused} */ refused = () => false) => this.#run(deed, refused),
      close: () => this.#closePanel(),
      failed: (/** @type {unknown} */ error) => this.#runner.fail(error),
      choose: (/** @type {string} */ desk) => this.#openDesk(desk, this.#opener ?? (() => {})),
      handOn: (/** @type {string} */ ticket) =>
        this.#openPanel((scene) => transferPanel(scene, ticket, this.#reach), this.#opener ?? (() => {})),
    };
  }

  /**
   * @param {(scene: Scene) => Panel} make
   * @param {() => void} opener gives the focus back
   */
  #openPanel(make, opener) {
    const scene = this.#scene();
    if (!scene) return;
    this.#opener = opener;
    this.view.showPanel(make(scene));
  }

  #closePanel() {
    const opener = this.#opener;
    this.#opener = null;
    this.view.showPanel(null);
    opener?.();
  }

  /** @param {PanelName} name */
  #open(name) {
    /** @type {Record<PanelName, (scene: Scene) => Panel>} */
    const makes = {
      transfer: (scene) => transferPanel(scene, "", this.#reach),
      reinstate: (scene) => reinstatePanel(scene, this.#reach),
      desk: (scene) => deskPanel(scene, "", this.#reach),
      services: (scene) => servicesPanel(scene, this.#reach),
      devices: (scene) => devicesPanel(scene, "", this.#reach),
      incidents: (scene) => incidentsPanel(scene, this.#reach),
    };
    this.#openPanel(makes[name], () => this.actions.focus(name));
  }

  /**
   * @param {string} desk
   * @param {() => void} opener
   */
  #openDesk(desk, opener) {
    this.#openPanel((scene) => deskPanel(scene, desk, this.#reach), opener);
  }

  // --- deeds ------------------------------------------------------------------------------------------------------

  /** @param {BranchDeed} verb */
  #decide(verb) {
    const facts = this.#source.room?.facts;
    if (facts) void this.#run(branchDeed(this.#place, verb, facts));
  }

  /** @param {Alert} alert */
  #help({ alert, action }) {
    const scene = this.#scene();
    const desk = scene?.view.desks.find((each) => each.desk === action?.desk);
    if (!scene || !action) return;
    const back = () => this.alerts.element.focus();
    if (action.verb === "close_tickets") this.#decide("close-tickets");
    else if (action.verb === "check_device") this.#openPanel((now) => devicesPanel(now, "", this.#reach), back);
    else if (action.verb === "check_alarm") this.head.pressAlarm();
    else if (action.verb === "answer_help" || action.verb === "end_help") void this.#run(helpDeed(this.#place, action));
    else if (desk && action.verb in DESK_VERBS) void this.#run(deskDeed(this.#place, desk, DESK_VERBS[action.verb], scene.words));
    else if (desk && action.verb === "set_skills") {
      const usual = scene.city.branches.find((each) => each.branch === this.#branch)?.desks.find((each) => each.desk === desk.desk);
      void this.#run(skillsDeed(this.#place, desk, action.queues, (queues) => letters(scene, queues), usual?.queues ?? []));
    } else if (desk) {
      this.alerts.later(alert);
      this.#openDesk(desk.desk, back);
    }
  }

  /** @param {Deed} deed whose inverse is wanted */
  async #takeBack(deed) {
    if (this.#off) return;
    if (await this.#runner.takeBack(deed, this.#source.room)) this.foot.undone();
    this.draw();
  }

  /**
   * @param {Deed} deed
   * @param {Refused} [refused]
   * @returns {Promise<boolean>} whether it was done
   */
  async #run(deed, refused) {
    if (this.#off) return false;
    const done = await this.#runner.carry(deed, refused);
    if (done) {
      this.foot.done(deed, this.#source.time.now() ?? Date.now());
      setText(this.view.said, deed.said(this.#words));
    }
    this.draw();
    return done;
  }

  /** @returns {boolean} whether no command can be given now */
  get #off() {
    return this.#runner.busy || this.#source.lost !== null;
  }

  // --- drawing ----------------------------------------------------------------------------------------------------

  /** @returns {Scene | null} */
  #scene() {
    const view = this.#source.room;
    if (!view) return null;
    const { city } = this.#session;
    const language = this.#around.language();
    const asked = Date.parse(view.city_time);
    const zone = city.branches.find((each) => each.branch === view.branch)?.time_zone ?? city.time_zone;
    return {
      view,
      city,
      language,
      words: this.#words,
      format: new CityFormat(language, zone),
      now: this.#source.time.now() ?? asked,
      asked,
      age: secondsSince(this.#heard),
      off: this.#runner.late || this.#source.lost !== null,
    };
  }

  draw() {
    const scene = this.#scene();
    if (!scene || this.#running.signal.aborted) return;
    this.head.draw(scene, this.#session.branches);
    this.view.draw(scene, {
      lostSeconds: this.#source.lostSeconds,
      waitingFor: this.#runner.waitingFor,
      trouble: this.#runner.trouble,
    });
    document.title = `${local(scene.view.name, scene.language)}. ${scene.words.title}`;
    const code = this.#device;
    this.#device = "";
    if (code) this.#openPanel((now) => devicesPanel(now, code, this.#reach), () => this.actions.focus("devices"));
  }
}
