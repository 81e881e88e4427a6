// What the page can do beyond being read, behind zoom.js: search, and the path from the subject to a node.
// Every value comes from attributes and texts that are in the page; nothing is fetched, nothing is evaluated.
(() => {
  const sheet = document.querySelector(".sheet");
  const svg = sheet.querySelector("svg");
  const told = document.querySelector(".path");
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const gapsOnly = document.getElementById("gaps-only");
  const boxes = new Map(), rows = new Map(), names = new Map(), texts = new Map(), edges = [];
  const bring = zoomable(sheet);
  let hits = [], at = -1;

  for (const box of svg.querySelectorAll("[data-node]")) boxes.set(box.dataset.node, box);
  for (const row of document.querySelectorAll("tr[data-node]")) {
    rows.set(row.dataset.node, row);
    names.set(row.dataset.node, row.querySelector("th").textContent.toLocaleLowerCase());
    texts.set(row.dataset.node, row.textContent.toLocaleLowerCase());
  }
  for (const edge of svg.querySelectorAll("[data-from]")) edges.push(edge);

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
    box.addEventListener("click", () => choose(number, false));
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

  window.addEventListener("hashchange", follow);
  if (!follow() && rows.get("0").querySelector(".way")) bring(boxes.get("0"));
})();
