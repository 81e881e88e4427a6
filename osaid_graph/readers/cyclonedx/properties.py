"""Properties in the name space ``osaid:``, which say of a component what CycloneDX has no field for.

A property has the name of the term, ``osaid:availability``, with what kind of silence it is where nothing is said:
``osaid:labeling.not-applicable`` with the reason as its value, ``osaid:hasCode.not-disclosed.training`` for code in
one role. Values are texts, words of our codelists, or IRIs in angle brackets.
"""

from __future__ import annotations

import re

from rdflib import DCTERMS, RDFS, Literal, URIRef
from rdflib.namespace import XSD

from osaid_graph.errors import InputError
from osaid_graph.identity import checked_iri
from osaid_graph.readers.claims import ClaimWriter, runs
from osaid_graph.readers.fields import Field
from osaid_graph.vocab import CODE, CODELISTS, OSAID

PREFIX = "osaid:"
#: Properties that say which thing a component is, of which class, and how an ancestor is one.
IRI, CLASS, RELATION = PREFIX + "iri", PREFIX + "class", PREFIX + "relation"
#: Property without a value: nobody calls the thing by the name that the component has because it must have one.
UNTITLED = PREFIX + "untitled"
NOT_DISCLOSED, NOT_APPLICABLE = "not-disclosed", "not-applicable"
SILENCES = {NOT_DISCLOSED: OSAID.NotDisclosed, NOT_APPLICABLE: OSAID.NotApplicable}
#: Terms of other vocabularies that may be said in this way.
_OTHERS = {
    "comment": RDFS.comment,
    **{name: DCTERMS[name] for name in ("title", "description", "issued", "isVersionOf", "publisher", "creator")},
}
#: What descriptions say of artifacts, and of none of the things that an assessment is made of.
_OURS = (
    *("hasComponent", "isComponentOf", "hasModel", "hasParameters", "hasArchitecture", "hasCode", "hasConfiguration"),
    *("hasDataInformation", "hasDocument", "hasCheckpoint", "hasOptimizerState", "technique", "codeRole"),
    *("documentRole", "describes", "trainedOn", "validatedOn", "evaluatedOn", "usedToTrain", "usedToValidate"),
    *("usedToEvaluate", "derivedFrom", "sourceOf", "fineTunedFrom", "adapterOf", "quantizedFrom", "mergedFrom"),
    *("distilledFrom", "subsetOf", "filteredFrom", "completeness", "provenance", "scope", "characteristics"),
    *("obtained", "selection", "labeling", "processing", "cleaning", "availability", "location", "withdrawn"),
    *("unshareableReason", "obtainableFrom", "fee", "agreement", "revision", "license", "accessConditions", "sha256"),
    *("listing", "rows", "rowsWithoutLocation"),
)
#: Name of a property without its prefix -> what it says.
TERMS: dict[str, URIRef] = {
    **_OTHERS,
    **{name: OSAID[name] for name in _OURS},
}
#: Properties whose values are words of a codelist -> that codelist.
CODED = {
    OSAID.codeRole: "CodeRole",
    OSAID.documentRole: "DocumentRole",
    OSAID.availability: "Availability",
    OSAID.completeness: "Completeness",
    OSAID.technique: "Technique",
}
#: Properties whose values are days.
DAYS = frozenset((DCTERMS.issued, OSAID.withdrawn))
#: Properties whose values are whole numbers.
COUNTS = frozenset((OSAID.rows, OSAID.rowsWithoutLocation))
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_COUNT = re.compile(r"0|[1-9][0-9]{0,17}")
_IRI = re.compile(r"<(?P<iri>[A-Za-z][A-Za-z0-9+.-]*:[^<>]*)>")


def value_of(predicate: URIRef, words: str) -> URIRef | Literal:
    """Return the value that the words of a property stand for.

    >>> value_of(OSAID.availability, "public"), value_of(OSAID.scope, "public")
    (rdflib.term.URIRef('https://w3id.org/osaid-graph/code#public'), rdflib.term.Literal('public'))
    >>> value_of(OSAID.location, "<https://example.org/a>")
    rdflib.term.URIRef('https://example.org/a')
    """
    if predicate in CODED and words in CODELISTS[CODED[predicate]]:
        return CODE[words]
    if predicate in DAYS and _DAY.fullmatch(words):
        return Literal(words, datatype=XSD.date)
    if predicate in COUNTS and _COUNT.fullmatch(words):
        return Literal(int(words))
    match = _IRI.fullmatch(words)
    if match is not None and not runs(match["iri"]):
        try:
            return URIRef(checked_iri(match["iri"]))
        except InputError:
            pass
    return Literal(words)


def read_property(out: ClaimWriter, node: URIRef, entry: Field) -> None:
    """Say what one property of a component says, if it is one of ours; any other stays unread."""
    name, at = entry.peek("name"), entry.get("value") or entry
    if not name.startswith(PREFIX) or name in (IRI, CLASS, RELATION, UNTITLED):
        return
    term, *rest = name.removeprefix(PREFIX).split(".")
    predicate = TERMS.get(term)
    if predicate is None:
        return
    words = " ".join(entry.peek("value").split())
    if rest and rest[0] in SILENCES:
        out.silence(SILENCES[rest[0]], node, predicate, at, words, rest[1:])
    elif predicate == OSAID.accessConditions and len(rest) <= 1:
        if rest and rest[0] not in CODELISTS["AccessManner"]:
            return
        out.access(node, rest[0] if rest else "", at, words)
    elif not rest and words:
        out.say(node, predicate, value_of(predicate, words), at)
    else:
        return
    entry.text("name")
    entry.text("value")
