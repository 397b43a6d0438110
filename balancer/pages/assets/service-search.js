export * from "/widget/service-search.js";
