"""What an assessment of a corpus found as statements, in the words of the reports on one release.

A report, its assertions and its results have the classes and properties that :mod:`osaid_graph.rdf_report` gives them,
but for what needs the report on that one release: traces, places, sources, and judgements.
"""

from __future__ import annotations

from typing import Final

from rdflib import DCTERMS, PROV, RDF, SH, XSD, Namespace, URIRef

from osaid_graph.corpus.assessed import attach_assessment, newest, requirements_of
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.quads import TEXTS, iri, literal, said_of
from osaid_graph.engines import Engine
from osaid_graph.errors import UsageError
from osaid_graph.model import Definition
from osaid_graph.rdf_report.report import SEVERITIES
from osaid_graph.validation.definition import DEFAULT_VERSION, definition, versions
from osaid_graph.vocab import CODE, OSAID, POLICY

_EARL: Final = Namespace("http://www.w3.org/ns/earl#")
#: The tables of what stands for the ids of requirements and rules: ``id``, ``iri``.
_REQUIREMENTS, _RULES = "requirement_iris", "rule_iris"
_REPORT: Final = "'<urn:osaid:report:' || CAST(o.subject AS VARCHAR) || '>'"
_FINDING: Final = (
    "'<urn:osaid:finding:' || CAST(f.subject AS VARCHAR) || ':' || r.rule || ':' || CAST(f.focus AS VARCHAR) || ':' "
    "|| CAST(COALESCE(f.value, 0) AS VARCHAR) || '>'"
)


def report_lines(engine: Engine, corpus: Corpus, definition: Definition) -> list[str]:
    """Return queries for what the last assessment found, as lines of N-Quads in the default graph.

    Args:
        engine: To which the corpus is attached, with the texts of terms.
        corpus: The corpus, which was assessed.
        definition: The version that it was assessed against.
    """
    part = attach_assessment(engine, corpus)
    for name, known in ((_REQUIREMENTS, definition.requirements), (_RULES, definition.rules)):
        rows = [(id_, str(each.iri)) for id_, each in known.items()]
        engine.values(name, {"id": "VARCHAR", "iri": "VARCHAR"}, rows)
    policy, day = POLICY[part.facts["policy"]], part.facts["day"]
    return [_reports(definition.iri, policy, day), *map(_assertions, requirements_of(part)), _findings()]


def lacking(corpus: Corpus, definition: Definition, policy: str) -> tuple[str, str] | None:
    """Return why what was found is not what a corpus says now, so measured, and what to do; None if it is."""
    last, again = newest(corpus), f"osaid-graph corpus assess {corpus.folder}"
    if last is None:
        return "it was not assessed", again
    if last.generation != corpus.generation:
        return "it says something else now than when it was assessed", again
    by, asked = (last.facts["definition"], last.facts["policy"]), (definition.id, policy)
    if by != asked:
        words = [f"against {version} by terms policy {terms}" for version, terms in (by, asked)]
        return (
            f"it was assessed {words[0]}, not {words[1]}",
            "name those with --definition and --terms, or assess it again",
        )
    if last.facts.get("files") != [file.sha256 for file in definition.files]:
        return "it was assessed against what the profile said before", "assess it again against that profile"
    return None


def as_assessed(corpus: Corpus, policy: str | None, version: str | None) -> tuple[Definition, str]:
    """Return what the last assessment of a corpus was against, and by which terms policy.

    Args:
        corpus: The corpus.
        policy: The id of the terms policy that is asked for; None for that of the assessment.
        version: The version of the definition, or the folder of a profile; None for that of the assessment.

    Raises:
        UsageError: It is not what is asked for, or not what the corpus says now; or that is a profile, and its folder
            has to be named.
    """
    last = newest(corpus)
    if last is not None:
        policy = policy or last.facts["policy"]
        if version is None and last.facts["definition"] not in versions():
            what = f"it was assessed against the profile {last.facts['definition']!r}"
            raise UsageError(f"{corpus.address}: {what}", "name the folder of that profile with --definition")
        version = version or last.facts["definition"]
    found = definition(version or DEFAULT_VERSION)
    why = lacking(corpus, found, policy or "")
    if why is not None:
        raise UsageError(f"{corpus.address}: {why[0]}", why[1])
    return found, policy or ""


def _reports(definition: URIRef, policy: URIRef, day: str) -> str:
    conforms = "CASE WHEN o.subject IN (SELECT subject FROM findings) THEN '\"false\"' ELSE '\"true\"' END"
    said = said_of(
        _REPORT,
        (RDF.type, iri(SH.ValidationReport)),
        (SH.conforms, f"{conforms} || '^^<{XSD.boolean}>'"),
        (OSAID.subject, "s.text"),
        (OSAID.outcome, f"'<{CODE}' || o.outcome || '>'"),
        (OSAID.definition, iri(definition)),
        (PROV.hadPlan, iri(policy)),
        (DCTERMS.date, f"'\"{day}\"^^<{XSD.date}>'"),
    )
    return f"SELECT {said} AS line FROM outcomes AS o JOIN {TEXTS} AS s ON s.id = o.subject"


def _assertions(requirement: str) -> str:
    node = f"'<urn:osaid:report:' || CAST(o.subject AS VARCHAR) || ':outcome:{requirement}>'"
    said = said_of(
        node,
        (RDF.type, iri(_EARL.Assertion)),
        (OSAID.requirement, "'<' || q.iri || '>'"),
        (OSAID.subject, "s.text"),
        (OSAID.outcome, f"'<{CODE}' || o.\"{requirement}\" || '>'"),
    )
    return (
        f"SELECT {said_of(_REPORT, (DCTERMS.hasPart, node))} || {said} AS line FROM outcomes AS o "
        f"JOIN {TEXTS} AS s ON s.id = o.subject JOIN {_REQUIREMENTS} AS q ON q.id = '{requirement}' "
        f'WHERE o."{requirement}" IS NOT NULL'
    )


def _findings() -> str:
    severity = " ".join(f"WHEN '{outcome}' THEN {iri(URIRef(each))}" for outcome, each in SEVERITIES.items())
    said = said_of(
        _FINDING,
        (RDF.type, iri(SH.ValidationResult)),
        (SH.focusNode, "n.text"),
        (SH.resultSeverity, f"CASE r.outcome {severity} END"),
        (SH.resultMessage, f"{literal('r.message')} || '@en'"),
        (SH.sourceShape, "'<' || k.iri || '>'"),
        (OSAID.requirement, "'<' || q.iri || '>'"),
        (OSAID.outcome, f"'<{CODE}' || r.outcome || '>'"),
        (OSAID.subject, "s.text"),
    )
    report = "'<urn:osaid:report:' || CAST(f.subject AS VARCHAR) || '>'"
    value = said_of(_FINDING, (SH.value, "v.text"))
    return (
        f"SELECT {said} || {said_of(report, (SH.result, _FINDING))} || COALESCE({value}, '') AS line "
        f"FROM findings AS f JOIN rules AS r ON r.number = f.rule JOIN {TEXTS} AS s ON s.id = f.subject "
        f"JOIN {TEXTS} AS n ON n.id = f.focus LEFT JOIN {TEXTS} AS v ON v.id = f.value "
        f"JOIN {_REQUIREMENTS} AS q ON q.id = r.requirement JOIN {_RULES} AS k ON k.id = r.rule"
    )
