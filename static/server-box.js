/**
 * The box in which a visitor types the name of a server. It is no `input`: Chromium asks its maker's server about every field that text is
 * typed into (Autofill), as soon as the page has one and whatever its `autocomplete` says. An element that is edited it does not ask about.
 */

/** @type {Record<string, string>} */
const ATTRIBUTES = {
  contenteditable: "plaintext-only",
  role: "textbox",
  "aria-multiline": "false",
  "aria-placeholder": "mastodon.social",
  inputmode: "url",
  enterkeyhint: "go",
  autocapitalize: "off",
  autocorrect: "off",
  // What is typed is nowhere sent to be checked, continued or translated.
  spellcheck: "false",
  writingsuggestions: "false",
  translate: "no",
};

/**
 * Put a box after a text, which names it. False in a browser that cannot edit plain text (Firefox before 136).
 * @param {Element} label
 */
export const addServerBox = (label) => {
  const box = document.createElement("div");
  for (const [name, value] of Object.entries(ATTRIBUTES)) box.setAttribute(name, value);
  box.ariaLabel = label.textContent;
  const editable = box.contentEditable === ATTRIBUTES.contenteditable;
  if (editable) {
    label.append(box);
    label.addEventListener("click", () => box.focus());
  }
  return editable;
};

/** Whether this would begin a new line: Enter was pressed. @param {Event} event */
export const isNewLine = (event) => /^insert(LineBreak|Paragraph)$/.test(/** @type {InputEvent} */ (event).inputType);
