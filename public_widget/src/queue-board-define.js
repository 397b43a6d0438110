/** Registers `<queue-board>`. Load this file to use the widget; load `queue-board.js` to give it another name. */

import { QueueBoard } from "./queue-board.js";

if (!customElements.get("queue-board")) customElements.define("queue-board", QueueBoard);
