export * from "/widget/backoff.js";
