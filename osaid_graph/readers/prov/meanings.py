"""The statements of our vocabulary, and of Dublin Core, that a relation of PROV can stand for.

PROV knows fewer relations than we do. A record says which of ours it means with the property as its ``prov:type``
(PROV-DM, section 5.7.4.4: a type is any value that tells what kind of thing a record is about), as
``wasDerivedFrom(a, b, -, -, -, [prov:type='osaid:quantizedFrom'])``.
"""

from __future__ import annotations

from rdflib import DCTERMS, PROV, URIRef

from osaid_graph.vocab import OSAID

#: Property -> the kind of record; the alignments with PROV-O and PROV-DC, which a test holds it against.
MEANINGS: dict[URIRef, str] = {
    **dict.fromkeys((OSAID.derivedFrom, OSAID.subsetOf, OSAID.filteredFrom), "wasDerivedFrom"),
    **dict.fromkeys((OSAID.fineTunedFrom, OSAID.adapterOf, OSAID.quantizedFrom), "wasDerivedFrom"),
    **dict.fromkeys((OSAID.mergedFrom, OSAID.distilledFrom), "wasDerivedFrom"),
    **dict.fromkeys((OSAID.trainedOn, OSAID.validatedOn), "wasInfluencedBy"),
    **dict.fromkeys((OSAID.trainedBy, OSAID.processedBy), "wasGeneratedBy"),
    **dict.fromkeys((OSAID.usedCode, OSAID.usedConfiguration, OSAID.usedDataset), "used"),
    **dict.fromkeys((DCTERMS.creator, DCTERMS.publisher), "wasAttributedTo"),
}
#: Kinds of derivation that PROV itself tells apart (PROV-DM, section 5.2) -> the property of PROV-O.
DERIVATIONS: dict[URIRef, URIRef] = {
    PROV.Revision: PROV.wasRevisionOf,
    PROV.Quotation: PROV.wasQuotedFrom,
    PROV.PrimarySource: PROV.hadPrimarySource,
}


def meant(kind: str, term: object) -> URIRef | None:
    """Return the property that a type of a record stands for, if it is one that records of this kind can mean."""
    if not isinstance(term, URIRef):
        return None
    if kind == "wasDerivedFrom" and term in DERIVATIONS:
        return DERIVATIONS[term]
    return term if MEANINGS.get(term) == kind else None
