"""The pages in a real browser: what a person does there, without a word in the console, and for everybody.

Needs Playwright and a Chromium (``chromium`` of Debian, or OSAID_GRAPH_CHROMIUM); skips visibly without. Screenshots
are kept where OSAID_GRAPH_SCREENSHOTS says.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from corpora import ROOT

from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.build import build
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.server.limits import Limits
from osaid_graph.server.site import Site

from .conftest import serving

pytestmark = pytest.mark.usefixtures("loopback_only")

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = os.environ.get("OSAID_GRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
BLOOM = "https://huggingface.co/bigscience/bloom"
ADDRESSES = {
    "matrix": "/",
    "requirements": "/requirements",
    "release": f"/release?node={BLOOM}",
    "lineage": f"/lineage?node={BLOOM}",
    "impact": "/lineage?node=https://commoncrawl.org/&direction=down",
    "compare": f"/compare?a={BLOOM}&b=https://huggingface.co/allenai/OLMo-7B",
    "plan": "/plan?unit=node",
    "node": f"/node?iri={BLOOM}",
    "queries": "/query",
    "query": "/query/upstream?node=bloom&ask=1",
    "chart": "/query/licences-in-use?ask=1",
    "ask": "/ask?query=SELECT+*+{+%3Fx+a+osaid:Model+}",
    "missing": "/release?node=none",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where the shipped releases are served."""
    folder = tmp_path_factory.mktemp("releases") / "corpus"
    build(folder, [str(ROOT / "data" / "releases")], jobs=1)
    engine = DuckDB(1 << 30)
    assess(Corpus.open(folder), engine)
    engine.close()
    site = Site.of(Corpus.open(folder))
    with serving(site, Limits()) as url:
        yield url
    site.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser without a window."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: install it, or name it in OSAID_GRAPH_CHROMIUM")
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def page(browser: Any, home: str) -> Iterator[Any]:
    """Return a page; that it logs nothing and asks nobody else is looked at in the end."""
    context = browser.new_context(base_url=home, accept_downloads=True, viewport={"width": 1400, "height": 900})
    found = context.new_page()
    logged: list[str] = []
    asked: list[str] = []
    found.on("console", lambda message: logged.append(message.text))
    found.on("pageerror", lambda error: logged.append(str(error)))
    found.on("request", lambda request: asked.append(request.url))
    yield found
    context.close()
    assert [each for each in logged if "favicon" not in each and "404" not in each] == []
    assert {each for each in asked if not each.startswith(f"{home}/")} == set()


def kept(page: Any, name: str) -> None:
    """Keep a picture of a page, where somebody wants to have it."""
    if folder := os.environ.get("OSAID_GRAPH_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_from_the_matrix_to_the_data_behind_a_gap_and_an_answer_to_keep(page: Any, tmp_path: Path) -> None:
    page.goto("/")
    page.get_by_label("Name contains").fill("llama")
    page.get_by_role("button", name="Show").click()
    rows = page.locator("table.matrix tbody tr")
    assert rows.count() == 1
    kept(page, "matrix-filtered")
    rows.first.get_by_role("link").click()
    assert page.locator("h1").inner_text().startswith("Llama 2 7B")
    row = page.locator("#data-info-provenance")
    assert "not met" in row.inner_text()
    row.locator("details").first.evaluate("each => each.open = true")
    last = row.locator(".trace li a").last
    data = last.inner_text()
    kept(page, "release-with-a-trace")
    last.click()
    assert "What is said of it, and by whom" in page.locator("caption").first.inner_text()
    assert data.split("@")[0].rpartition("/")[2].casefold() in page.content().casefold()
    page.get_by_role("link", name="Queries").click()
    page.get_by_role("link", name="upstream", exact=True).click()
    page.get_by_label("node (").fill("bloom")
    page.get_by_role("button", name="Ask").click()
    assert "3 rows" in page.locator("main").inner_text()
    kept(page, "query-answered")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="csv").click()
    waiting.value.save_as(tmp_path / "answer.csv")
    lines = (tmp_path / "answer.csv").read_text("utf-8").splitlines()
    assert lines[0] == "source,kind" and len(lines) == 4


def test_the_matrix_is_filtered_and_sorted_by_keyboard_alone(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for _ in range(20):
        if page.evaluate("document.activeElement.name || ''") == "q":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("bloom")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=bloom**")
    assert page.locator("table.matrix tbody tr").count() == 1


def test_a_lineage_is_zoomed_moved_and_followed(page: Any) -> None:
    page.goto(ADDRESSES["lineage"])
    svg = page.locator("figure svg")
    width = svg.bounding_box()["width"]
    page.get_by_role("button", name="larger").click()
    assert svg.bounding_box()["width"] == pytest.approx(1.25 * width, abs=1)
    assert page.locator("#zoom").inner_text() == "125 %"
    nodes = svg.locator("a")
    nodes.last.focus()
    assert "dimmed" in svg.get_attribute("class")
    lit = svg.locator("[data-node].on")
    assert 2 <= lit.count() < svg.locator("[data-node]").count() and lit.first.get_attribute("data-node") == "0"
    kept(page, "lineage-way-to-a-node")
    box = nodes.last.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)  # a drag that ends on a node follows no link
    page.mouse.down()
    page.mouse.move(box["x"] - 40, box["y"] + 5, steps=4)
    page.mouse.up()
    assert page.locator("h1").inner_text() == "BLOOM 1.0.0"
    nodes.last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/lineage?node=**")
    assert page.locator("h1").inner_text() != "BLOOM 1.0.0"


def test_a_node_of_a_picture_that_is_wider_than_its_sheet_is_followed_by_a_click(page: Any) -> None:
    page.set_viewport_size({"width": 1000, "height": 900})
    page.goto("/lineage?node=https://huggingface.co/HuggingFaceTB/SmolLM3-3B-Base")
    page.locator("figure svg a", has_text="FineWeb-Edu").click()
    page.wait_for_url("**fineweb-edu**", timeout=5000)
    assert page.locator("h1").inner_text() == "FineWeb-Edu"


def test_pages_are_read_without_a_script(browser: Any, home: str) -> None:
    context = browser.new_context(base_url=home, java_script_enabled=False)
    found = context.new_page()
    for name, address in ADDRESSES.items():
        found.goto(address)
        assert found.locator("h1").inner_text(), name
    context.close()


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_is_for_everybody(browser: Any, home: str, name: str) -> None:
    """By axe: WCAG 2.1, levels A and AA."""
    script = files("axe_core_python") / "axe.min.js"
    context = browser.new_context(base_url=home, bypass_csp=True)
    found = context.new_page()
    found.goto(ADDRESSES[name])
    if name == "plan":
        found.wait_for_selector("meter")  # the page comes again by itself until it is worked out
    found.add_script_tag(content=script.read_text("utf-8"))
    tags = json.dumps(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"])
    results = found.evaluate(f"axe.run(document, {{runOnly: {{type: 'tag', values: {tags}}}}})")
    kept(found, name)
    context.close()
    assert [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in results["violations"]] == []
    assert len(results["passes"]) > 8


@pytest.mark.parametrize("width", [1280, 400])
def test_no_column_is_so_narrow_that_its_words_are_spelt_downwards(browser: Any, home: str, width: int) -> None:
    context = browser.new_context(base_url=home, viewport={"width": width, "height": 800})
    found = context.new_page()
    for name in ("release", "requirements", "lineage", "impact", "compare", "node"):
        found.goto(ADDRESSES[name])
        cells = "document.querySelectorAll('table:not(.matrix) :is(tbody th, td:not(.number))')"
        assert found.evaluate(f"Math.min(...Array.from({cells}, cell => cell.offsetWidth).filter(Boolean))") >= 60, name
    context.close()


def test_a_narrow_window_scrolls_the_tables_and_not_the_page(browser: Any, home: str) -> None:
    context = browser.new_context(base_url=home, viewport={"width": 400, "height": 800})
    found = context.new_page()
    for name, address in ADDRESSES.items():
        found.goto(address)
        wide = found.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, name
    context.close()
