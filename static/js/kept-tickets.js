// « Garder hors ligne » on the page of a ticket, « Retirer de cet appareil », and the list of what is kept.
"use strict";

const path = location.pathname;

// The page of a ticket: only where a copy can be kept and shown again.
const choice = document.getElementById("copie");
if (choice && navigator.serviceWorker && window.caches) {
  const [told] = choice.getElementsByTagName("output");
  const [keep, remove] = choice.getElementsByTagName("button");
  const show = async (sentence = "") => {
    const isKept = Boolean(await copies.at(path));
    remove.hidden = !isKept;
    keep.textContent = isKept ? "Refaire la copie" : "Garder hors ligne";
    told.value = sentence || (isKept ? "Ce ticket est gardé sur cet appareil." : "");
  };
  const copy = async () => {
    await copies.keep(path, choice.dataset.copy);
    await show("Ce ticket est gardé sur cet appareil : il s’ouvre aussi sans réseau, depuis cette page.");
  };
  keep.addEventListener("click", () => {
    // The browser is asked not to clear it when it is short of room.
    navigator.storage?.persist?.().catch(() => {});
    copy().catch(() => (told.value = "La copie n’a pas pu être gardée. Essayez encore."));
  });
  remove.addEventListener("click", async () => {
    await copies.drop(path);
    await show("La copie est retirée de cet appareil.");
    keep.focus();
  });
  const offer = async () => {
    choice.hidden = false;
    await show();
  };
  // The very first page is not yet under the service worker.
  if (navigator.serviceWorker.controller) offer();
  else navigator.serviceWorker.ready.then(offer);
}

// A copy: what is kept can be removed.
const remove = document.getElementById("retirer");
if (remove && window.caches) {
  copies.at(path).then((page) => (remove.hidden = !page));
  remove.addEventListener("click", async () => {
    await copies.drop(path);
    location.assign("/hors-ligne/");
  });
}

// The page without network: what is kept.
const list = document.getElementById("gardes");
const listed = async ({ path: href, page }) => {
  const copy = new DOMParser().parseFromString(await page.text(), "text/html");
  const link = Object.assign(document.createElement("a"), { href });
  link.textContent = copy.querySelector("[data-summary]").textContent;
  const told = Object.assign(document.createElement("span"), { className: "hint" });
  told.textContent = copy.querySelector("[data-copied]").textContent;
  const item = document.createElement("li");
  item.append(link, document.createElement("br"), told);
  return item;
};
const fill = async () => {
  if (navigator.onLine) await copies.recheck();
  const items = await Promise.all((await copies.all()).map(listed));
  list.querySelector("ul").replaceChildren(...items);
  list.querySelector("span").hidden = navigator.onLine;
  list.hidden = !items.length;
};
if (list && window.caches) fill();
