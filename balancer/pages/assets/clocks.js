export * from "/widget/clocks.js";
