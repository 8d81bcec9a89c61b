/**
 * For development: whether a site's own colours keep the contrast the widget has by itself (WCAG 2.2, 1.4.3 and 1.4.11).
 *
 * Each fault is a warning in the console. Measured is what the browser has computed, as the page stands, light or dark; pictures behind
 * the widget and opacity are not seen.
 */

const TEXT = 4.5;
const SHAPE = 3;

const pen = /** @type {CanvasRenderingContext2D} */ (
  document.createElement("canvas").getContext("2d", { willReadFrequently: true })
);

/**
 * The luminance of colours painted one over the other, whatever notation they have.
 * @param {string[]} colours
 */
const luminance = (colours) => {
  for (const colour of colours) {
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = [...pen.getImageData(0, 0, 1, 1).data].map((part) =>
    part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/**
 * What lies below an element's own content, outermost first.
 * @param {Element | null} element
 * @returns {string[]}
 */
const ground = (element) =>
  element ? [...ground(element.parentElement), getComputedStyle(element).backgroundColor] : [resolved("Canvas")];

/**
 * A colour as it is computed inside an element.
 * @param {string} colour
 * @param {Element} [inside]
 */
const resolved = (colour, inside = document.body) => {
  const probe = inside.appendChild(document.createElement("i"));
  probe.style.color = colour;
  const computed = getComputedStyle(probe).color;
  probe.remove();
  return computed;
};

/**
 * @param {string[]} below
 * @param {string} colour
 */
const contrast = (below, colour) => {
  const [darker = 0, lighter = 0] = [luminance(below), luminance([...below, colour])].sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
};

/**
 * @param {string} what
 * @param {Element} element
 * @param {number} found
 * @param {number} needed
 */
const check = (what, element, found, needed) => {
  if (found < needed)
    console.warn(`shariff: ${what} has a contrast of ${found.toFixed(2)}:1 and needs ${needed}:1.`, element);
};

/** @param {Element} element */
const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim());

for (const element of document.querySelectorAll(".shariff-block, .shariff-block *")) {
  if (!element.checkVisibility()) continue;
  const { color, backgroundColor, borderTopColor } = getComputedStyle(element);
  if (hasText(element)) check("text", element, contrast(ground(element), color), TEXT);
  if (element.matches(".shariff-choice")) {
    // A button is seen by its border or by its ground.
    const seen = [borderTopColor, backgroundColor].map((edge) => contrast(ground(element.parentElement), edge));
    check("border", element, Math.max(...seen), SHAPE);
  }
  if (element.matches(".shariff-block"))
    check("focus", element, contrast(ground(element), resolved("var(--shariff-focus, currentColor)", element)), SHAPE);
}
