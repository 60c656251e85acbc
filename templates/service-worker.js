// Without network, an honest page instead of the browser's own. Pages are never kept: only what is listed here.
"use strict";

const OFFLINE = "{{ url("content:offline") }}";
const KEPT = [OFFLINE, "{{ static("css/pass.css") }}", "{{ static("img/favicon.svg") }}"];
// A new version of a file has a new name, and so makes a new cache.
const CACHE = KEPT.join(" ");

const keep = async () => {
  const cache = await caches.open(CACHE);
  // As a stranger: what is kept on a shared telephone says nothing of whoever uses it.
  await cache.addAll(KEPT.map((url) => new Request(url, { credentials: "omit" })));
};
const forgetOlder = async () => {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
};

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  // The browser itself goes back to the answer of a form: it may ask before it sends it again.
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  } else if (KEPT.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
