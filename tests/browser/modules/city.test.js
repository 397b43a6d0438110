import { OverviewTable } from "/pages/city/overview-table.js";
import { en } from "/pages/city/words-en.js";
import { equal, ok } from "./assert.js";

const sums = { waiting: 1, longest_minutes: 4, median_minutes: 6, standards: [], served: 2, missed: 0, over_red: 0, desks_open: 1, desks_total: 4 };
const branch = (id, more) => ({
  branch: id,
  name: { en: id },
  mode: "live",
  alarm: "none",
  power: "on",
  alerts: 0,
  measures: { ...sums, state: "open", known_from: null, strip: { cells: [] }, ...more },
});
const scene = { words: en, language: "en", city: { time_zone: "Europe/Kyiv" } };
const view = (...branches) => ({ branches, sums: { ...sums, alerts: 0 } });

export function a_reader_who_stands_at_a_branch_stays_there_while_figures_change() {
  const table = new OverviewTable();
  document.body.append(table.element);
  table.update(view(branch("north", {}), branch("south", {})), scene);
  const link = table.element.querySelector("tbody tr:last-child a");
  link.focus();
  table.update(view(branch("north", {}), branch("south", { waiting: 17 })), scene);
  ok(document.activeElement === link, "the focus");
  equal(link.closest("tr").children[2].textContent, "17");
  table.element.remove();
}
