/**
 * `<shariff-share>`: the share bar. Its links are ordinary links and need no script; this only dispatches an event when one is used.
 *
 * Event `shariff-share` (bubbles, cancelable) with `detail.service`: the service's name in the registry.
 */
export class ShariffShare extends HTMLElement {
  constructor() {
    super();
    // In the capture phase: preventing the event stops the link and what a button inside would do.
    const hear = (/** @type {MouseEvent} */ event) => {
      const service = /** @type {HTMLElement | null} */ (
        /** @type {Element} */ (event.target).closest("[data-service]")
      )?.dataset.service;
      const notice = new CustomEvent("shariff-share", { bubbles: true, cancelable: true, detail: { service } });
      if (service && !this.dispatchEvent(notice)) event.preventDefault();
    };
    this.addEventListener("click", hear, true);
  }
}
