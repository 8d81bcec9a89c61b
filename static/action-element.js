/**
 * `<shariff-action>`: one entry of a share bar that needs script. The server has written it hidden; it shows itself where this browser can
 * do what it says. `data-action` is `copy`, `print`, `native` (the device's own dialogue), `server` (Mastodon on the visitor's own server)
 * or `popup` (a link in a small window). Only this file is loaded for it, and only by pages that have one.
 */

import { whenParsed } from "./parsed.js";

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

/** Actions in place of a link, which can still be followed. */
const LINKS = ["popup", "server"];

/** What looks like the name of a server: `mastodon.social`, and what people paste in its place (`https://…/@me`, `@me@…`). */
const SERVER = /^(?:https:\/\/)?(?:@?[^@/\s]+@)?([\p{L}\p{N}.-]+\.[\p{L}\p{N}-]{2,})(?:\/.*)?$/iu;

export class ShariffAction extends HTMLElement {
  constructor() {
    super();
    for (const type of ["click", "submit"]) this.addEventListener(type, this);
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

  /** With script the link opens a field in this page: it says so, and no longer that it opens a window. */
  #opensHere() {
    const link = this.querySelector("a");
    if (!link || link.hasAttribute("aria-expanded")) return;
    link.setAttribute("aria-expanded", "false");
    link.querySelector(":scope > .shariff-spoken:last-child")?.remove();
    link.querySelector(".shariff-away")?.classList.remove("shariff-away");
  }

  /** @param {Event} event */
  handleEvent(event) {
    const asked =
      event.type === "submit" || (event.target instanceof Element && event.target.closest("[data-service]"));
    if (!asked || event.defaultPrevented || (LINKS.includes(this.action) && wantsTheLink(event))) return;
    event.preventDefault();
    ACTIONS[this.action]?.[1](this, event);
  }

  /** Announce one of the prepared messages. @param {string} message */
  say(message) {
    const status = /** @type {HTMLElement | null} */ (this.querySelector("[role=status]"));
    if (status) status.textContent = status.dataset[message] ?? "";
  }

  openSmall() {
    const link = this.querySelector("a");
    if (link) open(link.href, "_blank", "noopener,noreferrer,width=600,height=600");
  }

  askForServer() {
    const form = this.querySelector("form");
    if (!form) return;
    form.hidden = !form.hidden;
    this.querySelector("a")?.setAttribute("aria-expanded", `${!form.hidden}`);
    if (!form.hidden) form.querySelector("input")?.focus();
  }

  /** To the share page of the server that was typed in. Nobody else is involved, and nothing is remembered by us. */
  goToServer() {
    const input = this.querySelector("input");
    const server = SERVER.exec(input?.value.trim() ?? "")?.[1];
    input?.setAttribute("aria-invalid", `${!server}`);
    this.say(server ? "" : "bad");
    if (!server) input?.focus();
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
