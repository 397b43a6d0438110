/** Elements as the server draws them, and the choice of a service. */

/** @type {W.Fill} */
export const fill = (node, live) => {
  if (typeof node === "string") return node;
  const [tag, attributes, ...children] = node;
  const now = live(attributes, children).map((child) => fill(child, live));
  return children.length === now.length && now.every((child, place) => child === children[place])
    ? node
    : [tag, attributes, ...now];
};

/** @type {W.Grown} */
const grown = new WeakMap();

/** @type {W.Grow} */
const grow = (node, shape) => {
  if (typeof node === "string") return document.createTextNode(node);
  const space = shape || node[0] === "svg" ? "2000/svg" : "1999/xhtml";
  const element = document.createElementNS(`http://www.w3.org/${space}`, node[0]);
  patch(element, node);
  return element;
};

/** @type {W.Patch} */
export const patch = (shown, wanted) => {
  const [, were] = grown.get(shown) ?? ["", {}];
  const [, are, ...children] = wanted;
  if (grown.get(shown) === wanted) return;
  grown.set(shown, wanted);
  for (const name in { ...were, ...are }) {
    const value = are[name];
    if (value == null) shown.removeAttribute(name);
    // a strict policy allows no style attributes
    else if (name === "style") shown.style.cssText = value;
    else if (were[name] !== value) shown.setAttribute(name, value === true ? "" : value);
  }
  const nodes = [...shown.childNodes];
  children.forEach((child, place) => {
    const [tag, id] = typeof child === "string" ? ["#text"] : [child[0].toLowerCase(), child[1].id ?? ""];
    const there = shown.childNodes[place] ?? null;
    let node = id ? nodes.find((each) => each.id === id) : there;
    if (node?.nodeName.toLowerCase() !== tag || node.id !== id) node = grow(child, /svg$/.test(shown.namespaceURI));
    else if (typeof child !== "string") patch(node, child);
    else if (node.data !== child) node.data = child;
    if (there !== node) shown.insertBefore(node, there);
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
    /** Which option is meant stands in the page alone. */
    point() {
      const chosen = options()[active];
      for (const option of options()) option.classList.toggle("active", option === chosen);
      field()?.setAttribute("aria-expanded", `${!!found}`);
      field()?.setAttribute("aria-activedescendant", chosen?.id ?? "");
    },
  };
};
