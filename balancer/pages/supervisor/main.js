import { TokenKeeper } from "/pages/assets/sign-in.js";
import { runStaffRoom } from "/pages/assets/staff-room.js";
import { openSession } from "./session.js";
import { SupervisorPage } from "./supervisor-page.js";
import { wordsOf } from "./words.js";

/**
 * The page of the head of a centre. `#device=CODE`, as the QR of a new screen says, opens the devices with it. The key is
 * kept together with the city view's: an admin goes from one to the other.
 */

const asked = new URLSearchParams(location.hash.slice(1));

await runStaffRoom({
  keeper: new TokenKeeper("head-token"),
  wordsOf,
  open: openSession,
  build: (session, around) => new SupervisorPage(session, around, asked.get("device") ?? ""),
});
