"""The keys of ``osaid.yaml``: block by block, which key writes which property, and what it accepts.

This table is the manifest's one definition. The reader follows it, the JSON Schema for editors is generated from it
(:mod:`osaid_graph.readers.manifest.schema`), and a test holds it against ``ontology/context.jsonld``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from rdflib import DCTERMS, RDFS, URIRef

from osaid_graph.vocab import DCAT3, OSAID


class Accepts(Enum):
    """What may stand behind a key."""

    STATEMENT = "a text, a URL, not-disclosed, {not-applicable: why}, or a list of these, each with its source"
    PLAIN = "a text"
    DATE = "a date, YYYY-MM-DD"
    WORD = "a word of a codelist"
    WORDS = "a list of words of a codelist"
    ACCESS = "a manner of access, or {manner, comment}"
    AGENT = "a name, or {name, id}"
    DATASETS = "a list of datasets or references to them, or not-disclosed"
    DERIVATIONS = "a list of references, each plain or as {kind: reference}, not-disclosed, or {not-applicable: why}"
    REFERENCES = "a list of references"
    NODES = "a URL, a block, not-disclosed, {not-applicable: why}, or a list of these"
    SOURCE = "a URL, or {url, title, retrieved}"
    BLOCK = "a block of keys"
    PART = "a block of keys, not-disclosed, or {not-applicable: why}"
    BLOCKS = "a list of blocks"
    IMPORTS = "a list of file names"
    FLAG = "true or false"
    COUNT = "a whole number"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what it accepts, the property it writes (None where the reader handles it), and what it means."""

    accepts: Accepts
    iri: URIRef | None
    meaning: str
    codelist: str = ""
    block: str = ""

    @property
    def writes(self) -> URIRef:
        """The property it writes.

        Raises:
            LookupError: The reader handles this key itself.
        """
        if self.iri is None:
            raise LookupError(self.meaning)
        return self.iri


#: How datasets, models and parameters may derive from another: the manifest's word -> property.
DATASET_DERIVATIONS: dict[str, URIRef] = {"filtered": OSAID.filteredFrom, "subset": OSAID.subsetOf}
PARAMETER_DERIVATIONS: dict[str, URIRef] = {
    "fine-tuned": OSAID.fineTunedFrom,
    "adapter": OSAID.adapterOf,
    "quantized": OSAID.quantizedFrom,
    "merged": OSAID.mergedFrom,
    "distilled": OSAID.distilledFrom,
}
#: The long form: a key per kind of derivation.
LONG_DERIVATIONS: dict[str, URIRef] = {
    "filtered-from": OSAID.filteredFrom,
    "subset-of": OSAID.subsetOf,
    "fine-tuned-from": OSAID.fineTunedFrom,
    "adapter-of": OSAID.adapterOf,
    "quantized-from": OSAID.quantizedFrom,
    "merged-from": OSAID.mergedFrom,
    "distilled-from": OSAID.distilledFrom,
}

_S, _P = Accepts.STATEMENT, Accepts.PLAIN
_ID = Key(_P, None, "its identity: an absolute IRI, or org/name for the Hub repository")
_NAME = Key(_P, DCTERMS.title, "what people call it")
_COMMENT = Key(_P, RDFS.comment, "anything worth knowing that no other key holds")
_SOURCE = Key(Accepts.SOURCE, None, "who says what this block says, unless a statement names its own source")
_LICENSE = Key(_S, OSAID.license, "the terms, as an SPDX expression, a Hub licence id or the URL of the text")
_LOCATION = Key(_S, OSAID.location, "where to obtain it")
_ISSUED = Key(Accepts.DATE, DCTERMS.issued, "when it was published")
_ACCESS = Key(Accepts.ACCESS, OSAID.accessConditions, "how one gets at it, apart from the terms", "AccessManner")
_COMPLETENESS = Key(Accepts.WORD, OSAID.completeness, "whether all of it is there, if a source says so", "Completeness")


def _long(kinds: dict[str, URIRef], of: str) -> dict[str, Key]:
    return {
        name: Key(Accepts.REFERENCES, iri, f"{of} it was derived from in this way (long form of derived-from)")
        for name, iri in LONG_DERIVATIONS.items()
        if iri in kinds.values()
    }


_BASE = {
    "derived-from": Key(Accepts.DERIVATIONS, OSAID.derivedFrom, "the models it was made from, and how"),
    **_long(PARAMETER_DERIVATIONS, "models"),
}

LISTING: dict[str, Key] = {
    "id": _ID,
    "name": _NAME,
    "document": _LOCATION,
    "location": _LOCATION,
    "sha256": Key(_P, OSAID.sha256, "the SHA-256 digest of the file; of several files, that of the list of theirs"),
    "rows": Key(Accepts.COUNT, OSAID.rows, "how many of its rows are about this dataset"),
    "rows-without-location": Key(
        Accepts.COUNT, OSAID.rowsWithoutLocation, "how many of these do not say where to obtain what they list"
    ),
    "comment": _COMMENT,
    "source": _SOURCE,
}

DATASET: dict[str, Key] = {
    "id": _ID,
    "version": Key(_P, DCAT3.version, "which version: a version is a node of its own"),
    "name": _NAME,
    "issued": _ISSUED,
    "availability": Key(
        Accepts.WORD,
        OSAID.availability,
        "open, public, obtainable from a third party, or unshareable",
        "Availability",
    ),
    "location": _LOCATION,
    "license": _LICENSE,
    "provenance": Key(_S, OSAID.provenance, "where the data comes from"),
    "scope": Key(_S, OSAID.scope, "what the data covers: subjects, languages, period"),
    "characteristics": Key(_S, OSAID.characteristics, "what the data is like: kind, size, format, structure"),
    "obtained": Key(_S, OSAID.obtained, "how the data was obtained"),
    "selection": Key(_S, OSAID.selection, "how the data was selected"),
    "labeling": Key(_S, OSAID.labeling, "the labelling procedures"),
    "cleaning": Key(_S, OSAID.cleaning, "the data cleaning methodologies"),
    "processing": Key(
        _S, OSAID.processing, "the data processing and filtering methodologies, in the words of version 1.0"
    ),
    "reason": Key(_S, OSAID.unshareableReason, "why unshareable data cannot be shared"),
    "obtainable-from": Key(_S, OSAID.obtainableFrom, "the third party that obtainable data comes from"),
    "fee": Key(_S, OSAID.fee, "what obtainable data costs"),
    "agreement": Key(_S, OSAID.agreement, "the agreement under which obtainable data is given"),
    "listing": Key(
        Accepts.NODES, OSAID.listing, "a table of what it consists of, with the place of each part", block="listing"
    ),
    "withdrawn": Key(Accepts.DATE, OSAID.withdrawn, "since when the location no longer serves it"),
    "derived-from": Key(Accepts.DERIVATIONS, OSAID.derivedFrom, "the datasets it was made from, and how"),
    **_long(DATASET_DERIVATIONS, "datasets"),
    "access": _ACCESS,
    "comment": _COMMENT,
    "source": _SOURCE,
}

SYSTEM: dict[str, Key] = {
    "id": _ID,
    "name": _NAME,
    "version": Key(_P, DCAT3.version, "which version"),
    "issued": _ISSUED,
    "producer": Key(Accepts.AGENT, DCTERMS.publisher, "who released it"),
    "technique": Key(
        Accepts.WORD,
        OSAID.technique,
        "what it was made with, where not by machine learning: a rule-based system is asked for the freedoms alone",
        "Technique",
    ),
    "license": _LICENSE,
    "location": _LOCATION,
    **_BASE,
    "access": _ACCESS,
    "comment": _COMMENT,
    "source": _SOURCE,
}

MODEL: dict[str, Key] = SYSTEM

TRAINING_STATE: dict[str, Key] = {
    "id": _ID,
    "name": _NAME,
    "location": _LOCATION,
    "license": _LICENSE,
    "access": _ACCESS,
    "comment": _COMMENT,
    "source": _SOURCE,
}

PARAMETERS: dict[str, Key] = {
    "id": _ID,
    "name": _NAME,
    "license": _LICENSE,
    "location": _LOCATION,
    "checkpoints": Key(
        Accepts.NODES, OSAID.hasCheckpoint, "checkpoints from intermediate stages", block="training-state"
    ),
    "optimizer-state": Key(Accepts.NODES, OSAID.hasOptimizerState, "the final optimizer state", block="training-state"),
    **_BASE,
    "completeness": Key(
        Accepts.WORD,
        OSAID.completeness,
        "whether the training data named is all of it, if a source says so",
        "Completeness",
    ),
    "access": _ACCESS,
    "comment": _COMMENT,
    "source": _SOURCE,
}

CODE: dict[str, Key] = {
    "id": _ID,
    "roles": Key(Accepts.WORDS, OSAID.codeRole, "what the code does", "CodeRole"),
    "name": _NAME,
    "repository": _LOCATION,
    "location": _LOCATION,
    "revision": Key(_P, OSAID.revision, "which commit, tag or release"),
    "license": _LICENSE,
    "arguments": Key(
        Accepts.NODES,
        OSAID.hasConfiguration,
        "the arguments and settings it was run with",
        block="configuration",
    ),
    "completeness": _COMPLETENESS,
    "access": _ACCESS,
    "not-disclosed": Key(_P, None, "for these roles no code is released: what the source says"),
    "not-applicable": Key(_P, None, "for these roles no code was used: why"),
    "comment": _COMMENT,
    "source": _SOURCE,
}

CONFIGURATION: dict[str, Key] = {
    "id": _ID,
    "name": _NAME,
    "location": _LOCATION,
    "license": _LICENSE,
    "comment": _COMMENT,
    "source": _SOURCE,
}

_DOCUMENT_ROLES = Key(Accepts.WORDS, OSAID.documentRole, "what kind of document it is", "DocumentRole")

DATA_INFORMATION: dict[str, Key] = {
    "id": _ID,
    "roles": _DOCUMENT_ROLES,
    "document": _LOCATION,
    "location": _LOCATION,
    "name": _NAME,
    "license": _LICENSE,
    "describes": Key(Accepts.REFERENCES, OSAID.describes, "the datasets it describes"),
    "access": _ACCESS,
    "comment": _COMMENT,
    "source": _SOURCE,
}

DOCUMENT: dict[str, Key] = {
    "id": _ID,
    "roles": _DOCUMENT_ROLES,
    "document": _LOCATION,
    "location": _LOCATION,
    "name": _NAME,
    "license": _LICENSE,
    "access": _ACCESS,
    "not-disclosed": Key(_P, None, "no document of these kinds is released: what the source says"),
    "not-applicable": Key(_P, None, "there is none of these kinds to release: why"),
    "comment": _COMMENT,
    "source": _SOURCE,
}

JUDGEMENT: dict[str, Key] = {
    "requirement": Key(_P, OSAID.judges, "the requirement judged, by id"),
    "subject": Key(_P, OSAID.subject, "what is judged; without it, whatever is assessed"),
    "outcome": Key(Accepts.WORD, OSAID.outcome, "met, not-met or not-applicable", "Outcome"),
    "by": Key(Accepts.AGENT, None, "the reviewer: a name, or {name, id, affiliation}"),
    "independent": Key(Accepts.FLAG, OSAID.independent, "whether the reviewer is independent of the producer"),
    "date": Key(Accepts.DATE, DCTERMS.date, "when it was judged"),
    "definition": Key(_P, OSAID.definition, "the version of the definition judged against, by id"),
    "reason": Key(_P, RDFS.comment, "why"),
    "evidence": Key(Accepts.NODES, OSAID.evidence, "what it rests on: URLs, or {url, retrieved, sha256}"),
    "source": _SOURCE,
}

WAIVER: dict[str, Key] = {
    "requirement": Key(_P, OSAID.waivesGapOf, "the requirement, or the rule, whose gaps are waived, by id"),
    "on": Key(_P, OSAID.waivesGapAt, "the node whose gaps are waived; without it, those of all nodes"),
    "reason": Key(_P, RDFS.comment, "why"),
    "until": Key(Accepts.DATE, OSAID.waivedUntil, "the last day on which the gaps do not fail a run"),
    "by": Key(Accepts.AGENT, None, "who waives them: a name, or {name, id, affiliation}"),
    "source": _SOURCE,
}

MANIFEST: dict[str, Key] = {
    "imports": Key(Accepts.IMPORTS, None, "other descriptions below this folder, read together with this one"),
    "source": Key(Accepts.SOURCE, None, "who says what this file says, unless a block or statement says otherwise"),
    "system": Key(Accepts.BLOCK, None, "the AI system", block="system"),
    "model": Key(Accepts.PART, OSAID.hasModel, "the model, where it is described apart", block="model"),
    "parameters": Key(Accepts.PART, OSAID.hasParameters, "the weights", block="parameters"),
    "code": Key(Accepts.BLOCKS, OSAID.hasCode, "the source code, by role", block="code"),
    "data-information": Key(
        Accepts.NODES,
        OSAID.hasDataInformation,
        "the documents that describe the data",
        block="data-information",
    ),
    "documents": Key(Accepts.BLOCKS, OSAID.hasDocument, "other documents, by kind", block="document"),
    "training-data": Key(Accepts.DATASETS, OSAID.trainedOn, "all data used for training", block="dataset"),
    "validation-data": Key(Accepts.DATASETS, OSAID.validatedOn, "data used for validation", block="dataset"),
    "evaluation-data": Key(Accepts.DATASETS, OSAID.evaluatedOn, "data used for evaluation", block="dataset"),
    "datasets": Key(Accepts.BLOCKS, None, "datasets described once, referred to by id", block="dataset"),
    "judgements": Key(Accepts.BLOCKS, None, "outcomes recorded by reviewers", block="judgement"),
    "waivers": Key(Accepts.BLOCKS, OSAID.gapWaiver, "gaps that need not fail a run before a day", block="waiver"),
}

BLOCKS: dict[str, dict[str, Key]] = {
    "system": SYSTEM,
    "model": MODEL,
    "parameters": PARAMETERS,
    "training-state": TRAINING_STATE,
    "code": CODE,
    "configuration": CONFIGURATION,
    "data-information": DATA_INFORMATION,
    "document": DOCUMENT,
    "dataset": DATASET,
    "listing": LISTING,
    "judgement": JUDGEMENT,
    "waiver": WAIVER,
}

#: Keys of a statement written as a mapping.
STATEMENT_KEYS = ("value", "not-disclosed", "not-applicable", "source")
#: Texts that templates leave behind where an answer belongs: they disclose nothing.
PLACEHOLDERS = frozenset(
    {"[more information needed]", "more information needed", "[needs more information]", "needs more information",
     "todo", "tbd", "[todo]", "[tbd]", "undisclosed"}
)  # fmt: skip
