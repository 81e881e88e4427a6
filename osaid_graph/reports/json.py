"""The assessment as JSON, described by ``data/schema/report.schema.json``. Keys are only ever added."""

from __future__ import annotations

import json
from typing import Any

from rdflib import RDF, URIRef

from osaid_graph.escapes import escaped_json
from osaid_graph.model import Assessment, Claim, Finding, Judgement, RequirementResult
from osaid_graph.reports import RenderOptions, derived
from osaid_graph.sources import Location, Source
from osaid_graph.standing import Standing
from osaid_graph.tolerated import Waiver
from osaid_graph.vocab import OSAID, token

SCHEMA_VERSION = "1.3"


def render(assessment: Assessment, options: RenderOptions) -> str:
    """Return the report as indented JSON."""
    return escaped_json(json.dumps(document(assessment), indent=2, ensure_ascii=False)) + "\n"


def document(assessment: Assessment) -> dict[str, Any]:
    """Return the report as plain values."""
    definition, standing = assessment.definition, Standing(assessment)
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "osaid-graph", "version": assessment.tool_version},
        "date": assessment.date,
        "definition": {
            "id": definition.id,
            "version": definition.version,
            "title": definition.title,
            "source": definition.source,
            "based_on": list(definition.based_on),
            "files": [{"source": s.name, "sha256": s.sha256} for s in definition.files],
            "omitted": list(definition.omitted),
        },
        "terms_policy": {
            "id": assessment.policy,
            "license_list": assessment.license_list,
            "license_list_date": assessment.license_list_date,
        },
        "inputs": [_input(source) for source in assessment.inputs],
        "subject": {
            "id": assessment.subject,
            "label": assessment.subject_label,
            "kind": assessment.subject_kind,
        },
        "outcome": assessment.outcome,
        "summary": assessment.summary,
        "requirements": [_requirement(result) for result in assessment.results],
        "findings": [_finding(finding, standing) for finding in assessment.findings],
        "not_assessed": list(assessment.not_assessed),
        "judgements_elsewhere": [
            {"requirement": each.requirement, "judgement": _judgement(each)} for each in assessment.elsewhere
        ],
        "derived": derived.values(assessment),
        "notes": [{"text": note.text, "location": _location(note.location)} for note in assessment.notes],
        "failing": list(standing.failing),
        "baseline": _baseline(standing),
        "waivers": [_waiver(waiver) for waiver in assessment.waivers],
    }


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "of": waiver.of,
        "on": waiver.on or None,
        "reason": waiver.reason,
        "by": waiver.by or None,
        "until": waiver.until,
        "standing": waiver.standing,
        "because": waiver.because,
        "idle": waiver.idle,
        "findings": list(waiver.findings),
        "location": _location(waiver.location),
    }


def _baseline(standing: Standing) -> dict[str, Any] | None:
    baseline = standing.baseline
    if baseline is None:
        return None
    return {
        "source": baseline.source,
        "sha256": baseline.sha256,
        "date": baseline.date,
        "definition": baseline.definition,
        "terms_policy": baseline.policy,
        "remarks": list(baseline.remarks),
        "new": [finding.id for finding in standing.gaps("new")],
        "known": [finding.id for finding in standing.gaps("known")],
        "gone": [
            {
                "id": former.id,
                "rule": former.rule,
                "requirement": former.requirement,
                "outcome": former.outcome,
                "focus": former.focus,
                "focus_label": former.focus_label,
                "message": former.message,
                "location": _location(former.location),
            }
            for former in standing.gone
        ],
    }


def _input(source: Source) -> dict[str, Any]:
    return {
        "source": source.name,
        "format": source.format,
        "sha256": source.sha256,
        "repairs": [{"text": r.text, "line": r.line, "field": r.field or None} for r in source.repairs],
        "unread": [{"field": u.field, "count": u.count, "line": u.line} for u in source.unread],
    }


def _requirement(result: RequirementResult) -> dict[str, Any]:
    requirement = result.requirement
    return {
        "id": requirement.id,
        "label": requirement.label,
        "strength": requirement.strength,
        "outcome": result.outcome,
        "machine_outcome": result.machine_outcome,
        "quote": requirement.quote,
        "includes": list(requirement.includes),
        "findings": [finding.id for finding in result.findings],
        "bearing": [finding.id for finding in result.bearing],
        "because": result.because,
        "disputed": result.disputed,
        "judgements": [_judgement(judgement) for judgement in result.judgements],
    }


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "outcome": judgement.outcome,
        "subject": judgement.subject or None,
        "by": judgement.by,
        "author": judgement.id_of_author or None,
        "affiliation": judgement.affiliation,
        "independent": judgement.independent,
        "date": judgement.date,
        "definition": judgement.definition,
        "reason": judgement.reason,
        "evidence": [
            {"url": e.url, "retrieved": e.retrieved or None, "sha256": e.sha256 or None} for e in judgement.evidence
        ],
        "location": _location(judgement.location),
        "counted": judgement.counted,
        "ignored_because": judgement.ignored_because,
    }


def _finding(finding: Finding, standing: Standing) -> dict[str, Any]:
    remedy = finding.remedy
    return {
        "id": finding.id,
        "rule": finding.rule,
        "requirement": finding.requirement,
        "outcome": finding.outcome,
        "focus": finding.focus,
        "focus_label": finding.focus_label,
        "path": _compact(finding.path),
        "value": finding.value,
        "message": finding.message,
        "reason": finding.reason,
        "trace": [{"node": step.node, "via": step.via or None, "label": step.label} for step in finding.trace],
        "paths": finding.paths,
        "location": _location(finding.location),
        "sources": list(finding.sources),
        "claims": [_claim(claim) for claim in finding.claims],
        "restrictions": [
            {
                "license": r.license,
                "freedom": r.freedom,
                "limits": list(r.limits),
                "how": r.how,
                "clause": r.clause,
                "source": r.source,
            }
            for r in finding.restrictions
        ],
        "remedy": {
            "action": remedy.action,
            "under": remedy.under or None,
            "yaml": remedy.yaml,
            "turtle": remedy.turtle,
        },
        "baseline_state": standing.state(finding),
        "waived": standing.is_waived(finding),
    }


def _compact(iri: URIRef) -> str:
    """Return an IRI with the prefix of the vocabularies that rules write, else whole."""
    for prefix, namespace in (("osaid", str(OSAID._NS)), ("rdf", str(RDF))):
        if iri.startswith(namespace):
            return f"{prefix}:{token(iri)}"
    return str(iri)


def _claim(claim: Claim) -> dict[str, Any]:
    return {"value": claim.value, "sources": list(claim.sources), "location": _location(claim.location)}


def _location(location: Location | None) -> dict[str, Any] | None:
    if location is None:
        return None
    return {"source": location.source, "line": location.line, "field": location.field or None}
