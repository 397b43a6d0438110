import { fillIn, joinFeed, keep, openErrands, recall } from "./city.js";
import { fill, openChooser, patch } from "./page.js";

const EVERY_MS = 30_000;
const POLL_MS = 5000;
const TOUCHES = ["pointermove", "keydown", "wheel"];

/** @type {W.HoldOrder} */
export const holdOrder = (held, wanted, key, now) => {
  if (key !== held.key || now) held.shown = wanted;
  const kept = held.shown.filter(({ branch }) => wanted.some((each) => each.branch === branch));
  held.shown = [...kept, ...wanted.filter(({ branch }) => !kept.some((each) => each.branch === branch))];
  held.differs = JSON.stringify(held.shown) !== JSON.stringify(wanted);
  held.key = key;
};

/** @type {W.OpenBoard} */
const openBoard = (element, frame, place) => {
  const { feed, leave } = joinFeed(place, () => (drawing ||= setTimeout(draw, 100)));
  const url = `${place.server}/api/v1/cities/${place.city}`;
  const [running, memory] = [new AbortController(), `queue-board ${url}`];
  const held = /** @type {W.Held} */ ({ shown: [], key: "", differs: false });
  /** @type {W.Words} */
  const question = {};
  /** @type {W.Drawing | null} */
  let drawn = null;
  /** @type {W.Stopped} */
  let stopped = null;
  let [asked, answered, trouble, said, told, about] = ["", "", "", "", "", ""];
  let [askAt, news, touchedAt, saidAt, drawing, speaking, dice, inside] = [0, 0, Date.now(), 0, 0, 0, 0, false];

  const language = () => (element.lang || document.documentElement.lang || "uk").toLowerCase().split("-")[0];
  const service = () => element.getAttribute("service");
  const query = (more = {}) => {
    const parts = Object.entries({ lang: language(), service: service(), ...more }).filter(([, value]) => value);
    return new URLSearchParams(/** @type {any} */ (parts));
  };
  /** By the server's offset. */
  const clock = (at = 0, end = 16) => {
    const told = drawn?.as_of ?? "";
    const there = at + Date.parse(`${told.slice(0, 19)}Z`) - Date.parse(told);
    return new Date(there).toISOString().slice(11, end).replace(/^0/, "");
  };
  const fire = (type = "", detail = {}) =>
    element.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));

  const pause = () => Math.max(feed.poll ? POLL_MS : EVERY_MS, feed.spread);

  const ask = async () => {
    const address = `${url}/board/drawing?${query({ branch: element.getAttribute("branch"), ...question })}`;
    [dice, asked, askAt, news] = [Math.random(), address, Date.now() + pause() * (1 + dice / 5), feed.news];
    const answer = await errands.call(address);
    if (asked !== address) return;
    trouble = answer?.problem ?? "Немає зв’язку · No connection";
    if (answer?.rows) {
      [drawn, answered] = [answer, address];
      if (!feed.live) {
        feed.branches.clear();
        feed.heard = Date.now();
        feed.setTime(answer.as_of);
        feed.spread = answer.spread_ms;
      }
      if (!question.place) keep(memory, { address, drawn, wall: Date.now() });
      if (about !== (about = JSON.stringify(answer.about))) fire("city-change", { city: answer.about });
    }
    setTimeout(() => {
      draw();
      chooser.sync();
    });
  };

  const change = (wanted = "") => {
    errands.fail("");
    for (const [name, value] of new URLSearchParams(wanted)) {
      if (name !== "service") question[name] = value;
      else {
        [question.opened, question.at] = ["", ""];
        chooser.close();
        if (value) element.setAttribute(name, value);
        else element.removeAttribute(name);
        fire("service-change", { service: value || null });
      }
    }
    void ask();
  };

  const errands = openErrands({ place, url, language, service, draw: () => draw() });
  const find = (q = "") => errands.call(`${url}/board/services?${query({ q })}`);
  const chooser = openChooser({ frame, change, find, draw: () => draw() });

  /** One polite sentence a half-minute, the newest wins. */
  const tell = (text = "") => {
    if (text === told) return;
    told = text;
    clearTimeout(speaking);
    speaking = setTimeout(() => {
      [said, saidAt] = [text, Date.now()];
      draw();
    }, saidAt + EVERY_MS - Date.now());
  };

  const order = (now = Date.now() - touchedAt > EVERY_MS && !inside && !element.matches(":focus-within")) => {
    const wanted = (drawn?.rows ?? []).map(({ branch, group }) => ({ branch, group }));
    holdOrder(held, wanted, answered.replace(/&(opened|at|view)=[^&]*/g, ""), now);
  };

  const slots = (/** @type {W.Drawing} */ { words, rows, best }, freshness = "") => {
    const [heardAt, age] = [stopped?.at ?? feed.heardAt(), Math.floor(feed.age())];
    const ago = age < 120 ? fillIn(words.seconds, age) : fillIn(words.minutes, Math.floor(age / 60));
    const wait = Math.ceil((feed.retryAt - Date.now()) / 1000);
    const offline = fillIn(words.offline, clock(heardAt));
    const gone = freshness === "gone" ? ` ${words.help}` : "";
    const listed = (wanted = "") =>
      held.shown.flatMap(({ branch, group }) =>
        rows.flatMap((each) => (group === wanted && each.branch === branch ? [each.row] : [])),
      );
    const name = rows.find(({ branch }) => branch === best)?.name;
    tell(freshness !== "fresh" ? offline : held.differs ? words.reordered : name && fillIn(words.best, name));
    return {
      ...errands.slots(words, clock),
      ...chooser.slots(),
      age: [fillIn(stopped ? words.stopped : words.updated, clock(heardAt, 19), ago)],
      stop: [stopped ? words.resume : words.stop],
      offline: freshness !== "fresh" && [`${offline}${gone} ${wait > 0 ? fillIn(words.retry, wait) : ""}`],
      order: held.differs && [words.reordered, " ", ["button", { class: "link", "data-do": "reorder" }, words.refresh]],
      open: listed("open"),
      off: listed("off"),
      said: [said],
    };
  };

  const draw = () => {
    drawing = 0;
    if (document.hidden) return;
    if (drawn || (trouble && !element.childElementCount)) element.dress();
    if (!drawn) return patch(frame, ["div", {}, trouble]);
    const { words, tree } = drawn;
    const freshness = feed.freshness();
    order();
    const filled = /** @type {any} */ (slots(drawn, freshness));
    /** @type {W.Live} */
    const live = ({ class: name = "", "data-live": path, "data-slot": slot }, children) => {
      if (slot) return filled[slot] || [];
      if (freshness === "gone" && name.startsWith("num")) return [words.gone ?? ""];
      const [branch, queue, count] = path?.split("/") ?? [];
      const load = (stopped ?? feed).branches.get(branch);
      const line = count === "waiting" && load?.queues.find((each) => each.queue === queue);
      const value = load && Reflect.get(line || load, count);
      return value == null ? children : [`${value}`];
    };
    const [tag, , ...children] = fill(tree, live);
    const name = `frame ${stopped ? "stale" : freshness} ${question.view ?? ""} ${errands.classes()}`;
    patch(frame, [tag, { class: name }, ...children]);
    frame.querySelector("#mine")?.setAttribute("href", errands.link() ?? "");
    chooser.point();
  };

  const tick = () => {
    if (document.hidden) return;
    if (news !== feed.news) askAt = Math.min(askAt, Date.now() + 1100 + dice * feed.spread);
    if (feed.poll) askAt = Math.min(askAt, Date.now() + pause());
    news = feed.news;
    if (Date.now() > askAt && !stopped) void ask();
    void errands.look();
    draw();
  };

  /** @type {W.Acts} */
  const acts = {
    ...errands.act,
    online: () => navigator.sendBeacon(`${url}/services/${service()}/online`),
    stop() {
      stopped = stopped ? null : { branches: new Map(feed.branches), at: feed.heardAt() };
      if (!stopped) void ask();
    },
    reorder() {
      order(true);
      draw();
      /** @type {HTMLElement | null} */ (frame.querySelector(".name"))?.focus();
    },
  };

  const stand = (lat = 0, lon = 0) => change(`place=${lat.toFixed(4)},${lon.toFixed(4)}`);

  frame.onclick = async ({ target, clientX, clientY }) => {
    const found = /** @type {Element} */ (target).closest("[data-ask],[data-do],[data-touch]");
    const data = /** @type {HTMLElement | null} */ (found)?.dataset ?? {};
    if (data.ask !== undefined) change(data.ask);
    if (found && data.touch) {
      const [north = 0, tall = 0, west = 0, wide = 0] = data.touch.split(",").map(Number);
      const { left, top, width, height } = found.getBoundingClientRect();
      stand(north - (tall * (clientY - top)) / height, west + (wide * (clientX - left)) / width);
    }
    await acts[data.do ?? ""]?.(data);
    draw();
  };
  frame.onchange = ({ target }) => {
    const { name, value } = /** @type {HTMLSelectElement} */ (target);
    const found = (/** @type {W.Found} */ { coords }) => stand(coords.latitude, coords.longitude);
    if (value === "here") navigator.geolocation.getCurrentPosition(found, () => errands.fail("noPlace"));
    else if (name) change(`${name}=${value}`);
  };
  frame.onpointerenter = ({ pointerType }) => (inside = pointerType === "mouse");
  frame.onpointerleave = () => (inside = false);
  const options = { signal: running.signal, passive: true };
  for (const touch of TOUCHES) addEventListener(touch, () => (touchedAt = Date.now()), options);
  const ticking = setInterval(tick, 1000);

  void ask();
  const before = recall(memory);
  if (before?.address === asked && !feed.heard) {
    [drawn, answered] = [before.drawn, asked];
    feed.heard = before.wall;
    feed.setTime(Date.parse(before.drawn.as_of) + Date.now() - before.wall);
  }
  draw();

  return {
    ask,
    stop() {
      asked = "";
      leave();
      running.abort();
      clearInterval(ticking);
      clearTimeout(speaking);
    },
  };
};

/** `<queue-board city="kharkiv">`: README.md tells of its attributes and events. */
export class QueueBoard extends HTMLElement {
  static observedAttributes = ["city", "service", "lang", "branch", "server"];
  #frame = document.createElement("div");
  /** @type {W.Sheet} */
  #sheet;
  /** @type {W.Opened} */
  #board;

  connectedCallback() {
    this.#board?.stop();
    const city = this.getAttribute("city");
    const server = new URL(this.getAttribute("server") || import.meta.url, document.baseURI).origin;
    this.#board = city ? openBoard(this, this.#frame, { server, city }) : null;
  }

  disconnectedCallback() {
    this.#board = void this.#board?.stop();
  }

  attributeChangedCallback(name = "", before = "", after = "") {
    if (before === after || this.#board === undefined) return;
    if (name === "city" || name === "server") this.connectedCallback();
    else void this.#board?.ask();
  }

  async dress() {
    if (this.#frame.isConnected || this.#sheet) return;
    this.#sheet = fetch(new URL("queue-board.css", import.meta.url));
    const text = await this.#sheet.then((response) => response.text()).catch(() => "");
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [await new CSSStyleSheet().replace(text)];
    root.append(this.#frame);
  }
}
