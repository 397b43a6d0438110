export * from "/widget/board-state.js";
