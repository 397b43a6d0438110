export * from "/widget/format.js";
