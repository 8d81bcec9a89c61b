/**
 * Run once everything inside an element is there: an element that script meets while the page is still being parsed has no children.
 * @param {() => unknown} begin
 */
export const whenParsed = (begin) => {
  if (document.readyState == "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
};
