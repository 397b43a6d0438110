export * from "/widget/types.js";
