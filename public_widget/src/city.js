/** What comes from a city and goes to it. */

const LOOK_EVERY_MS = 20_000;

/** Full jitter: a crowd does not come back at one instant. */
const backoff = (failures = 1, cap = 30_000) => Math.random() * Math.min(cap, 1000 * 2 ** (failures - 1));

/** A socket, and what is known of every branch. @type {W.OpenFeed} */
const openFeed = ({ server, city }, changed) => {
  const stopped = new AbortController();
  const started = Date.now();
  /** @type {WebSocket | null} */
  let socket = null;
  let [cityTime, anchor, speed, beatSeconds] = [0, 0, 1, 15];
  let [failures, unwanted, told, retryTimer, silenceTimer, sleepTimer] = [0, false, "", 0, 0, 0];

  const retryIn = (milliseconds = 0) => {
    clearTimeout(retryTimer);
    feed.retryAt = Date.now() + milliseconds;
    retryTimer = setTimeout(open, milliseconds);
  };

  /** Browsers cannot see pings: a socket that is silent for two beats is dead. */
  const allowSilence = (seconds = 0) => {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(lose, seconds * 1000);
  };

  const drop = () => {
    clearTimeout(retryTimer);
    clearTimeout(silenceTimer);
    const dropped = socket;
    [socket, feed.retryAt, feed.live] = [null, 0, false];
    dropped?.close();
    changed();
  };

  const open = () => {
    drop();
    const opened = new WebSocket(`${server.replace("http", "ws")}/api/v1/cities/${city}/live`);
    socket = opened;
    opened.onmessage = ({ data }) => opened === socket && receive(JSON.parse(data));
    opened.onclose = ({ code }) => opened === socket && lose(code);
    allowSilence(10);
  };

  /** Codes from 4500: this socket is not wanted. */
  const lose = (code = 1006) => {
    const planned = feed.retryAt;
    drop();
    failures += 1;
    unwanted = code >= 4500 && code <= 4999;
    feed.poll = unwanted || failures > 2;
    if (!unwanted) retryIn(planned ? Math.max(0, planned - Date.now()) : backoff(failures));
  };

  /** What makes a drawing untrue. */
  const gist = () =>
    JSON.stringify(
      [...feed.branches.values()].map(({ state, reason, power, resumes_at, suspended, queues }) => [
        [state, reason, power, resumes_at, suspended],
        queues.map(({ wait }) => wait && Math.round(wait.p50 / 2)),
      ]),
    );

  const receive = (/** @type {any} */ frame) => {
    const { type, branch, seq } = frame;
    if (frame.city_time) feed.setTime(frame.city_time, frame.speed);
    if (type === "hello") [feed.live, feed.poll, beatSeconds] = [true, false, frame.beat_seconds];
    if (type === "beat") failures = 0;
    if (type === "reconnect") retryIn(frame.reconnect_in * 1000);
    // another epoch: the data were restored or lost
    if (frame.epoch && frame.epoch !== feed.epoch) feed.branches.clear();
    feed.epoch = frame.epoch ?? feed.epoch;
    if (branch && seq >= (feed.branches.get(branch)?.seq ?? 0)) feed.branches.set(branch, frame);
    if (told !== (told = gist()) || type === "hello") feed.news += 1;
    feed.spread = frame.spread_ms ?? feed.spread;
    feed.heard = Date.now();
    allowSilence(Math.max(30, beatSeconds * 2));
    changed();
  };

  const wake = () => {
    if (unwanted) feed.poll = true;
    else if (!feed.live) open();
  };

  /** In a hidden tab nobody reads. */
  const look = () => {
    clearTimeout(sleepTimer);
    if (!document.hidden) wake();
    else sleepTimer = setTimeout(drop, 60_000);
  };

  /** @type {W.Feed} */
  const feed = {
    epoch: "",
    branches: new Map(),
    heard: 0,
    news: 0,
    spread: 1000,
    live: false,
    poll: false,
    retryAt: 0,
    setTime(at, faster = speed) {
      [cityTime, anchor, speed] = [new Date(at).getTime(), Date.now(), faster];
    },
    age: () => (Date.now() - feed.heard) / 1000,
    heardAt: () => cityTime + (feed.heard - anchor) * speed,
    freshness() {
      const age = (Date.now() - (feed.heard || started)) / 1000;
      return age > 90 ? "gone" : age > (feed.live ? beatSeconds + 5 : 10) ? "stale" : "fresh";
    },
    stop() {
      stopped.abort();
      clearTimeout(sleepTimer);
      drop();
    },
  };

  addEventListener("online", wake, stopped);
  document.addEventListener("visibilitychange", look, stopped);
  open();
  return feed;
};

/** @type {W.Shared} */
const shared = new Map();

/** Boards of one page that show one city share one connection. @type {W.JoinFeed} */
export const joinFeed = (place, changed) => {
  const key = place.server + place.city;
  const readers = shared.get(key)?.readers ?? new Set();
  const feed = shared.get(key)?.feed ?? openFeed(place, () => readers.forEach((tell) => tell()));
  shared.set(key, { feed, readers: readers.add(changed) });
  const leave = () => {
    readers.delete(changed);
    if (readers.size) return;
    shared.delete(key);
    feed.stop();
  };
  return { feed, leave };
};

/** "{0} ago" with its values. @type {W.FillIn} */
export const fillIn = (text = "", ...values) => text.replace(/\{(\d)\}/g, (_, place) => `${values[place]}`);

/** null where the browser keeps nothing. @returns {any} */
export const recall = (key = "") => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
};

/** @type {W.Keep} */
export const keep = (key, value) => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {}
};

/** @type {W.OpenErrands} */
export const openErrands = ({ place, url, language, service, draw }) => {
  const memory = `queue-board ${place.city}`;
  let [busy, trouble, unanswered, lookAt] = [false, "", "", 0];
  /** @type {any[]} */
  let [mine, coming] = [recall(memory), null];

  /** `{problem}` where it is refused, null without an answer. @type {W.Errands["call"]} */
  const call = async (address, options = {}) => {
    const headers = { "Accept-Language": language(), ...options.headers };
    const signal = AbortSignal.timeout(8000);
    const response = await fetch(address, { credentials: "omit", signal, ...options, headers }).catch(() => null);
    const answer = await response?.json().catch(() => null);
    if (response?.ok) return answer;
    return answer && response?.status !== 503 ? { problem: answer.detail ?? answer.title } : null;
  };

  /** Repeated under one key: it is done once. */
  const command = async (path = "", body = {}, headers = {}) => {
    const what = path + JSON.stringify(body);
    if (busy) return null;
    if (!unanswered.startsWith(what)) unanswered = what + crypto.getRandomValues(new Uint32Array(4)).join("-");
    [busy, trouble] = [true, "busy"];
    draw();
    const key = { "Content-Type": "application/json", "Idempotency-Key": unanswered.slice(what.length), ...headers };
    let answer = null;
    for (let failures = 0; failures < 4 && !answer; failures += 1) {
      if (failures) await new Promise((resolve) => setTimeout(resolve, 300 + backoff(failures)));
      answer = await call(url + path, { method: "POST", body: JSON.stringify(body), headers: key });
    }
    if (answer) unanswered = "";
    [busy, trouble] = [false, answer ? (answer.problem ?? "") : "noAnswer"];
    draw();
    return answer?.problem ? null : answer;
  };

  const page = () => `${place.server}/t#city=${place.city}&ticket=${mine.ticket.id}&secret=${mine.secret}`;

  return {
    call,
    act: {
      async take({ to }) {
        const secret = coming && { "Intent-Secret": coming.secret };
        const body = { service: service(), intent: coming?.intent.id };
        const answer = await command(`/branches/${to}/tickets`, body, secret);
        if (!answer) return;
        [mine, coming] = [answer, null];
        keep(memory, mine);
        if (self === top && place.server === location.origin) location.assign(page());
        else open(page(), "_blank");
      },
      async come({ to, way, name }) {
        coming = await command("/intents", { service: service(), branch: to, minutes: Number(way) || 30 });
        if (coming) coming.name = name;
      },
      async stay() {
        const secret = { Authorization: `Bearer ${coming.secret}` };
        if (await command(`/intents/${coming.intent.id}/cancel`, {}, secret)) coming = null;
      },
    },
    fail(text) {
      trouble = text;
      draw();
    },
    async look() {
      if (!mine || Date.now() < lookAt) return;
      lookAt = Date.now() + LOOK_EVERY_MS;
      const answer = await call(`${url}/tickets/${mine.ticket.id}`, { headers: { Authorization: `Bearer ${mine.secret}` } });
      if (answer) mine = answer.ticket && { ...mine, ...answer };
      if (/done|no_show|left|cancelled|expired/.test(mine?.ticket.state)) mine = null;
      keep(memory, mine);
    },
    slots(words, clock) {
      const state = mine?.ticket.state === "called" ? words.called : words.ticket;
      const stay = ["button", { type: "button", class: "link", "data-do": "stay" }, words.cancel];
      return {
        trouble: trouble && [words[trouble] ?? trouble],
        ticket: mine && [fillIn(state, mine.ticket.number)],
        coming: coming && [fillIn(words.expected, clock(Date.parse(coming.intent.arrives)), coming.name), " ", stay],
      };
    },
    classes: () => `${mine ? `ticket ${mine.ticket.state}` : ""} ${coming ? "coming" : ""} ${busy ? "working" : ""}`,
    link: () => mine && page(),
  };
};
