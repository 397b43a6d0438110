import { TokenKeeper } from "/pages/assets/sign-in.js";
import { runStaffRoom } from "/pages/assets/staff-room.js";
import { DeskPage } from "./desk-page.js";
import { openSession } from "./session.js";
import { wordsOf } from "./words.js";

/** The page of a desk: the door, and behind it the desk. */

await runStaffRoom({
  keeper: new TokenKeeper("desk-token"),
  wordsOf,
  open: openSession,
  build: (session, around) => new DeskPage(session, around),
});
