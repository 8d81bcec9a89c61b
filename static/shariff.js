/** The entry: registers the elements, and tolerates being loaded twice. The only side effect of these files. */

import { ShariffGate } from "./gate-element.js";
import { ShariffShare } from "./share-element.js";

/** @type {[string, CustomElementConstructor][]} */
const elements = [
  ["shariff-gate", ShariffGate],
  ["shariff-share", ShariffShare],
];

for (const [name, element] of elements) {
  if (!customElements.get(name)) customElements.define(name, element);
}
