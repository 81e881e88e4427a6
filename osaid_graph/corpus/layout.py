"""What a corpus looks like on disk: folders, files and the columns of its tables.

``docs/corpus.md`` describes them for whoever reads a corpus without this program.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rdflib import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SDO, SKOS, URIRef
from rdflib.namespace import DefinedNamespace

from osaid_graph.corpus_folder import LOCK as LOCK
from osaid_graph.corpus_folder import MANIFEST as MANIFEST
from osaid_graph.corpus_folder import SEGMENTS as SEGMENTS
from osaid_graph.engines import Type
from osaid_graph.vocab import DCAT3, OSAID

#: Says who holds the lock.
HOLDER: Final = ".osaid-graph.writer.json"
#: Begins the name of the folder in which files are made before they belong to the corpus.
BUILDING: Final = ".building-"
DERIVED: Final = "derived"
ASSESSMENTS: Final = "assessments"
#: What a corpus may hold beside its manifest.
FOLDERS: Final = (SEGMENTS, DERIVED, ASSESSMENTS)
STATEMENTS: Final = "statements"

#: The columns of each table of a segment, by the name of its file; a segment has those of its tables that have rows.
TABLES: Final[Mapping[str, Mapping[str, Type]]] = {
    STATEMENTS: {
        "subject": "BIGINT",
        "predicate": "BIGINT",
        "object": "BIGINT",
        "source": "INTEGER",
        "sequence": "INTEGER",
        "line": "INTEGER",
        "field": "VARCHAR",
    },
    "terms": {"id": "BIGINT", "kind": "VARCHAR", "value": "VARCHAR", "datatype": "VARCHAR", "language": "VARCHAR"},
    "sources": {
        "source": "INTEGER",
        "document": "INTEGER",
        "origin": "INTEGER",
        "name": "VARCHAR",
        "path": "VARCHAR",
        "input": "VARCHAR",
        "format": "VARCHAR",
        "sha256": "VARCHAR",
        "size": "BIGINT",
        "modified": "BIGINT",
        "graph": "VARCHAR",
        "url": "VARCHAR",
        "title": "VARCHAR",
        "retrieved": "VARCHAR",
        "statements": "BIGINT",
        "records": "BIGINT",
        "reading": "VARCHAR",
        "together": "BOOLEAN",
        "unread": "VARCHAR",
        "repairs": "VARCHAR",
        "short": "VARCHAR",
        "generation": "INTEGER",
        "since": "VARCHAR",
    },
    "ended": {"source": "INTEGER", "generation": "INTEGER", "until": "VARCHAR"},
    "lines": {"source": "INTEGER", "line": "INTEGER", "text": "VARCHAR"},
    "records": {
        "source": "INTEGER",
        "line": "INTEGER",
        "node": "BIGINT",
        "kind": "VARCHAR",
        "assumed": "BOOLEAN",
        "unread": "VARCHAR",
        "repairs": "VARCHAR",
        "text": "VARCHAR",
    },
    "subjects": {"source": "INTEGER", "line": "INTEGER", "subject": "BIGINT"},
    "rejects": {
        "source": "INTEGER",
        "line": "INTEGER",
        "reason": "VARCHAR",
        "hint": "VARCHAR",
        "text": "VARCHAR",
    },
    "passed": {
        "path": "VARCHAR",
        "input": "VARCHAR",
        "size": "BIGINT",
        "modified": "BIGINT",
        "reason": "VARCHAR",
    },
}

#: Vocabularies whose properties have a folder each; all other statements are in one.
_VOCABULARIES: Final[tuple[tuple[str, type[DefinedNamespace]], ...]] = (
    ("osaid", OSAID),
    ("dcat", DCAT),
    ("dcat", DCAT3),
    ("dcterms", DCTERMS),
    ("foaf", FOAF),
    ("owl", OWL),
    ("prov", PROV),
    ("rdf", RDF),
    ("rdfs", RDFS),
    ("schema", SDO),
    ("skos", SKOS),
)
OTHER: Final = "other"
#: The name that the statements of all properties are kept under in a segment that has few.
ANY: Final = "any"


def property_name(predicate: str) -> str:
    """Return the name that the statements of a property are kept under: that of its folder behind ``property=``.

    >>> property_name("https://w3id.org/osaid-graph/ont#trainedOn")
    'osaid.trainedOn'
    >>> property_name("https://example.org/likes")
    'other'
    """
    for prefix, vocabulary in _VOCABULARIES:
        local = predicate.removeprefix(str(vocabulary._NS))
        if local != predicate and local.isalnum() and URIRef(predicate) in vocabulary:
            return f"{prefix}.{local}"
    return OTHER


def statements_file(name: str) -> str:
    """Return the path of the statements of a property inside a segment."""
    return f"{STATEMENTS}/property={name}/part-0.parquet"


def table_file(name: str) -> str:
    """Return the path of a table, other than that of statements, inside a segment."""
    return f"{name}.parquet"
