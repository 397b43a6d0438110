export * from "/widget/connection.js";
