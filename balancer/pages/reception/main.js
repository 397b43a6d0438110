import { TokenKeeper } from "/pages/assets/sign-in.js";
import { runStaffRoom } from "/pages/assets/staff-room.js";
import { ReceptionPage } from "./reception-page.js";
import { openSession } from "./session.js";
import { wordsOf } from "./words.js";

/** The page of reception: the door, and behind it the hall of one branch. */

await runStaffRoom({
  keeper: new TokenKeeper("reception-token"),
  wordsOf,
  open: openSession,
  build: (session, around) => new ReceptionPage(session, around),
});
