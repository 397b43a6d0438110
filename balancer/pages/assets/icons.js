export * from "/widget/icons.js";
