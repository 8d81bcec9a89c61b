/**
 * Makes room for gates in boxes that were made for a frame. Loaded by the widget once a gate does not fit where it stands.
 *
 * A frame takes any height, a text does not: in a box of fixed height or ratio a gate is cut off or lies over what follows. From the gate
 * outwards, each box that is too small for what it holds is let grow; where that does not help, or where the page closes the box by itself
 * (a tab, an accordion), it scrolls. `html` and `body` are never changed. Where the page gives a box another class, the box is first put
 * back to what the page says.
 */

import { clips, isTooSmall, letScroll, makeRoom, restore, scrolls } from "./box-size.js";

/** @type {Set<HTMLElement>} */
const gates = new Set();

/** Boxes that were seen closed: they have to be able to close again. @type {WeakSet<Element>} */
const closable = new WeakSet();

const resized = new ResizeObserver(() => fitAll());
const changed = new MutationObserver((changes) => {
  for (const { target } of changes) restore(/** @type {HTMLElement} */ (target));
  fitAll();
});

/** Make room for a gate, now and whenever a box around it changes. @param {HTMLElement} gate */
export const fit = (gate) => {
  if (!gates.has(gate)) {
    gates.add(gate);
    for (const box of around(gate)) {
      resized.observe(box);
      changed.observe(box, { attributeFilter: ["class", "hidden", "open"] });
    }
  }
  fitAll();
};

/** The boxes around an element, innermost first, without `body` and `html`. @param {Element} element */
const around = (element) => {
  const boxes = [];
  for (let box = element.parentElement; box?.matches("body *"); box = box.parentElement) boxes.push(box);
  return boxes;
};

const fitAll = () => {
  for (const gate of gates) {
    if (!gate.isConnected) gates.delete(gate);
    else if (gate.offsetHeight) fitOne(gate);
  }
};

/** @param {HTMLElement} gate */
const fitOne = (gate) => {
  const boxes = around(gate).filter((box) => !/^(contents|inline)$/.test(getComputedStyle(box).display));
  // What moves is measured when it stands still.
  const moving = boxes.flatMap((box) => box.getAnimations()).filter(endsSoon);
  if (moving.length) {
    Promise.allSettled(moving.map(({ finished }) => finished)).then(fitAll);
    return;
  }
  const closed = boxes.find((box) => clips(box) && !box.clientHeight);
  if (closed) {
    closable.add(closed);
    return;
  }
  let content = gate;
  for (const [box, inner] of held(gate, boxes)) {
    if (closable.has(box) || scrolls(box, inner)) content = box;
    else makeRoom(box, inner, content);
  }
  content = gate;
  for (const [box, inner] of held(gate, boxes)) {
    if (clips(box) && isTooSmall(box, inner, content)) letScroll(box);
    if (getComputedStyle(box).overflowY !== "visible") content = box;
  }
};

/**
 * Each box with the one in it that it holds: what is positioned is held by the box it is positioned in, and what is fixed by none.
 * @param {HTMLElement} inner
 * @param {HTMLElement[]} boxes
 * @returns {Generator<[HTMLElement, HTMLElement]>}
 */
function* held(inner, boxes) {
  for (const box of boxes) {
    const { position } = getComputedStyle(inner);
    if (position === "fixed") return;
    if (position === "absolute" && inner.offsetParent !== box) continue;
    yield [box, inner];
    inner = box;
  }
}

/** @param {Animation} animation */
const endsSoon = ({ playState, effect }) =>
  playState === "running" && Number(effect?.getComputedTiming().endTime) < 2_000;
