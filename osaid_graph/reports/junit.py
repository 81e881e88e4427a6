"""The assessment as JUnit XML: a suite for each part of the definition, a case for each requirement.

A build turns red where ``check`` exits with 1: what is not met is a failure, what is not evidenced an error, because it
could not be told. What waits for a person, does not apply, does not bind or is tolerated is skipped, and says which it
is. There is no standard; elements and attributes are those that Jenkins and pytest agree on (``xunit2``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from osaid_graph.model import Assessment, Finding, Judgement, RequirementResult
from osaid_graph.reports import RenderOptions, judged, reading, tolerated, words
from osaid_graph.reports.remedies import Remedies
from osaid_graph.standing import Standing
from osaid_graph.tolerated import GAPS

#: The element that tells an outcome of a requirement that binds; a case without one has passed.
_ELEMENTS: Final = {
    "not-met": "failure",
    "not-evidenced": "error",
    "needs-judgement": "skipped",
    "not-applicable": "skipped",
}


def render(assessment: Assessment, options: RenderOptions) -> str:
    """Return the report as one document."""
    title = f"{words.plain(assessment.subject_label)}: {words.against(assessment)}"
    root = Element("testsuites", name=title)
    remedies, standing, parts = Remedies(assessment), Standing(assessment), words.open_parts(assessment)
    total: Counter[str] = Counter()
    for number, (name, results) in enumerate(words.by_clause(assessment)):
        suite = SubElement(root, "testsuite", name=name, timestamp=f"{assessment.date}T00:00:00")
        if standing.tolerates and not number:
            _properties(suite, standing)
        counted: Counter[str] = Counter(tests=len(results))
        for result in results:
            counted[_case(suite, standing, result, parts.get(result.requirement.id, ()), remedies)] += 1
        _count(suite, counted)
        total += counted
    _count(root, total)
    del root.attrib["skipped"]  # which the schema knows of a suite alone
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _properties(suite: Element, standing: Standing) -> None:
    """Add what is told of the run as a whole, of which only suites have properties."""
    told = [("osaid.tolerated", sentence) for sentence in tolerated.told(standing)]
    told += [("osaid.waiver", tolerated.described(waiver)) for waiver in standing.assessment.waivers]
    told += [("osaid.gone", tolerated.line(former)) for former in standing.gone_gaps]
    properties = SubElement(suite, "properties")
    for name, value in told:
        SubElement(properties, "property", name=name, value=words.plain(value))


def _count(element: Element, counted: Counter[str]) -> None:
    numbers = {"failures": counted["failure"], "errors": counted["error"], "skipped": counted["skipped"]}
    for key, value in {"tests": counted["tests"], **numbers, "time": 0}.items():
        element.set(key, str(value))


def _case(
    suite: Element, standing: Standing, result: RequirementResult, parts: Sequence[str], remedies: Remedies
) -> str:
    """Add the case of a requirement, and return the name of the element that tells its outcome."""
    requirement = result.requirement
    case = SubElement(
        suite,
        "testcase",
        name=requirement.id,
        classname=f"osaid.{words.plain(standing.assessment.definition.id)}.{words.plain(requirement.clause)}",
        time="0",
    )
    findings = "\n\n".join("\n".join(_lines(finding, remedies, standing)) for finding in result.findings)
    tells = _ELEMENTS.get(result.outcome, "")
    is_tolerated = result.outcome in GAPS and requirement.binding and not standing.counts(result)
    if tells and (is_tolerated or not requirement.binding):
        tells = "skipped"
    if tells:
        message = f"{words.COUNTED[result.outcome]}: {words.plain(requirement.label)}"
        if not requirement.binding:
            message += f" (does not bind: {requirement.strength})"
        if is_tolerated:
            message += f" ({tolerated.WHY})"
        outcome = SubElement(case, tells, type=result.outcome, message=message)
        outcome.text = "\n\n".join(filter(None, [_why(result, parts), findings]))
    elif findings or result.judgements or result.because:
        SubElement(case, "system-out").text = "\n\n".join(filter(None, [_why(result, parts), findings]))
    return tells


def _why(result: RequirementResult, parts: Sequence[str]) -> str:
    """Return what decided an outcome beside the findings of its own rules."""
    lines = [f"“{words.plain(result.requirement.quote)}”"]
    if because := words.because(result):
        lines.append(words.plain(because))
    lines += [
        f"bears on it: {finding.rule}: {words.plain(finding.focus_label)} ({finding.id})" for finding in result.bearing
    ]
    if parts:
        lines.append(f"{words.COUNTED[result.outcome]} in its parts: {', '.join(parts)}")
    lines += [_judgement(judgement) for judgement in result.judgements]
    return "\n".join(lines)


def _judgement(judgement: Judgement) -> str:
    return f"judged {judgement.outcome}: {words.plain(judged.words(judgement, verbose=True))}"


def _lines(finding: Finding, remedies: Remedies, standing: Standing) -> Iterator[str]:
    """Yield what a finding says: where, what, why, along which trace, and what to do."""
    place = "no place in the inputs" if finding.location is None else reading.place(finding.location)
    yield f"{words.LEVELS[finding.outcome]}[{finding.rule}]: {words.plain(finding.message)} ({finding.id})"
    yield f"  at {place}: {words.plain(finding.focus_label)}"
    for mark in tolerated.marks(standing, finding):
        yield f"  {words.plain(mark)}"
    if finding.reason:
        yield f"  because {words.plain(finding.reason)}"
    for claim in finding.claims:
        yield f"  says {words.plain(claim.value)}: {words.plain(', '.join(claim.sources))}"
    if len(finding.trace) > 1:
        yield f"  trace {words.trace(finding)}"
    if advice := remedies.advice(finding):
        yield f"  help: {advice}"
        yield from (f"    {line}" for line in words.lines(remedies.snippet(finding)).split("\n"))
