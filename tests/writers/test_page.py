"""The HTML page: it loads nothing, runs nothing but its own script, and says everything without it."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from exported import BOREALIS, FAMILY, HOSTILE, ROOT, SAMPLES, described, material

from osaid_graph.vocab import OSAID
from osaid_graph.writers import writer
from osaid_graph.writers.pictures.lineage import picture_of
from osaid_graph.writers.style import style

OLMO = ROOT / "data" / "releases" / "olmo-7b.yaml"
ASSETS = Path(__file__).resolve().parents[2] / "osaid_graph" / "writers" / "pictures"
SCRIPTS = ("zoom.js", "page.js", "../../server/static/lineage.js")
VOID = {"meta", "input"}
#: Elements that load nothing; ``a`` leads somewhere only when it is followed.
HARMLESS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "h1", "h2", "p", "div", "span"),
    *("label", "input", "output", "button", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "a", "script"),
    *("svg", "desc", "defs", "marker", "g", "path", "rect", "text"),
}


class Page(HTMLParser):
    """What a page holds: its elements in order, the text in each, and whether every one was closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[list[str]] = []
        self.open: list[tuple[str, int]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({key for key, _ in attrs}) == len(attrs)
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        self.texts.append([])
        if tag not in VOID:
            self.open.append((tag, len(self.texts) - 1))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, at in self.open:
            self.texts[at].append(data)

    def all(self, tag: str, **attributes: str) -> list[tuple[dict[str, str], str]]:
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [
            (said, "".join(text))
            for (name, said), text in zip(self.elements, self.texts, strict=True)
            if name == tag and wanted.items() <= said.items()
        ]


def page(sample: Path, *, assessed: bool | None = None) -> tuple[str, Page]:
    text = writer("html").write(material(sample, assessed=assessed))
    assert isinstance(text, str)
    return text, Page(text)


def test_the_policy_lets_the_script_run_and_nothing_else() -> None:
    text, found = page(BOREALIS)
    ((policy, _),) = found.all("meta", http_equiv="Content-Security-Policy")
    ((_, script),) = found.all("script")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy["content"] == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert text.index("Content-Security-Policy") < text.index("<style>") < text.index("<script>")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_nothing_is_loaded_and_nothing_runs(sample: Path) -> None:
    text, found = page(sample)
    assert {tag for tag, _ in found.elements} <= HARMLESS
    for tag, said in found.elements:
        assert not any(key.startswith("on") or key in ("src", "srcset", "style", "action", "data") for key in said)
        address = said.get("href", "")
        if tag == "a":
            assert re.match(r"https?://|#node-\d+$", address), address
            assert address.startswith("#") or said["rel"] == "noopener noreferrer"
        else:
            assert address == ""
        for key, value in said.items():
            assert "url(" not in value or (key == "marker-end" and value.startswith("url(#arrow-"))
    style = "".join(words for _, words in found.all("style"))
    assert "url(" not in style and "@import" not in style
    assert len(found.all("script")) == 1 and text.count("<script") == 1


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_picture_and_table_have_every_node_without_the_script(sample: Path) -> None:
    _, found = page(sample)
    picture = picture_of(material(sample))
    numbers = [str(at) for at in range(len(picture.nodes))]
    assert [said["data-node"] for said, _ in found.all("tr") if "data-node" in said] == numbers
    assert sorted((said["data-node"] for said, _ in found.all("g") if "data-node" in said), key=int) == numbers
    ids = [said["id"] for _, said in found.elements if "id" in said]
    assert len(ids) == len(set(ids))
    assert [said for said, _ in found.all("div", class_="tools")] == [
        {"class": "tools", "role": "search", "hidden": ""}
    ]


@pytest.mark.parametrize("sample", [OLMO, BOREALIS, HOSTILE], ids=lambda path: path.stem)
def test_every_gap_is_told_in_the_row_of_its_node(sample: Path) -> None:
    _, found = page(sample)
    cells = [text for _, text in found.all("td", class_="findings")]
    examination = material(sample).examination
    assert examination is not None
    gaps = [each for each in examination.assessment.findings if each.outcome in ("not-met", "not-evidenced")]
    assert sum(text.count("not evidenced") + text.count("not met") for text in cells) >= len(gaps)
    places = {node.id: at for at, node in enumerate(picture_of(material(sample)).nodes)}
    for gap in gaps:
        assert gap.requirement in cells[places[gap.focus]]


@pytest.mark.parametrize("sample", [OLMO, BOREALIS], ids=lambda path: path.stem)
def test_every_node_leads_back_to_the_subject_along_edges_that_are_drawn(sample: Path) -> None:
    _, found = page(sample)
    before = {said["data-node"]: said.get("data-before") for said, _ in found.all("tr") if "data-node" in said}
    drawn = {(said["data-from"], said["data-to"]) for said, _ in found.all("path") if "data-from" in said}
    assert [node for node, previous in before.items() if previous is None] == ["0"]
    assert {(previous, node) for node, previous in before.items() if previous is not None} <= drawn
    ways = [text for _, text in found.all("td", class_="way")]
    assert len(ways) == len(before)
    if sample == OLMO:
        assert ways[before_gutenberg(found)] == (
            "OLMo-7B —hasParameters→ OLMo-7B parameters —trainedOn→ Dolma 1.5-sample —subsetOf→ Dolma 1.5 "
            "—filteredFrom→ Project Gutenberg"
        )


def before_gutenberg(found: Page) -> int:
    return [text for _, text in found.all("span", class_="name")].index("Project Gutenberg")


def test_without_an_assessment_there_are_no_gaps_and_no_verdict() -> None:
    text, found = page(FAMILY)
    assert [text for _, text in found.all("th", scope="col")] == [
        *("Node", "What it is", "What is said of it", "Made from")
    ]
    assert "Nothing is assessed here." in text
    assert found.all("p", class_="verdict") == []


def test_hostile_names_are_text() -> None:
    text, found = page(HOSTILE)
    names = [name for _, name in found.all("span", class_="name")]
    assert "<script>alert(1)</script>" in names
    assert '"]]>& end; %% graph' in names
    assert "\u202e" not in text and "\x01" not in text
    assert "x" * 10_000 in names
    assert all(len(name) <= 120 for _, name in [*found.all("a", href="#node-1"), *found.all("a", href="#node-2")])
    targets = {said["href"] for said, _ in found.all("a")}
    assert "https://example.org/'quoted'?a=1&b=2#x" in targets
    assert not any("javascript" in target for target in targets)


def test_what_the_page_says_of_nodes_is_entered_as_carried() -> None:
    found = material(BOREALIS)
    writer("html").write(found)
    carried = {predicate for _, predicate, _ in found.carried}
    assert {OSAID.license, OSAID.availability, OSAID.trainedOn} <= carried
    assert OSAID.provenance not in carried


def test_the_same_release_gives_the_same_page() -> None:
    assert page(BOREALIS)[0] == page(BOREALIS)[0]


def test_an_empty_name_is_told(tmp_path: Path) -> None:
    empty = '<urn:x:m> a o:Model ; <http://purl.org/dc/terms/title> "" ; o:trainedOn <urn:x:d> .'
    text = writer("html").write(described(empty, tmp_path, assessed=True))
    assert isinstance(text, str)
    assert Page(text).all("span", class_="name")


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_script_is_javascript() -> None:
    node = shutil.which("node") or ""
    for name in SCRIPTS:
        subprocess.run([node, "--check", str(ASSETS / name)], check=True, capture_output=True)


def test_the_script_fetches_and_evaluates_nothing() -> None:
    script = "".join((ASSETS / name).read_text("utf-8") for name in SCRIPTS)
    for word in ("fetch(", "XMLHttpRequest", "eval(", "innerHTML", "import(", "document.write", "Function("):
        assert word not in script
    assert "</script" not in script


def test_text_stands_out_from_its_ground() -> None:
    """Ratios of WCAG 2.2 (1.4.3) for the colours of the style sheet: 4.5 for text of any size."""
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", style("osaid_graph.writers.pictures", "page.css")))
    for ink in ("ink", "muted", "accent", "not-met", "not-evidenced"):
        for ground in (colours["paper"], colours["ground"], "#e3f0f8"):
            assert contrast(colours[ink], ground) >= 4.5, (ink, ground)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
