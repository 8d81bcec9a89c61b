/** The entry for pages with the list of consents: registers the element, and tolerates being loaded twice. */

import { ShariffConsents } from "./consents-element.js";

if (!customElements.get("shariff-consents")) customElements.define("shariff-consents", ShariffConsents);
