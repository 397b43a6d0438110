import { TokenKeeper } from "/pages/assets/sign-in.js";
import { runStaffRoom } from "/pages/assets/staff-room.js";
import { PlannerPage } from "./planner-page.js";
import { openSession } from "./session.js";
import { wordsOf } from "./words.js";

/** The planner's page: the door, and behind it the plan. */

await runStaffRoom({
  keeper: new TokenKeeper("planner-token"),
  wordsOf,
  open: openSession,
  build: (session, { languages, language, leave }) => new PlannerPage(session, languages, language, leave),
});
