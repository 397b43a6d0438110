export * from "/widget/announcer.js";
