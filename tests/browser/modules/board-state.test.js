import { BoardState } from "/pages/assets/board-state.js";
import { equal } from "./assert.js";

const frame = (seq, waiting, epoch = "e1", branch = "centre") => ({ type: "branch", epoch, branch, seq, waiting });
const hello = (epoch) => ({ type: "hello", epoch });

export function an_equal_or_newer_frame_replaces_and_an_older_one_does_not() {
  const state = new BoardState();
  equal(state.takeFrame(frame(5, 10)), true);
  equal(state.takeFrame(frame(4, 99)), false);
  equal(state.branches.get("centre").waiting, 10);
  equal(state.takeFrame(frame(5, 11)), true, "estimates change without an event");
  equal(state.branches.get("centre").waiting, 11);
}

export function another_epoch_drops_everything() {
  const state = new BoardState();
  state.takeFrame(frame(500, 10));
  state.takeFrame(frame(501, 10, "e1", "harbour"));
  equal(state.takeHello(hello("e2")), true);
  equal(state.branches.size, 0);
  equal(state.takeFrame(frame(1, 3, "e2")), true, "a smaller seq of a new epoch");
  equal(state.branches.get("centre").waiting, 3);
}

export function the_same_epoch_keeps_what_is_known() {
  const state = new BoardState();
  state.takeFrame(frame(5, 10));
  equal(state.takeHello(hello("e1")), false);
  equal(state.branches.size, 1);
}

export function a_board_and_frames_mix_by_seq() {
  const state = new BoardState();
  state.takeFrame(frame(7, 1));
  const board = { epoch: "e1", branches: [frame(6, 100), frame(9, 2, "e1", "harbour")] };
  equal(state.takeBoard(board), true);
  equal([state.branches.get("centre").waiting, state.branches.get("harbour").waiting], [1, 2]);
}
