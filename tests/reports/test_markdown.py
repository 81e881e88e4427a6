"""Markdown: fits a comment, says what it left out, and shows data as text that pings, links and formats nothing."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hostile_assessment import ATTACK, hostile, reviewed
from markdown_it import MarkdownIt

from osaid_graph.reports import render
from osaid_graph.reports.markdown_text import block, code, escaped, link, within_html


def prose_of(text: str) -> str:
    """Return a report without its blocks and spans of code."""
    without = re.sub(r"(?ms)^(`{3,})\w*\n.*?^\1$", "", text)
    return re.sub(r"(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)", "", without)


def test_it_opens_with_the_verdict_and_the_counts() -> None:
    text = render(reviewed(), "markdown")
    first, _, second = text.split("\n")[:3]
    assert first == f"## ❌ {reviewed().subject_label}: not met"
    assert second.startswith("27 met, 6 not met, 12 not evidenced, 4 to be judged, 2 not applicable, by [")
    assert "\n### For a person to judge\n\n- `freedoms-manner` a way that grants the freedoms\n" in text


def test_a_report_that_fits_leaves_nothing_out() -> None:
    assert "left out here" not in render(reviewed(), "markdown")


@pytest.mark.parametrize("copies", [60, 2_000])
def test_what_does_not_fit_a_comment_is_left_out_and_counted(copies: int) -> None:
    assessment = reviewed()
    finding = assessment.findings[0]
    many = tuple(dataclasses.replace(finding, id=f"{n:012d}", reason="because " * 300) for n in range(copies))
    results = tuple(
        dataclasses.replace(r, findings=many if r.requirement.id == finding.requirement else ())
        for r in assessment.results
    )
    text = render(dataclasses.replace(assessment, results=results), "markdown")
    assert len(text) < 65_536
    shown = len(re.findall(r"finding `\d{12}`", text))
    assert 10 < shown < copies
    assert f"**{copies - shown} of {copies} findings are left out here**" in text
    assert text.count("<details>") == text.count("</details>")


def test_even_what_stands_around_the_findings_is_cut() -> None:
    judgement = next(j for r in reviewed().results for j in r.judgements)
    wordy = dataclasses.replace(judgement, counted=True, reason="because " * 2_000)
    results = tuple(dataclasses.replace(r, judgements=(wordy,)) for r in reviewed().results)
    text = render(dataclasses.replace(reviewed(), results=results), "markdown")
    assert len(text) < 65_536
    assert text.endswith("**The rest is left out here**: a comment has no more room.\n")


def test_data_are_text_outside_code_and_make_no_mention_reference_or_formula() -> None:
    text = render(hostile(), "markdown")
    assert all(c.isprintable() or c == "\n" for c in text)
    prose = prose_of(text)
    assert not re.search(r"<(?!/?(?:details|summary|b|sub)>|!-- -->|https?://)", prose)
    assert not re.search(r"(?<!&)[@#](?=\w)", prose)
    assert "$" not in prose
    assert prose.count("<details>") == prose.count("</details>") > 10


def test_a_renderer_that_trusts_all_html_makes_nothing_of_the_data() -> None:
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(render(hostile(), "markdown"))
    assert set(re.findall(r"<(\w+)", page)) == {
        *("h2", "h3", "p", "a", "b", "sub", "ul", "li", "blockquote", "pre", "code", "details", "summary"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    assert page.count("<details>") == page.count("</details>") == 6 + len(hostile().findings)
    assert set(re.findall(r'href="([^"]*)"', page)) == {hostile().definition.source}
    assert page.count("<table>") == 6
    assert page.count("<h2>") == 1


def test_only_an_address_of_the_web_becomes_a_link() -> None:
    assert link("a", "https://example.org/x") == "[a](<https://example.org/x>)"
    for address in ("javascript:alert(1)", "data:text/html,x", "https://[", "http://a.example/>x", "ftp://a.example"):
        assert link("a", address) == "a"
    targets = re.findall(r"\]\(<([^>]*)>\)", render(hostile(), "markdown"))
    assert targets and all(target.startswith("https://") for target in targets)
    assert not re.search(r"(?<!\\)\]\((?!<https?://)", prose_of(render(hostile(), "markdown")))


def test_code_is_closed_by_no_backtick_of_the_data() -> None:
    assert code("a``b`c") == "``` a``b`c ```"
    assert block("x\n```\n</details>") == "````\nx\n```\n</details>\n````"
    assert code("a|b", in_table=True) == r"`a\|b`"


def test_the_same_text_within_html_has_no_backslashes() -> None:
    assert within_html("[a] <b>") == "&#91;a&#93; &lt;b&gt;"
    assert escaped("[a] <b>") == r"\[a\] &lt;b&gt;"
    assert "<script" not in within_html(ATTACK)
