/** @import { Deed } from "./deeds.js" */
/** @import { Panel } from "./forms.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Device } from "./types.js" */
import { h } from "/pages/assets/dom.js";
import { branchDeed } from "./deeds.js";
import { askedButton, field, form, panel } from "./forms.js";

/**
 * What concerns the whole place: its devices, what was put on record today, why it stands still.
 *
 * @typedef {object} Reach
 * @property {string} branch path of the branch
 * @property {(deed: Deed, refused?: (code: string, why: string) => boolean) => Promise<boolean>} run whether it was done
 * @property {() => void} close
 */

/**
 * @param {Scene} scene
 * @param {string} code that a screen shows, or ""
 * @param {Reach} reach
 * @returns {Panel}
 */
export function devicesPanel(scene, code, reach) {
  const { words } = scene;
  const { devicesPanel: said } = words;
  const given = field(said.code, h("input", { value: code, autocomplete: "off", spellcheck: "false", maxlength: 20 }));
  const name = field(said.name, h("input", { autocomplete: "off", maxlength: 60 }));
  const asked = form(said.approve, submit, given.element, name.element);
  async function submit() {
    const called = name.input.value.trim();
    if (!given.input.value.trim()) return given.refuse(words.required);
    if (!called) return name.refuse(words.required);
    /** @type {Deed} */
    const deed = {
      order: { place: `${reach.branch}/devices`, verb: "approve", body: { code: given.input.value.trim(), name: called } },
      said: (each) => each.deviceApproved(called),
      undo: null,
    };
    const refused = (/** @type {string} */ problem, /** @type {string} */ why) => {
      if (!problem.startsWith("device_code")) return false;
      given.refuse(why);
      return true;
    };
    if (await reach.run(deed, refused)) reach.close();
  }
  const list = h("ul", { class: "rows" });
  const none = h("p", { class: "aside" }, said.none);
  let drawn = "";
  const update = (/** @type {Scene} */ now) => {
    const { devices } = now.view;
    const key = JSON.stringify(devices.map((each) => ({ ...each, last_seen: null })));
    if (key === drawn) return;
    drawn = key;
    none.hidden = devices.length > 0;
    list.replaceChildren(...devices.map((device) => deviceRow(device, now, reach)));
  };
  update(scene);
  const made = panel(words.devices, words.close, reach.close, asked, none, list);
  return { element: made.element, begin: () => (code ? name.input.focus() : made.begin()), update };
}

/**
 * @param {Device} device
 * @param {Scene} scene
 * @param {Reach} reach
 */
function deviceRow(device, { words, format }, reach) {
  const { devicesPanel: said } = words;
  const heard = device.last_seen === null ? said.never : format.time(Date.parse(device.last_seen));
  const state =
    device.state === "pending" ? said.pending : device.last_seen === null ? said.never : device.silent ? said.silent(heard) : said.heard(heard);
  const name = device.name || device.code || "";
  /** @type {Deed} */
  const deed = {
    order: { place: `${reach.branch}/devices/${encodeURIComponent(device.device)}`, verb: "revoke", body: {} },
    said: (each) => each.deviceRevoked(name),
    undo: null,
  };
  const act = async () => {
    if (await reach.run(deed)) reach.close();
  };
  const printer = device.printer === null ? "" : `, ${words.printer(device.printer)}`;
  const question = { question: said.revokeConfirm(name), yes: said.revokeYes, no: words.no };
  return h(
    "li",
    { class: device.silent ? "silent" : "" },
    h("p", {}, h("b", {}, name), h("span", {}, `${said.kinds[device.kind]}, ${state}${printer}`)),
    askedButton(said.revoke, question, () => void act()),
  );
}

/**
 * @param {Scene} scene
 * @param {Reach} reach
 * @returns {Panel}
 */
export function incidentsPanel({ words, view, format }, reach) {
  const { incidentsPanel: said } = words;
  const names = /** @type {Record<string, string>} */ (said.categories);
  const category = field(said.category, h("select", {}, ...Object.entries(names).map(([value, text]) => h("option", { value }, text))));
  const text = field(said.text, h("textarea", { maxlength: 500, rows: 2 }));
  const asked = form(said.record, submit, category.element, text.element);
  async function submit() {
    if (!text.input.value.trim()) return text.refuse(words.required);
    /** @type {Deed} */
    const deed = {
      order: { place: reach.branch, verb: "incidents", body: { category: category.input.value, text: text.input.value.trim() } },
      said: (each) => each.incidentRecorded,
      undo: null,
    };
    if (await reach.run(deed)) reach.close();
  }
  const rows = view.incidents.map((each) =>
    h(
      "li",
      {},
      h(
        "p",
        {},
        h("b", {}, `${format.time(Date.parse(each.at))} ${names[each.category] ?? each.category}`),
        h("span", {}, [each.desk && words.deskPanel.title(each.desk), each.ticket, each.text].filter(Boolean).join(", ")),
      ),
    ),
  );
  const list = rows.length ? h("ul", { class: "rows" }, ...rows) : h("p", { class: "aside" }, said.none);
  return panel(words.incidents, words.close, reach.close, list, asked);
}

/**
 * @param {Scene} scene
 * @param {Reach} reach
 * @returns {Panel}
 */
export function holdPanel({ words, view }, reach) {
  const reasons = h("datalist", { id: "hold-reasons" }, ...words.holdReasons.map((value) => h("option", { value })));
  const reason = field(words.holdReason, h("input", { list: "hold-reasons", maxlength: 200, autocomplete: "off" }));
  const asked = form(words.hold, submit, reason.element, reasons);
  async function submit() {
    const why = reason.input.value.trim();
    if (!why) return reason.refuse(words.required);
    if (await reach.run(branchDeed(reach.branch, "hold", view.facts, { reason: why }))) reach.close();
  }
  return panel(words.holdTitle, words.close, reach.close, asked);
}
