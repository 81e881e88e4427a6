"""The gaps of an assessment that a machine can decide, by the statement that would close them.

A gap is a property of a node, for code in a role: several findings on it are closed by one statement, and a gap at a
dataset that several releases share is one gap. What cannot be closed by a statement is told apart by kind
(:data:`osaid_graph.plans.KINDS`).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from rdflib.term import IdentifiedNode

from osaid_graph.assessment.assess import Examination
from osaid_graph.assessment.released import is_refusal
from osaid_graph.assessment.side import node_of
from osaid_graph.assessment.stated import values_of
from osaid_graph.model import Finding, Requirement, RequirementResult
from osaid_graph.plans import KINDS, Gap, Kind
from osaid_graph.vocab import OSAID, token

#: What makes two findings one gap: the node, the property and the role.
Key = tuple[str, str, str]
_OPEN = ("not-met", "not-evidenced")


def gaps_of(examination: Examination) -> tuple[Gap, ...]:
    """Return the gaps that keep binding requirements from being met, in the order of the definition.

    What a counted judgement has settled is no gap any more, whatever the rules found.
    """
    order = {id_: at for at, id_ in enumerate(examination.assessment.definition.requirements)}
    gaps = [_gap(examination, findings, order) for findings in findings_by_gap(examination).values()]
    parts = {each.requirement.id for each in examination.assessment.results if each.outcome in _OPEN}
    gaps += [_judged(examination, result) for result in _open(examination) if not _explained(result, parts)]
    return tuple(
        sorted(gaps, key=lambda gap: (order[gap.requirements[0]], gap.label, gap.node, gap.predicate, gap.role))
    )


def questions_of(examination: Examination) -> tuple[Requirement, ...]:
    """Return the binding requirements that a reviewer has to judge."""
    results = examination.assessment.results
    return tuple(r.requirement for r in results if r.requirement.binding and r.outcome == "needs-judgement")


def findings_by_gap(examination: Examination) -> dict[Key, list[Finding]]:
    """Return the findings that count for binding requirements which are not met or not evidenced."""
    found: dict[Key, dict[str, Finding]] = {}
    for result in _open(examination):
        for finding in (*result.findings, *result.bearing):
            if finding.outcome in _OPEN:
                found.setdefault(key_of(examination, finding), {})[finding.id] = finding
    return {key: list(findings.values()) for key, findings in found.items()}


def key_of(examination: Examination, finding: Finding) -> Key:
    """Return what makes a finding one gap with others."""
    role = examination.assessment.definition.requirements[finding.requirement].role
    return finding.focus, token(finding.path), token(role) if role is not None else ""


def kind_of(examination: Examination, finding: Finding) -> Kind:
    """Return what has to be done about a finding."""
    values = list(_values(examination, finding))
    refused = any(is_refusal(examination.graph, value) for value in values)
    if finding.outcome == "not-evidenced":
        said = {claim.value for claim in finding.claims}
        at_fault = finding.remedy.action == "replace" and not finding.remedy.rewrites
        return (
            "contradiction"
            if at_fault and (refused or len(said) > 1 or finding.path != OSAID.license)
            else "documentation"
        )
    if refused:
        return "disclosure"
    return "relicensing" if finding.path == OSAID.license else "release"


def hardest(kinds: Iterable[Kind]) -> Kind:
    """Return the last of some kinds in the order of :data:`osaid_graph.plans.KINDS`."""
    return max(kinds, key=KINDS.index)


def _values(examination: Examination, finding: Finding) -> Iterator[IdentifiedNode]:
    role = examination.assessment.definition.requirements[finding.requirement].role
    focus = node_of(finding)
    for value in values_of(examination.graph, focus, finding.path, role):
        if isinstance(value, IdentifiedNode):
            yield value


def _open(examination: Examination) -> list[RequirementResult]:
    results = examination.assessment.results
    return [result for result in results if result.requirement.binding and result.outcome in _OPEN]


def _explained(result: RequirementResult, open_: Container[str]) -> bool:
    """Tell whether findings, or the parts of a requirement that are open, say why it is: else a judgement does."""
    return any(part in open_ for part in result.requirement.includes) or any(
        finding.outcome in _OPEN for finding in (*result.findings, *result.bearing)
    )


def _gap(examination: Examination, findings: list[Finding], order: dict[str, int]) -> Gap:
    first = findings[0]
    definition = examination.assessment.definition
    counted = {id_ for f in findings for id_ in (f.requirement, *definition.rules[f.rule].bears_on)}
    open_ = {result.requirement.id for result in _open(examination)}
    node, predicate, role = key_of(examination, first)
    return Gap(
        node,
        first.focus_label,
        predicate,
        role,
        hardest(kind_of(examination, finding) for finding in findings),
        tuple(sorted(counted & open_, key=order.__getitem__)),
        tuple(sorted({finding.rule for finding in findings})),
        tuple(dict.fromkeys(finding.message for finding in findings)),
        "; ".join(dict.fromkeys(finding.reason for finding in findings if finding.reason)),
        first.location,
    )


def _judged(examination: Examination, result: RequirementResult) -> Gap:
    assessment = examination.assessment
    by = "; ".join(f"judged {j.outcome} by {j.by} on {j.date}" for j in result.judgements if j.counted)
    return Gap(
        assessment.subject,
        assessment.subject_label,
        "",
        "",
        "judgement",
        (result.requirement.id,),
        (),
        (result.requirement.label,),
        by,
        next((j.location for j in result.judgements if j.counted), None),
    )
