"""What a change of the statements can have changed, so that only that is assessed again.

An assessment of a subject depends on the statements of the nodes that it leads to: the nodes that its own statements
name, and those of these, over any number of steps, and what it is a component of. So what has to be looked at again is
what leads to a node of which something else is said now (:func:`affected`), and that needs the statements of all it
leads to (``near``), and no others. An assessment of these statements alone comes to the same for these subjects as one
of the whole corpus.
"""

from __future__ import annotations

from typing import Final

from rdflib import RDF

from osaid_graph.corpus.fixpoint import fixpoint
from osaid_graph.corpus.holding import HOLDS
from osaid_graph.corpus.ids import Ids
from osaid_graph.engines import Engine
from osaid_graph.graph.ontology import narrower, narrower_classes, turning
from osaid_graph.vocab import OSAID

#: Lineage: what is behind such an edge, and has no class, gets one from it.
_LINEAGE: Final = (*narrower(OSAID.derivedFrom), OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn)
#: What counts for either end: components, and what says something of its object too.
_BOTH_WAYS: Final = frozenset({*narrower(OSAID.hasComponent), *turning()})

#: The tables that :func:`affected` makes: of nodes, each once.
AFFECTED: Final = "affected"
NEAR: Final = "near"


def affected(engine: Engine, ids: Ids, since: int) -> int:
    """Find what may be assessed differently since a generation of a corpus; return how many nodes that are.

    Makes the table ``affected`` of the nodes to be assessed again, wherever they are subjects or nodes that rules look
    at, and the table ``near`` of the nodes whose statements that needs. Of nodes that are described no more, too.

    Args:
        engine: Where the tables of a corpus are (:meth:`osaid_graph.corpus.open.Corpus.attach`), with that of which
            judgements are on what (:mod:`osaid_graph.corpus.holding`).
        ids: The ids of the corpus.
        since: The generation whose assessment is known.
    """
    _touched(engine, ids, since)
    _depends(engine, ids)
    if not engine.rows("SELECT 1 FROM touched LIMIT 1"):
        for name in (AFFECTED, NEAR):
            engine.table(name, "SELECT node FROM touched")
    else:
        _reach(engine, AFFECTED, "SELECT node FROM touched", "dependency", "node")
        _reach(engine, NEAR, f"SELECT node FROM {AFFECTED}", "node", "dependency")
    engine.drop("touched", "depends")
    return int(engine.rows(f"SELECT count(*) FROM {AFFECTED}")[0][0])


def only_near(engine: Engine) -> int:
    """Let ``said`` be the statements of the nodes in ``near`` alone; return how many those are."""
    count = engine.table("said_near", f"SELECT * FROM said WHERE subject IN (SELECT node FROM {NEAR})")
    engine.view("said", "SELECT * FROM said_near")
    return count


def _touched(engine: Engine, ids: Ids, since: int) -> None:
    """Make the table of the nodes of which something is said that was not, or is not said that was.

    A document that judges something is taken as a whole: which subjects a judgement is on may hang on what else is in
    the document.
    """
    columns = "s.subject, s.predicate, s.object"
    came = f"sources_ever AS s WHERE s.generation > {since} AND s.source NOT IN (SELECT source FROM ended)"
    went = (
        "sources_ever AS s JOIN ended ON ended.source = s.source "
        f"WHERE ended.generation > {since} AND s.generation <= {since}"
    )
    for name, those in (("came", came), ("went", went)):
        engine.table(f"{name}_sources", f"SELECT s.source FROM {those}")
        engine.table(
            f"{name}_statements",
            f"SELECT DISTINCT {columns}, s.source FROM statements_ever s "
            f"WHERE s.source IN (SELECT source FROM {name}_sources)",
        )
    plain = {name: f"SELECT subject, predicate, object FROM {name}_statements" for name in ("came", "went")}
    engine.table(
        "changed",
        f"({plain['came']} EXCEPT {plain['went']}) UNION ALL ({plain['went']} EXCEPT {plain['came']})",
    )
    judging = ids.among("predicate", (OSAID.judges,))
    both_ways, lineage = ids.among("predicate", _BOTH_WAYS), ids.among("predicate", _LINEAGE)
    whole = " UNION ALL ".join(
        f"SELECT subject AS node FROM {name}_statements WHERE source IN "
        f"(SELECT source FROM {name}_statements WHERE {judging})"
        for name in ("came", "went")
    )
    engine.table(
        "touched",
        "SELECT DISTINCT node FROM ("
        "SELECT subject AS node FROM changed "
        f"UNION ALL SELECT object AS node FROM changed WHERE object >= 0 AND ({both_ways} OR {lineage}) "
        f"UNION ALL {whole}) AS nodes",
    )
    engine.drop("came_sources", "went_sources", "came_statements", "went_statements", "changed")


def _depends(engine: Engine, ids: Ids) -> None:
    """Make the table of which node's assessment depends on the statements of which other."""
    type_ = ids(RDF.type)
    both_ways, lineage = ids.among("predicate", _BOTH_WAYS), ids.among("predicate", _LINEAGE)
    ours = ids.among("object", narrower_classes(OSAID.Artifact))
    engine.table("classed", f"SELECT DISTINCT subject FROM said WHERE predicate = {type_} AND {ours}")
    engine.table(
        "depends",
        "SELECT DISTINCT node, dependency FROM ("
        f"SELECT subject AS node, object AS dependency FROM said WHERE object >= 0 AND predicate <> {type_} "
        f"UNION ALL SELECT object AS node, subject AS dependency FROM said WHERE object >= 0 AND {both_ways} "
        f"UNION ALL SELECT object AS node, subject AS dependency FROM said WHERE object >= 0 AND {lineage} "
        "AND object NOT IN (SELECT subject FROM classed) "
        f"UNION ALL SELECT object AS node, subject AS dependency FROM said "
        f"WHERE object >= 0 AND predicate = {ids(OSAID.subject)} "
        f"UNION ALL SELECT subject AS node, judgement AS dependency FROM {HOLDS}) AS edges WHERE node <> dependency",
    )
    engine.drop("classed")


def _reach(engine: Engine, name: str, first: str, start: str, end: str) -> None:
    """Make the table of all nodes reached from some over the edges of ``depends``, with those."""
    fixpoint(
        engine,
        name,
        ("node",),
        first,
        lambda last: (
            f"SELECT DISTINCT depends.{end} AS node FROM {last} AS last JOIN depends ON depends.{start} = last.node "
            f"WHERE depends.{end} NOT IN (SELECT node FROM {name})"
        ),
    )
