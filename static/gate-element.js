/**
 * `<shariff-gate>`: one gate before one piece of a platform's content.
 *
 * The markup works without this file: the button posts a sealed description into the empty frame beside it. What is added here is that
 * only a person's press counts, that the press is answered in words, that the same button takes the content away again, and that no
 * content ever comes back by itself. Nothing happens on connecting: no request, no storage.
 */

/** @typedef {"asking" | "opening" | "open" | "failed"} State */

/** How long content may take, in milliseconds, before the visitor is told that it does not come. */
const PATIENCE = 30_000;

export class ShariffGate extends HTMLElement {
  /** How long this gate waits for content, in milliseconds. */
  patience = PATIENCE;

  /** Whether a person has just pressed the button: the only thing that lets the description out. */
  #pressed = false;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @type {AbortController | undefined} */
  #listening;

  /** @returns {State} */
  get state() {
    const state = this.getAttribute("state");
    return state === "opening" || state === "open" || state === "failed" ? state : "asking";
  }

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
    this.addEventListener("formdata", (event) => this.#onFormData(event), { signal });
    this.addEventListener("load", (event) => this.#onLoad(event), { signal, capture: true });
    // A page kept for going back is kept with everything in it, so content has to go before and is looked for after.
    addEventListener("pagehide", () => this.#empty("asking"), { signal });
    addEventListener("pageshow", (event) => event.persisted && this.#empty("asking"), { signal });
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#empty("asking");
  }

  /** Take the content away. Nothing of the platform is left in the page; the button is ready again. */
  close() {
    if (this.state === "asking") return;
    const inside = document.activeElement === this.#frame;
    this.#empty("asking", "closed");
    if (inside) this.#button?.focus();
    this.#tell("shariff:closed");
  }

  get #frame() {
    return /** @type {HTMLIFrameElement | null} */ (this.querySelector(":scope > iframe"));
  }

  get #button() {
    return /** @type {HTMLButtonElement | null} */ (this.querySelector(":scope > form > button"));
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    if (!(event.target instanceof Node && this.#button?.contains(event.target))) return;
    if (this.state === "opening" || this.state === "open") {
      event.preventDefault();
      // The second half of a double click is not a decision to undo the first.
      if (event.detail < 2) this.close();
    } else {
      this.#pressed = event.isTrusted;
      setTimeout(() => (this.#pressed = false));
    }
  }

  /** @param {SubmitEvent} event */
  #onSubmit(event) {
    if (event.target !== this.#button?.form) return;
    if (!this.#pressed || !this.#tell("shariff:open", true)) {
      event.preventDefault();
      return;
    }
    this.#show("opening");
    this.#timer = setTimeout(() => this.#fail(), this.patience);
  }

  /**
   * `form.submit()` skips the events above, but not this one: without a press the description stays here, and our server answers
   * an empty form with a refusal.
   * @param {FormDataEvent} event
   */
  #onFormData(event) {
    if (!this.#pressed) event.formData.delete("what");
  }

  /** @param {Event} event */
  #onLoad(event) {
    const frame = this.#frame;
    if (!frame || event.target !== frame || this.state === "asking") return;
    const page = frame.contentDocument;
    if (page?.URL === "about:blank") return;
    const shown = page?.documentElement.dataset.shariff;
    if (shown === "removed") this.close();
    else if (!page || shown !== "open") this.#fail();
    else if (this.state !== "open") this.#opened(frame, page);
  }

  /**
   * @param {HTMLIFrameElement} frame
   * @param {Document} page
   */
  #opened(frame, page) {
    new ResizeObserver(() => (frame.height = `${page.body.offsetHeight}`)).observe(page.body);
    // Without script these are needed in there; with it they would stand twice.
    for (const link of page.querySelectorAll(".shariff-source a")) link.remove();
    this.#show("open");
    this.#tell("shariff:opened");
  }

  #fail() {
    this.#empty("failed");
    this.#tell("shariff:failed");
  }

  /**
   * Replace the frame by a fresh one: that ends whatever ran in it, at once.
   * @param {State} state
   * @param {string} [message]
   */
  #empty(state, message = state) {
    const frame = this.#frame;
    frame?.replaceWith(frame.cloneNode());
    this.#show(state, message);
  }

  /**
   * @param {State} state
   * @param {string} [message] which of the prepared messages to announce
   */
  #show(state, message = state) {
    clearTimeout(this.#timer);
    this.setAttribute("state", state);
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-when]"))) {
      part.hidden = !part.dataset.when?.split(" ").includes(state);
    }
    const status = /** @type {HTMLElement | null} */ (this.querySelector(":scope > [role=status]"));
    if (status) status.textContent = status.dataset[message] ?? "";
  }

  /**
   * @param {string} type
   * @param {boolean} [cancelable]
   * @returns {boolean} false where somebody prevented it
   */
  #tell(type, cancelable = false) {
    const { platform, kind } = this.dataset;
    return this.dispatchEvent(new CustomEvent(type, { bubbles: true, cancelable, detail: { platform, kind } }));
  }
}
