export * from "/widget/city-feed.js";
