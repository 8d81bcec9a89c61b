/**
 * In a document on the isolated host: tells the page around it, once that asks, what the document is and how tall. Loaded there alone.
 *
 * A script of a platform runs beside it and could send the same; the page takes it for no more than it is.
 */

addEventListener(
  "error",
  ({ target }) => {
    if (target instanceof HTMLScriptElement) document.documentElement.dataset.shariff = "failed";
  },
  true,
);

addEventListener("message", ({ data, origin, source }) => {
  if (source != parent || typeof data?.shariff != "string") return;
  const tell = () =>
    parent.postMessage(
      { shariff: document.documentElement.dataset.shariff, height: document.body.offsetHeight },
      origin,
    );
  // On a light page a dark frame would be a hole, whatever the system prefers.
  document.documentElement.style.colorScheme = data.shariff;
  // Without script this is needed here; with it the gate says it.
  document.querySelector(".shariff-source")?.remove();
  new ResizeObserver(tell).observe(document.body);
  tell();
});
