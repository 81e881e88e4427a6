// What the picture of a lineage can do beyond being read and followed, behind zoom.js: the way to a node it points at.
(() => {
  const sheet = document.querySelector(".sheet");
  const svg = sheet && sheet.querySelector("svg");
  if (!svg) return;
  const bring = zoomable(sheet);
  const boxes = new Map(), before = new Map(), lines = new Map();
  for (const box of svg.querySelectorAll("[data-node]")) boxes.set(box.dataset.node, box);
  for (const line of svg.querySelectorAll("[data-from]")) {
    const { from, to } = line.dataset;
    lines.set(`${from} ${to}`, line);
    before.set(to, [...(before.get(to) ?? []), from]);
  }

  // A shortest way from the first node to another: what lies before each, looked through level by level.
  function way(end) {
    const next = new Map([[end, ""]]);
    for (const here of next.keys()) {
      for (const one of before.get(here) ?? []) if (!next.has(one)) next.set(one, here);
    }
    const steps = [];
    for (let here = "0"; here && next.has(here); here = next.get(here)) steps.push(here);
    return steps;
  }

  function clear() {
    svg.classList.remove("dimmed");
    for (const each of [...boxes.values(), ...lines.values()]) each.classList.remove("on");
  }

  function show(end) {
    clear();
    const steps = way(end);
    steps.forEach((step, at) => {
      boxes.get(step).classList.add("on");
      lines.get(`${step} ${steps[at + 1]}`)?.classList.add("on");
    });
    svg.classList.add("dimmed");
  }

  for (const [number, box] of boxes) {
    const link = box.closest("a") ?? box;
    link.addEventListener("pointerenter", () => show(number));
    link.addEventListener("pointerleave", clear);
    link.addEventListener("focus", () => {
      show(number);
      if (link.matches(":focus-visible")) bring(box);  // under a mouse, a node that moves would lose its click
    });
    link.addEventListener("blur", clear);
  }
  bring(boxes.get("0"));
})();
