"""An assessment whose every text from the data is an attack, so that each format can be held to showing it as text."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.model import Assessment, Claim, Evidence, Finding, Judgement, Note, Restriction, Step
from osaid_graph.sources import Location, Repair
from osaid_graph.tolerated import Waiver

ROOT = Path(__file__).parent.parent
#: Markup, links that are scripts, entities, ends of sections, control and bidirectional characters, a lone surrogate.
ATTACK = (
    "=1+1<script>alert(1)</script>\"'><img src=x onerror=alert(1)> [x](javascript:alert(1)) "
    "![y](http://evil.example/i) "
    "<javascript:alert(1)> | `code` ``` </details> ]]> &lt; {0} @acme #12 $x$ :tada: \x1b[31m\x00\r\n\n# heading\n\n"
    "\u202egnp.exe\u2066\u200f\ud800\ufffe"
)
SCRIPT = "javascript:alert(document.domain)"
DATA = "data:text/html,<script>alert(1)</script>"


@cache
def reviewed() -> Assessment:
    """Return the assessment of a release that others have reviewed, with gaps of every kind but one."""
    files = [ROOT / "data" / folder / "bloom-176b.yaml" for folder in ("releases", "reviews/osi-2024")]
    return assess(load(map(str, files)), today=datetime.date(2026, 11, 24))


@cache
def hostile() -> Assessment:
    """Return the same with an attack in the place of each text that an input can give."""
    assessment = reviewed()
    place = Location(ATTACK, 3, ATTACK)
    results = tuple(
        dataclasses.replace(
            result,
            findings=tuple(_finding(finding, place) for finding in result.findings),
            bearing=tuple(_finding(finding, place) for finding in result.bearing),
            judgements=tuple(_judgement(judgement, place) for judgement in result.judgements[: number % 2]),
            because="" if number else ATTACK,
        )
        for number, result in enumerate(assessment.results)
    )
    inputs = tuple(
        dataclasses.replace(source, name=ATTACK, format="osaid.yaml", repairs=(Repair(ATTACK, 1, ATTACK),))
        for source in assessment.inputs
    )
    return dataclasses.replace(
        assessment,
        results=results,
        inputs=inputs,
        subject=SCRIPT,
        subject_label=ATTACK,
        notes=(Note(place, ATTACK),),
        snippets={place: ATTACK},
    )


@cache
def hostile_waivers() -> Assessment:
    """Return the same with waivers whose every text is an attack."""
    found = tuple(_waivers(hostile().findings, Location(ATTACK, 3, ATTACK)))
    return dataclasses.replace(hostile(), waivers=found)


def _finding(finding: Finding, place: Location) -> Finding:
    last = Step(SCRIPT, "osaid:trainedOn", ATTACK)
    return dataclasses.replace(
        finding,
        focus=SCRIPT,
        focus_label=ATTACK,
        value=ATTACK,
        reason=ATTACK,
        trace=(Step(DATA, "", ATTACK), last),
        location=place,
        claims=(Claim(ATTACK, (SCRIPT, DATA, ATTACK), place),),
        restrictions=(Restriction(ATTACK, ATTACK, (), ATTACK, ATTACK, SCRIPT),),
        remedy=dataclasses.replace(finding.remedy, yaml=ATTACK, turtle=ATTACK),
    )


def _waivers(findings: tuple[Finding, ...], place: Location) -> Iterator[Waiver]:
    """Yield a waiver of each standing: those that act of one finding each."""
    standings: tuple[Literal["active", "expired", "ignored"], ...] = ("active", "expired", "ignored")
    for standing, finding in zip(standings, findings, strict=False):
        because = ATTACK if standing == "ignored" else ""
        named = () if because else (finding.id,)
        yield Waiver(ATTACK, SCRIPT, ATTACK, ATTACK, ATTACK, "2027-01-31", place, standing, because, named, ATTACK)


def _judgement(judgement: Judgement, place: Location) -> Judgement:
    return dataclasses.replace(
        judgement, by=ATTACK, reason=ATTACK, evidence=(Evidence(SCRIPT), Evidence(DATA)), location=place
    )
