/**
 * The way to the visitor's own server from a page with a list of allowed connections (`Connection-Allowlist`): a server that is typed in
 * cannot be on a list that was made before. This page of the site has no list. The address is in its fragment, so nobody is told it.
 *
 * Only a page of the site is led on at once. Anybody else sees the address as a link, so that the site lends nobody its name.
 */

const address = /^#(https:\/\/([a-z0-9.-]+(?::\d+)?)\/share\?text=[^#]*)$/i.exec(location.hash);

const link = document.querySelector("a");
if (address && link) {
  link.href = address[1] ?? "";
  link.textContent = `→ ${address[2] ?? ""}`;
  if (fromThisSite()) {
    opener = null;
    location.replace(link.href);
  }
}

function fromThisSite() {
  try {
    return opener.location.origin === location.origin;
  } catch {
    return false;
  }
}
