/** Types of the widget's modules and of the wire as it reads it. Never shipped: the browser does not fetch this file. */

declare namespace W {
  type Props = Record<string, any>;
  /** An element as the server draws it: `[tag, attributes, ...children]`; text is a string. */
  type Element = [string, Props, ...any[]];
  type Drawn = string | Element;
  /** What the children of an element are now. */
  type Live = (props: Props, children: Drawn[]) => Drawn[];
  /** What stays as it was drawn is the same array. */
  type Fill = (node: any, live: Live) => any;
  type Grow = (node: Drawn, shape: boolean) => any;
  /** What each element was made of: only what differs is touched, for a board is drawn every second. */
  type Grown = WeakMap<any, Element>;
  /** From one filled drawing to the next. What is the same stays, found by id or place: focus and reading go on. */
  type Patch = (shown: any, wanted: Element) => void;

  /** `server` is an origin. */
  type Place = { server: string; city: string };
  type Wait = { p10: number; p50: number; p90: number };
  type QueueLoad = { queue: string; waiting: number; serving: number; wait: Wait | null };
  type BranchLoad = {
    branch: string;
    seq: number;
    state: string;
    power: string;
    reason: string | null;
    resumes_at?: string | null;
    suspended?: string[];
    queues: QueueLoad[];
  };
  /**
   * `live`: a socket has greeted; `poll`: none can be had; `news` counts what makes a drawing untrue, `spread`: ms
   * over which the city's readers ask for a new one. `heard` and `retryAt` are Date.now(), `heardAt` city milliseconds,
   * `age` real seconds.
   */
  type Feed = {
    epoch: string;
    branches: Map<string, BranchLoad>;
    heard: number;
    news: number;
    spread: number;
    live: boolean;
    poll: boolean;
    retryAt: number;
    setTime(at: string | number, speed?: number): void;
    age(): number;
    heardAt(): number;
    /** A quiet city says nothing but beats. */
    freshness(): "fresh" | "stale" | "gone";
    stop(): void;
  };
  type OpenFeed = (place: Place, changed: () => void) => Feed;
  type JoinFeed = (place: Place, changed: () => void) => { feed: Feed; leave(): void };

  type Words = Record<string, string>;
  /** `GET …/board/drawing`; where `data-slot` stands in the tree the widget puts what it knows. */
  type Drawing = {
    about: { city: string; name: Words; contact: string; demo: boolean };
    as_of: string;
    spread_ms: number;
    best: string | null;
    words: Words;
    tree: Element;
    rows: { branch: string; name: string; group: string; row: Drawn }[];
  };
  type Spot = { branch: string; group: string };
  type Held = { shown: Spot[]; key: string; differs: boolean };
  /** Rows never move under a reader. */
  type HoldOrder = (held: Held, wanted: Spot[], key: string, now: boolean) => void;
  type Slots = Record<string, Drawn[] | string | null | false | undefined>;
  type Stopped = { branches: Map<string, BranchLoad>; at: number } | null;
  type Acts = Record<string, (data: any) => unknown>;
  type Sheet = Promise<Response> | undefined;
  type Shared = Map<string, { feed: Feed; readers: Set<() => void> }>;
  type Options = { says: string; options: Drawn[] } | null;
  type Found = GeolocationPosition;
  /** undefined: not in a page; null: without a city. */
  type Opened = Board | null | undefined;
  type Board = { ask(): Promise<void>; stop(): void };
  /**
   * The reader's question, the server's drawing of the answer, what is live upon it. `dress`: until there is something to
   * show the page's own table stays.
   */
  type OpenBoard = (element: HTMLElement & { dress(): unknown }, frame: HTMLElement, place: Place) => Board;
  type FillIn = (text?: string, ...values: unknown[]) => string;
  type Recall = (key: string) => any;
  /** Where the browser keeps nothing it lives as long as the page. */
  type Keep = (key: string, value: unknown) => void;
  type Errands = {
    call(address: string, options?: RequestInit): Promise<any>;
    act: Record<string, (data: any) => unknown>;
    fail(text: string): void;
    /** A ticket whose visit is over is forgotten. */
    look(): Promise<void>;
    slots(words: Words, clock: (at: number) => string): Slots;
    classes(): string;
    link(): string;
  };
  type OpenErrands = (errand: {
    place: Place;
    url: string;
    language(): string;
    service(): string | null;
    draw(): void;
  }) => Errands;
  type OpenChooser = (choosing: {
    frame: HTMLElement;
    change(ask: string): void;
    draw(): void;
    find(text: string): Promise<any>;
  }) => { close(): void; sync(): void; slots(): Slots; point(): void };
}
