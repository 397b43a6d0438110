/** @import { AuditEntry, Scene } from "./types.js" */
/** @import { CityApi } from "./api.js" */
import { h, setText } from "/pages/assets/dom.js";
import { CityFormat, local } from "/pages/assets/format.js";
import { NoAnswer, Problem } from "/pages/assets/staff-api.js";
import { branchName } from "./tell.js";

/** Who did what, newest first, page by page. For admins. */

const ROLES = /** @type {const} */ (["desk", "reception", "supervisor", "planner", "admin"]);
const PAGE = "50";

export class AuditPanel {
  /** @type {AuditEntry[]} */
  #entries = [];
  /** @type {number | null} */
  #before = null;
  #trouble = "";
  #asked = 0;
  /** @type {Scene | null} */
  #scene = null;
  #api;

  /** @param {CityApi} api */
  constructor(api) {
    this.#api = api;
    const again = () => void this.load();
    this.hint = h("p", { class: "aside" });
    this.labels = { branch: h("label", { for: "audit-branch" }), role: h("label", { for: "audit-role" }), type: h("label", { for: "audit-type" }), desk: h("label", { for: "audit-desk" }) };
    this.branch = h("select", { id: "audit-branch", onchange: again });
    this.role = h("select", { id: "audit-role", onchange: again });
    this.type = h("select", { id: "audit-type", onchange: again });
    this.desk = h("input", { id: "audit-desk", type: "text", maxlength: 20, autocomplete: "off", onchange: again });
    this.trouble = h("p", { class: "banner warn", role: "status" });
    this.head = h("tr");
    this.rows = h("tbody");
    this.scroll = h("div", { class: "scroll", role: "region", tabindex: "0" }, h("table", { class: "audit" }, h("thead", {}, this.head), this.rows));
    this.older = h("button", { type: "button", class: "btn", onclick: () => void this.load(true) });
    const field = (/** @type {keyof typeof this.labels} */ name) => h("div", {}, this.labels[name], this[name]);
    this.element = h(
      "section",
      {},
      this.hint,
      h("div", { class: "fields" }, field("branch"), field("role"), field("type"), field("desk")),
      this.trouble,
      this.scroll,
      this.older,
    );
  }

  /** @param {Scene} scene */
  update(scene) {
    const spoken = this.#scene?.language !== scene.language;
    this.#scene = scene;
    if (spoken) this.#draw();
  }

  /** @param {boolean} [more] the older ones too */
  async load(more = false) {
    const asked = (this.#asked += 1);
    const query = {
      branch: this.branch.value,
      role: this.role.value,
      type: this.type.value,
      desk: this.desk.value.trim(),
      before: more && this.#before ? String(this.#before) : "",
      limit: PAGE,
    };
    try {
      const view = await this.#api.audit(query);
      if (asked !== this.#asked) return;
      this.#entries = more ? [...this.#entries, ...view.entries] : view.entries;
      this.#before = view.before;
      this.#trouble = view.entries.length || more ? "" : (this.#scene?.words.auditEmpty ?? "");
    } catch (error) {
      if (error instanceof NoAnswer) this.#trouble = this.#scene?.words.noAnswer ?? "";
      else if (error instanceof Problem) this.#trouble = error.message;
      else throw error;
    }
    this.#draw();
  }

  #draw() {
    const scene = this.#scene;
    if (!scene) return;
    const { words, city, language } = scene;
    setText(this.hint, words.auditHint);
    setText(this.labels.branch, words.branch);
    setText(this.labels.role, words.role);
    setText(this.labels.type, words.kind);
    setText(this.labels.desk, words.desk);
    setText(this.older, words.older);
    this.older.hidden = this.#before === null;
    setText(this.trouble, this.#trouble);
    this.trouble.hidden = this.#trouble === "";
    this.scroll.setAttribute("aria-label", words.auditTitle);
    fill(this.branch, words.allBranches, city.branches.map((each) => [each.branch, local(each.name, language)]));
    fill(this.role, words.allRoles, ROLES.map((role) => [role, words.roles[role]]));
    fill(this.type, words.allKinds, Object.entries(words.kinds));
    this.head.replaceChildren(...words.auditColumns.map((title) => h("th", { scope: "col" }, title)));
    this.rows.replaceChildren(...this.#entries.map((entry) => row(entry, scene)));
  }
}

/**
 * @param {HTMLSelectElement} select
 * @param {string} all
 * @param {string[][]} options
 */
function fill(select, all, options) {
  const kept = select.value;
  select.replaceChildren(h("option", { value: "" }, all), ...options.map(([value = "", label = ""]) => h("option", { value }, label)));
  select.value = kept;
}

/**
 * @param {AuditEntry} entry
 * @param {Scene} scene
 */
function row(entry, scene) {
  const { words, city, language } = scene;
  const at = Date.parse(entry.at);
  const time = `${entry.at.slice(8, 10)}.${entry.at.slice(5, 7)} ${new CityFormat(language, city.time_zone).timeWithSeconds(at)}`;
  /** @type {Record<string, string>} */
  const roles = words.roles;
  /** @type {Record<string, string>} */
  const kinds = words.kinds;
  const [place = "", token = ""] = (entry.actor.split(":")[1] ?? "").split("#");
  const about = [branchName(scene, entry.branch), entry.desk && `${words.desk} ${entry.desk}`, entry.number];
  const categories = /** @type {Record<string, string>} */ (words.categories);
  const deed = /** @type {Record<string, string>} */ (words.deeds)[String(entry.detail["kind"] ?? "")];
  const detail = Object.entries(entry.detail)
    .filter(([name, value]) => value !== "" && value !== null && !(deed && name === "kind"))
    .map(([name, value]) => (name === "category" ? (categories[String(value)] ?? value) : name === "text" ? value : `${name}: ${value}`));
  return h(
    "tr",
    { title: entry.hash },
    h("td", { class: "num" }, String(entry.entry)),
    h("td", {}, time),
    h("td", {}, roles[entry.role] ?? entry.role, " ", h("span", { class: "aside" }, [place, token].filter(Boolean).join(" · "))),
    h("td", {}, deed ?? kinds[entry.type] ?? entry.type),
    h("td", {}, about.filter(Boolean).join(", ")),
    h("td", { class: "aside" }, detail.join(", ")),
  );
}
