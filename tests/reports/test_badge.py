"""The badge: outcome and count in words, readable by those who do not see it, and no claim that is not ours to make."""

from __future__ import annotations

import dataclasses
from xml.etree.ElementTree import Element, fromstring

import pytest
from hostile_assessment import ATTACK, hostile, reviewed

from osaid_graph.model import Verdict
from osaid_graph.reports import render

SVG = "{http://www.w3.org/2000/svg}"


def parsed(text: str) -> Element:
    return fromstring(text)  # noqa: S314 - our own text


@pytest.mark.parametrize(
    ("outcome", "expected"), [("not-met", "✕ not met"), ("undetermined", "? undetermined"), ("met", "✓ met")]
)
def test_it_tells_the_outcome_and_how_many_of_those_that_apply_are_met(outcome: Verdict, expected: str) -> None:
    assessment = dataclasses.replace(reviewed(), outcome=outcome)
    summary = assessment.summary
    apply = sum(summary.values()) - summary["not-applicable"]
    root = parsed(render(assessment, "badge"))
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert words == ["OSAID 1.0-RC1", f"{expected} ({summary['met']}/{apply})"]


def test_it_has_text_alternatives() -> None:
    root = parsed(render(reviewed(), "badge"))
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.get("id")}
    assert list(named) == str(root.get("aria-labelledby")).split()
    assert str(named["title"]).startswith("OSAID 1.0-RC1: ")
    assert reviewed().subject_label in str(named["desc"])


def test_the_name_of_a_profile_is_cut_and_escaped_and_nothing_but_shapes_and_text_is_there() -> None:
    definition = dataclasses.replace(reviewed().definition, title=ATTACK)
    text = render(dataclasses.replace(hostile(), definition=definition), "badge")
    root = parsed(text)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        "svg",
        "title",
        "desc",
        "rect",
        "path",
        "text",
    }
    assert float(str(root.get("width"))) < 500
    assert all(c.isprintable() or c == "\n" for c in text)
