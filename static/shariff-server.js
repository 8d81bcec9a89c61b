/**
 * The way to the visitor's own server from a page with a list of allowed connections (`Connection-Allowlist`): a server that is typed in
 * cannot be on a list that was made before. This page of the site has no list. The address is in its fragment, so nobody is told it.
 *
 * It only shows the address as a link: a script of a page can open this page, and must lead nobody by it. It cannot press the link
 * either: the page is sent with a `Cross-Origin-Opener-Policy` that keeps who opened it out of it.
 */

const address = /^#(https:\/\/([a-z0-9.-]+(?::\d+)?)\/share\?text=[^#]*)$/i.exec(location.hash);

const link = document.querySelector("a");
if (address && link) {
  opener = null;
  link.href = address[1] ?? "";
  link.textContent = `→ ${address[2] ?? ""}`;
  link.focus();
}
