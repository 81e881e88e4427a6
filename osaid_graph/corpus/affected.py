"""What a change of the statements can have changed, so that only that is assessed again.

An assessment of a subject depends on the statements of the nodes that it leads to: those that its own statements name,
those that these name, over any number of steps, and what it is a component of. So what has to be looked at again is
what leads to a node of which something else is said now (``affected``). That needs the statements of all it leads to
(``near``), and no others: an assessment of these alone comes to the same for what is affected as one of all.

Two things depend on who refers to a node, and not only on what it refers to: which class it gets where nobody states
one, and whether a name that nobody describes is that of a base model or of data. Nodes without a class are few, and
such dependencies are followed for them alone.
"""

from __future__ import annotations

from typing import Final

from rdflib import RDF

from osaid_graph.corpus.axioms import is_axiom
from osaid_graph.corpus.fixpoint import fixpoint
from osaid_graph.corpus.holding import HOLDS
from osaid_graph.corpus.ids import Ids
from osaid_graph.engines import Engine
from osaid_graph.graph.ontology import implying, narrower, narrower_classes
from osaid_graph.graph.references import INVERSES
from osaid_graph.vocab import OSAID

#: Lineage, with the ends turned round or not: what is behind such an edge, and has no class, gets one from it.
_LINEAGE: Final = {
    pair
    for prop in (OSAID.derivedFrom, OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn)
    for pair in implying(prop)
}
_STRAIGHT: Final = frozenset(prop for prop, turned in _LINEAGE if not turned)
_TURNED: Final = frozenset(prop for prop, turned in _LINEAGE if turned)
#: Edges to components, also over activities (:mod:`osaid_graph.graph.activities`), which count for either end.
_COMPONENTS: Final = frozenset(
    {
        *(OSAID.isComponentOf, *narrower(OSAID.hasComponent)),
        *(OSAID.trainedBy, OSAID.processedBy, OSAID.usedCode, OSAID.usedConfiguration),
    }
)

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
    _changed(engine, ids, since)
    _referrers(engine, ids)
    _touched(engine, ids)
    _depends(engine, ids)
    _reach(engine, AFFECTED, "SELECT node FROM touched", "depends", "dependency", "node")
    _reach(engine, "reached", f"SELECT node FROM {AFFECTED}", "depends", "node", "dependency")
    asked = "SELECT referrer AS node FROM referrers WHERE node IN (SELECT node FROM reached)"
    _reach(engine, "asked", f"SELECT DISTINCT node FROM ({asked}) AS nodes", "inferences", "node", "dependency")
    engine.table(NEAR, "SELECT node FROM reached UNION SELECT node FROM asked")
    engine.drop("changed", "judging", "referrers", "inferences", "touched", "depends", "reached", "asked")
    return int(engine.rows(f"SELECT COUNT(*) FROM {AFFECTED}")[0][0])


def only_near(engine: Engine) -> int:
    """Let ``said`` be the statements of the nodes in ``near`` alone; return how many those are."""
    count = engine.table("said_near", f"SELECT * FROM said WHERE subject IN (SELECT node FROM {NEAR})")
    engine.view("said", "SELECT * FROM said_near")
    return count


def _changed(engine: Engine, ids: Ids, since: int) -> None:
    """Make the table of the statements that are made now and were not, or are not made and were.

    And that of the nodes that documents with judgements describe: which subjects a judgement is on may hang on what
    else is in the document, so that such a document is taken as a whole.
    """
    came = f"SELECT source FROM sources_ever WHERE generation > {since} AND source NOT IN (SELECT source FROM ended)"
    went = (
        "SELECT s.source FROM sources_ever AS s JOIN ended ON ended.source = s.source "
        f"WHERE ended.generation > {since} AND s.generation <= {since}"
    )
    columns = "subject, predicate, object"
    for name, sources in (("came", came), ("went", went)):
        engine.table(f"{name}_sources", sources)
        engine.table(
            name,
            f"SELECT DISTINCT {columns}, source FROM statements_ever "
            f"WHERE source IN (SELECT source FROM {name}_sources) AND NOT {is_axiom(ids)}",
        )
    new, old = (f"SELECT {columns} FROM {name}" for name in ("came", "went"))
    engine.table(
        "changed", f"SELECT * FROM ({new} EXCEPT {old}) AS a UNION ALL SELECT * FROM ({old} EXCEPT {new}) AS b"
    )
    engine.table(
        "judging", "SELECT subject, predicate, source FROM came UNION ALL SELECT subject, predicate, source FROM went"
    )
    engine.drop("came_sources", "went_sources", "came", "went")


def _referrers(engine: Engine, ids: Ids) -> None:
    """Make the table of the nodes without a class and of what refers to them, and of those that get one from that."""
    classes = ids.among("object", narrower_classes(OSAID.Artifact))
    engine.table(
        "classed", f"SELECT DISTINCT subject FROM said WHERE {ids.among('predicate', (RDF.type,))} AND {classes}"
    )
    edges = " UNION ALL ".join(
        f"SELECT {end} AS node, {start} AS referrer FROM {table} WHERE {ids.among('predicate', props)} AND object >= 0"
        for start, end, props in (("subject", "object", _STRAIGHT), ("object", "subject", _TURNED))
        for table in ("said", "changed")
    )
    engine.table(
        "referrers",
        f"SELECT DISTINCT node, referrer FROM ({edges}) AS edges WHERE node NOT IN (SELECT subject FROM classed)",
    )
    engine.table(
        "inferences",
        "SELECT node, referrer AS dependency FROM referrers WHERE node IN (SELECT subject FROM said)",
    )
    engine.drop("classed")


def _touched(engine: Engine, ids: Ids) -> None:
    """Make the table of the nodes on whose own statements, or on the edges to whom, something has changed."""
    both, turned = ids.among("predicate", _COMPONENTS), ids.among("predicate", INVERSES)
    typed, straight = ids.among("predicate", (RDF.type,)), ids.among("predicate", _STRAIGHT)
    open_ = "IN (SELECT node FROM referrers)"
    nodes = (
        "SELECT subject AS node FROM changed",
        "SELECT object AS node FROM changed WHERE object >= 0 "
        f"AND ({both} OR {turned} OR ({straight} AND object {open_}))",
        "SELECT node FROM referrers WHERE referrer IN "
        f"(SELECT subject FROM changed WHERE {typed} UNION SELECT node FROM inferences)",
        "SELECT subject AS node FROM judging WHERE source IN "
        f"(SELECT source FROM judging WHERE {ids.among('predicate', (OSAID.judges,))})",
    )
    engine.table("touched", f"SELECT DISTINCT node FROM ({' UNION ALL '.join(nodes)}) AS nodes")


def _depends(engine: Engine, ids: Ids) -> None:
    """Make the table of which node's assessment depends on the statements of which other."""
    forward = ids.among("predicate", (RDF.type, *(INVERSES - _COMPONENTS)))
    backward = ids.among("predicate", (*_COMPONENTS, *INVERSES, OSAID.subject))
    edges = (
        f"SELECT subject AS node, object AS dependency FROM said WHERE object >= 0 AND NOT {forward}",
        f"SELECT object AS node, subject AS dependency FROM said WHERE object >= 0 AND {backward}",
        "SELECT node, dependency FROM inferences",
        f"SELECT subject AS node, judgement AS dependency FROM {HOLDS}",
    )
    engine.table(
        "depends",
        f"SELECT DISTINCT node, dependency FROM ({' UNION ALL '.join(edges)}) AS edges WHERE node <> dependency",
    )


def _reach(engine: Engine, name: str, first: str, edges: str, start: str, end: str) -> None:
    """Make the table of all nodes reached from some over the edges of a table, with those."""
    fixpoint(
        engine,
        name,
        ("node",),
        first,
        lambda last: (
            f"SELECT DISTINCT edges.{end} AS node FROM {last} AS last JOIN {edges} AS edges "
            f"ON edges.{start} = last.node WHERE edges.{end} NOT IN (SELECT node FROM {name})"
        ),
    )
