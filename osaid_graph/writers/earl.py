"""The assessment as Turtle in the Evaluation and Report Language, EARL 1.0 (W3C Note of 2 February 2017).

Every requirement is a test, and the subject of the assessment is what was tested. The tool asserts what its rules find
(``earl:automatic``), a reviewer what was judged (``earl:manual``); where judgements changed what the rules alone say,
the tool asserts the outcome of both as well (``earl:semiAuto``), as a revision of the first. EARL has one word for all
that is open: ``osaid:outcome`` beside it tells "not evidenced" from "needs judgement".

Of the statements of the release EARL carries what the subject is and what it is called, and nothing else: a report on
tests has no place for what was tested. A judgement is told as an assertion of its own, which is none of the statements
that the description makes of it, so these count as lost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from urllib.parse import quote

from rdflib import DCTERMS, FOAF, PROV, RDF, SH, SKOS, XSD, BNode, Literal, Namespace, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError, NothingToAssessError
from osaid_graph.identity import checked_iri
from osaid_graph.model import Assessment, Evidence, Finding, Judgement, Requirement, RequirementResult, Term, Triple
from osaid_graph.rdf_report.judged import EARL, OUTCOMES, day, named
from osaid_graph.rdf_report.run import tool_node
from osaid_graph.vocab import CODE, DEF, OSAID, POLICY, REQ
from osaid_graph.writers.material import Material
from osaid_graph.writers.turtle_text import TurtleText

NAME = "earl"
TITLE = "EARL 1.0"
SUFFIX = ".ttl"
ASSESSED = "needs"

PTR = Namespace("http://www.w3.org/2009/pointers#")


def write(material: Material) -> str:
    """Return the assessment as EARL.

    Raises:
        NothingToAssessError: There is no assessment.
    """
    if material.examination is None or material.subject is None:
        raise NothingToAssessError("nothing to assess: EARL reports on an assessment", "describe a system or a model")
    report = _Report(material, material.examination.assessment, material.subject)
    triples = report.triples()
    text = TurtleText([(None, triple) for triple in triples])
    blocks = text.blocks(triples)
    return "\n".join([*text.head(), *(f"\n{block}" for block in blocks)]) + "\n"


class _Report:
    """Collects the statements of one report."""

    def __init__(self, material: Material, assessment: Assessment, subject: IdentifiedNode) -> None:
        self._material, self._assessment, self._subject = material, assessment, subject
        self._documents: dict[str, IdentifiedNode] = {source.name: source.graph for source in assessment.inputs}
        self._reviewers: dict[tuple[str, str], BNode] = {}
        self._said: dict[Triple, None] = {}
        self._blank = 0
        inputs = sorted(source.sha256 for source in assessment.inputs)
        run = (assessment.subject, assessment.definition.id, assessment.policy, assessment.date, *inputs)
        self._base = f"urn:osaid:assertion:{hashlib.sha256(chr(10).join(run).encode()).hexdigest()[:12]}"
        self._tool = tool_node(assessment.tool_version)

    def triples(self) -> list[Triple]:
        """Return the whole report."""
        assessment = self._assessment
        self._say(self._tool, RDF.type, EARL.Software, EARL.Assertor)
        self._say(self._tool, DCTERMS.title, Literal("osaid-graph"))
        self._say(self._tool, DCTERMS.hasVersion, Literal(assessment.tool_version))
        self._tested(self._subject, assessment.subject_label)
        for source in assessment.inputs:
            self._say(source.graph, RDF.type, OSAID.SourceDocument)
            self._say(source.graph, DCTERMS.title, Literal(source.name))
            self._say(source.graph, OSAID.sha256, Literal(source.sha256))
        self._definition()
        for result in assessment.results:
            self._requirement(result)
        for id_ in assessment.not_assessed:
            requirement = assessment.definition.requirements[id_]
            self._test(requirement)
            node = self._assertion(f"{id_}", requirement.iri, self._tool, EARL.automatic)
            self._result(node, EARL.untested, ["nothing here can decide it"])
        for number, judgement in enumerate(assessment.elsewhere, 1):
            test = REQ[quote(judgement.requirement, safe="")]
            self._say(test, RDF.type, EARL.TestRequirement)
            self._judgement(judgement, test, f"elsewhere:{number}")
        return list(self._said)

    # -- tests ---------------------------------------------------------------------------------------------------

    def _definition(self) -> None:
        """Say the whole: the version of the definition as a test, and the verdict under it."""
        definition = self._assessment.definition
        self._say(definition.iri, RDF.type, EARL.TestRequirement)
        self._say(definition.iri, DCTERMS.title, Literal(definition.title))
        judged = any(result.outcome != result.machine_outcome for result in self._assessment.results)
        node = self._assertion("verdict", definition.iri, self._tool, EARL.semiAuto if judged else EARL.automatic)
        outcome = self._assessment.outcome
        self._result(node, OUTCOMES[outcome], [], stated=outcome)
        self._say(node, PROV.hadPlan, POLICY[self._assessment.policy])

    def _test(self, requirement: Requirement) -> None:
        self._say(requirement.iri, RDF.type, EARL.TestRequirement)
        self._say(requirement.iri, DCTERMS.title, Literal(requirement.label, lang="en"))
        if requirement.quote:
            self._say(requirement.iri, DCTERMS.description, Literal(requirement.quote, lang="en"))
        self._say(requirement.iri, DCTERMS.isPartOf, self._assessment.definition.iri)
        parts = [self._assessment.definition.requirements.get(id_) for id_ in requirement.includes]
        self._say(requirement.iri, DCTERMS.hasPart, *(part.iri for part in parts if part is not None))

    def _tested(self, node: IdentifiedNode, label: str = "") -> None:
        """Say what was tested: its classes and titles as they are stated."""
        self._say(node, RDF.type, EARL.TestSubject)
        stated = set(self._material.release.graph.objects(node, RDF.type))
        for kind in self._material.peek(node, RDF.type):
            if kind in stated:
                self._material.carry(node, RDF.type, kind)
                self._say(node, RDF.type, kind)
        titles = self._material.take(node, DCTERMS.title) or ([Literal(label)] if label else [])
        self._say(node, DCTERMS.title, *titles)

    # -- assertions ----------------------------------------------------------------------------------------------

    def _requirement(self, result: RequirementResult) -> None:
        """Say the outcome by the rules, every judgement, and what both come to where that is another outcome."""
        requirement = result.requirement
        self._test(requirement)
        by_rules = self._assertion(requirement.id, requirement.iri, self._tool, EARL.automatic)
        because = result.because or ("the judgements disagree" if result.disputed else "")
        changed = result.outcome != result.machine_outcome
        infos = [] if changed or not because else [because]
        findings = (*result.findings, *result.bearing)
        self._result(by_rules, OUTCOMES[result.machine_outcome], infos, findings, result.machine_outcome)
        for number, judgement in enumerate(result.judgements, 1):
            self._judgement(judgement, requirement.iri, f"{requirement.id}:judgement:{number}")
        if changed:
            node = self._assertion(f"{requirement.id}:judged", requirement.iri, self._tool, EARL.semiAuto)
            self._say(node, PROV.wasRevisionOf, by_rules)
            self._result(node, OUTCOMES[result.outcome], [because] if because else [], (), result.outcome)

    def _judgement(self, judgement: Judgement, test: URIRef, name: str) -> None:
        author = URIRef(judgement.id_of_author) if judgement.id_of_author else self._reviewer(judgement)
        self._say(author, RDF.type, EARL.Assertor, FOAF.Agent)
        self._say(author, FOAF.name, Literal(judgement.by))
        if judgement.affiliation:
            self._say(author, OSAID.affiliation, Literal(judgement.affiliation))
        about = named(judgement.subject) if judgement.subject else self._subject
        if about != self._subject:
            self._tested(about)
        node = self._assertion(name, test, author, EARL.manual, about)
        self._say(node, OSAID.definition, DEF[quote(judgement.definition, safe="")])
        self._say(node, OSAID.counted, Literal(judgement.counted))
        if judgement.ignored_because:
            self._say(node, SKOS.note, Literal(judgement.ignored_because, lang="en"))
        if judgement.independent is not None:
            self._say(node, OSAID.independent, Literal(judgement.independent))
        for evidence in judgement.evidence:
            self._evidence(node, evidence)
        outcome = OUTCOMES.get(judgement.outcome, EARL.cantTell)
        self._result(node, outcome, [judgement.reason], (), judgement.outcome, judgement.date)

    def _reviewer(self, judgement: Judgement) -> BNode:
        """Return a reviewer without an IRI, who is one by name and affiliation as in the graph of the release."""
        who = judgement.by, judgement.affiliation
        if who not in self._reviewers:
            self._reviewers[who] = self._unnamed()
        return self._reviewers[who]

    def _evidence(self, node: IdentifiedNode, evidence: Evidence) -> None:
        try:
            document: IdentifiedNode = URIRef(checked_iri(evidence.url))
        except InputError:
            document = self._unnamed()
            self._say(document, DCTERMS.title, Literal(evidence.url))
        self._say(node, OSAID.evidence, document)
        if evidence.retrieved:
            self._say(document, OSAID.retrieved, day(evidence.retrieved))
        if evidence.sha256:
            self._say(document, OSAID.sha256, Literal(evidence.sha256))

    def _assertion(
        self, name: str, test: URIRef, by: IdentifiedNode, mode: URIRef, about: IdentifiedNode | None = None
    ) -> URIRef:
        node = URIRef(f"{self._base}:{quote(name, safe=':')}")
        self._say(node, RDF.type, EARL.Assertion)
        self._say(node, EARL.assertedBy, by)
        self._say(node, EARL.subject, self._subject if about is None else about)
        self._say(node, EARL.test, test)
        self._say(node, EARL.mode, mode)
        return node

    def _result(
        self,
        assertion: URIRef,
        outcome: URIRef,
        infos: Iterable[str],
        findings: Iterable[Finding] = (),
        stated: str = "",
        date: str = "",
    ) -> None:
        """Say the result of an assertion, with what the findings say and where they point."""
        node = self._unnamed()
        self._say(assertion, EARL.result, node)
        self._say(node, RDF.type, EARL.TestResult)
        self._say(node, EARL.outcome, outcome)
        if stated:
            self._say(node, OSAID.outcome, CODE[stated])
        self._say(node, DCTERMS.date, day(date or self._assessment.date))
        self._say(node, EARL.info, *(Literal(info) for info in infos))
        for finding in findings:
            why = f" ({finding.reason})" if finding.reason else ""
            self._say(node, EARL.info, Literal(f"{finding.focus_label}: {finding.message}{why}"))
            self._say(node, EARL.pointer, self._pointer(finding))

    def _pointer(self, finding: Finding) -> BNode:
        """Return a pointer to the node at fault, and to where that stands (Pointer Methods in RDF 1.0, 2.2).

        Of a line the pointer is to its first character.
        """
        node, place = self._unnamed(), finding.location
        self._say(node, SH.focusNode, named(finding.focus))
        kind = PTR.Pointer
        if place is not None and place.line is not None:
            kind = PTR.LineCharPointer
            self._say(node, PTR.lineNumber, Literal(place.line, datatype=XSD.positiveInteger))
            self._say(node, PTR.charNumber, Literal(1, datatype=XSD.positiveInteger))
        elif place is not None and place.field:
            kind = PTR.ExpressionPointer
            self._say(node, PTR.expression, Literal(place.field))
        if place is not None and kind != PTR.Pointer:
            self._say(node, PTR.reference, self._document(place.source))
        self._say(node, RDF.type, kind)
        return node

    def _document(self, name: str) -> IdentifiedNode:
        """Return what is pointed into; a document that is no input is known by its name alone."""
        if name not in self._documents:
            self._documents[name] = self._unnamed()
            self._say(self._documents[name], DCTERMS.title, Literal(name))
        return self._documents[name]

    def _say(self, subject: IdentifiedNode, predicate: URIRef, *values: Term) -> None:
        for value in values:
            self._said[subject, predicate, value] = None

    def _unnamed(self) -> BNode:
        self._blank += 1
        return BNode(f"n{self._blank:05d}")
