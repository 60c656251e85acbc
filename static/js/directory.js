// The directory: « Autour de moi », and the map. Without this file the list does everything.
"use strict";

// « Autour de moi »: what is asked in the other form goes along, and the position goes by POST, into no address:
// the answer leads to a page that can be reloaded.
const search = document.getElementById("recherche");
const aroundMe = document.getElementById("autour-de-moi");
const asHidden = ([name, value]) => Object.assign(document.createElement("input"), { type: "hidden", name, value });
aroundMe.hidden = !navigator.geolocation;
if (navigator.geolocation) {
  const told = document.getElementById("position");
  aroundMe.addEventListener("submit", (event) => {
    event.preventDefault();
    told.value = "Votre appareil cherche où il est…";
    navigator.geolocation.getCurrentPosition(
      // A hundred metres are near enough.
      ({ coords: { latitude, longitude } }) => {
        const position = Object.entries({ latitude: latitude.toFixed(3), longitude: longitude.toFixed(3) });
        aroundMe.append(...[...new FormData(search), ...position].map(asHidden));
        aroundMe.submit();
      },
      () => (told.value = "Votre appareil ne dit pas où il est. Choisissez votre commune et cochez « Et autour »."),
      { timeout: 10_000, maximumAge: 300_000 },
    );
  });
}

// From this zoom on each organisme stands at its address; further away, those of a commune are one number.
const CLOSE = 14;
// Pixels: a point is 40 wide.
const APART = 36;
// Of the name of a town.
const [HALF_A_LETTER, LINE] = [4, 16];
const MOST_NAMES = 30;
const NO_TILES =
  "Le fond de la carte n’est pas venu\u00a0: les points sont placés les uns par rapport aux autres, avec le nom de leur commune.";
// The map opens on the first of the list, as many as its first page has.
const IN_VIEW = 20;

const place = document.getElementById("carte");
const { points, tiles, attribution, page, script, styles } = place?.dataset ?? {};

const fetched = (element) =>
  new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });

const element = (name, content = [], attributes = {}) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...[content].flat());
  return made;
};

const leaflet = () => {
  const sheets = styles.split(" ").map((href) => element("link", [], { rel: "stylesheet", href }));
  return Promise.all([...sheets, element("script", [], { src: script })].map(fetched));
};

const organismes = async () => {
  const answer = await fetch(points);
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).features;
};

const card = ({ id, properties }) => {
  const lines = [properties.adresse, properties.activites.join(", "), properties.porte_monnaie.join(" et ")];
  const item = element("li", element("a", properties.nom, { href: page.replace("/0/", `/${id}/`) }));
  item.append(...lines.filter(Boolean).map((line) => element("span", line)));
  return item;
};

const list = (group) => {
  const items = group.slice(0, MOST_NAMES).map(card);
  const hidden = group.length - items.length;
  if (hidden > 0) items.push(element("li", `et ${hidden} de plus : ils sont dans la liste.`));
  return element("ul", items, { className: "map__list" });
};

const grouped = (features, key) => {
  const groups = new Map();
  for (const feature of features) {
    const group = groups.get(key(feature)) ?? [];
    groups.set(key(feature), group);
    group.push(feature);
  }
  return [...groups.values()];
};

const position = ({ geometry }) => geometry.coordinates.toReversed();
const middle = (group) =>
  [0, 1].map((axis) => group.reduce((sum, feature) => sum + position(feature)[axis], 0) / group.length);

// What a finger could not tell apart is one point, where the first of them is.
const merged = (map, groups) => {
  const marks = [];
  for (const group of groups) {
    const place = middle(group);
    const pixels = map.project(place);
    const near = marks.find((mark) => pixels.distanceTo(mark.pixels) < APART);
    if (near) near.group.push(...group);
    else marks.push({ place, pixels, group });
  }
  return marks;
};

const tone = (group) => {
  const kinds = new Set(group.flatMap(({ properties }) => properties.porte_monnaie));
  return kinds.size > 1 ? "tone-both" : kinds.has("Sport") ? "tone-sport" : "tone-culture";
};

const draw = (ground, features) => {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const moves = Object.fromEntries(["zoomAnimation", "fadeAnimation", "markerZoomAnimation"].map((it) => [it, !still]));
  const map = L.map(ground, { zoomControl: false, minZoom: 8, maxZoom: 18, inertia: !still, ...moves });
  L.control.zoom({ zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" }).addTo(map);
  map.attributionControl.setPrefix(false);
  const layer = L.layerGroup().addTo(map);
  // Without pictures below the points, the names of the towns are the map.
  let bare = !tiles;
  if (tiles) {
    const turn = (isBare) => {
      if (isBare === bare) return;
      bare = isBare;
      told.value = bare ? NO_TILES : "";
      show();
    };
    let someCame = false;
    const pictures = L.tileLayer(tiles, { attribution, maxZoom: 18 });
    pictures.on("tileerror", () => turn(!someCame));
    pictures.on("tileload", () => {
      someCame = true;
      turn(false);
    });
    pictures.addTo(map);
  }

  const named = [];
  const hasRoom = (place, name) => {
    const { x, y } = map.project(place);
    const half = name.length * HALF_A_LETTER;
    const free = named.every((other) => Math.abs(other.y - y) > LINE || Math.abs(other.x - x) > half + other.half);
    if (free) named.push({ x, y, half });
    return free;
  };

  const mark = ({ place, group }, close) => {
    const communes = [...new Set(group.map(({ properties }) => properties.commune))];
    const where = communes.slice(0, 3).join(", ") + (communes.length > 3 ? "…" : "");
    const title = group.length > 1 ? `${group.length} organismes à ${where}` : group[0].properties.nom;
    const html = element("span", group.length > 1 ? String(group.length) : "");
    const icon = L.divIcon({ className: `map__point ${tone(group)}`, html, iconSize: [40, 40] });
    const marker = L.marker(place, { icon, title, alt: title }).addTo(layer);
    if (bare && hasRoom(place, communes[0])) {
      marker.bindTooltip(communes[0], { permanent: true, direction: "bottom", offset: [0, 10], className: "map__town" });
    }
    // As wide as the map lets it be, and never under the buttons of the zoom.
    const room = { maxWidth: Math.min(300, ground.clientWidth - 120), autoPanPaddingTopLeft: [52, 12] };
    if (close || group.length === 1) marker.bindPopup(list(group), room);
    else marker.on("click", () => map.fitBounds(group.map(position), { maxZoom: CLOSE, padding: [40, 40] }));
  };
  const show = () => {
    const close = map.getZoom() >= CLOSE;
    const key = (feature) => (close ? position(feature).join() : feature.properties.code_insee);
    layer.clearLayers();
    named.length = 0;
    for (const point of merged(map, grouped(features, key))) mark(point, close);
  };
  map.on("zoomend", show);
  map.fitBounds(features.slice(0, IN_VIEW).map(position), { maxZoom: CLOSE, padding: [40, 40], animate: false });
  show();
};

// « Liste | Carte »: which of the two is in the address, so that « Précédent » and a shared link know it.
const places = [document.getElementById("liste"), place];
const told = place?.querySelector("output");
const ground = place?.querySelector(".map__ground");
let arriving = null;

const drawOnce = async () => {
  told.value = "La carte arrive…";
  try {
    const [features] = await Promise.all([organismes(), leaflet()]);
    ground.hidden = false;
    draw(ground, features);
    told.value = "";
    ground.focus({ preventScroll: true });
    document.getElementById("resultats").scrollIntoView();
  } catch {
    arriving = null;
    told.value = "La carte n’est pas venue. Revenez à la liste, qui dit la même chose, ou essayez encore.";
  }
};

const shown = () => {
  const wanted = location.hash === "#carte" ? place : places[0];
  for (const one of places) one.hidden = one !== wanted;
  for (const link of document.querySelectorAll(".switch a")) {
    if ((link.hash === "#carte") === (wanted === place)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  // Another search stays on the map.
  search.action = `${search.action.split("#")[0]}#${wanted === place ? "carte" : "resultats"}`;
  if (wanted === place) arriving ??= drawOnce();
};

if (place) {
  addEventListener("hashchange", shown);
  // After a failure the address is there already: another click asks again.
  document.querySelector(".switch").addEventListener("click", () => setTimeout(shown));
  shown();
}
