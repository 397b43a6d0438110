export * from "/widget/dom.js";
