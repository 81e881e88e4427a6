"""What is said of datasets of a corpus as data information, to be looked at one lineage at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rdflib import RDF, Graph, URIRef

from osaid_graph.corpus.entailment import Stated
from osaid_graph.corpus.ids import Ids
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.rows import term_of
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.lineage.completeness import DATA_INFORMATION
from osaid_graph.vocab import OSAID

_MEMORY: Final = 1 << 29


def data_information(corpus: Corpus, datasets: Iterable[str]) -> Graph:
    """Return what :func:`osaid_graph.lineage.completeness.completeness` looks at of some datasets.

    Args:
        corpus: The corpus.
        datasets: IRIs.

    Raises:
        InputError: The corpus is damaged.
    """
    graph, ids = Graph(), Ids(corpus.seed)
    engine = DuckDB(_MEMORY)
    try:
        corpus.attach(engine)
        engine.values("asked", {"id": "BIGINT"}, sorted({(ids(URIRef(iri)),) for iri in datasets}))
        said, silences = Stated(engine, "said", ids), ids.among("object", (OSAID.NotDisclosed, OSAID.NotApplicable))
        for prop in DATA_INFORMATION:
            if not (links := said.entailed(prop)):
                continue
            engine.table("links", f"SELECT * FROM ({links}) AS l WHERE subject IN (SELECT id FROM asked)")
            values = f"SELECT subject, object FROM said WHERE predicate = {ids(RDF.type)} AND {silences}"
            for name, pairs in ((prop, "links"), (RDF.type, f"({values} AND subject IN (SELECT object FROM links))")):
                for row in engine.rows(
                    "SELECT s.kind, s.value, s.datatype, s.language, o.kind, o.value, o.datatype, o.language "
                    f"FROM {pairs} AS l JOIN terms AS s ON s.id = l.subject JOIN terms AS o ON o.id = l.object"
                ):
                    graph.add((term_of(*row[:4]), name, term_of(*row[4:])))
    finally:
        engine.close()
    return graph
