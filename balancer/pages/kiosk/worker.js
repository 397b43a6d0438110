/** The kiosk's service worker: a kiosk starts after a power cut although the network is still away. */

/** @type {any} */ (self).importScripts("/pages/assets/shell-worker.js");

keepShell("kiosk-1", /^\/(kiosk|pages|widget)\//, 3_000);
