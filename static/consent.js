/**
 * What this browser remembers of consents. The only user of storage.
 *
 * One entry of localStorage per platform and controller, key `shariff:PLATFORM:CONTROLLER`, value `1 VERSION GRANTED EXPIRES`: the form,
 * the version of the text that was consented to, and two days. No identifier, no time, no page: everybody who consents on one day has
 * the same entry. It never leaves the device (a cookie would), and it is written only on the visitor's own tick.
 */

const FORM = "1";

/** No consent lasts longer, even if an entry says so. */
const LONGEST = 180;

/** A day as `2026-11-25`, so many days ahead of today. @param {number} [ahead] */
const day = (ahead = 0) => new Date(Date.now() + ahead * 864e5).toISOString().slice(0, 10);

/** The storage, where the browser grants it. */
const storage = () => {
  try {
    return localStorage;
  } catch {
    return null;
  }
};

/** Whether the visitor's browser objects to passing data on (Global Privacy Control, Do Not Track). Read here, sent nowhere. */
export const objects = () => /** @type {any} */ (navigator).globalPrivacyControl || navigator.doNotTrack == "1";

/** Whether remembering can be offered at all. */
export const canRemember = () => !objects() && storage();

/**
 * Remember a consent. Returns whether it is remembered.
 * @param {string} key
 * @param {DOMStringMap} offered the `version` of the text, and for how many `days`
 */
export const remember = (key, { version, days }) => {
  try {
    storage()?.setItem(key, [FORM, version, day(), day(Math.min(Number(days), LONGEST))].join(" "));
    return true;
  } catch {
    // A full storage remembers nothing; the content opens all the same.
    return false;
  }
};

/**
 * One entry: `[granted, expires]` where it holds today, else nothing. What does not hold any more is removed.
 * @param {string} key
 * @param {string} [version] any, where none is given
 * @returns {[string, string] | undefined}
 */
export const recall = (key, version) => {
  const entry = storage()?.getItem(key);
  if (!entry) return;
  const [form, known, granted = "", expires = ""] = entry.split(" ");
  const today = day();
  if (form == FORM && known == (version ?? known) && granted <= today && today < expires && expires <= day(LONGEST)) {
    return [granted, expires];
  }
  storage()?.removeItem(key);
};

/** Forget a consent, and notify this document as the browser notifies the others. @param {string} key */
export const forget = (key) => {
  const kept = storage();
  if (!kept?.getItem(key)) return;
  kept.removeItem(key);
  dispatchEvent(new StorageEvent("storage", { key }));
};

/** The keys of all entries that hold today. */
export const entries = () => Object.keys(storage() ?? {}).filter((key) => key.startsWith("shariff:") && recall(key));

/**
 * A day as the page's language writes it.
 * @param {string} iso
 * @param {string} lang
 */
export const written = (iso, lang) => new Date(iso).toLocaleDateString(lang, { dateStyle: "long", timeZone: "UTC" });
