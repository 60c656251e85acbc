// Progressive enhancement only: without this file everything works.
"use strict";

const openMenus = () => document.querySelectorAll("details.drop[open]");

// An open menu closes on Escape (the focus goes back to its name) and on a click elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});
// What covers the page (a phone's menu, the square of a ticket) closes when the focus goes on into what it hides.
document.addEventListener("focusin", (event) => {
  for (const cover of document.querySelectorAll(":popover-open")) if (!cover.contains(event.target)) cover.hidePopover();
});
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

// Where the address ends in « #contenu » a browser overlooks autofocus.
window.addEventListener("load", () => document.querySelector(".note--error[autofocus]")?.focus());

// A form that moves money leaves once. The server counts it once anyway: this spares a wait and a doubt.
const release = () => {
  for (const form of document.querySelectorAll("[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("[type=submit]")) button.setAttribute("aria-disabled", "true");
  // The network gave up, or the person pressed « Stop »: it must be able to leave again,
  setTimeout(release, 10_000);
});
// and after « Back » too, which shows the page as it was left.
window.addEventListener("pageshow", release);

// Whoever comes or goes leaves no copy of a ticket behind: the form leaves once it is gone, and a browser that cannot
// tell does not keep anybody.
const forget = () =>
  Promise.race([caches.delete("tickets"), new Promise((resolve) => setTimeout(resolve, 3_000))]).catch(() => {});
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-forget]") || !window.caches) return;
  event.preventDefault();
  await forget();
  form.submit();
});

// A filter of one box applies when the box is ticked (without JavaScript it has a button).
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-autosubmit]")) form.requestSubmit();
});

// What is typed as a password can be looked at; it leaves hidden, as browsers that keep passwords expect.
for (const button of document.querySelectorAll("[data-show]")) {
  const field = document.getElementById(button.dataset.show);
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? "Masquer le mot de passe" : "Afficher le mot de passe";
  };
  button.addEventListener("click", () => show(field.type === "password"));
  field.form.addEventListener("submit", () => show(false));
}

// Each choice narrows the next: the block that the form names comes anew from the server. The list in use stays
// where it is, since another in its place would have forgotten the letters typed so far.
for (const form of document.querySelectorAll("form[data-narrow]")) {
  const block = document.getElementById(form.dataset.narrow);
  const fieldOf = (select) => select.closest(".field");
  const replace = (narrowed) => {
    const fresh = new DOMParser().parseFromString(narrowed, "text/html");
    for (const errors of block.querySelectorAll(".note--error, .errorlist")) errors.remove();
    for (const select of block.querySelectorAll("select")) {
      if (select !== document.activeElement) fieldOf(select).replaceWith(fieldOf(fresh.getElementById(select.id)));
      else {
        for (const told of ["aria-invalid", "aria-describedby"]) select.removeAttribute(told);
        fieldOf(select).classList.remove("field--error");
      }
    }
  };
  const told = form.querySelector("output");
  let last = new AbortController();
  const narrow = async () => {
    last.abort();
    const mine = (last = new AbortController());
    // On a slow line a word says what is awaited; on a quick one it would only flicker.
    const slow = setTimeout(() => (told.value = "Les listes arrivent…"), 400);
    const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
    block.ariaBusy = "true";
    try {
      const asked = { headers: { "X-Narrowing": "1" }, redirect: "manual", signal: mine.signal };
      const answer = await fetch(address, asked);
      // The session ended, or worse: a whole page says so.
      if (!answer.ok) return location.assign(address);
      replace(await answer.text());
    } catch {
      // Without network « Continuer » is still there; given up for a newer choice, whose answer is on the way.
    }
    clearTimeout(slow);
    if (mine !== last) return;
    block.ariaBusy = null;
    told.value = "";
  };
  form.addEventListener("change", narrow);
  // What was chosen before this script came, or what « Back » filled in again.
  window.addEventListener("pageshow", () => {
    const isChanged = ({ options, selectedIndex: index }) => index > 0 && !options[index].defaultSelected;
    if ([...form.querySelectorAll("select")].some(isChanged)) narrow();
  });
}

// Without network, a page that says so (templates/service-worker.js). Where it cannot be, nothing is missing.
window.addEventListener("load", () => {
  navigator.serviceWorker?.register("/service-worker/", { scope: "/" }).catch(() => {});
});

// Under an amount: « Tout le solde » fills it in without a new page, and what will be left is said while one types.
// Reads what core/money.py reads, and refuses what it refuses: core/tests/amounts.py has both.
const AMOUNT = /^\+? ?(\d+|\d{1,3}(?: \d{3})+|\d(?: \d)+)(?: ?[.,] ?(\d{0,2}) ?€?| ?€ ?(\d{0,2}))?$/;
const cents = (typed) => {
  let text = typed.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  text = text.replace(/\p{Cf}/gu, "").replace(/\s+/g, " ").trim().toLowerCase().replace(/euros?|eur/g, "€");
  if (text.lastIndexOf("€") === 0) text = text.slice(1).trim();
  const [, whole, part, coins] = AMOUNT.exec(text) ?? [];
  const digits = whole?.replace(/ /g, "").replace(/^0+(?=\d)/, "");
  return digits && digits.length < 7 ? Number(digits) * 100 + Number((part || coins || "").padEnd(2, "0")) : null;
};
const euros = (amount) =>
  `${(amount / 100).toLocaleString("fr-FR", { minimumFractionDigits: 2 }).replace(/\s/g, "\u00a0")}\u00a0€`;
for (const link of document.querySelectorAll("[data-fill]")) {
  const field = document.getElementById(link.dataset.fill);
  const all = new URL(link.href).searchParams.get("montant");
  const balance = cents(all);
  const [minimum, step] = [link.dataset.minimum, link.dataset.step].map(cents);
  const said = (spent) => {
    const left = balance - spent;
    if (left < 0) return `C’est ${euros(-left)} de plus que le solde.`;
    if (spent < minimum || spent % step) return link.dataset.rule;
    const isDead = left > balance % step && left < minimum;
    return `Il restera ${euros(left)}${isDead ? ", qui ne pourront plus servir" : ""}.`;
  };
  const tell = () => {
    const spent = cents(field.value);
    link.nextElementSibling.value = spent === null ? "" : said(spent);
  };
  let pause;
  field.addEventListener("input", () => {
    // Not at each key: a screen reader would stammer.
    clearTimeout(pause);
    pause = setTimeout(tell, 300);
  });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    field.value = all;
    field.focus();
    tell();
  });
}

// A session that nobody uses ends. It warns before, in every tab, and what is done in one tab counts for all.
const sessionEnd = document.getElementById("session-end");
if (sessionEnd) {
  const limit = sessionEnd.dataset.limit * 1000;
  const notice = Math.min(120_000, limit / 2);
  const form = sessionEnd.querySelector("form");
  // A fresh page: the server alone ends a session, and says so there.
  const again = () => location.assign(location.pathname + location.search);
  let timer;
  const watch = () => {
    const left = localStorage.sessionEnds - Date.now();
    clearTimeout(timer);
    if (left <= 0) return again();
    if (left > notice) sessionEnd.close();
    else if (!sessionEnd.open) sessionEnd.showModal();
    timer = setTimeout(watch, left > notice ? left - notice : left);
  };
  const renew = (left) => {
    localStorage.sessionEnds = Date.now() + left;
    watch();
  };
  const stay = async (event) => {
    event.preventDefault();
    const body = new FormData(form);
    body.delete("next");
    // Without network the question stays, to be answered again.
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (answer) answer.status === 204 ? renew(limit) : again();
  };
  form.addEventListener("submit", stay);
  sessionEnd.addEventListener("cancel", stay);
  window.addEventListener("storage", watch);
  renew(sessionEnd.dataset.left * 1000);
}

// A link to a question of the help opens it; most browsers do by themselves.
const openTarget = () => document.querySelector(":target")?.closest("details")?.setAttribute("open", "");
addEventListener("hashchange", openTarget);
openTarget();
