/** The entry: registers the elements, and tolerates being loaded twice. The only side effect of these files. */

import { ShariffGate, watchRoom } from "./gate-element.js";
import { whenParsed } from "./parsed.js";
import { ShariffShare } from "./share-element.js";

/** @type {[string, CustomElementConstructor][]} */
const elements = [
  ["shariff-gate", ShariffGate],
  ["shariff-share", ShariffShare],
];

for (const [name, element] of elements) {
  if (!customElements.get(name)) customElements.define(name, element);
}

// A gate takes care of its room itself; a block without one is a sentence and a link.
whenParsed(() => {
  for (const block of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".shariff-closed"))) watchRoom(block);
});
