import { QueueBoard } from "./queue-board.js";

if (!customElements.get("queue-board")) customElements.define("queue-board", QueueBoard);
