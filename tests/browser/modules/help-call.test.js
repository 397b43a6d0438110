import { HelpCall } from "/pages/kiosk/help-call.js";
import { equal } from "./assert.js";

const AT = Date.parse("2026-11-23T10:00:00+02:00");
const LATE = Date.parse("2026-11-23T10:03:00+02:00");

/** @param {string | null} going */
function request(going = null) {
  return {
    device: "d1",
    name: "Термінал 1",
    since: "2026-11-23T10:00:00+02:00",
    late_at: "2026-11-23T10:03:00+02:00",
    going,
    going_since: null,
  };
}

/** A kiosk whose server answers as the test says, and which tries again when the test says. */
function kiosk() {
  /** @type {string[]} */
  const sent = [];
  /** @type {(() => void)[]} */
  const again = [];
  const server = { away: false, offset: 10 };
  const doors = {
    askHelp: async (/** @type {string} */ key) => {
      sent.push(`ask ${key}`);
      if (server.away) throw new Error("away");
      return { help: request(), offset: server.offset };
    },
    withdrawHelp: async () => sent.push("withdraw"),
  };
  const call = new HelpCall(doors, () => {}, (then) => again.push(then));
  return { sent, again, server, call };
}

/** Lets promises that are done go on. */
const settle = () => new Promise((done) => setTimeout(done));

export async function a_call_is_asked_late_and_coming() {
  const { call, sent } = kiosk();
  equal(call.standing(AT), "none");
  call.ask();
  call.ask();
  equal(call.standing(AT), "asking");
  await settle();
  equal(sent.length, 1);
  equal(call.standing(LATE - 1), "asked");
  equal(call.standing(LATE), "late");
  call.take({ help: null, offset: 9 }); // a view from before the call
  equal(call.standing(AT), "asked");
  call.take({ help: request("reception"), offset: 11 });
  equal(call.standing(LATE), "coming");
  call.take({ help: null, offset: 12 }); // somebody helped
  equal(call.standing(LATE), "none");
  equal(sent.length, 1);
}

export async function without_the_server_it_says_so_and_goes_on_under_the_same_key() {
  const { call, sent, again, server } = kiosk();
  server.away = true;
  call.ask();
  await settle();
  equal(call.standing(AT), "unreached");
  server.away = false;
  again.pop()?.();
  await settle();
  equal(call.standing(AT), "asked");
  equal(sent.length, 2);
  equal(sent[0], sent[1]);
}

export async function who_goes_back_to_the_start_waits_no_more() {
  const { call, sent, again, server } = kiosk();
  call.ask();
  call.withdraw(); // before the server has answered
  await settle();
  equal(call.standing(AT), "none");
  equal(sent.slice(1).join(), "withdraw,withdraw");
  call.take({ help: request(), offset: 20 }); // what an earlier visitor left behind
  equal(sent.length, 4);
  server.away = true;
  call.ask();
  await settle();
  call.withdraw();
  again.pop()?.();
  await settle();
  equal(sent.filter((one) => one.startsWith("ask")).length, 2);
}
