// What a platform's script does: send a request to its own server, and read what the browser discloses about the page around the frame.
(async () => {
  const disclosed = {
    page: document.referrer,
    site: [...(location.ancestorOrigins ?? [])].filter((origin) => origin !== "null").join(", "),
    browser: browserName(navigator.userAgent),
  };
  const show = () => {
    const none = document.querySelector("dl").dataset.none;
    for (const place of document.querySelectorAll("[data-disclosed]")) place.textContent = disclosed[place.dataset.disclosed] || none;
  };
  show();
  try {
    const answer = await fetch("/ajax/ping", { credentials: "same-origin" });
    await fetch("/ajax/seen", {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        referrer: document.referrer,
        ancestors: [...(location.ancestorOrigins ?? [])],
        cookies: readable(() => document.cookie),
        storage: readable(() => localStorage.length),
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
