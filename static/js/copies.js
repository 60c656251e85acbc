// The copies of tickets that a family asked to keep on this device. For pages and for the service worker.
"use strict";

const COPIES = "tickets";

const copies = (() => {
  const CHECK = "/hors-ligne/tickets/";
  // Of this device, as the headers of a copy write it: 2026-11-28.
  const today = () => new Date().toLocaleDateString("sv");

  const drop = async (path) => {
    if (await caches.has(COPIES)) await (await caches.open(COPIES)).delete(path);
  };

  // All that have not lapsed; the others go.
  const all = async () => {
    if (!(await caches.has(COPIES))) return [];
    const cache = await caches.open(COPIES);
    const kept = [];
    for (const request of await cache.keys()) {
      const page = await cache.match(request);
      const path = new URL(request.url).pathname;
      if (page.headers.get("Copy-Last-Day") < today()) await cache.delete(request);
      else kept.push({ path, page, number: Number(path.split("/").at(-2)), account: page.headers.get("Copy-Account") });
    }
    return kept;
  };

  const at = async (path) => (await all()).find((one) => one.path === path)?.page;

  // `path`: of the ticket's page, which the copy stands for; `address`: of what is kept.
  const keep = async (path, address) => {
    const page = await fetch(address, { cache: "no-store", redirect: "error" });
    if (!page.ok || !page.headers.get("Copy-Account")) throw new Error(page.status);
    await (await caches.open(COPIES)).put(path, page);
  };

  // The network says which are still good, and for whom. Without it nothing is known, and nothing changes.
  const recheck = async () => {
    const kept = await all();
    if (!kept.length) return;
    const asked = new URLSearchParams(kept.map(({ number }) => ["ticket", number]));
    try {
      const answer = await fetch(`${CHECK}?${asked}`, { cache: "no-store", signal: AbortSignal.timeout(5_000) });
      const { account, tickets } = await answer.json();
      for (const one of kept) if (one.account !== account || !tickets.includes(one.number)) await drop(one.path);
    } catch {
      // No network, or a server that answers otherwise.
    }
  };

  return { all, at, drop, keep, recheck };
})();
