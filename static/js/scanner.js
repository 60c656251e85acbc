// « Scanner »: the camera finds the square of a ticket, where the browser itself can. Elsewhere there is no button.
"use strict";

const PACE = 150;
const PATIENCE = 60_000;
const TICKET = /\/T\/[0-9A-Z]{13}\/?$/i;
const AIM = "Placez le carré du ticket devant l’appareil photo.";
const NOTHING = "Rien trouvé en une minute. Appuyez sur « Scanner » pour recommencer, ou tapez le code.";
const REFUSED = "L’appareil photo est refusé à ce site. Touchez le cadenas à côté de l’adresse, autorisez l’appareil photo, puis recommencez. Ou tapez le code.";
const NO_CAMERA = "L’appareil photo ne répond pas. Fermez ce qui s’en sert, ou tapez le code.";

const button = document.querySelector("[data-scan]");
const panel = document.getElementById("scanner");
const video = panel.querySelector("video");
const told = panel.querySelector("[role=status]");
const field = document.querySelector(".counter-code [name=code]");
let stream = null;
let timer;
// A scanner types the next code over one that was refused.
field.select();

const stop = (said = "") => {
  clearTimeout(timer);
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = video.srcObject = null;
  video.hidden = true;
  told.textContent = said;
  button.setAttribute("aria-pressed", "false");
};

const look = async (detector, until) => {
  const found = await detector.detect(video).catch(() => []);
  // Stopped while it looked.
  if (!stream) return;
  const ticket = found.find(({ rawValue }) => TICKET.test(rawValue));
  if (ticket) {
    stop("Ticket trouvé.");
    field.value = ticket.rawValue;
    return field.form.requestSubmit();
  }
  if (Date.now() > until) return stop(NOTHING);
  timer = setTimeout(look, PACE, detector, until);
};

const start = async () => {
  button.setAttribute("aria-pressed", "true");
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch ({ name }) {
    return stop(name === "NotAllowedError" ? REFUSED : NO_CAMERA);
  }
  // Pressed again while the browser was asking.
  if (button.ariaPressed === "false") return stop();
  video.srcObject = stream;
  video.hidden = false;
  told.textContent = AIM;
  // It may have to wait for the first picture, and until then nothing is found.
  video.play().catch(() => {});
  look(new BarcodeDetector({ formats: ["qr_code"] }), Date.now() + PATIENCE);
};

button.addEventListener("click", () => (button.ariaPressed === "true" ? stop() : start()));
document.addEventListener("visibilitychange", () => document.hidden && stop());
window.addEventListener("pagehide", () => stop());
if (navigator.mediaDevices)
  window.BarcodeDetector?.getSupportedFormats().then((formats) => (button.closest("li").hidden = !formats.includes("qr_code")));
