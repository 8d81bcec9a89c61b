/** The entry for pages that used heise's Shariff: sets up every `.shariff` there is and every one that is put in later. */

import { ShariffAction } from "./action-element.js";
import { Shariff } from "./compat.js";
import { whenParsed } from "./parsed.js";

if (!customElements.get("shariff-action")) customElements.define("shariff-action", ShariffAction);

/** @param {ParentNode} within */
const setUp = (within) => {
  for (const element of within.querySelectorAll(".shariff")) {
    if (!(/** @type {any} */ (element).shariff)) new Shariff(element);
  }
};

if (!(/** @type {any} */ (window).Shariff)) {
  /** @type {any} */ (window).Shariff = Shariff;
  whenParsed(() => {
    setUp(document);
    new MutationObserver(() => setUp(document)).observe(document.documentElement, { childList: true, subtree: true });
  });
}
