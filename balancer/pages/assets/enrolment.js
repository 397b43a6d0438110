/** @import { CityInfo, Language } from "/pages/assets/types.js" */
/** @import { DeviceKind, Pending } from "/pages/assets/enrolment-claim.js" */
import { h, setAttribute, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { DeviceMemory, EnrolmentApi, EnrolmentRefused } from "/pages/assets/enrolment-claim.js";
import { enrolmentWords } from "/pages/assets/enrolment-words.js";

/**
 * The screen of a device that has no token yet: its code, what to do with it, and patience.
 *
 *     const token = await enrol({ kind: "display", branch, city, root, language: () => language });
 *     … the server answers 401: forgetDevice("display", branch), then enrol again.
 *
 * A page that uses it links /pages/assets/enrolment.css.
 *
 * @typedef {object} EnrolmentPlan
 * @property {DeviceKind} kind
 * @property {string} branch id of the branch in the page's address
 * @property {string} city id of the city
 * @property {CityInfo | null} [info] the city's definition where it is known, for names
 * @property {HTMLElement} root is filled with the screen, and left as it is at the end
 * @property {() => Language} language
 */

const POLL_MS = 2_000;
const REFUSED_MS = 20_000;
const UNKNOWN_BRANCH = 404;

/**
 * @param {DeviceKind} kind
 * @param {string} branch
 * @returns {string | null} the token of this device from an earlier enrolment
 */
export function deviceToken(kind, branch) {
  return new DeviceMemory(kind, branch).token;
}

/**
 * The token opens nothing any more: the next `enrol` begins anew.
 *
 * @param {DeviceKind} kind
 * @param {string} branch
 */
export function forgetDevice(kind, branch) {
  new DeviceMemory(kind, branch).token = null;
}

/**
 * @param {EnrolmentPlan} plan
 * @returns {Promise<string>} the device's token, the kept one at once
 */
export async function enrol(plan) {
  const memory = new DeviceMemory(plan.kind, plan.branch);
  const kept = memory.token;
  if (kept) return kept;
  const api = new EnrolmentApi(plan.city);
  const screen = new EnrolmentScreen(plan);
  plan.root.replaceChildren(screen.element);
  for (;;) {
    const pending = memory.pending ?? (await begin(api, plan, screen));
    memory.pending = pending;
    screen.show(pending);
    const token = await awaitToken(api, pending, screen);
    memory.pending = null;
    if (token) {
      memory.token = token;
      screen.stop();
      return token;
    }
  }
}

/**
 * @param {EnrolmentApi} api
 * @param {EnrolmentPlan} plan
 * @param {EnrolmentScreen} screen
 * @returns {Promise<Pending>}
 */
async function begin(api, plan, screen) {
  screen.say("asking");
  for (;;) {
    try {
      return await api.begin(plan.kind, plan.branch);
    } catch (error) {
      const refused = error instanceof EnrolmentRefused ? error : null;
      if (refused?.status === UNKNOWN_BRANCH) screen.showUnknown();
      else screen.say("away");
      await pause(Math.max(POLL_MS, (refused?.retryAfter ?? 0) * 1000) * (0.8 + Math.random() * 0.4));
    }
  }
}

/**
 * @param {EnrolmentApi} api
 * @param {Pending} pending
 * @param {EnrolmentScreen} screen
 * @returns {Promise<string | null>} null: this code will bring no token any more
 */
async function awaitToken(api, pending, screen) {
  screen.say("waiting");
  for (;;) {
    let wait = POLL_MS;
    try {
      const { state, token } = await api.claim(pending);
      if (state === "approved") return token;
      if (state === "expired") return null;
      if (state === "revoked") {
        screen.say("refused");
        await pause(REFUSED_MS);
        return null;
      }
      screen.say("waiting");
    } catch (error) {
      screen.say("away");
      if (error instanceof EnrolmentRefused) wait = Math.max(wait, error.retryAfter * 1000);
    }
    await pause(wait);
  }
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

class EnrolmentScreen {
  #plan;
  /** @type {Pending | null} */
  #pending = null;
  /** @type {"asking" | "waiting" | "away" | "refused"} */
  #said = "asking";
  #unknown = false;
  #clock;

  /** @param {EnrolmentPlan} plan */
  constructor(plan) {
    this.#plan = plan;
    this.title = h("h1");
    this.branch = h("p", { class: "where" });
    this.steps = h("ol", { class: "steps" });
    this.label = h("h2");
    this.code = h("p", { class: "code" });
    this.lives = h("p", { class: "aside" });
    this.qr = h("img", { class: "qr", hidden: true, width: 400, height: 400 });
    this.status = h("p", { class: "state", role: "status" });
    this.branches = h("ul", { class: "branches", hidden: true });
    this.shown = h("section", { class: "shown" }, h("div", {}, this.label, this.code, this.lives), this.qr);
    this.element = h(
      "main",
      { class: "enrolment" },
      h("header", {}, this.title, this.branch),
      this.steps,
      this.shown,
      this.status,
      this.branches,
    );
    this.#clock = setInterval(() => this.draw(), 1000);
    this.draw();
  }

  stop() {
    clearInterval(this.#clock);
  }

  /** @param {Pending} pending */
  show(pending) {
    this.#pending = pending;
    this.#unknown = false;
    this.draw();
  }

  /** @param {"asking" | "waiting" | "away" | "refused"} what */
  say(what) {
    this.#said = what;
    this.draw();
  }

  /** The page's address names a branch that the city does not have. */
  showUnknown() {
    this.#unknown = true;
    this.draw();
  }

  draw() {
    const language = this.#plan.language();
    const words = enrolmentWords(language);
    const { kind, branch, info } = this.#plan;
    const name = local(info?.branches.find((each) => each.branch === branch)?.name, language) || branch;
    setText(this.title, words.title[kind]);
    setText(this.branch, words.branch(name));
    setText(this.label, words.code);
    if (this.steps.dataset["language"] !== language) {
      this.steps.dataset["language"] = language;
      this.steps.replaceChildren(...words.steps.map((step) => h("li", {}, h("span", {}, step))));
    }
    this.#drawCode(words);
    setText(this.status, this.#unknown ? words.unknown(branch) : words[this.#said]);
    this.#drawBranches(language);
  }

  /** @param {import("/pages/assets/enrolment-words.js").EnrolmentWords} words */
  #drawCode(words) {
    this.shown.hidden = this.#unknown;
    this.steps.hidden = this.#unknown;
    const code = this.#pending?.code ?? "";
    const halves = [code.slice(0, 3), code.slice(3)];
    if (this.code.dataset["code"] !== code) {
      this.code.dataset["code"] = code;
      const shown = halves.map((half) => h("span", { "aria-hidden": true }, half));
      this.code.replaceChildren(h("span", { class: "sr" }, [...code].join(" ")), ...shown);
      const link = `${location.origin}/supervisor#device=${code}`;
      setAttribute(this.qr, "src", code ? `/qr.svg?text=${encodeURIComponent(link)}` : null);
    }
    this.qr.hidden = code === "";
    setAttribute(this.qr, "alt", words.qr);
    const minutes = Math.max(1, Math.ceil(((this.#pending?.until ?? 0) - Date.now()) / 60_000));
    setText(this.lives, code ? words.lives(minutes) : "");
  }

  /** @param {Language} language */
  #drawBranches(language) {
    const { info, kind } = this.#plan;
    this.branches.hidden = !this.#unknown || !info;
    if (this.branches.hidden || !info || this.branches.childElementCount) return;
    const room = kind === "kiosk" ? "kiosk" : "hall";
    const links = info.branches.map(({ branch, name }) =>
      h("li", {}, h("a", { href: `/${room}/${branch}` }, local(name, language))),
    );
    this.branches.replaceChildren(...links);
  }
}
