/**
 * `<shariff-gate>`: one gate before one piece of a platform's content.
 *
 * The markup works without this file: the button posts a signed embed token into the empty frame beside it. What is added here is that
 * only a person's press counts, that the press is answered in words, that the same button takes the content away again, that the text
 * is as exact as this browser allows, and that no content comes back by itself unless the visitor has chosen that.
 */

import { canRemember, forget, objects, recall } from "./consent.js";

/** @typedef {"asking" | "opening" | "open" | "failed"} State */

/** Whether this browser can load a frame without the cookies it has. */
const isolates = "credentialless" in HTMLIFrameElement.prototype;

let gates = 0;

/**
 * Where a box around an element of ours is too small, or is drawn smaller than it is, have room made, by a file that other pages need not load.
 * @param {Element} element
 */
export const watchRoom = (element) =>
  new ResizeObserver(async () => {
    for (let box = element.parentElement; box?.matches("body *"); box = box.parentElement)
      if (box.scrollHeight - 1 > /** @type {any} */ (box.getClientRects()[0])?.height)
        return (await import("./shariff-fit.js")).fit(/** @type {HTMLElement} */ (element));
  }).observe(/** @type {Element} */ (element.parentElement));

export class ShariffGate extends HTMLElement {
  /** How long content may take, in milliseconds, before the visitor is informed that it does not come. */
  patience = 20_000;

  /** Whether a person has just pressed the button, or has a remembered consent: the only ways to get the embed token sent. */
  #pressed = false;

  /** Whether a person has ticked "remember". */
  #ticked = false;

  /** Whether the consent under which content is here is stored: taking the content away forgets it, and forgetting it takes the content away. */
  #stored = false;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @type {AbortController | undefined} */
  #listening;

  /** @returns {State} */
  get state() {
    return /** @type {State} */ (this.getAttribute("state"));
  }

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    // What begins with "p" and the storage are events of the window.
    for (const type in this.#heard)
      (/^p|st/.test(type) ? window : this).addEventListener(type, this, { signal, capture: true });
    this.#begin();
    watchRoom(this);
  }

  disconnectedCallback() {
    /** @type {AbortController} */ (this.#listening).abort();
    this.#empty();
  }

  /** Take the content away and withdraw. Nothing of the platform is left in the page; the button is ready again. */
  close() {
    if (this.state == "asking") return;
    const stored = this.#stored;
    this.#empty("asking", "closed");
    if (stored) forget(this.#key);
    this.#tell("shariff:closed");
  }

  get #frame() {
    return /** @type {HTMLIFrameElement | null} */ (this.querySelector(":scope>form>iframe"));
  }

  get #button() {
    return /** @type {HTMLButtonElement | null} */ (this.querySelector(":scope>form button"));
  }

  /** Whether content is here, or on its way. */
  get #opens() {
    return this.state.startsWith("open");
  }

  get #key() {
    return `shariff:${this.dataset.platform}:${this.dataset.controller}`;
  }

  /** The gate as it is when a page is shown: the text as this browser allows, and content only where the visitor let it be remembered. */
  #begin() {
    // Of two frames with one name the form would fill the first: a gate may be there twice, copied or inserted later.
    const frame = this.#frame;
    const form = this.#button?.form;
    if (frame && form) frame.name = form.target += `-${++gates}`;
    this.#empty();
    const { version } = this.dataset;
    if (!version || !recall(this.#key, version) || objects()) return;
    // A page that is only prerendered is not being read yet.
    if (/** @type {any} */ (document).prerendering) return;
    this.#pressed = this.#stored = true;
    form?.requestSubmit(this.#button);
    this.#pressed = false;
  }

  /** Everything this element listens to, by type. @param {Event} event */
  handleEvent(event) {
    /** @type {(event: Event) => void} */ (this.#heard[event.type])(event);
  }

  /** @type {Record<string, (event: any) => void>} */
  #heard = {
    click: (event) => {
      if (this.#button?.contains(event.target)) this.#onPress(event);
      else if (event.target.matches(".shariff-remember")) this.#ticked = event.isTrusted && event.target.checked;
      else if (event.target.matches(".shariff-skip")) {
        event.preventDefault();
        /** @type {HTMLElement} */ (this.#frame?.nextElementSibling).focus();
      }
      this.#update();
    },
    // A key that is held down is one decision.
    keydown: (event) => event.repeat && event.target == this.#button && event.preventDefault(),
    submit: (event) => event.target == this.#button?.form && this.#onSubmit(event),
    // `form.submit()` skips the two events above, but not this one: without a press the description stays here, and our server
    // answers an empty form with a refusal.
    formdata: (event) => this.#pressed || event.formData.delete("embed"),
    load: (event) => event.target == this.#frame && this.#onLoad(event.target),
    // A page kept for going back is kept with everything in it, so content has to go before and is looked for after.
    pagehide: () => this.#empty(),
    pageshow: (event) => event.persisted && this.#begin(),
    prerenderingchange: () => this.#begin(),
    // Withdrawn somewhere else: in another tab, or in the list of consents on this page.
    storage: ({ key, newValue }) => this.#stored && (!key || (key == this.#key && !newValue)) && this.close(),
  };

  /** @param {MouseEvent} event */
  #onPress(event) {
    // The second half of a double click is not a decision to undo the first.
    const again = event.detail > 1;
    if (again || this.#opens || this.#stored) {
      event.preventDefault();
      if (!again) this.close();
    } else {
      this.#pressed = event.isTrusted;
      setTimeout(() => (this.#pressed = false));
    }
  }

  /** @param {SubmitEvent} event */
  #onSubmit(event) {
    if (!this.#pressed || !this.#tell("shariff:open", true)) return event.preventDefault();
    // What the visitor has let the browser do by itself is not news.
    this.#show("opening", this.#stored ? "" : "opening");
    // Where the frame is still empty, our own server has not answered, and nothing has been sent to the platform.
    this.#timer = setTimeout(
      () => this.#fail(this.#frame?.contentDocument?.URL == "about:blank" ? "refused" : "failed"),
      this.patience,
    );
  }

  /** @param {HTMLIFrameElement} frame */
  async #onLoad(frame) {
    if (!this.#opens || frame.contentDocument?.URL == "about:blank") return;
    // Where a site joins its scripts to one file, what is beside them is not found: the content is shown as it comes.
    const seen = await import("./shariff-opened.js").catch(() => {});
    const what = await (seen?.arrived(frame, this) ??
      frame.contentDocument?.documentElement.dataset.shariff ??
      "refused");
    // It may have been taken away meanwhile.
    if (frame != this.#frame || !this.#opens) return;
    if (what == "removed") this.close();
    else if (what != "open") this.#fail(what);
    else if (this.state != what) {
      let message = "";
      if (!this.#stored) {
        this.#stored = this.#ticked && !!seen?.remember(this.#key, this.dataset);
        message = this.#stored ? "remembered" : what;
      }
      this.#show(what, message);
      this.#tell("shariff:opened");
    }
  }

  /** @param {string} message */
  #fail(message) {
    // A consent that is stored can be withdrawn here also where it led to nothing.
    this.#empty("failed", message, this.#stored);
    this.#tell("shariff:failed");
  }

  /**
   * Replace the frame by a fresh one: that ends everything in it at once. Nothing stays ticked, and the focus does not vanish with it.
   * @param {State} [state]
   * @param {string} [message]
   * @param {boolean} [stored]
   */
  #empty(state = "asking", message = state, stored = false) {
    const inside = this.contains(document.activeElement);
    this.#button?.form?.reset();
    this.#ticked = false;
    this.#stored = stored;
    // First the state, for removing a frame that still loads is announced as its loading.
    this.#show(state, message);
    const frame = this.#frame;
    frame?.replaceWith(frame.cloneNode());
    if (inside) this.#button?.focus();
  }

  /**
   * @param {State} state
   * @param {string} [message] which of the prepared messages to announce
   */
  #show(state, message = state) {
    clearTimeout(this.#timer);
    this.setAttribute("state", state);
    this.#update();
    const status = /** @type {HTMLElement | null} */ (this.querySelector(".shariff-status"));
    if (status) status.innerText = status.dataset[message] ?? "";
  }

  /** Show of the gate's parts those whose `data-when` names something that holds now. */
  #update() {
    const stored = this.#stored;
    const now = [
      this.#opens ? "open" : stored ? "stuck" : this.state,
      stored ? "stored" : "fresh",
      // Where the login cannot be withheld, a choice to add it would be none.
      isolates && "isolated",
      isolates && !this.#button?.form?.login?.checked ? "held" : "sent",
      canRemember() && "memory",
      objects() && "signal",
    ];
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-when]")))
      part.hidden = !part.dataset.when?.split(" ").some((when) => now.includes(when));
  }

  /**
   * @param {string} type
   * @param {boolean} [cancelable]
   * @returns {boolean} false where a listener prevented it
   */
  #tell(type, cancelable = false) {
    const { platform, kind } = this.dataset;
    return this.dispatchEvent(new CustomEvent(type, { bubbles: true, cancelable, detail: { platform, kind } }));
  }
}
