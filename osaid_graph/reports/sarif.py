"""The assessment in the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS, with Errata 01).

A rule is a rule, its requirement a taxon of the definition, and the trace the flow of code to the place at fault. What
only a person can decide is a result of the kind "review" (section 3.27.9), which is neither a pass nor a failure.
"""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import quote

from osaid_graph.identity import short
from osaid_graph.model import Assessment, Finding, RequirementResult
from osaid_graph.reports import RenderOptions, sarif_baseline, sarif_waivers, tolerated, words
from osaid_graph.reports.remedies import Remedies
from osaid_graph.reports.sarif_places import artifact, fingerprints, logical, place
from osaid_graph.reports.sarif_rules import KINDS, Rules, message
from osaid_graph.sources import Location
from osaid_graph.standing import Standing

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(assessment: Assessment, options: RenderOptions) -> str:
    """Return the report as a SARIF log of one run."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_Run(assessment).document()]}
    return json.dumps(_shown(log), indent=2, ensure_ascii=False) + "\n"


def _shown(value: Any) -> Any:
    """Return a value with what does not print made visible in its texts: viewers show what they are given."""
    if isinstance(value, dict):
        return {key: _shown(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_shown(each) for each in value]
    return words.lines(value) if isinstance(value, str) else value


class _Run:
    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._rules = Rules(assessment)
        self._remedies = Remedies(assessment)
        self._standing = Standing(assessment)
        #: Where nodes are described, as far as findings tell.
        self._places = {f.focus: f.location for f in reversed(assessment.findings) if f.location is not None}

    def document(self) -> dict[str, Any]:
        assessment = self._assessment
        questions = [result for result in assessment.results if words.is_open_question(result)]
        return {
            "tool": {"driver": self._rules.driver(questions)},
            "automationDetails": {"id": _category(assessment)},
            "invocations": [self._invocation()],
            "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "Where the check was run."}}},
            "artifacts": [artifact(source, "analysisTarget") for source in assessment.inputs]
            + [artifact(source, "userSpecifiedConfiguration") for source in assessment.definition.files],
            "taxonomies": [self._rules.taxonomy()],
            "results": [self._result(f) for f in words.worst_first(assessment)]
            + [self._question(r) for r in questions]
            + list(sarif_baseline.absent(self._standing)),
            "columnKind": "unicodeCodePoints",
            "properties": {
                "subject": {
                    "id": assessment.subject,
                    "label": assessment.subject_label,
                    "kind": assessment.subject_kind,
                },
                "date": assessment.date,
                "termsPolicy": assessment.policy,
                "licenseList": assessment.license_list,
                "outcome": assessment.outcome,
                "summary": assessment.summary,
                "requirements": [_outcome(result) for result in assessment.results],
                **sarif_baseline.properties(self._standing),
                **sarif_waivers.properties(assessment),
            },
        }

    def _invocation(self) -> dict[str, Any]:
        """Return the run: an assessment has a day and no hour, so that the same inputs give the same bytes."""
        assessment = self._assessment
        remarks = [(note.location, note.text) for note in assessment.notes]
        for source in assessment.inputs:
            remarks += [(Location(source.name, each.line, each.field), each.text) for each in source.repairs]
        return {
            "executionSuccessful": True,
            "exitCode": 1 if self._standing.fails else 0,
            "exitCodeDescription": self._why(),
            "startTimeUtc": f"{assessment.date}T00:00:00.000Z",
            "endTimeUtc": f"{assessment.date}T00:00:00.000Z",
            "toolExecutionNotifications": [
                {"level": "note", "message": message(text), "locations": [place(at)]} for at, text in remarks
            ],
        }

    def _why(self) -> str:
        found = "gaps were found" if self._assessment.has_gaps else "no gaps were found"
        return f"{found}, and none of them counts" if tolerated.nothing_counts(self._standing) else found

    # -- results ---------------------------------------------------------------------------------------------

    def _result(self, finding: Finding) -> dict[str, Any]:
        kind, level = KINDS[finding.outcome]
        requirement = self._assessment.definition.requirements[finding.requirement]
        why = f" ({finding.reason})" if finding.reason else ""
        waived = "".join(f" [{tolerated.waived(waiver)}]" for waiver in self._standing.waivers(finding))
        text = f"{finding.focus_label}: {finding.message}{why}{waived}. {requirement.id} asks: “{requirement.quote}”"
        result: dict[str, Any] = {
            **self._rules.reference(finding.rule),
            "kind": kind,
            "level": level,
            "message": message(text),
            "locations": [self._located(finding.location, finding.focus, finding.focus_label)],
            "partialFingerprints": fingerprints(finding.id),
            **sarif_baseline.state(self._standing, finding),
            **sarif_waivers.suppressions(self._standing, finding),
            "taxa": [self._rules.taxon(finding.requirement)],
            "relatedLocations": self._related(finding),
            "properties": self._properties(finding),
        }
        if len(finding.trace) > 1:
            result["codeFlows"] = [self._flow(finding)]
        return result

    def _question(self, result: RequirementResult) -> dict[str, Any]:
        requirement, assessment = result.requirement, self._assessment
        text = f"{assessment.subject_label}: {requirement.label}, for a person to judge: “{requirement.quote}”"
        return {
            **self._rules.reference(requirement.id),
            "kind": "review",
            "level": "none",
            "message": message(text),
            "locations": [
                self._located(self._places.get(assessment.subject), assessment.subject, assessment.subject_label)
            ],
            "partialFingerprints": fingerprints(f"{requirement.id}:{assessment.subject}"),
            **sarif_baseline.state_of_question(self._standing, requirement.id),
            **sarif_waivers.suppressions(self._standing),
            "taxa": [self._rules.taxon(requirement.id)],
            "properties": {"requirement": requirement.id, "outcome": result.outcome},
        }

    def _located(self, at: Location | None, node: str, label: str) -> dict[str, Any]:
        """Return where a node stands; where that is not known, the first document, because viewers ask for a file."""
        if at is None and self._assessment.inputs:
            at = Location(self._assessment.inputs[0].name)
        return {**place(at), "logicalLocations": [logical(node, label)]}

    def _related(self, finding: Finding) -> list[dict[str, Any]]:
        claims = dict.fromkeys(claim for claim in finding.claims if claim.location is not None)
        return [
            {
                "id": number,
                **place(claim.location),
                "message": message(f"says {claim.value}: {', '.join(claim.sources) or 'nobody named'}"),
            }
            for number, claim in enumerate(claims, 1)
        ]

    def _flow(self, finding: Finding) -> dict[str, Any]:
        """Return the trace as the flow of a thread (section 3.36), each node with its place as far as known."""
        locations: list[dict[str, Any]] = []
        for step in finding.trace:
            at = finding.location if step.node == finding.focus else self._places.get(step.node)
            said = f"{words.edge(step)}: {step.label}" if step.via else step.label
            location = {**place(at), "logicalLocations": [logical(step.node, step.label)], "message": message(said)}
            locations.append({"location": location})
        via = f" (one of {finding.paths} paths)" if finding.paths > 1 else ""
        return {
            "message": message(f"from {self._assessment.subject_label} to {finding.focus_label}{via}"),
            "threadFlows": [{"locations": locations}],
        }

    def _properties(self, finding: Finding) -> dict[str, Any]:
        remedy = finding.remedy
        found: dict[str, Any] = {
            "finding": finding.id,
            "requirement": finding.requirement,
            "outcome": finding.outcome,
            "focus": finding.focus,
            "value": finding.value,
            "paths": finding.paths,
            "sources": list(finding.sources),
            "restrictions": [
                {"freedom": r.freedom, "how": r.how, "clause": r.clause, "source": r.source}
                for r in finding.restrictions
            ],
        }
        if advice := self._remedies.advice(finding):
            found["remedy"] = {"advice": advice, "yaml": remedy.yaml, "turtle": remedy.turtle}
        return found


def _category(assessment: Assessment) -> str:
    """Return what tells runs apart that stand beside each other (section 3.17.3): what was assessed against what."""
    parts = (assessment.definition.id, assessment.policy, short(assessment.subject))
    return f"osaid-graph/{'/'.join(quote(part, safe='@', errors='replace') for part in parts)}/"


def _outcome(result: RequirementResult) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": result.requirement.id,
        "outcome": result.outcome,
        "machineOutcome": result.machine_outcome,
    }
    if because := words.because(result):
        found["because"] = because
    if result.judgements:
        found["judgements"] = [
            {"outcome": j.outcome, "by": j.by, "date": j.date, "reason": j.reason, "counted": j.counted}
            for j in result.judgements
        ]
    return found
