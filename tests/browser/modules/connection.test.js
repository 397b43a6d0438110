import { Connection } from "/pages/assets/connection.js";
import { BoardPoll } from "/pages/ticket/board-poll.js";
import { equal, ok } from "./assert.js";

const CITY = { server: location.origin, city: "small" };

/** A line, and a way to wait until something is true of it. */
function line(where) {
  const frames = [];
  let look = () => {};
  const connection = new Connection(where, {
    onFrame: (frame) => {
      frames.push(frame.type);
      look();
    },
    onStatus: () => look(),
  });
  const until = (is) =>
    new Promise((resolve) => {
      look = () => is(connection) && resolve(undefined);
      look();
    });
  return { connection, frames, until };
}

export async function a_socket_that_greets_is_live_until_it_is_stopped() {
  const { connection, frames, until } = line(CITY);
  equal([connection.live, connection.hopeless], [false, false]);
  connection.start();
  await until(({ live }) => live);
  await until(() => frames.includes("hello"));
  equal(frames[0], "hello");
  connection.stop();
  equal([connection.live, connection.hopeless], [false, false]);
}

export async function where_no_socket_can_be_had_it_is_said_and_tried_again() {
  const { random } = Math;
  Math.random = () => 0;
  const { connection, until } = line({ ...CITY, city: "" });
  connection.start();
  await until(({ hopeless }) => hopeless);
  equal(connection.live, false);
  connection.stop();
  Math.random = random;
}

export async function the_board_is_asked_while_it_is_wanted() {
  const loads = await new Promise((resolve) => {
    const seen = [];
    const poll = new BoardPoll({ ...CITY, branch: "centre" }, (load) => {
      seen.push(load.branch);
      poll.turn(false);
      resolve(seen);
    });
    poll.turn(true);
    poll.turn(true);
  });
  ok(loads.includes("centre"));
}
