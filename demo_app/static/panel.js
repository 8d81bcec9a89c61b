// Refreshes the panel of what the platform has received, after the gate's own events. It asks only this site.

const panel = document.querySelector("[data-received]");

// A frame is still loading when it has opened: look again until its requests have arrived.
const LOOKS = [150, 700, 2000, 4500];

// The browser parses the answer: a policy with Trusted Types lets no script make a document of a text.
function received() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", panel.dataset.received);
    request.responseType = "document";
    request.onload = () => resolve(request.status === 200 ? request.response : null);
    request.onerror = reject;
    request.send();
  });
}

async function refresh() {
  const fresh = (await received())?.querySelector(".received-body");
  const shown = panel.querySelector(".received-body");
  if (!fresh || fresh.dataset.count === shown.dataset.count) return;
  shown.replaceWith(fresh);
  const [tally, sentence] = fresh.querySelectorAll("p");
  panel.querySelector("[data-received-status]").textContent = `${tally.textContent.trim()} ${sentence.textContent.trim()}`;
}

function look() {
  for (const delay of LOOKS) setTimeout(() => refresh().catch(() => {}), delay);
}

if (panel) {
  for (const name of ["shariff:opened", "shariff:failed", "shariff:closed"]) document.addEventListener(name, look);
  document.addEventListener("submit", look);
  panel.querySelector("[data-received-refresh]").addEventListener("click", (event) => {
    event.preventDefault();
    refresh().catch(() => location.assign(event.target.href));
  });
}
