/**
 * The hall display's service worker: a machine that comes back after a power cut shows its last calls before the server
 * is there.
 */

/** @type {any} */ (self).importScripts("/pages/assets/shell-worker.js");

keepShell("hall-1", /^\/(hall|pages|widget)\//);
