"""Every format tells the same of a baseline: which findings are new, which are known, and what is gone."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from baselines import with_some_known
from hostile_assessment import hostile, reviewed
from jsonschema import Draft202012Validator
from rdflib import SH, Graph

from osaid_graph.model import Assessment
from osaid_graph.reports import REPORTS, RenderOptions, render
from osaid_graph.standing import Standing
from osaid_graph.vocab import OSAID

REPORT_SCHEMA = Path(__file__).parent.parent.parent / "data" / "schema" / "report.schema.json"
#: What a format tells: the ids of new findings, of known ones, and of what is gone; None for what it leaves out.
Told = tuple[set[str] | None, set[str] | None, set[str] | None]


def _listed(sign: str, text: str) -> list[str]:
    section = text.split("since the baseline before.json", 1)[1].split("\n\n", 1)[0]
    joined = re.sub(r"\n    ", " ", section)
    return re.findall(rf"^  {re.escape(sign)} .*\((\w{{12}})\)$", joined, re.MULTILINE)


def _of_text(text: str) -> Told:
    return set(_listed("+", text)), None, set(_listed("-", text))


def _of_json(text: str) -> Told:
    states = {f["id"]: f["baseline_state"] for f in json.loads(text)["findings"]}
    gone = json.loads(text)["baseline"]["gone"]
    new, known = ({id_ for id_, state in states.items() if state == word} for word in ("new", "known"))
    return new, known, {each["id"] for each in gone}


def _of_sarif(text: str) -> Told:
    found: dict[str, set[str]] = {}
    for result in json.loads(text)["runs"][0]["results"]:
        if "finding" in result["properties"] or result["baselineState"] == "absent":
            found.setdefault(result["baselineState"], set()).add(result["partialFingerprints"]["osaidFinding/v1"])
    return found["new"], found["unchanged"], found["absent"]


def _of_csv(text: str) -> Told:
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    new, known, gone = ({r["finding"] for r in rows if r["baseline"] == word} for word in ("new", "known", "gone"))
    return new, known, gone


def _of_turtle(text: str) -> Told:
    graph = Graph().parse(data=text, format="turtle")
    states = {
        str(node).rpartition(":")[2]: str(graph.value(node, OSAID.inBaseline))
        for node in graph.objects(None, SH.result)
    }
    new, known = ({id_ for id_, state in states.items() if state == word} for word in ("false", "true"))
    return new, known, None


def _of_junit(text: str) -> Told:
    ids = r"\((\w{12})\)\n  at .*\n  %s since the baseline$"
    new = set(re.findall(ids % "new", text, re.MULTILINE))
    known = set(re.findall(r"\((\w{12})\)\n  at .*\n  known to the baseline$", text, re.MULTILINE))
    root = fromstring(text)  # noqa: S314 - our own text
    gone = [p.get("value", "") for p in root.iter("property") if p.get("name") == "osaid.gone"]
    return new, known, {value[-13:-1] for value in gone}


def _of_markdown(text: str) -> Told:
    new = set(re.findall(r"finding `(\w{12})`\n- place.*\n- new since the baseline$", text, re.MULTILINE))
    known = set(re.findall(r"finding `(\w{12})`\n- place.*\n- known to the baseline$", text, re.MULTILINE))
    gone = text.split("### Gone since the baseline\n\n", 1)[1].split("\n\n", 1)[0]
    return new, known, set(re.findall(r"\\\((\w{12})\\\)$", gone, re.MULTILINE))


def _of_html(text: str) -> Told:
    articles = re.findall(r'<article id="finding-(\w{12})".*?</article>', text, re.DOTALL)
    bodies = re.findall(r"<article .*?</article>", text, re.DOTALL)
    states = {id_: "new since the baseline" in body for id_, body in zip(articles, bodies, strict=True)}
    assert all(
        ("known to the baseline" in body) is not state for body, state in zip(bodies, states.values(), strict=True)
    )
    gone = text.split("<h3>Gone</h3>", 1)[1].split("</ul>", 1)[0]
    new, known = ({id_ for id_, state in states.items() if state is word} for word in (True, False))
    return new, known, set(re.findall(r"\((\w{12})\)", gone))


TOLD: dict[str, Callable[[str], Told]] = {
    "text": _of_text,
    "json": _of_json,
    "sarif": _of_sarif,
    "csv": _of_csv,
    "turtle": _of_turtle,
    "junit": _of_junit,
    "markdown": _of_markdown,
    "html": _of_html,
}


@cache
def compared() -> Assessment:
    return with_some_known(reviewed())


def test_every_format_but_the_badge_is_held_to_it() -> None:
    assert set(TOLD) == set(REPORTS) - {"badge"}


@pytest.mark.parametrize("report", TOLD)
def test_a_report_tells_what_is_new_known_and_gone(report: str) -> None:
    standing = Standing(compared())
    gaps = {finding.id for word in ("new", "known") for finding in standing.gaps(word)}
    new, known = ({f.id for f in compared().findings if standing.state(f) == word} for word in ("new", "known"))
    assert min(len(new & gaps), len(known & gaps), len(standing.gone)) > 0
    told = TOLD[report](render(compared(), report, RenderOptions(verbose=True)))
    if report == "text":  # which lists the gaps alone
        new &= gaps
    expected: Told = (new, known, {each.id for each in standing.gone})
    assert told == tuple(None if mine is None else each for mine, each in zip(told, expected, strict=True))


@pytest.mark.parametrize("report", ["text", "junit", "markdown", "html"])
def test_the_counts_are_told_in_one_sentence(report: str) -> None:
    text = render(compared(), report).replace("\\", "")
    standing = Standing(compared())
    counts = f"gaps {len(standing.gaps('known'))} known, {len(standing.gaps('new'))} new, 1 gone"
    assert f"aseline before.json of 2026-11-24: {counts}" in text


def test_a_case_fails_in_junit_where_the_run_does() -> None:
    root = fromstring(render(compared(), "junit"))  # noqa: S314 - our own text
    red = [case.get("name") for case in root.iter("testcase") if {child.tag for child in case} & {"failure", "error"}]
    assert sorted(map(str, red)) == sorted(Standing(compared()).failing)
    skipped = [e.get("message", "") for e in root.iter("skipped") if "tolerated" in e.get("message", "")]
    assert skipped


def test_a_badge_tells_the_outcome_which_no_baseline_changes() -> None:
    assert render(compared(), "badge") == render(reviewed(), "badge")


def test_json_fits_its_schema_with_a_baseline() -> None:
    schema = json.loads(REPORT_SCHEMA.read_text("utf-8"))
    assert not list(Draft202012Validator(schema).iter_errors(json.loads(render(compared(), "json"))))


def test_sarif_gives_every_result_a_state_and_the_exit_code_of_the_run() -> None:
    run = json.loads(render(compared(), "sarif"))["runs"][0]
    assert all("baselineState" in result for result in run["results"])
    assert run["invocations"][0]["exitCode"] == (1 if Standing(compared()).fails else 0)
    plain = json.loads(render(reviewed(), "sarif"))["runs"][0]
    assert not any("baselineState" in result for result in plain["results"])


def test_what_a_former_report_says_is_text() -> None:
    assert "<script>" not in render(with_some_known(hostile()), "html").split("</style>", 1)[1]
