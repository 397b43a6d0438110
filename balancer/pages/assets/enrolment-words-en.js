/** What a device says in English until somebody has let it in.
 * @type {import("/pages/assets/enrolment-words.js").Texts} */
export const en = {
  title: { kiosk: "Connecting this kiosk", display: "Connecting this display" },
  branch: "Branch: {name}",
  steps: [
    "Scan the QR code with a phone, or open the supervisor’s page on a computer.",
    "Type the code shown here and give the device a name.",
    "This screen starts by itself within seconds.",
  ],
  code: "Connection code",
  qr: "QR code: the supervisor’s page with this code",
  lives: { one: "The code is good for {n} more minute", other: "The code is good for {n} more minutes" },
  waiting: "Waiting for the supervisor to approve.",
  asking: "Asking the server for a code…",
  away: "No connection to the server. It will be tried again.",
  refused: "The supervisor refused this code. A new one will follow.",
  unknown: "There is no branch “{branch}”. Check the address of this page, or choose a branch:",
};
