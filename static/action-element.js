/**
 * `<shariff-action>`: one entry of a share bar that needs script. The server has written it hidden; it shows itself where this browser can
 * do what it says. `data-action` is `copy`, `print`, `native` (the device's own dialogue), `server` (Mastodon on the visitor's own server)
 * or `popup` (a link in a small window). Only this file is loaded for it, and only by pages that have one.
 */

import { whenParsed } from "./parsed.js";
import { addServerBox, isNewLine } from "./server-box.js";

/** @type {Record<string, [() => unknown, (action: ShariffAction, event: Event) => unknown]>} whether this browser can, and how it is done */
const ACTIONS = {
  copy: [
    () => navigator.clipboard,
    (action) =>
      navigator.clipboard.writeText(action.url).then(
        () => action.say("copied"),
        () => action.say("failed"),
      ),
  ],
  print: [() => true, () => print()],
  native: [
    () => navigator.share,
    // Somebody who closes the dialogue has not made a mistake.
    (action) => navigator.share({ title: action.dataset.title, url: action.url }).catch(() => {}),
  ],
  popup: [() => true, (action) => action.openSmall()],
  server: [() => true, (action, event) => (event.type === "submit" ? action.goToServer() : action.askForServer())],
};

/** What looks like the name of a server: `mastodon.social`, and what people paste in its place (`https://…/@me`, `@me@…`). */
const SERVER = /^(?:https:\/\/)?(?:@?[^@/\s]+@)?([\p{L}\p{N}.-]+\.[\p{L}\p{N}-]{2,})(?:\/.*)?$/iu;

export class ShariffAction extends HTMLElement {
  constructor() {
    super();
    for (const type of ["click", "submit", "beforeinput"]) this.addEventListener(type, this);
  }

  connectedCallback() {
    whenParsed(() => {
      const entry = this.closest("li");
      if (entry) entry.hidden = !ACTIONS[this.action]?.[0]();
      if (this.action === "server") this.#opensHere();
    });
  }

  get action() {
    return this.dataset.action ?? "";
  }

  /** The address that is shared. */
  get url() {
    return this.dataset.url ?? "";
  }

  /**
   * With script a button that opens a box in this page takes the link's place: Chromium looks up a link's host as soon as it is pressed.
   * A browser without the box leads where the link does.
   */
  #opensHere() {
    const link = this.querySelector("a");
    const label = this.querySelector("form > span");
    if (!link || !label) return;
    if (!addServerBox(label)) {
      this.dataset.action = "popup";
      return;
    }
    link.querySelector(":scope > .shariff-spoken:last-child")?.remove();
    link.querySelector(".shariff-away")?.classList.remove("shariff-away");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: link.className, ariaExpanded: "false" });
    button.dataset.service = link.dataset.service;
    button.append(...link.childNodes);
    link.replaceWith(button);
  }

  get #box() {
    return /** @type {HTMLElement | null} */ (this.querySelector("[role=textbox]"));
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (isNewLine(event)) {
      event.preventDefault();
      this.querySelector("form")?.requestSubmit();
    }
    const asked =
      event.type === "submit" || (event.target instanceof Element && event.target.closest("[data-service]"));
    if (!asked || event.defaultPrevented || (this.action === "popup" && wantsTheLink(event))) return;
    event.preventDefault();
    ACTIONS[this.action]?.[1](this, event);
  }

  /** Announce one of the prepared messages. @param {string} message */
  say(message) {
    const status = /** @type {HTMLElement | null} */ (this.querySelector("[role=status]"));
    if (status) status.innerText = status.dataset[message] ?? "";
  }

  openSmall() {
    const link = this.querySelector("a");
    if (link) open(link.href, "_blank", "noopener,noreferrer,width=600,height=600");
  }

  askForServer() {
    const form = this.querySelector("form");
    if (!form) return;
    form.hidden = !form.hidden;
    this.querySelector("[data-service]")?.setAttribute("aria-expanded", `${!form.hidden}`);
    if (!form.hidden) this.#box?.focus();
  }

  /** To the share page of the server that was typed in. Nobody else is involved, and nothing is remembered by us. */
  goToServer() {
    const box = this.#box;
    const server = SERVER.exec(box?.textContent.trim() ?? "")?.[1];
    box?.setAttribute("aria-invalid", `${!server}`);
    this.say(server ? "" : "bad");
    if (!server) box?.focus();
    else {
      const share = `https://${server}/share?text=${encodeURIComponent(`${this.dataset.title} ${this.url}`)}`;
      const { by } = this.dataset;
      // A page with a list of allowed connections leads there by one without; see shariff-server.js.
      open(by ? `${by}#${share}` : share, "_blank", "noopener,noreferrer");
    }
  }
}

/** Whether a click requests the link as it is: a new tab, a window of its own, a download. @param {Event} event */
const wantsTheLink = (event) =>
  event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
