import { pagesOf } from "/pages/hall/foot.js";
import { equal } from "./assert.js";

const LONG = "ВПО, ветерани, пошкоджене житло";

export function short_names_stand_four_at_once_in_equal_pages() {
  equal(pagesOf([]), [[0, 0]]);
  equal(pagesOf(["Паспорти", "Майно", "Сім'я", "Бізнес"]), [[0, 4]]);
  equal(pagesOf(["Паспорти", "Майно", "Сім'я", "Бізнес", "Транспорт", "Земля"]), [[0, 3], [3, 6]]);
}

export function long_names_stand_whole_and_none_is_left_out() {
  const names = ["Місце проживання", LONG, "Сім'я", "Бізнес", "Соціальна допомога та пенсії", "Консультації", "Майно, земля", "Паспорти"];
  const pages = pagesOf(names);
  equal(pages.flatMap(([first, last]) => names.slice(first, last)), names);
  for (const [first, last] of pages) equal(names.slice(first, last).join("").length <= 62, true, names.slice(first, last).join());
  equal(pagesOf([LONG + LONG, "Бізнес"]), [[0, 1], [1, 2]], "even one too long gets a page");
}
