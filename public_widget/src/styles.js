/**
 * The widget's style sheets, loaded once a page and shared by all its boards. They are adopted, not written into the
 * page, so a strict Content-Security-Policy needs no exception for styles.
 */

/** @type {Map<string, Promise<CSSStyleSheet>>} */
const sheets = new Map();

/**
 * @param {ShadowRoot} root
 * @param {...string} files beside this module
 * @returns {Promise<void>} settled when they apply; a sheet that cannot be had is left out
 */
export async function adoptStyles(root, ...files) {
  const loaded = await Promise.allSettled(files.map(sheetOf));
  root.adoptedStyleSheets = loaded.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
}

/**
 * @param {string} file
 * @returns {Promise<CSSStyleSheet>}
 */
function sheetOf(file) {
  let sheet = sheets.get(file);
  if (!sheet) {
    sheet = load(file);
    sheet.catch(() => sheets.delete(file));
    sheets.set(file, sheet);
  }
  return sheet;
}

/** @param {string} file */
async function load(file) {
  const response = await fetch(new URL(file, import.meta.url));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return new CSSStyleSheet().replace(await response.text());
}
