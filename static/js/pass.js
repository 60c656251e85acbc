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
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

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

// A filter of one box applies when the box is ticked (without JavaScript it has a button).
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-autosubmit]")) form.requestSubmit();
});
