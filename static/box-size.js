/** One box and what it holds: whether it is too small, and what lets it grow. */

/** A blank part of this share of the width or more is no distance, but what gave the box its ratio. */
const RATIO = 0.3;

/** A box that scrolls and is lower than this (CSS pixels) is no place to read in. */
const LOWEST = 300;

/** What holds a box to a size whatever is in it, each with the value that does not. */
const FREE = { height: "auto", "max-height": "none", "aspect-ratio": "auto" };

const ROOM = "data-shariff-room";

const sheet = new CSSStyleSheet();
sheet.replaceSync(`[${ROOM}]::before, [${ROOM}]::after { padding-block: 0 !important }`);
document.adoptedStyleSheets.push(sheet);

/** What stood in the place of each property that is set here. @type {WeakMap<HTMLElement, Map<string, [string, string]>>} */
const before = new WeakMap();

/**
 * @param {HTMLElement} box
 * @param {Record<string, string>} properties
 */
const set = (box, properties) => {
  const { style } = box;
  const own = before.get(box) ?? new Map();
  before.set(box, own);
  for (const [name, value] of Object.entries(properties)) {
    if (!own.has(name)) own.set(name, [style.getPropertyValue(name), style.getPropertyPriority(name)]);
    style.setProperty(name, value, "important");
  }
};

/** Put a box back to what the page says. @param {HTMLElement} box */
export const restore = (box) => {
  for (const [name, [value, priority]] of before.get(box) ?? []) box.style.setProperty(name, value, priority);
  before.delete(box);
  box.removeAttribute(ROOM);
};

/** Whether a box hides what is outside of it. @param {HTMLElement} box */
export const clips = (box) => /hidden|clip/.test(getComputedStyle(box).overflowY);

/**
 * Whether a box scrolls, and has enough height to be read in.
 * @param {HTMLElement} box
 * @param {HTMLElement} inner
 */
export const scrolls = (box, inner) => {
  const { overflowX, overflowY } = getComputedStyle(box);
  if (!/auto|scroll/.test(overflowY)) return false;
  // A row that scrolls sideways scrolls both ways in CSS.
  const sideways = /auto|scroll/.test(overflowX) && box.scrollWidth > box.clientWidth;
  return box.clientHeight >= LOWEST || !(sideways || isAlone(inner));
};

/**
 * Whether an element is all there is in its parent: others are invisible or empty.
 * @param {Element} element
 */
const isAlone = (element) =>
  [...(element.parentNode?.childNodes ?? [])].every(
    (node) =>
      node === element || (node instanceof Element ? isEmpty(node) : node.nodeType !== 3 || !node.nodeValue?.trim()),
  );

/** @param {Element} element */
const isEmpty = (element) =>
  !element.getClientRects().length ||
  (!element.textContent?.trim() &&
    !element.matches("img, video, iframe, input") &&
    !element.querySelector("img, video, iframe, input"));

/** @param {Element} element */
const bottomOf = (element) => element.getBoundingClientRect().bottom;

/**
 * How far what a box holds (the inner box, the content in that, and what follows in the flow) reaches beyond its edges: above, and below.
 * @param {HTMLElement} box
 * @param {HTMLElement} inner
 * @param {HTMLElement} content
 */
const excess = (box, inner, content) => {
  const { top, bottom } = box.getBoundingClientRect();
  let end = Math.max(bottomOf(inner), bottomOf(content));
  const range = document.createRange();
  for (let node = inner.nextSibling; node; node = node.nextSibling) {
    if (node instanceof Element && /absolute|fixed/.test(getComputedStyle(node).position)) continue;
    range.selectNode(node);
    end = Math.max(end, range.getBoundingClientRect().bottom);
  }
  return /** @type {const} */ ([
    top - inner.getBoundingClientRect().top,
    end - (bottom - (box.offsetHeight - box.clientHeight - box.clientTop)),
  ]);
};

/**
 * @param {HTMLElement} box
 * @param {HTMLElement} inner
 * @param {HTMLElement} content
 */
export const isTooSmall = (box, inner, content) => Math.max(...excess(box, inner, content)) > 1;

/**
 * Let a box grow as far as what it holds needs.
 * @param {HTMLElement} box
 * @param {HTMLElement} inner
 * @param {HTMLElement} content what has to be seen whole; it may reach out of the inner box, because this one holds that down
 */
export const makeRoom = (box, inner, content) => {
  const { display, transform, zoom, webkitLineClamp } = getComputedStyle(box);
  const held = bottomOf(content) - bottomOf(inner) > 1;
  // What was scrolled to by the focus or a script is measured where it is without that.
  if (clips(box)) box.scrollTop = 0;
  // A text that is shrunk as a film is shrunk cannot be read.
  if (Math.min(new DOMMatrix(transform).a, Number(zoom)) < 0.9 && isAlone(box))
    set(box, { transform: "none", zoom: "1", "max-width": "100%" });
  if (webkitLineClamp !== "none") set(box, { "-webkit-line-clamp": "none" });
  if (/grid/.test(display) && (held || isTooSmall(box, inner, content) || coversNeighbour(inner))) freeRows(box);
  const blank = contentHeight(box) < 1;
  if (/absolute/.test(getComputedStyle(inner).position)) growBy(box, excess(box, inner, content)[1]);
  else if (held || blank || isTooSmall(box, inner, content)) {
    free(box);
    if (blank || isAlone(inner)) dropRatio(box, inner);
  }
};

/** @param {HTMLElement} box */
const contentHeight = (box) => {
  const { paddingTop, paddingBottom } = getComputedStyle(box);
  return box.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
};

/** @param {HTMLElement} box */
const free = (box) => {
  const { contain, containerType } = getComputedStyle(box);
  set(box, FREE);
  if (/size|strict/.test(contain)) set(box, { contain: "none" });
  if (containerType === "size") set(box, { "container-type": "inline-size" });
  const outer = getComputedStyle(/** @type {Element} */ (box.parentElement));
  if (/flex/.test(outer.display) && /column/.test(outer.flexDirection)) set(box, { flex: "none" });
};

/**
 * Take away the blank parts that gave a box its ratio.
 * @param {HTMLElement} box
 * @param {HTMLElement} inner
 */
const dropRatio = (box, inner) => {
  if (box.offsetWidth > Number(box.parentElement?.clientWidth)) set(box, { "max-width": "100%" });
  const least = RATIO * box.clientWidth;
  const style = getComputedStyle(box);
  for (const side of ["padding-top", "padding-bottom"])
    if (parseFloat(style.getPropertyValue(side)) >= least) set(box, { [side]: "0" });
  for (const child of /** @type {Iterable<HTMLElement>} */ (box.children))
    if (child !== inner && child.offsetHeight >= least && isEmpty(child)) set(child, { display: "none" });
  box.setAttribute(ROOM, "");
};

/** @param {HTMLElement} box */
const freeRows = (box) => {
  const { gridTemplateRows, gridAutoRows } = getComputedStyle(box);
  if (!/auto\)/.test(box.style.gridTemplateRows + box.style.gridAutoRows))
    set(box, {
      "grid-template-rows": gridTemplateRows.replace(/[\d.]+px/g, "minmax($&, auto)"),
      "grid-auto-rows": /^[\d.]+px$/.test(gridAutoRows) ? `minmax(${gridAutoRows}, auto)` : "auto",
    });
  free(box);
};

/** @param {HTMLElement} item */
const coversNeighbour = (item) => {
  const own = item.getBoundingClientRect();
  return [...(item.parentElement?.children ?? [])].some((other) => {
    const { left, right, top, bottom } = other.getBoundingClientRect();
    const across = Math.min(own.right, right) - Math.max(own.left, left);
    return other !== item && across > 1 && Math.min(own.bottom, bottom) - Math.max(own.top, top) > 1;
  });
};

/**
 * What is positioned makes no room for itself.
 * @param {HTMLElement} box
 * @param {number} lacking
 */
const growBy = (box, lacking) => {
  if (lacking > 1) set(box, { ...FREE, "min-height": `${parseFloat(getComputedStyle(box).height) + lacking}px` });
};

/** Let a box scroll that could not grow. @param {HTMLElement} box */
export const letScroll = (box) => set(box, { "overflow-y": "auto" });
