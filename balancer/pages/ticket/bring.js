/** @import { Language } from "/pages/assets/types.js" */
/** @import { Guide, Kept } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setChildren, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { icon } from "/pages/assets/icons.js";

/** What to bring and what one may expect: documents to tick off, the fee, rights, and what happens to the late. */
export class Bring {
  #drawn = "";
  #title = h("h2");
  #list = h("ul");
  #fee = h("p", { class: "fee" });
  #late = h("p", { class: "late" });
  #rightsTitle = h("summary");
  #rightsList = h("ul");
  #rights = h("details", { class: "box rights" }, this.#rightsTitle, this.#rightsList);
  #contact = h("p", { class: "contact" });
  #tick;

  /** @param {(document: string, packed: boolean) => void} tick */
  constructor(tick) {
    this.#tick = tick;
    this.documents = h("section", { class: "box docs" }, this.#title, this.#list, this.#fee);
    this.element = h("div", { class: "bring" }, this.documents, this.#late, this.#rights, this.#contact);
  }

  /**
   * @param {Guide} guide
   * @param {Kept} kept
   * @param {boolean} active whether the visit is still to come
   * @param {Language} language
   * @param {Words} words
   */
  draw(guide, kept, active, language, words) {
    const key = [guide.version, guide.number, language, active].join();
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.documents.hidden = !active;
    this.#late.hidden = !active;
    setText(this.#title, words.toBring);
    setChildren(this.#list, this.#documents(guide, kept, language, words));
    setText(this.#fee, guide.fee ? `${words.fee}: ${local(guide.fee, language)}` : "");
    this.#fee.hidden = !guide.fee;
    setChildren(this.#late, [h("b", {}, words.late), document.createTextNode(` ${lateText(guide, words)}`)]);
    setText(this.#rightsTitle, words.rights);
    setChildren(
      this.#rightsList,
      guide.rights.map((each) => h("li", {}, local(each, language))),
    );
    this.#rights.hidden = guide.rights.length === 0;
    setText(this.#contact, guide.contact ? `${words.contact}: ${guide.contact}` : "");
  }

  /**
   * @param {Guide} guide
   * @param {Kept} kept
   * @param {Language} language
   * @param {Words} words
   */
  #documents({ documents }, kept, language, words) {
    if (documents.length === 0) return [h("li", { class: "plain-row" }, words.nothingListed)];
    return documents.map(({ name, note, needed }) => {
      const text = h("span", {}, local(name, language));
      const more = needed ? local(note, language) : local(note, language) || words.notNeeded;
      if (more) text.append(h("small", {}, more));
      if (!needed) return h("li", { class: "fetched" }, icon("check"), text);
      const id = name.uk ?? local(name, language);
      const input = h("input", {
        type: "checkbox",
        checked: kept.packed.includes(id),
        onchange: () => this.#tick(id, input.checked),
      });
      return h("li", {}, h("label", {}, input, text));
    });
  }
}

/**
 * @param {Guide} guide
 * @param {Words} words
 * @returns {string} the branch's rule in words, and how often this ticket was missed
 */
function lateText({ lateness }, words) {
  const { recalls_max, no_show_after_seconds, no_show_chances, no_show_back, misses } = lateness;
  return [
    words.lateCalls(recalls_max, no_show_after_seconds),
    no_show_chances > 0 && words.lateChances(no_show_chances, no_show_back),
    words.lateAfter(lateness.reinstate_within_minutes),
    misses > 0 && words.misses(misses, no_show_chances),
  ]
    .filter(Boolean)
    .join(" ");
}
