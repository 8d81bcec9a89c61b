/**
 * The global names of platforms' scripts that the gate took out, so that the page's own scripts go on: every call does nothing and
 * throws nothing, a share dialogue opens the share link in a new window, and what waits for the platform's script is called.
 *
 * Loaded where the platform's script was. A name that the page has already is left alone.
 */

import { GLOBALS } from "./script_globals.js";

/** @typedef {import("./script_globals.js").ScriptGlobal} ScriptGlobal */

/** What a promise of the platform's is settled with: like `nothing()`, but no promise itself. */
const settled = nothing({ then: undefined });

/**
 * Whatever is done with it, there is no error: its properties and results are of the same kind, it can be called, constructed, awaited and
 * iterated, and it is empty as text or list.
 * @param {Record<PropertyKey, unknown>} known properties that are something else
 * @param {object} target
 * @returns {any}
 */
function nothing(known = {}, target = function () {}) {
  /** @type {Map<PropertyKey, unknown>} */
  const made = new Map();
  return new Proxy(target, {
    get(object, key) {
      if (Object.hasOwn(known, key)) return known[key];
      if (made.has(key)) return made.get(key);
      if (key === "prototype" || (key !== "length" && key !== "name" && Object.hasOwn(object, key)))
        return Reflect.get(object, key);
      const value = common(key);
      made.set(key, value);
      return value;
    },
    set(_, key, value) {
      known[key] = value;
      return true;
    },
    defineProperty: () => true,
    deleteProperty: () => true,
    apply: () => nothing(),
    construct: () => nothing(),
  });
}

/**
 * A property that every object of a platform's script is taken to have.
 * @param {PropertyKey} key
 */
function common(key) {
  switch (key) {
    case "then":
      return (/** @type {unknown} */ done) => later(done, settled);
    case "finally":
      return (/** @type {unknown} */ done) => later(done);
    case "catch":
      return () => nothing();
    case "length":
      return 0;
    case "toJSON":
      return () => null;
    case "toString":
    case "valueOf":
    case Symbol.toPrimitive:
      return () => "";
    case Symbol.iterator:
      return () => [].values();
  }
  return typeof key === "symbol" ? undefined : nothing();
}

/**
 * Call what was given as a callback once the running script has ended.
 * @param {unknown} callback
 * @param {unknown} [value]
 */
function later(callback, value) {
  if (typeof callback === "function") setTimeout(callback, 0, value);
  return nothing();
}

/**
 * A method for which the platform's record has a reply, or that opens the share dialogue.
 * @param {ScriptGlobal} described
 * @param {string} name
 */
function method(described, name) {
  const reply = described.replies?.[name];
  return (/** @type {any[]} */ ...given) => {
    if (name === described.shareMethod) share(described, given[0]);
    later(given.filter((argument) => typeof argument === "function").pop(), reply);
    return typeof reply === "object" && reply ? nothing() : reply;
  };
}

/**
 * Open the share link in place of the share dialogue, if a visitor pressed something.
 * @param {ScriptGlobal} described
 * @param {any} options
 */
function share(described, options) {
  const { shareDialogues = [], shareAddress = [], template = "" } = described;
  if (!shareDialogues.includes(options?.method) || navigator.userActivation?.isActive === false) return;
  const given = shareAddress.map((name) => options[name]).find((value) => typeof value === "string" && value);
  const url = URL.canParse(given ?? "", document.baseURI)
    ? new URL(given ?? location.href, document.baseURI)
    : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return;
  url.hash = "";
  const link = template.replace("{url}", encodeURIComponent(url.href)).replace(/\{\w+\}/g, "");
  open(link, "_blank", "noopener,noreferrer");
}

/**
 * Call the page's function that waits for the platform's script, once it is there.
 * @param {string} name
 */
function callWhenReady(name) {
  let called = false;
  const attempt = () => {
    const waiting = /** @type {any} */ (window)[name];
    if (called || typeof waiting !== "function") return;
    called = true;
    waiting.call(window);
  };
  setTimeout(attempt);
  document.addEventListener("DOMContentLoaded", attempt);
  addEventListener("load", attempt);
}

/** The platforms whose scripts are missing; without the attribute, all of them. */
const platforms = document.currentScript?.dataset.of?.split(" ");
const page = /** @type {any} */ (window);
for (const [path, described] of Object.entries(GLOBALS)) {
  if (platforms && !platforms.includes(described.of)) continue;
  const above = path.split(".");
  const name = above.pop() ?? "";
  // Of a name that services share (`google.maps`) the others are theirs.
  const holder = above.reduce((object, key) => (object[key] ??= {}), page);
  if (Object.hasOwn(holder, name) && holder[name] !== undefined) continue;
  const names = [...Object.keys(described.replies ?? {}), ...(described.shareMethod ? [described.shareMethod] : [])];
  const known = Object.fromEntries(names.map((method_) => [method_, method(described, method_)]));
  holder[name] = described.callable ? nothing(known) : nothing(known, {});
  if (described.ready) callWhenReady(described.ready);
}
