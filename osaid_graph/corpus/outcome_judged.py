"""What reviewers recorded, and which subjects it counts for (:mod:`osaid_graph.assessment.judgements`)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from rdflib import DCTERMS, PROV, RDF, RDFS, Graph
from rdflib.term import IdentifiedNode

from osaid_graph.assessment.judgements import recorded
from osaid_graph.corpus.batches import batches, gather
from osaid_graph.corpus.holding import HOLDS
from osaid_graph.corpus.rows import term_of
from osaid_graph.corpus.subjects import ASSESSED
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine, Type
from osaid_graph.errors import InputError
from osaid_graph.model import Definition
from osaid_graph.vocab import OSAID

#: The table of judgements that count: ``judgement``, ``requirement``, ``outcome``, and ``subject``, once for each that
#: it names; null where it names none.
COUNTED: Final = "counted_judgements"
#: The table of judgements that are left out: ``judgement``, ``reason``.
REJECTED: Final = "rejected_judgements"
#: The table of what the judgements that count for a subject say: ``subject``, ``requirement``, ``said``.
JUDGED: Final = "judged"

_PROPERTIES: Final = (
    *(OSAID.judges, OSAID.outcome, OSAID.definition, OSAID.subject, RDF.type),
    *(DCTERMS.date, RDFS.comment, PROV.wasAttributedTo),
)
_COUNTED: Final[dict[str, Type]] = {
    "judgement": "BIGINT",
    "requirement": "VARCHAR",
    "outcome": "VARCHAR",
    "subject": "BIGINT",
}
_REJECTED: Final[dict[str, Type]] = {"judgement": "BIGINT", "reason": "VARCHAR"}


def make_judged(
    engine: Engine, facts: Vertical, definition: Definition, today: datetime.date, terms: str = "terms"
) -> None:
    """Make the tables of what judgements say; those that are wrong are left out, with the reason.

    Args:
        engine: Where the tables are, ``holds`` among them.
        facts: The graph that judgements are read from.
        definition: The version assessed against; a judgement on another does not count.
        today: The day that a judgement may not be dated after.
        terms: The table of terms.
    """
    kinds = facts.select((RDF.type,))
    engine.table(
        "judgement_nodes",
        f"SELECT subject AS node FROM ({kinds}) AS kinds WHERE object = {facts.ids(OSAID.Judgement)} "
        f"UNION SELECT subject AS node FROM ({facts.select((OSAID.judges,))}) AS judgements",
    )
    rejected: list[tuple[int, str]] = []
    reader = _Reader(engine, facts, terms)
    rows = (list(reader.counted(nodes, definition, today, rejected)) for nodes in reader.parts())
    gather(engine, COUNTED, _COUNTED, rows)
    engine.values(REJECTED, _REJECTED, sorted(rejected))
    named = f"SELECT subject, requirement, outcome FROM {COUNTED} WHERE subject IS NOT NULL"
    held = (
        f"SELECT held.subject, counted.requirement, counted.outcome FROM {COUNTED} AS counted JOIN {HOLDS} AS held "
        "ON held.judgement = counted.judgement WHERE counted.subject IS NULL"
    )
    engine.table(
        JUDGED,
        "SELECT subject, requirement, CASE WHEN MIN(outcome) = MAX(outcome) THEN MIN(outcome) ELSE 'disputed' END "
        f"AS said FROM ({named} UNION ALL {held}) AS counted WHERE subject IN (SELECT subject FROM {ASSESSED}) "
        "GROUP BY subject, requirement",
    )
    engine.drop("judgement_nodes")


class _Reader:
    """Reads judgements, some at a time."""

    def __init__(self, engine: Engine, facts: Vertical, terms: str) -> None:
        self.engine, self.facts, self.terms = engine, facts, terms

    def parts(self) -> Iterator[list[int]]:
        """Yield the judgements, sorted."""
        for rows in batches(self.engine, "judgement_nodes", "node"):
            yield [node for (node,) in rows]

    def counted(
        self, nodes: list[int], definition: Definition, today: datetime.date, rejected: list[tuple[int, str]]
    ) -> Iterator[tuple[int, str, str, int | None]]:
        """Yield the rows of judgements that count, and collect those that are wrong."""
        graph, known = self._graph(nodes[0], nodes[-1])
        ids = {node: id_ for id_, node in known.items()}
        for id_ in nodes:
            node = known.get(id_)
            if not isinstance(node, IdentifiedNode):
                raise KeyError(f"term {id_} is not among the terms")
            try:
                read = recorded(graph, node, definition, today)
            except InputError as error:
                rejected.append((id_, error.message))
                continue
            if read.definition == definition.id:
                for subject in read.names or (None,):
                    yield id_, read.requirement, read.outcome, None if subject is None else ids[subject]

    def _graph(self, first: int, last: int) -> tuple[Graph, dict[int, object]]:
        """Return the statements of judgements, with the classes of the subjects they name, and what ids stand for."""
        said = self.facts.select(_PROPERTIES)
        of_judgements = (
            f"SELECT subject, predicate, object FROM ({said}) AS said WHERE subject BETWEEN {first} AND {last} "
            "AND subject IN (SELECT node FROM judgement_nodes)"
        )
        about = f"predicate = {self.facts.ids(OSAID.subject)}"
        self.engine.table("judgement_statements", of_judgements)
        classes = (
            f"SELECT subject, predicate, object FROM ({self.facts.select((RDF.type,))}) AS kinds "
            f"WHERE subject IN (SELECT object FROM judgement_statements WHERE {about})"
        )
        self.engine.table(
            "judgement_texts", f"SELECT subject, predicate, object FROM judgement_statements UNION {classes}"
        )
        every = " UNION ".join(f"SELECT {column} FROM judgement_texts" for column in ("subject", "predicate", "object"))
        columns = "id, kind, value, datatype, language"
        known = {
            row[0]: term_of(*row[1:])
            for row in self.engine.rows(f"SELECT {columns} FROM {self.terms} WHERE id IN ({every})")
        }
        graph = Graph()
        for subject, predicate, value in self.engine.rows("SELECT subject, predicate, object FROM judgement_texts"):
            graph.add((known[subject], known[predicate], known[value]))
        self.engine.drop("judgement_statements", "judgement_texts")
        return graph, dict(known)
