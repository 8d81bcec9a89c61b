/**
 * `<shariff-consents>`: every consent this browser remembers for the site, with a button each. The server has written an entry for each
 * platform and controller there is, all hidden; shown are those that are stored. It follows what happens in other tabs.
 */

import { entries, forget, objects, recall, written } from "./consent.js";
import { whenParsed } from "./parsed.js";

export class ShariffConsents extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    addEventListener("storage", () => this.#show(), { signal });
    addEventListener("pageshow", () => this.#show(), { signal });
    whenParsed(() => this.#show());
  }

  disconnectedCallback() {
    this.#listening?.abort();
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement | null} */ (this.querySelector(selector));
  }

  #show() {
    const stored = entries();
    const list = this.#part("ul");
    for (const key of stored) {
      if (!list || this.querySelector(`[data-key="${CSS.escape(key)}"]`)) continue;
      // Somebody who is no controller of this site any more: named as the entry names them.
      const entry = /** @type {HTMLElement} */ (this.#part("[data-key='']")?.cloneNode(true));
      entry.dataset.key = key;
      const name = key.split(":").slice(1).join(", ");
      const [heading, button] = [entry.querySelector("[data-name]"), entry.querySelector("button")];
      if (heading) heading.textContent = name;
      if (button) button.textContent = `${button.textContent}`.replace("{name}", name);
      list.append(entry);
    }
    for (const entry of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-key]"))) {
      const period = recall(`${entry.dataset.key}`);
      entry.hidden = !period;
      const place = /** @type {HTMLElement | null} */ (entry.querySelector("[data-period]"));
      if (period && place) {
        const [granted, expires] = period.map((iso) => written(iso, this.lang));
        place.textContent = `${place.dataset.period}`
          .replace("{granted}", `${granted}`)
          .replace("{expires}", `${expires}`);
      }
    }
    /** @type {[string, boolean][]} */
    const parts = [
      ["[data-part=script]", false],
      ["[data-part=none]", !stored.length],
      ["[data-part=all]", stored.length > 1],
      ["[data-part=signal]", objects()],
    ];
    for (const [selector, shown] of parts) {
      const part = this.#part(selector);
      if (part) part.hidden = !shown;
    }
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    const key = /** @type {HTMLElement | null} */ (button.closest("[data-key]"))?.dataset.key;
    for (const each of key ? [key] : entries()) forget(each);
    this.#show();
    const status = this.#part("[role=status]");
    if (status) status.innerText = `${status.dataset.withdrawn}`;
    // The pressed button is gone; the reader stays in the list.
    this.#part("[data-part=heading]")?.focus();
  }
}
