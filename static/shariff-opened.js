/** What a gate needs once a document has come into its frame. Loaded by the gate after the first press, and by nothing else. */

export { remember } from "./consent.js";

/**
 * Give a gate's frame the height of the document in it, and the document the page's colours. Returns what has come: `open` where the content
 * came as well.
 * @param {HTMLIFrameElement} frame
 * @param {HTMLElement} gate
 * @returns {string | Promise<string>}
 */
export const arrived = (frame, gate) => {
  const page = frame.contentDocument;
  if (!page) return frame.isConnected ? isolated(frame, gate) : "";
  const what = page.documentElement.dataset.shariff ?? "refused";
  if (what != "open") return what;
  if (blocked(page)) return "failed";
  // A page's own rule for frames would win against the attribute.
  new ResizeObserver(() => frame.style.setProperty("height", `${page.body.offsetHeight}px`, "important")).observe(
    page.body,
  );
  followHeight(page);
  // On a light page a dark frame would be a hole, whatever the system prefers.
  page.documentElement.style.colorScheme = schemeAt(gate);
  // Without script this is needed in there; with it the gate says it.
  page.querySelector(".shariff-source")?.remove();
  page.body.style.padding = "0";
  stepBack(gate);
  return "open";
};

/**
 * Over content that is there the list is folded, and the way back is in sight of who has just pressed it. A list that was unfolded is so
 * again when the content is gone.
 * @param {HTMLElement} gate
 */
const stepBack = (gate) => {
  const button = gate.querySelector("form button");
  if (document.activeElement == button) button?.scrollIntoView({ block: "nearest" });
  const list = gate.querySelector("details");
  if (!list?.open) return;
  // Focus in what is folded would be nowhere.
  if (list.contains(document.activeElement)) list.querySelector("summary")?.focus();
  list.open = false;
  for (const type of ["shariff:closed", "shariff:failed"])
    gate.addEventListener(type, () => (list.open = true), { once: true });
};

/** How light or dark the page is at a gate. What it says in its head alone is in no computed style. @param {Element} gate */
const schemeAt = (gate) => {
  const { colorScheme } = getComputedStyle(gate);
  const said = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="color-scheme"]'));
  return colorScheme == "normal" && said ? said.content : colorScheme;
};

/** What our documents say that they are. A message from another one is none. */
const STATES = ["open", "failed", "refused", "removed"];

/** @param {Element} gate */
const addressOf = (gate) => /** @type {HTMLFormElement} */ (gate.querySelector(":scope>form")).action;

/**
 * Ask a document on the isolated host, which cannot be looked into, what it is and how tall. Where nobody answers, the gate's patience ends.
 * What comes is one of four words and a number, and only its own window at its own origin is listened to.
 * @param {HTMLIFrameElement} frame
 * @param {HTMLElement} gate
 * @returns {string | Promise<string>}
 */
const isolated = (frame, gate) => {
  const { origin } = new URL(addressOf(gate));
  // What a browser shows in place of a document that does not come is of another origin, too.
  if (origin == location.origin) return "refused";
  for (const type of ["shariff:closed", "shariff:failed"]) gate.addEventListener(type, forget, { once: true });
  return new Promise((resolve) => {
    const listening = new AbortController();
    const { signal } = listening;
    const onMessage = (/** @type {MessageEvent} */ { data, origin: sender, source }) => {
      if (!frame.isConnected) return listening.abort();
      if (source != frame.contentWindow || sender != origin || !STATES.includes(data?.shariff)) return;
      // A script may show one line. Until it has, nothing is there.
      const height = Math.max(SMALLEST, Number(data.height));
      if (height <= LARGEST) frame.style.setProperty("height", `${height}px`, "important");
      if (data.shariff == "open") stepBack(gate);
      resolve(data.shariff);
    };
    addEventListener("message", onMessage, { signal });
    frame.contentWindow?.postMessage({ shariff: schemeAt(gate) }, origin);
  });
};

/**
 * Have the isolated host's response make the browser forget what was stored there.
 * @param {Event} event
 */
const forget = ({ currentTarget }) => {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  // Of a frame with this attribute the browser keeps the storage apart.
  /** @type {any} */ (frame).credentialless = true;
  frame.src = `${addressOf(/** @type {Element} */ (currentTarget))}/removed`;
  frame.onload = () => frame.remove();
  document.body.append(frame);
};

/** CSS pixels. A frame may ask for no less and no more. */
const SMALLEST = 80;
const LARGEST = 5000;

/**
 * Give the platform's frame the height that it says it needs, where its record knows how it says so. What it sends is a number to us and
 * nothing else, and only its own window at its own origin is listened to.
 * @param {Document} page
 */
const followHeight = (page) => {
  const content = /** @type {HTMLIFrameElement} */ (page.querySelector("iframe"));
  if (!content.dataset.heightMessage) return;
  const { path, where, equals, request } = JSON.parse(content.dataset.heightMessage);
  const { origin } = new URL(content.src);
  const ask = () => content.contentWindow?.postMessage(request, origin);
  page.defaultView?.addEventListener("message", (event) => {
    if (event.origin !== origin || event.source !== content.contentWindow) return;
    const message = parsed(event.data);
    const height = Math.ceil(Number(inside(message, path)));
    if (equals && inside(message, where) !== equals) return;
    if (height >= SMALLEST && height <= LARGEST) content.height = `${height}`;
  });
  if (request) {
    content.addEventListener("load", ask);
    ask();
  }
};

/** What is in a message under some names, one in the other. @param {any} message @param {string[]} names */
const inside = (message, names) => names.reduce((part, name) => part?.[name], message);

/** @param {unknown} data */
const parsed = (data) => {
  try {
    return typeof data === "string" ? JSON.parse(data) : data;
  } catch {
    return undefined;
  }
};

/**
 * Whether the platform's frame did not come, as far as a browser lets us know: Firefox leaves a blocked frame with the empty document it
 * was made with, Chromium takes away the box of a frame that an extension blocks, and in Firefox and WebKit what is never answered has no
 * entry among what the page has loaded (its style sheet has one, unless the browser keeps that list from everybody). Measured in
 * Chromium 156, Firefox 153 and WebKitGTK 2.50.
 * @param {Document} page
 */
const blocked = (page) => {
  const content = /** @type {HTMLIFrameElement} */ (page.querySelector("iframe"));
  const loaded = /** @type {PerformanceResourceTiming[]} */ (
    /** @type {Window} */ (page.defaultView).performance.getEntriesByType("resource")
  );
  const unanswered = loaded[0] && !loaded.some((entry) => entry.initiatorType === "iframe");
  return unanswered || content.contentDocument || !content.getClientRects().length;
};
