/**
 * Makes a tree of elements like a fresh one, in place: what has not changed stays, with its focus and its scroll.
 */

/**
 * @param {Node} old
 * @param {Node} fresh
 * @returns {Node} the node that stands there now
 */
export function patch(old, fresh) {
  if (!isAlike(old, fresh)) {
    /** @type {ChildNode} */ (old).replaceWith(fresh);
    return fresh;
  }
  if (old instanceof Element && fresh instanceof Element) {
    patchAttributes(old, fresh);
    patchChildren(old, fresh);
  } else if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
  return old;
}

/** @param {Node} old @param {Node} fresh */
function isAlike(old, fresh) {
  if (old.nodeName !== fresh.nodeName) return false;
  return !(old instanceof Element && fresh instanceof Element) || keyOf(old) === keyOf(fresh);
}

/** @param {Element} element what it stands for: another screen's button is another button */
function keyOf(element) {
  return element.getAttribute("data-act") ?? element.getAttribute("data-key");
}

/** @param {Element} old @param {Element} fresh */
function patchAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (old instanceof HTMLInputElement && fresh instanceof HTMLInputElement && old.value !== fresh.value)
    old.value = fresh.value;
}

/** @param {Element} old @param {Element} fresh */
function patchChildren(old, fresh) {
  const wanted = [...fresh.childNodes];
  wanted.forEach((child, place) => {
    const there = old.childNodes[place];
    if (there) patch(there, child);
    else old.append(child);
  });
  while (old.childNodes.length > wanted.length) old.lastChild?.remove();
}
