/**
 * The action pad: where each action lies on the numeric keypad, and which keys press it. Pure.
 *
 * Keys are told by `event.code`, so the keyboard's language and NumLock make no difference. An action never moves and
 * never changes its key. Laptops without a keypad use the letter, or the digit in the top row.
 *
 * @typedef {"find" | "priority" | "no-show" | "register" | "incident" | "break" | "recall" | "requeue" | "add-leg"
 *   | "left" | "payment" | "transfer" | "park" | "quick-serve" | "note" | "main"} Slot
 *
 * @typedef {object} Key
 * @property {Slot} slot
 * @property {string} cap what stands on the keypad's key
 * @property {string} letter the other key, "" for Enter
 * @property {string[]} codes
 */

/** @type {Key[]} in the order of the pad, row by row */
export const KEYS = [
  { slot: "find", cap: "/", letter: "F", codes: ["NumpadDivide", "Slash", "KeyF"] },
  { slot: "priority", cap: "*", letter: "V", codes: ["NumpadMultiply", "KeyV"] },
  { slot: "no-show", cap: "−", letter: "X", codes: ["NumpadSubtract", "Minus", "KeyX"] },
  { slot: "register", cap: "7", letter: "G", codes: ["Numpad7", "Digit7", "KeyG"] },
  { slot: "incident", cap: "8", letter: "I", codes: ["Numpad8", "Digit8", "KeyI"] },
  { slot: "break", cap: "9", letter: "B", codes: ["Numpad9", "Digit9", "KeyB"] },
  { slot: "recall", cap: "+", letter: "R", codes: ["NumpadAdd", "Equal", "KeyR"] },
  { slot: "requeue", cap: "4", letter: "Q", codes: ["Numpad4", "Digit4", "KeyQ"] },
  { slot: "add-leg", cap: "5", letter: "A", codes: ["Numpad5", "Digit5", "KeyA"] },
  { slot: "left", cap: "6", letter: "L", codes: ["Numpad6", "Digit6", "KeyL"] },
  { slot: "payment", cap: "1", letter: "O", codes: ["Numpad1", "Digit1", "KeyO"] },
  { slot: "transfer", cap: "2", letter: "T", codes: ["Numpad2", "Digit2", "KeyT"] },
  { slot: "park", cap: "3", letter: "P", codes: ["Numpad3", "Digit3", "KeyP"] },
  { slot: "main", cap: "Enter", letter: "", codes: ["NumpadEnter", "Enter"] },
  { slot: "quick-serve", cap: "0", letter: "W", codes: ["Numpad0", "Digit0", "KeyW"] },
  { slot: "note", cap: ".", letter: "N", codes: ["NumpadDecimal", "Period", "KeyN"] },
];

/** @type {Map<string, Slot>} */
const BY_CODE = new Map(
  KEYS.flatMap(({ slot, codes }) => codes.map((code) => /** @type {[string, Slot]} */ ([code, slot]))),
);

/**
 * @param {{code: string, repeat: boolean, ctrlKey: boolean, altKey: boolean, metaKey: boolean, shiftKey: boolean}} event
 * @returns {Slot | null} the action that the key presses; a held-down key presses nothing twice
 */
export function slotOf(event) {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return null;
  return BY_CODE.get(event.code) ?? null;
}
