/**
 * The options of heise's Shariff 3.3, by the same names and with the same values where none is given, and how an element carries them.
 * `mastodonUrl` is ours: a share page of the site's choice, with `{title}` and `{url}` in it.
 */

/** @typedef {Record<string, any>} Options */

/** @type {Options} */
export const DEFAULTS = {
  theme: "color",
  backendUrl: null,
  infoUrl: null,
  infoDisplay: "blank",
  lang: null,
  langFallback: "en",
  mastodonUrl: null,
  mailUrl: null,
  mailSubject: null,
  mailBody: "{url}",
  mediaUrl: null,
  orientation: "horizontal",
  buttonStyle: "standard",
  referrerTrack: null,
  services: ["twitter", "facebook", "info"],
  title: null,
  twitterVia: null,
  url: null,
};

/** The options an element carries, read as Shariff reads them. @param {HTMLElement} element */
export const attributes = (element) => {
  /** @type {Options} */
  const found = {};
  for (const [name, value = ""] of Object.entries(element.dataset)) {
    if (name in DEFAULTS) found[name] = deserialised(value);
  }
  return found;
};

/** @param {string} value @returns {unknown} */
const deserialised = (value) => {
  if (value === "true" || value === "false") return value === "true";
  if (value === "null") return null;
  if (String(Number(value)) === value) return Number(value);
  if (/^[[{]/.test(value)) {
    try {
      return JSON.parse(value);
    } catch {
      // Single quotes and bare words are what people write; `names` reads them.
    }
  }
  return value;
};

/** A list of services from any notation. @param {unknown} given @returns {string[]} */
export const names = (given) =>
  Array.isArray(given) ? given.map(String) : (String(given ?? "").match(/[a-z][a-z-]*/gi) ?? []);
