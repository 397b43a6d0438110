/**
 * Walking a screen with the arrow keys: to the nearest control in that direction. Pure but for asking where things are.
 *
 * @typedef {{left: number, top: number, width: number, height: number}} Box
 */

/** @type {Record<string, [number, number]>} */
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ASIDE_COSTS = 2.5;

/** @param {string} key @returns {boolean} */
export function isArrow(key) {
  return key in DIRECTIONS;
}

/**
 * @param {Box} from
 * @param {Box[]} others
 * @param {string} key an arrow
 * @returns {number} place of the nearest one in that direction, -1 where there is none
 */
export function nearest(from, others, key) {
  const [x, y] = DIRECTIONS[key] ?? [0, 0];
  let best = -1;
  let least = Infinity;
  others.forEach((box, place) => {
    const across = middle(box.left, box.width) - middle(from.left, from.width);
    const down = middle(box.top, box.height) - middle(from.top, from.height);
    const ahead = across * x + down * y;
    const beside = Math.abs(across * y + down * x);
    const cost = ahead + beside * ASIDE_COSTS;
    if (ahead > 1 && cost < least) [best, least] = [place, cost];
  });
  return best;
}

/** @param {number} start @param {number} size */
function middle(start, size) {
  return start + size / 2;
}

/**
 * Moves the focus; from nowhere it goes to the first control.
 *
 * @param {HTMLElement} root
 * @param {string} key
 */
export function walk(root, key) {
  const all = [...root.querySelectorAll("button, input")].filter(
    (one) => one instanceof HTMLElement && one.offsetParent,
  );
  const here = document.activeElement;
  if (!(here instanceof HTMLElement) || !all.includes(here)) {
    /** @type {HTMLElement | undefined} */ (all[0])?.focus();
    return;
  }
  const others = all.filter((one) => one !== here);
  const found = nearest(
    here.getBoundingClientRect(),
    others.map((one) => one.getBoundingClientRect()),
    key,
  );
  /** @type {HTMLElement | undefined} */ (others[found])?.focus();
}
