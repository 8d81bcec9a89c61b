/** The entry for share bars with buttons that need script: registers the element, and tolerates being loaded twice. */

import { ShariffAction } from "./action-element.js";

if (!customElements.get("shariff-action")) customElements.define("shariff-action", ShariffAction);
