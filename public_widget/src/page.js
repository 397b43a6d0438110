/** Elements as the server draws them, and the choice of a service. */

/** A strict policy allows no style attributes. @type {W.SetAttribute} */
const setAttribute = (element, name, value) => {
  if (name === "style") element.style.cssText = value;
  else element.setAttribute(name, value === true ? "" : value);
};

/** `live`: what an element's children are now. @type {W.Grow} */
export const grow = (node, live, inside = false) => {
  if (typeof node === "string") return node;
  const [tag, attributes, ...children] = node;
  const shape = inside || tag === "svg";
  const element = document.createElementNS(`http://www.w3.org/${shape ? "2000/svg" : "1999/xhtml"}`, tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...live(attributes, children).map((child) => grow(child, live, shape)));
  return element;
};

/** What is the same stays, found by id or place: focus and reading go on. @type {W.Morph} */
export const morph = (shown, wanted) => {
  for (const { name } of [...shown.attributes]) if (!wanted.hasAttribute(name)) shown.removeAttribute(name);
  for (const { name, value } of wanted.attributes) {
    if (shown.getAttribute(name) !== value) setAttribute(shown, name, value);
  }
  const children = [...wanted.childNodes];
  children.forEach((child, place) => {
    const there = shown.childNodes[place] ?? null;
    const kept = child.id ? [...shown.children].find(({ id }) => id === child.id) : there;
    if (kept?.nodeName !== child.nodeName || kept.id !== child.id) shown.insertBefore(child, there);
    else {
      if (kept !== there) shown.insertBefore(kept, there);
      if (child.attributes) morph(kept, child);
      else if (kept.data !== child.data) kept.data = child.data;
    }
  });
  while (shown.childNodes.length > children.length) shown.lastChild.remove();
};

/** A combobox after the ARIA pattern; the server finds. @type {W.OpenChooser} */
export const openChooser = ({ frame, change, draw, find }) => {
  /** @type {W.Options} */
  let found = null;
  let [active, turn] = [-1, 0];

  const field = () => /** @type {HTMLInputElement} */ (frame.querySelector("#service"));
  const options = () => /** @type {HTMLElement[]} */ ([...frame.querySelectorAll(".stack [data-ask]")]);

  const sync = () => {
    if (field() && !found) field().value = field().getAttribute("value") ?? "";
    for (const option of frame.querySelectorAll("option")) option.selected = option.hasAttribute("selected");
    for (const radio of frame.querySelectorAll("input")) radio.checked = radio.hasAttribute("checked");
  };

  const close = () => {
    [turn, found] = [turn + 1, null];
    draw();
    sync();
  };

  const search = async (text = "") => {
    const mine = (turn += 1);
    await new Promise((resolve) => setTimeout(resolve, text ? 120 : 0));
    const answer = mine === turn && (await find(text));
    if (mine !== turn || !answer?.options) return;
    [found, active] = [answer, text ? 0 : -1];
    draw();
  };

  frame.addEventListener("input", ({ target }) => target === field() && search(field().value));
  frame.addEventListener("click", ({ target }) => target === field() && !found && search());
  frame.addEventListener("focusout", ({ target }) => target === field() && close());
  frame.addEventListener("pointerdown", (event) => found && event.target !== field() && event.preventDefault());
  frame.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = options()[active]?.dataset.ask;
    if (event.target !== field()) return;
    if (by && found) {
      active = (active + by + options().length) % options().length;
      draw();
      options()[active]?.scrollIntoView({ block: "nearest" });
    } else if (by) void search();
    else if (event.key === "Enter" && chosen) change(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });

  return {
    close,
    sync,
    slots: () => ({ options: found?.options, found: found && [found.says] }),
    point(next) {
      const chosen = next.querySelectorAll(".stack [data-ask]")[active];
      const input = next.querySelector("#service");
      if (!found || !input) return;
      input.setAttribute("aria-expanded", "true");
      if (!chosen) return;
      chosen.classList.add("active");
      input.setAttribute("aria-activedescendant", chosen.id);
    },
  };
};
