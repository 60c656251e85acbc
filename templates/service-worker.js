// Without network, an honest page instead of the browser's own. Pages are never kept: only what is listed here,
// and the copies of tickets that somebody asked to keep on this device (copies.js).
"use strict";

importScripts("{{ static("js/copies.js") }}");

const OFFLINE = "{{ url("content:offline") }}";
const KEPT = [
  OFFLINE,
  {% for file in ["css/pass.css", brand.logo or "img/favicon.svg", "js/copies.js", "js/kept-tickets.js"] %}"{{ static(file) }}",
  {% endfor %}
  {% if brand.colors %}"{{ url("passplus:brand") }}?v={{ brand.colors|join("-")|replace("#", "") }}",{% endif %}
];
// A new version of a file has a new name, and so makes a new cache.
const CACHE = KEPT.join(" ");

const keep = async () => {
  const cache = await caches.open(CACHE);
  // As a stranger: what is kept on a shared telephone says nothing of whoever uses it.
  await cache.addAll(KEPT.map((url) => new Request(url, { credentials: "omit" })));
};
const forgetOlder = async () => {
  for (const name of await caches.keys()) if (![CACHE, COPIES].includes(name)) await caches.delete(name);
};
const withoutNetwork = async (path) => (await copies.at(path)) ?? caches.match(OFFLINE);

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, search } = new URL(request.url);
  // The browser itself goes back to the answer of a form: it may ask before it sends it again.
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    const page = fetch(request);
    event.respondWith(page.catch(() => withoutNetwork(pathname)));
    // Somebody else may be connected by now, a ticket may have been used.
    event.waitUntil(page.then(copies.recheck, () => {}));
  } else if (KEPT.includes(pathname + search)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
