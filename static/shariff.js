/** The entry: registers the elements, and tolerates being loaded twice. The only side effect of these files. */

import { ShariffGate, watchRoom } from "./gate-element.js";
import { whenParsed } from "./parsed.js";
import { ShariffShare } from "./share-element.js";

/** @type {[string, CustomElementConstructor][]} */
const elements = [
  ["shariff-gate", ShariffGate],
  ["shariff-share", ShariffShare],
];

whenParsed(() => {
  for (const [name, element] of elements) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
  // A gate has room made for itself; a closed block is no element of its own.
  document.querySelectorAll(".shariff-closed").forEach(watchRoom);
});
