import { TokenKeeper } from "/pages/assets/sign-in.js";
import { runStaffRoom } from "/pages/assets/staff-room.js";
import { CityPage } from "./city-page.js";
import { openSession } from "./session.js";
import { wordsOf } from "./words.js";

/** The city view: every branch side by side, yesterday's briefing, and who did what. */

await runStaffRoom({
  keeper: new TokenKeeper("head-token"),
  wordsOf,
  open: openSession,
  build: (session, around) => new CityPage(session, around),
});
