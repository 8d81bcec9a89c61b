// What a platform's script does: send requests to its own server, read what the browser discloses about the page around the frame, and what
// the frame may use.
const ancestors = [...(location.ancestorOrigins ?? [])];
const features = document.featurePolicy?.allowedFeatures() ?? null;
const player = document.querySelector("main");
const fullScreen = document.querySelector("[data-full-screen]");

fullScreen.hidden = !document.fullscreenEnabled;
fullScreen.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : player.requestFullscreen()));

const list = document.querySelector("dl");
const shown = {
  referrer: document.referrer,
  ancestors: ancestors.filter((origin) => origin !== "null").join(", "),
  browser: browserName(navigator.userAgent),
  features: features ? features.sort().join(", ") : list.dataset.notTold,
};
for (const place of document.querySelectorAll("[data-disclosed]")) {
  place.textContent = shown[place.dataset.disclosed] || list.dataset.none;
}

(async () => {
  try {
    const answer = await fetch("/stand-in/ping", { credentials: "same-origin" });
    await fetch("/stand-in/seen", {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        address: location.pathname + location.search,
        referrer: document.referrer,
        ancestors,
        languages: navigator.languages,
        cookies: readable(() => document.cookie),
        storage: readable(() => localStorage.length),
        withoutCredentials: window.credentialless ?? null,
        fullScreen: document.fullscreenEnabled,
        features,
        pingHadCookie: (await answer.json()).cookie,
      }),
    });
  } finally {
    document.documentElement.dataset.requested = "";
  }
})();

function readable(read) {
  try {
    return read();
  } catch (error) {
    return error.name;
  }
}

function browserName(agent) {
  const [, name, version] = /(Edg|Firefox|Chrome|Version)\/(\d+)/.exec(agent) ?? [, "", ""];
  const names = { Edg: "Edge", Version: "Safari" };
  return name ? `${names[name] ?? name} ${version}` : agent;
}
