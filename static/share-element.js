/**
 * `<shariff-share>`: the share bar. Its links are ordinary links and need no script; this only tells the page that one was used.
 *
 * Event `shariff-share` (bubbles) with `detail.service`: the service's name in the register.
 */
export class ShariffShare extends HTMLElement {
  constructor() {
    super();
    this.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target.closest("a") : null;
      const service = target?.dataset.service;
      if (service) this.dispatchEvent(new CustomEvent("shariff-share", { bubbles: true, detail: { service } }));
    });
  }
}
