/**
 * heise's Shariff as markup and constructor, on top of our share bar: `<div class="shariff" data-…>`, `new Shariff(element, options)`,
 * event `shariff-share`. A page that used `shariff.complete.js` and `.css` exchanges the two addresses and is done.
 *
 * Options are the ones Shariff 3.3 knows, by the same names, as attributes or for the constructor. Different on purpose: the language is
 * the page's own where none is given; the address carries neither query nor fragment of a visitor; what is no number is no count; services
 * that have ended are left out with a word in the console; small windows have no way back to the page; mail goes to the visitor's program.
 */

import { DEFAULTS, attributes, names } from "./compat-options.js";
import { SERVICES, ALIASES, ENDED } from "./services.js";
import { WORDS, LANGUAGE_ALIASES, RIGHT_TO_LEFT } from "./wording.js";

/** @typedef {import("./services.js").Service & { name: string }} Named */
/** @typedef {import("./compat-options.js").Options} Options */

const SVG = "http://www.w3.org/2000/svg";

/** How long a backend may take, in milliseconds. */
const TIMEOUT = 10_000;

/** Names that the console has been told of once. @type {Set<string>} */
const leftOut = new Set();

/** One response per address, however many bars use it. @type {Map<string, Promise<Record<string, unknown>>>} */
const asked = new Map();

export class Shariff {
  /**
   * @param {any} element an element, or a list of elements whose first one is meant (a selection of jQuery's is one)
   * @param {Options} [options]
   */
  constructor(element, options = {}) {
    /** @type {HTMLElement} */
    this.element = element?.[0] ?? element;
    /** @type {any} */ (this.element).shariff = this;
    this.options = { ...DEFAULTS, ...options, ...attributes(this.element) };
    this.words = wordsFor(
      this.options.lang ?? this.element.closest("[lang]")?.getAttribute("lang"),
      this.options.langFallback,
    );
    /** @type {Named[]} */
    this.services = names(this.options.services)
      .map((name) => living(name))
      .filter((service) => service !== undefined)
      .map((service) => this.#bySharePage(service))
      .filter((service) => service.action !== "info" || this.options.infoUrl);
    this.#build();
    if (this.options.backendUrl && this.options.buttonStyle !== "icon") this.#count();
  }

  /** Take the bar away. */
  destroy() {
    this.element.replaceChildren();
    delete (/** @type {any} */ (this.element).shariff);
  }

  /** @param {string} name */
  getOption(name) {
    return this.options[name];
  }

  /** The page's own address, without query and fragment unless the page names another one. */
  getURL() {
    const { origin, pathname } = location;
    return (
      this.options.url ??
      attribute("link[rel=canonical]", "href") ??
      attribute('meta[property="og:url"]', "content") ??
      origin + pathname
    );
  }

  getTitle() {
    if (this.options.title) return String(this.options.title);
    const creator = this.getMeta("DC.creator");
    return (document.title || this.getMeta("DC.title")) + (creator ? ` - ${creator}` : "");
  }

  /** @param {string} name */
  getMeta(name) {
    return attribute(`meta[name="${name}"]`, "content") ?? attribute(`[property="${name}"]`, "content") ?? "";
  }

  getReferrerTrack() {
    return this.options.referrerTrack ?? "";
  }

  getInfoUrl() {
    return this.options.infoUrl;
  }

  #build() {
    const { theme, orientation, buttonStyle } = this.options;
    const { lang, say } = this.words;
    const list = make(
      "ul",
      `shariff-bar theme-${theme} orientation-${orientation} button-style-${buttonStyle} shariff-col-${this.services.length}`,
    );
    list.setAttribute("role", "list");
    list.setAttribute("aria-label", say("label"));
    this.element.lang = lang;
    this.element.dir = RIGHT_TO_LEFT.includes(lang) ? "rtl" : "ltr";
    this.element.classList.add("shariff-block");
    for (const service of this.services) list.append(this.#entry(service));
    this.element.replaceChildren(list);
  }

  /** @param {Named} service */
  #entry(service) {
    const entry = make("li", `shariff-button ${service.name}`);
    // In the capture phase: preventing the event stops the link and what a button inside would do.
    entry.addEventListener("click", (event) => this.#used(event, service), true);
    const href = this.#href(service);
    const own = service.action && service.action !== "info" ? service.action : "";
    // What only script can do is a button; where it leads somewhere, it is a link.
    const control = href ? this.#link(service, href) : make("button", "");
    control.classList.add("shariff-choice");
    control.dataset.service = service.name;
    control.append(icon(service.icon), this.#label(service, control));
    if (control instanceof HTMLButtonElement) control.type = "button";
    if (!own && !this.#popup(service)) {
      entry.append(control);
      return entry;
    }
    const action = make("shariff-action", "");
    Object.assign(action.dataset, { action: own || "popup", url: this.getURL(), title: this.getTitle() });
    action.append(control);
    if (own === "copy") action.append(said({ copied: this.words.say("copied"), failed: this.words.say("not_copied") }));
    if (own === "server") action.append(this.#server(service));
    entry.append(action);
    return entry;
  }

  /** @param {Named} service @param {string} href */
  #link(service, href) {
    const link = /** @type {HTMLAnchorElement} */ (make("a", ""));
    link.href = href;
    const elsewhere = service.window || (service.action === "info" && this.options.infoDisplay === "blank");
    if (elsewhere || (service.name === "mail" && /^https?:/i.test(href))) {
      link.target = "_blank";
      link.rel = "nofollow noopener noreferrer";
      link.referrerPolicy = "no-referrer";
    }
    return link;
  }

  /** A service on the visitor's own server, by the share page that this page names for it (`data-mastodon-url`). @param {Named} service */
  #bySharePage(service) {
    const template = service.action === "server" && this.options[`${service.name}Url`];
    return /^https\W/i.test(template) ? { ...service, template, action: "" } : service;
  }

  /** @param {Named} service */
  #popup(service) {
    return service.window || (service.action === "info" && this.options.infoDisplay === "popup");
  }

  /** The short word to see, the whole sentence to hear. @param {Named} service @param {HTMLElement} control */
  #label(service, control) {
    const { say } = this.words;
    const whole = say(service.phrase).replace("{platform}", service.title);
    const text = make("span", "share_text");
    const opens = control instanceof HTMLAnchorElement && control.target && service.action !== "server";
    const look = [...(service.receiver ? [] : ["shariff-shown"]), ...(opens ? ["shariff-away"] : [])].join(" ");
    const shown = make("span", look, service.receiver ? service.title : whole);
    if (service.receiver) {
      shown.ariaHidden = "true";
      text.append(shown, make("span", "shariff-spoken", whole));
    } else text.append(shown);
    if (opens) text.append(make("span", "shariff-spoken", `, ${say("new_window")}`));
    return text;
  }

  /** @param {Named} service */
  #server(service) {
    const { say } = this.words;
    const form = /** @type {HTMLFormElement} */ (make("form", "shariff-server"));
    form.hidden = true;
    const button = make("button", "shariff-choice", say("go_on").replace("{platform}", service.title));
    form.append(make("span", "", say("server")), button, said({ bad: say("server_bad") }));
    return form;
  }

  /** @param {Named} service */
  #href(service) {
    const { infoUrl, mailUrl, mailSubject, mailBody, mediaUrl, twitterVia } = this.options;
    const url = this.getURL();
    const title = this.getTitle();
    if (service.action === "info") return infoUrl;
    if (service.name === "mail" && mailUrl && !/^mailto:/i.test(mailUrl)) return mailUrl;
    if (!service.template) return "";
    /** @type {Record<string, string>} */
    const values = {
      url,
      title: service.name === "mail" ? (mailSubject ?? title) : title.slice(0, service.longest || undefined),
      text: String(mailBody).replace(/\{url\}/gi, url),
      media: mediaUrl ?? this.getMeta("og:image"),
      via: twitterVia ?? "",
    };
    const filled = service.template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] ?? ""));
    const address =
      service.name === "mail" ? filled.replace("mailto:", mailUrl || "mailto:") : filled.replace(/&\w+=(?=&|$)/g, "");
    return address + (service.receiver ? String(this.getReferrerTrack()).replaceAll("{service}", service.name) : "");
  }

  /** @param {Event} event @param {Named} service */
  #used(event, service) {
    if (!(/** @type {Element} */ (event.target).closest("[data-service]"))) return;
    const notice = new CustomEvent("shariff-share", { bubbles: true, cancelable: true, detail: service });
    if (!this.element.dispatchEvent(notice)) event.preventDefault();
  }

  async #count() {
    const url = this.getURL();
    const address = new URL(this.options.backendUrl, document.baseURI);
    address.searchParams.set("url", url);
    // Only the address is sent, so browsers send no preflight.
    const options = /** @type {RequestInit} */ ({ credentials: "omit", signal: AbortSignal.timeout(TIMEOUT) });
    const response =
      asked.get(address.href) ??
      fetch(address, options)
        .then((response) => (response.ok ? response.json() : {}))
        .catch(() => ({}));
    asked.set(address.href, response);
    this.showCounts(await response);
  }

  /** Show the numbers a backend knows; what is no whole number is not known. @param {Record<string, unknown> | null} counts */
  showCounts(counts) {
    const { lang, say } = this.words;
    for (const [name, count] of Object.entries(counts ?? {})) {
      const service = living(name, true)?.name;
      const control = service && this.element.querySelector(`[data-service="${service}"]`);
      if (!control || !Number.isSafeInteger(count) || Number(count) < 0) continue;
      for (const old of control.querySelectorAll(".share_count, .share_count + *")) old.remove();
      const shown = Number(count).toLocaleString(lang);
      const spoken = say(`count_${new Intl.PluralRules(lang).select(Number(count))}`, say("count_other")).replace(
        "{count}",
        shown,
      );
      const seen = make("span", "share_count", shown);
      seen.ariaHidden = "true";
      control.append(seen, make("span", "shariff-spoken", `, ${spoken}`));
    }
  }
}

/** @param {string} tag @param {string} classes @param {string} [text] */
const make = (tag, classes, text) => {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  if (text) element.textContent = text;
  return element;
};

/** @param {Record<string, string>} messages */
const said = (messages) => {
  const place = make("span", "shariff-said");
  place.setAttribute("role", "status");
  Object.assign(place.dataset, messages);
  return place;
};

/** @param {string} path */
const icon = (path) => {
  const svg = document.createElementNS(SVG, "svg");
  const shape = document.createElementNS(SVG, "path");
  /** @type {Record<string, string>} */
  const given = {
    class: "shariff-icon",
    viewBox: "0 0 24 24",
    width: "20",
    height: "20",
    "aria-hidden": "true",
    focusable: "false",
  };
  for (const [name, value] of Object.entries(given)) svg.setAttribute(name, value);
  shape.setAttribute("fill-rule", "evenodd");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
};

/** @param {string} selector @param {string} name */
const attribute = (selector, name) => document.querySelector(selector)?.getAttribute(name) || undefined;

/**
 * The service of that name, if it is one and has not ended.
 * @param {string} name
 * @param {boolean} [quietly]
 * @returns {Named | undefined}
 */
const living = (name, quietly) => {
  const key = name.toLowerCase();
  const known = ALIASES[key] ?? key;
  const service = SERVICES[known];
  if (service) return { ...service, name: known };
  if (quietly === true || leftOut.has(key)) return;
  leftOut.add(key);
  console.warn(`Shariff: ${key} ${ENDED[key] ?? "is not a known service."} It is left out.`);
};

/**
 * The words for a language, by its tag.
 * @param {string | null | undefined} tag
 * @param {string} fallback
 */
const wordsFor = (tag, fallback) => {
  const wanted = [tag, tag?.split("-")[0], fallback, "en"].map((each) => each?.toLowerCase() ?? "");
  const codes = Object.keys(WORDS);
  const code = (/** @type {string} */ each) =>
    codes.find((known) => known.toLowerCase() === (LANGUAGE_ALIASES[each] ?? each).toLowerCase());
  const lang = wanted.map(code).find(Boolean) ?? "en";
  const words = WORDS[lang] ?? {};
  return { lang, say: (/** @type {string} */ key, fallback = "") => words[key] ?? fallback };
};
