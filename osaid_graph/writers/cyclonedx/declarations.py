"""An assessment as declarations of CycloneDX: who claims what of which requirement, and on what evidence.

The program attests to every requirement by what the descriptions say, each reviewer whose judgements count to those
that they judged. A gap is a counter-claim about the thing it is at; its evidence is what the sources say there, its
mitigation the remedy.

The score of a conformance is 1 for met and 0 for not met. Any other outcome has none: the specification makes the
score a share of conformance between the two, and what is not evidenced, left to a judgement, or does not apply is no
share of anything. Confidence has a rationale alone, because nobody gave a number. There is no affirmation, because
nobody signs.
"""

from __future__ import annotations

import hashlib
import json
import re

from osaid_graph.model import Assessment, Evidence, Finding, Judgement, RequirementResult
from osaid_graph.readers.claims import runs
from osaid_graph.sources import Location
from osaid_graph.vocab import token
from osaid_graph.writers.moment import is_day, midnight

SCORES = {"met": 1, "not-met": 0}
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")

Fields = dict[str, object]


def declarations(assessment: Assessment, types: dict[str, str]) -> Fields:
    """Return the declarations of an assessment; ``types`` are the types of components, by the IRI of the thing."""
    return _Declarations(assessment, types).fields()


class _Declarations:
    def __init__(self, assessment: Assessment, types: dict[str, str]) -> None:
        self._assessment = assessment
        self._types = types
        self._assessors: dict[str, Fields] = {}
        self._attested: dict[str, list[Fields]] = {}
        self._claims: dict[str, Fields] = {}
        self._evidence: dict[str, Fields] = {}
        self._targets: dict[str, Fields] = {}

    def fields(self) -> Fields:
        assessment = self._assessment
        program = self._assessor(f"osaid-graph {assessment.tool_version}")
        for result in assessment.results:
            self._attested.setdefault(program, []).append(self._mapped(result))
            for judgement in result.judgements:
                if judgement.counted:
                    reviewer = self._reviewer(judgement)
                    self._attested.setdefault(reviewer, []).append(self._judged(result, judgement))
        summaries = {program: self._summary()}
        attestations = [
            {"summary": summaries.get(who, "Judgements of a reviewer, as recorded."), "assessor": who, "map": mapped}
            for who, mapped in self._attested.items()
        ]
        found: Fields = {
            "assessors": list(self._assessors.values()),
            "attestations": attestations,
            "claims": list(self._claims.values()),
            "evidence": list(self._evidence.values()),
            "targets": {"components": list(self._targets.values())},
        }
        return {key: value for key, value in found.items() if value != []}

    def _summary(self) -> str:
        assessment = self._assessment
        counts = ", ".join(f"{count} {outcome}" for outcome, count in assessment.summary.items() if count)
        return (
            f"{assessment.subject_label} under {assessment.definition.title}: {assessment.outcome}. "
            f"Requirements that bind: {counts}. Terms policy {assessment.policy}."
        )

    # -- who and what ----------------------------------------------------------------------------------------

    def _reviewer(self, judgement: Judgement) -> str:
        by, affiliation = judgement.by, judgement.affiliation
        return self._assessor(
            f"{by} ({affiliation})" if affiliation else by, judgement.independent, judgement.id_of_author
        )

    def _assessor(self, name: str, independent: bool | None = None, address: str = "") -> str:
        """Return the reference of an assessor; whether they are a third party is told only where it is known."""
        ref = _ref("assessor", name, str(independent), address)
        organization: Fields = {"name": name}
        if address and not runs(address):
            organization["url"] = [address]
        known: Fields = {} if independent is None else {"thirdParty": independent}
        self._assessors.setdefault(ref, {"bom-ref": ref, **known, "organization": organization})
        return ref

    def _target(self, iri: str, label: str) -> str:
        """Return the reference of a thing that is claimed about, which stands as a target and as a component."""
        ref = f"target:{iri}"
        said = [{"name": "osaid:subject", "value": iri}]
        type_ = self._types.get(iri, "file")  # what is no component is said in some document
        self._targets.setdefault(ref, {"type": type_, "bom-ref": ref, "name": label, "properties": said})
        return ref

    def _add(self, table: dict[str, Fields], kind: str, fields: Fields) -> str:
        said = {key: value for key, value in fields.items() if value not in ("", [])}
        ref = _ref(kind, json.dumps(said, sort_keys=True))
        table.setdefault(ref, {"bom-ref": ref, **said})
        return ref

    # -- what the rules say ----------------------------------------------------------------------------------

    def _mapped(self, result: RequirementResult) -> Fields:
        counter = [self._gap(finding) for finding in (*result.findings, *result.bearing)]
        claims = [self._met(result)] if result.outcome == "met" else []
        remedies = [ref for finding in result.findings for ref in self._remedy(finding)]
        conformance: Fields = {"rationale": _rationale(result), "mitigationStrategies": list(dict.fromkeys(remedies))}
        if result.outcome in SCORES:
            conformance = {"score": SCORES[result.outcome], **conformance}
        return _filled(
            {
                "requirement": str(result.requirement.iri),
                "claims": claims,
                "counterClaims": list(dict.fromkeys(counter)),
                "conformance": _filled(conformance),
                "confidence": {"rationale": _confidence(result)},
            }
        )

    def _met(self, result: RequirementResult) -> str:
        assessment = self._assessment
        return self._add(
            self._claims,
            "claim",
            {
                "target": self._target(assessment.subject, assessment.subject_label),
                "predicate": f"{result.requirement.label}: met",
                "reasoning": _reason(result),
                "evidence": [ref for each in result.judgements if each.counted for ref in self._rests_on(each)],
            },
        )

    def _gap(self, finding: Finding) -> str:
        return self._add(
            self._claims,
            "claim",
            {
                "target": self._target(finding.focus, finding.focus_label),
                "predicate": finding.message,
                "mitigationStrategies": self._remedy(finding),
                "reasoning": finding.reason,
                "evidence": [
                    self._said(finding, claim.value, source, claim.location)
                    for claim in finding.claims
                    for source in claim.sources
                ],
            },
        )

    def _said(self, finding: Finding, value: str, source: str, place: Location | None) -> str:
        """Return the evidence that a source says something: its address, or the place in the description."""
        data: Fields = {"name": source if place is None else _shown(place)}
        if _ADDRESS.fullmatch(source):
            data["contents"] = {"url": source}
        name = f"osaid:{token(finding.path)}"
        return self._add(self._evidence, "evidence", {"propertyName": name, "description": value, "data": [data]})

    def _remedy(self, finding: Finding) -> list[str]:
        remedy = finding.remedy
        if not remedy.yaml:
            return []
        under = f" under {remedy.under}" if remedy.under else ""
        attachment = {"contentType": "application/yaml", "content": remedy.yaml}
        description = f"{remedy.action} in the manifest{under}"
        data = [{"name": "osaid.yaml", "contents": {"attachment": attachment}}]
        return [self._add(self._evidence, "evidence", {"description": description, "data": data})]

    # -- what reviewers say ----------------------------------------------------------------------------------

    def _judged(self, result: RequirementResult, judgement: Judgement) -> Fields:
        claim = self._add(
            self._claims,
            "claim",
            {
                "target": self._target(judgement.subject or self._assessment.subject, self._assessment.subject_label),
                "predicate": f"{result.requirement.label}: {judgement.outcome}",
                "reasoning": judgement.reason,
                "evidence": self._rests_on(judgement),
            },
        )
        conformance: Fields = {"rationale": judgement.reason}
        if judgement.outcome in SCORES:
            conformance = {"score": SCORES[judgement.outcome], **conformance}
        return _filled(
            {
                "requirement": str(result.requirement.iri),
                "counterClaims" if judgement.outcome == "not-met" else "claims": [claim],
                "conformance": _filled(conformance),
            }
        )

    def _rests_on(self, judgement: Judgement) -> list[str]:
        """Return the evidence of a judgement: that it was made, by whom and when, and what it rests on."""
        author = {"name": judgement.by}
        when = midnight(judgement.date) if is_day(judgement.date) else ""
        made: Fields = {"propertyName": "osaid:outcome", "description": judgement.reason, "created": when}
        documents = [self._document(judgement, evidence) for evidence in judgement.evidence]
        return [self._add(self._evidence, "evidence", {**made, "author": author}), *documents]

    def _document(self, judgement: Judgement, evidence: Evidence) -> str:
        """Return the evidence that a document is: its address or words, its digest, and the day it was looked at."""
        data: Fields = {"name": evidence.url}
        if _ADDRESS.fullmatch(evidence.url):
            data["contents"] = {"url": evidence.url}
        digest = f"SHA-256 {evidence.sha256}" if evidence.sha256 else ""
        seen = midnight(evidence.retrieved) if is_day(evidence.retrieved) else ""
        author = {"name": judgement.by}
        fields: Fields = {"description": digest, "data": [data], "created": seen, "author": author}
        return self._add(self._evidence, "evidence", fields)


def _rationale(result: RequirementResult) -> str:
    """Return the outcome in its own word, because most outcomes have no score, with what decided it."""
    return f"{result.outcome}: {_reason(result)}"


def _reason(result: RequirementResult) -> str:
    """Return what decided an outcome."""
    if result.because:
        return result.because
    counted = [judgement.reason for judgement in result.judgements if judgement.counted]
    if counted:
        return "; ".join(counted)
    gaps = len(result.findings) + len(result.bearing)
    if gaps:
        return "a gap is found" if gaps == 1 else f"{gaps} gaps are found"
    return "no rule finds a gap" if result.outcome == "met" else result.requirement.decision


def _confidence(result: RequirementResult) -> str:
    counted = [judgement.by for judgement in result.judgements if judgement.counted]
    if result.disputed:
        return f"disputed: the judgements of {', '.join(counted)} differ"
    if counted:
        return f"by judgement of {', '.join(counted)}; the rules alone: {result.machine_outcome}"
    return "by the rules, from what the descriptions say"


def _shown(place: Location) -> str:
    return place.source if place.line is None else f"{place.source}:{place.line}"


def _filled(fields: Fields) -> Fields:
    return {key: value for key, value in fields.items() if value != []}


def _ref(kind: str, *words: str) -> str:
    text = "\n".join(words).encode("utf-8", "surrogatepass")
    return f"{kind}:{hashlib.sha256(text).hexdigest()[:16]}"
