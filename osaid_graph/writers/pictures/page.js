// What the page can do beyond being read: zoom, pan, search, and the path from the subject to a node.
// Every value comes from attributes and texts that are in the page; nothing is fetched, nothing is evaluated.
"use strict";
(() => {
  const sheet = document.querySelector(".sheet");
  const svg = sheet.querySelector("svg");
  const told = document.querySelector(".path");
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const gapsOnly = document.getElementById("gaps-only");
  const shown = document.getElementById("zoom");
  const boxes = new Map(), rows = new Map(), names = new Map(), texts = new Map(), edges = [];
  const width = svg.width.baseVal.value, height = svg.height.baseVal.value;
  let scale = 1, hits = [], at = -1, swallow = false;

  for (const box of svg.querySelectorAll("[data-node]")) boxes.set(box.dataset.node, box);
  for (const row of document.querySelectorAll("tr[data-node]")) {
    rows.set(row.dataset.node, row);
    names.set(row.dataset.node, row.querySelector("th").textContent.toLocaleLowerCase());
    texts.set(row.dataset.node, row.textContent.toLocaleLowerCase());
  }
  for (const edge of svg.querySelectorAll("[data-from]")) edges.push(edge);

  // -- zoom and pan

  function zoomTo(wanted, x, y) {
    const before = scale;
    scale = Math.min(4, Math.max(0.1, wanted));
    svg.style.width = `${width * scale}px`;
    svg.style.height = `${height * scale}px`;
    shown.value = `${Math.round(scale * 100)} %`;
    const left = x ?? sheet.clientWidth / 2, top = y ?? sheet.clientHeight / 2;
    sheet.scrollLeft = (sheet.scrollLeft + left) * scale / before - left;
    sheet.scrollTop = (sheet.scrollTop + top) * scale / before - top;
  }

  const moves = {
    in: () => zoomTo(scale * 1.25),
    out: () => zoomTo(scale / 1.25),
    whole: () => zoomTo(Math.min(sheet.clientWidth / width, sheet.clientHeight / height)),
    same: () => zoomTo(1),
  };
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", moves[button.dataset.zoom]);
  }
  sheet.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const frame = sheet.getBoundingClientRect();
    zoomTo(scale * (event.deltaY < 0 ? 1.15 : 1 / 1.15), event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });
  sheet.addEventListener("keydown", (event) => {
    const move = { "+": "in", "=": "in", "-": "out", "0": "same" }[event.key];
    if (move && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); moves[move](); }
  });

  let start = null;
  sheet.addEventListener("pointerdown", (event) => {
    if (event.button || event.pointerType !== "mouse") return;
    swallow = false;
    start = { x: event.clientX, y: event.clientY, left: sheet.scrollLeft, top: sheet.scrollTop, moved: false };
  });
  window.addEventListener("pointermove", (event) => {
    if (!start) return;
    const x = event.clientX - start.x, y = event.clientY - start.y;
    if (Math.abs(x) + Math.abs(y) > 4) { start.moved = true; sheet.classList.add("dragged"); }
    if (start.moved) { sheet.scrollLeft = start.left - x; sheet.scrollTop = start.top - y; }
  });
  window.addEventListener("pointerup", () => {
    sheet.classList.remove("dragged");
    if (start && start.moved) swallow = true;
    start = null;
  });

  function bring(box) {
    const frame = sheet.getBoundingClientRect(), place = box.getBoundingClientRect();
    sheet.scrollLeft += place.left + place.width / 2 - frame.left - frame.width / 2;
    sheet.scrollTop += place.top + place.height / 2 - frame.top - frame.height / 2;
  }

  // -- the path to a node

  function clear() {
    svg.classList.remove("dimmed");
    for (const each of [...boxes.values(), ...rows.values(), ...edges]) each.classList.remove("on", "chosen");
    told.textContent = "";
  }

  function choose(number, scrolls) {
    const box = boxes.get(number), row = rows.get(number);
    if (!box) return;
    clear();
    const steps = new Set();
    let here = number;
    for (let count = 0; here !== undefined && here !== "" && count <= boxes.size; count += 1) {
      boxes.get(here).classList.add("on");
      const before = rows.get(here).dataset.before;
      if (before) steps.add(`${before} ${here}`);
      here = before;
    }
    for (const edge of edges) {
      if (steps.has(`${edge.dataset.from} ${edge.dataset.to}`)) edge.classList.add("on");
    }
    svg.classList.add("dimmed");
    box.classList.add("chosen");
    row.classList.add("chosen");
    told.textContent = (row.querySelector(".way") ?? row.querySelector(".name")).textContent;
    if (scrolls) bring(box);
    remember(`#path-${number}`);
  }

  for (const [number, box] of boxes) {
    box.setAttribute("tabindex", "0");
    box.setAttribute("role", "button");
    box.addEventListener("click", () => { if (!swallow) choose(number, false); });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(number, false); }
    });
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "show";
    button.setAttribute("aria-label", `show ${rows.get(number).querySelector(".name").textContent} in the picture`);
    button.addEventListener("click", () => {
      choose(number, true);
      sheet.scrollIntoView({ block: "nearest" });
    });
    rows.get(number).querySelector(".name").after(" ", button);
  }
  sheet.addEventListener("click", (event) => {
    if (swallow) { swallow = false; return; }
    if (!event.target.closest("[data-node]")) leave();
  });

  function leave() {
    clear();
    remember("");
  }

  function remember(hash) {
    try { history.replaceState(null, "", hash || location.pathname + location.search); } catch { /* a frame */ }
  }

  // -- search

  function look() {
    const wanted = search.value.trim().toLocaleLowerCase();
    hits = [];
    at = -1;
    for (const [number, row] of rows) {
      const fits = !wanted || texts.get(number).includes(wanted);
      const named = wanted && names.get(number).includes(wanted);
      row.hidden = !fits || (gapsOnly && gapsOnly.checked && !row.querySelector(".findings li"));
      boxes.get(number).classList.toggle("hit", Boolean(named));
      if (named) hits.push(number);
    }
    found.value = wanted ? `${hits.length} of ${rows.size} names` : "";
  }

  search.addEventListener("input", look);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !hits.length) return;
    event.preventDefault();
    if (event.shiftKey) at = at > 0 ? at - 1 : hits.length - 1;
    else at = (at + 1) % hits.length;
    choose(hits[at], true);
    found.value = `${at + 1} of ${hits.length} names`;
  });
  if (gapsOnly) gapsOnly.addEventListener("change", look);
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    search.value = "";
    look();
    leave();
  });

  // A row of the table is #node-N; #path-N is what the address says of a node that was chosen.
  function follow() {
    const match = /^#(?:node|path)-(\d+)$/.exec(location.hash);
    if (match) choose(match[1], true);
    return Boolean(match);
  }

  document.querySelector(".tools").hidden = false;
  sheet.classList.add("pans");
  window.addEventListener("hashchange", follow);
  if (!follow() && rows.get("0").querySelector(".way")) bring(boxes.get("0"));
})();
