// Zoom and pan of a picture in its sheet. Nothing is fetched, nothing is evaluated.
"use strict";

// Have a sheet with a picture zoomed and panned, show the tools for it, and return what brings a part into sight.
function zoomable(sheet) {
  const svg = sheet.querySelector("svg");
  const shown = document.getElementById("zoom");
  const width = svg.width.baseVal.value, height = svg.height.baseVal.value;
  let scale = 1, start = null, moved = false;

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

  sheet.addEventListener("dragstart", (event) => event.preventDefault());
  sheet.addEventListener("pointerdown", (event) => {
    moved = false;
    if (event.button || event.pointerType !== "mouse") return;
    start = { x: event.clientX, y: event.clientY, left: sheet.scrollLeft, top: sheet.scrollTop };
  });
  window.addEventListener("pointermove", (event) => {
    if (!start) return;
    const x = event.clientX - start.x, y = event.clientY - start.y;
    if (Math.abs(x) + Math.abs(y) > 4) { moved = true; sheet.classList.add("dragged"); }
    if (moved) { sheet.scrollLeft = start.left - x; sheet.scrollTop = start.top - y; }
  });
  window.addEventListener("pointerup", () => {
    sheet.classList.remove("dragged");
    start = null;
  });
  sheet.addEventListener("click", (event) => {  // the end of a move is no choice of what lies under it
    if (!moved) return;
    moved = false;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });

  document.querySelector(".tools").hidden = false;
  sheet.classList.add("pans");

  return (box) => {
    const frame = sheet.getBoundingClientRect(), place = box.getBoundingClientRect();
    sheet.scrollLeft += place.left + place.width / 2 - frame.left - frame.width / 2;
    sheet.scrollTop += place.top + place.height / 2 - frame.top - frame.height / 2;
  };
}
