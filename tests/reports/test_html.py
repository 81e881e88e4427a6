"""The page: one file that loads and runs nothing, that can be read by everybody, and shows data as text."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hostile_assessment import ATTACK, hostile, reviewed

from osaid_graph.model import Assessment
from osaid_graph.reports import render, words
from osaid_graph.reports.traces import MAX_NODES, picture

ASSESSED = {"reviewed": reviewed, "hostile": hostile}
_VOID = {"meta", "br"}


class Page(HTMLParser):
    """The elements of a page in order, with their attributes, and those that are left open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@cache
def page(name: str) -> Page:
    return Page(render(ASSESSED[name](), "html"))


@pytest.mark.parametrize("name", ASSESSED)
def test_every_element_is_closed_and_every_id_is_one(name: str) -> None:
    assert page(name).open == []
    ids = Counter(attributes["id"] for _, attributes in page(name).elements if "id" in attributes)
    assert [id_ for id_, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("name", ASSESSED)
def test_nothing_runs_or_is_loaded(name: str) -> None:
    found = page(name)
    assert not found.named(
        "script", "img", "iframe", "object", "embed", "form", "input", "link", "base", "image", "use"
    )
    for _, attributes in found.elements:
        assert not {
            key for key in attributes if key.startswith("on") or key in ("src", "srcset", "style", "xlink:href")
        }
    text = render(ASSESSED[name](), "html")
    style = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    (policy,) = [m["content"] for m in found.named("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert len(style) == 1 and "url(" not in style[0] and "@import" not in style[0]


@pytest.mark.parametrize("name", ASSESSED)
def test_links_lead_to_the_web_or_to_a_place_on_the_page(name: str) -> None:
    found = page(name)
    ids = {attributes.get("id") for _, attributes in found.elements}
    for attributes in found.named("a"):
        target = str(attributes["href"])
        assert target.startswith(("https://", "http://")) or target.removeprefix("#") in ids, target


def test_data_are_text() -> None:
    text = render(hostile(), "html")
    assert all(c.isprintable() or c == "\n" for c in text)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script" in ATTACK


def test_it_has_what_a_reader_finds_its_way_by() -> None:
    found = page("reviewed")
    assert found.named("html")[0]["lang"] == "en"
    assert [len(found.named(tag)) for tag in ("title", "h1", "header", "nav", "main", "footer")][1:] == [1] * 5
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(attributes.get("scope") in ("col", "row") for attributes in found.named("th"))
    assert len(found.named("caption")) == len(found.named("table"))
    for attributes in found.named("section", "article"):
        assert attributes["aria-labelledby"] in {a.get("id") for a in found.named("h2", "h3")}
    # What scrolls can be reached by the keyboard.
    assert all(attributes.get("tabindex") == "0" for attributes in found.named("pre"))


def test_every_requirement_has_a_row_that_tells_its_outcome_in_words() -> None:
    text = render(reviewed(), "html")
    for result in reviewed().results:
        (row,) = re.findall(f'<tr id="requirement-{result.requirement.id}">(.*?)</tr>', text)
        assert f"{words.COUNTED[result.outcome]}</span>" in row
    assert len(page("reviewed").named("tr")) > len(reviewed().results)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_has_the_contrast_that_wcag_asks_for() -> None:
    style = re.findall(r"<style>(.*?)</style>", render(reviewed(), "html"), re.DOTALL)[0]
    variables = dict(re.findall(r"--([\w-]+): (#\w{6});", style))
    marks = re.findall(r"\.mark\.[^{]*\{ color: var\(--([\w-]+)\); background: (#\w{6}); \}", style)
    assert len(marks) == 5
    pairs = [(variables[ink], ground) for ink, ground in marks]
    pairs += [
        (variables[ink], variables[ground]) for ink in ("ink", "muted", "accent") for ground in ("paper", "ground")
    ]
    pairs.append((variables["ink"], "#e4e7eb"))
    assert all(contrast(*pair) >= 4.5 for pair in pairs)


def test_the_traces_are_drawn_unless_they_are_too_many() -> None:
    drawn = picture(reviewed())
    assert drawn is not None
    assert drawn.nodes[0].id == reviewed().subject
    on_traces = {step.node for finding in reviewed().findings for step in finding.trace} | {reviewed().subject}
    assert {node.id for node in drawn.nodes} == on_traces
    assert sum(node.not_met for node in drawn.nodes) == sum(f.outcome == "not-met" for f in reviewed().findings)
    assert picture(_long(reviewed())) is None


def _long(assessment: Assessment) -> Assessment:
    import dataclasses

    from osaid_graph.model import Step

    finding = next(f for f in assessment.findings)
    steps = tuple(Step(f"urn:x:{n}", "osaid:trainedOn", str(n)) for n in range(MAX_NODES + 1))
    results = tuple(
        dataclasses.replace(r, findings=(dataclasses.replace(finding, trace=(finding.trace[0], *steps)),))
        for r in assessment.results[:1]
    )
    return dataclasses.replace(assessment, results=results)
