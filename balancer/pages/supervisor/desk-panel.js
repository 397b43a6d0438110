/** @import { DeskRow } from "./types.js" */
/** @import { Deed } from "./deeds.js" */
/** @import { Panel } from "./forms.js" */
/** @import { Scene } from "./scene.js" */
import { h } from "/pages/assets/dom.js";
import { deskDeed, skillsDeed } from "./deeds.js";
import { askedButton, field, panel, tick } from "./forms.js";
import { letters, queueName, queueOf } from "./scene.js";

/**
 * One desk: its day in figures, from which queues it calls, and what else the head may do with it.
 *
 * @typedef {object} Reach
 * @property {string} branch path of the branch
 * @property {(deed: Deed) => Promise<boolean>} run whether it was done
 * @property {() => void} close
 * @property {(desk: string) => void} choose another desk
 * @property {(ticket: string) => void} handOn a ticket, by its number
 */

/**
 * @param {Scene} scene
 * @param {string} name
 * @param {Reach} reach
 * @returns {Panel}
 */
export function deskPanel(scene, name, reach) {
  const { words, view } = scene;
  const desk = view.desks.find((each) => each.desk === name) ?? view.desks[0];
  if (!desk) return panel(words.deskSkills, words.close, reach.close, h("p", { class: "aside" }, words.noDesks));
  const select = h("select", { onchange: () => reach.choose(select.value) });
  select.append(...view.desks.map((each) => h("option", { value: each.desk, selected: each.desk === desk.desk }, each.desk)));
  const choose = field(words.deskPanel.choose, select);
  return panel(
    words.deskPanel.title(desk.desk),
    words.close,
    reach.close,
    choose.element,
    figures(desk, scene),
    skillsForm(desk, scene, reach),
    deskActs(desk, scene, reach),
  );
}

/**
 * @param {DeskRow} desk
 * @param {Scene} scene
 */
function figures({ day }, { words }) {
  const spent = words.spent(Math.round(day.busy_minutes), Math.round(day.idle_minutes), Math.round(day.paused_minutes));
  const mean = day.mean_service_minutes === null ? "" : words.meanService(Math.round(day.mean_service_minutes));
  const nonstop = day.nonstop_minutes > 0 ? words.nonstop(Math.round(day.nonstop_minutes)) : "";
  return h("p", { class: "aside" }, [spent, mean, nonstop].filter(Boolean).join("; "));
}

/**
 * @param {DeskRow} desk
 * @param {Scene} scene
 * @param {Reach} reach
 */
function skillsForm(desk, scene, { branch, run, close }) {
  const { words, city, view } = scene;
  const info = city.branches.find((each) => each.branch === view.branch);
  const usual = info?.desks.find((each) => each.desk === desk.desk)?.queues ?? [];
  const ticks = (info?.queues ?? []).map(({ queue }) => ({
    queue,
    ...tick(`${queueOf(scene, queue)?.letter ?? ""} ${queueName(scene, queue)}`, desk.queues.includes(queue)),
  }));
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  /** @param {string[] | null} queues */
  const give = async (queues) => {
    if (await run(skillsDeed(branch, desk, queues, (each) => letters(scene, each), usual))) close();
  };
  const form = h(
    "form",
    {
      class: "ask",
      onsubmit: (event) => {
        event.preventDefault();
        const queues = ticks.filter(({ input }) => input.checked).map(({ queue }) => queue);
        trouble.hidden = queues.length > 0;
        trouble.textContent = queues.length ? "" : words.deskPanel.atLeastOne;
        if (queues.length) void give(queues);
      },
    },
    h("fieldset", {}, h("legend", {}, words.deskPanel.queues), ...ticks.map(({ element }) => element)),
    trouble,
    !desk.own_skills && h("p", { class: "aside" }, words.deskPanel.changed),
    h(
      "p",
      { class: "buttons" },
      h("button", { type: "submit", class: "b main" }, words.deskPanel.save),
      !desk.own_skills && h("button", { type: "button", class: "b", onclick: () => void give(null) }, words.deskPanel.reset),
    ),
  );
  return form;
}

/**
 * @param {DeskRow} desk
 * @param {Scene} scene
 * @param {Reach} reach
 */
function deskActs(desk, { words }, { branch, run, close, handOn }) {
  const { deskPanel: said } = words;
  /** @param {"open" | "close" | "pause" | "resume" | "release"} verb */
  const act = async (verb) => {
    if (await run(deskDeed(branch, desk, verb, words))) close();
  };
  /** @param {"open" | "close" | "pause" | "resume"} verb @param {string} text */
  const button = (verb, text) => h("button", { type: "button", class: "b", onclick: () => void act(verb) }, text);
  const { ticket } = desk;
  return h(
    "p",
    { class: "buttons" },
    desk.state === "closed" && button("open", said.open),
    desk.state === "open" && ticket === null && button("pause", said.pause),
    desk.state === "paused" && button("resume", said.resume),
    desk.state !== "closed" && ticket === null && button("close", said.closeDesk),
    ticket !== null && h("button", { type: "button", class: "b", onclick: () => handOn(ticket) }, said.handOn),
    desk.state !== "closed" &&
      askedButton(said.release, { question: said.releaseConfirm, yes: said.releaseYes, no: words.no }, () => void act("release")),
  );
}
