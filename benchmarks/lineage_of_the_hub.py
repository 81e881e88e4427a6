"""Questions about the lineage of a whole dump of the Hub, beside networkx and SPARQL on the same graph in the same run.

The same edges stand in three places: our arrays, a ``networkx.DiGraph``, and an in-memory store of Oxigraph, which is
asked in SPARQL 1.1. Four questions are put to each that can answer them, ``--runs`` times in turn:

- what a model was made from (``upstream``), and what was made from another (``impact``): by default the model with
  the most behind it, and one of those with the most made from it;
- the gaps that block each model (``blockers``): at it, or at anything it was made from, no usable terms are stated;
- one point of the frontier of effort against releases freed (``plan``): which data to document first, a minimum cut.

Printed: how long each took to build, and for each question the median in seconds of each, and the ratio of the peer's
time to ours (median of the pairs). Answers are compared; one that differs ends the run. SPARQL cannot put the last
question; networkx is put it after releases with equal blockers were merged, as ours is.

    python benchmarks/lineage_of_the_hub.py [--runs 5] [--node ID] [--of ID] models.jsonl.gz datasets.jsonl.gz
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import networkx as nx
import pyoxigraph as ox

import osaid_graph
from osaid_graph.errors import UsageError
from osaid_graph.lineage.blockers import blockers, releases_of
from osaid_graph.lineage.gaps import gaps
from osaid_graph.lineage.index import Lineage, made_from, properties
from osaid_graph.lineage.walk import downstream_of, upstream_of
from osaid_graph.planning.closure import Closures
from osaid_graph.planning.frontier import Frontier
from osaid_graph.planning.hypergraph import Hypergraph

NODE = "Jebadiah/Aria-ruby-v4-e"
OF = "mistralai/Mistral-7B-v0.1"
#: How much effort a freed model is worth at the point of the frontier that is asked for.
PRICE = Fraction(1, 3)
EDGE = ox.NamedNode("urn:x:madeFrom")
GAP = ox.NamedNode("urn:x:gap")
MODEL = ox.NamedNode("urn:x:release")
UPSTREAM = "SELECT DISTINCT ?node ?other { ?node <urn:x:madeFrom>+ ?other }"
IMPACT = "SELECT DISTINCT ?node ?other { ?other <urn:x:madeFrom>+ ?node }"
BLOCKERS = (
    "SELECT DISTINCT ?release ?gap "
    "{ ?gap <urn:x:gap> true . ?release <urn:x:madeFrom>* ?gap . ?release <urn:x:release> true }"
)


def edges(lineage: Lineage) -> list[tuple[int, int]]:
    """Return the edges that lead to what something was made from, each pair once."""
    follows = {number for number, prop in enumerate(properties()) if prop in made_from()}
    return sorted({(source, target) for source, target, kind in lineage.arrows() if kind in follows})


def in_networkx(lineage: Lineage) -> nx.DiGraph:
    """Return the lineage as a graph of networkx, by number."""
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_nodes_from(range(len(lineage)))
    graph.add_edges_from(edges(lineage))
    return graph


def in_oxigraph(lineage: Lineage, open_: dict[int, tuple[str, ...]]) -> ox.Store:
    """Return the lineage as a store, with the gaps and the releases marked."""
    store, true = ox.Store(), ox.Literal(True)
    named = [ox.NamedNode(f"urn:x:{number}") for number in range(len(lineage))]
    store.bulk_extend(ox.Quad(named[source], EDGE, named[target]) for source, target in edges(lineage))
    store.bulk_extend(ox.Quad(named[number], GAP, true) for number in open_)
    store.bulk_extend(ox.Quad(named[number], MODEL, true) for number in releases_of(lineage))
    return store


def asked(store: ox.Store, query: str, node: int | None = None) -> list[tuple[int, ...]]:
    """Return the rows of a query as numbers."""
    given: Any = {} if node is None else {ox.Variable("node"): ox.NamedNode(f"urn:x:{node}")}
    rows: Any = store.query(query, substitutions=given)
    wanted = [variable for variable in rows.variables if variable.value != "node"]
    return [tuple(int(row[variable].value.rpartition(":")[2]) for variable in wanted) for row in rows]


def blocked_in_networkx(graph: nx.DiGraph, releases: list[int], open_: dict[int, tuple[str, ...]]) -> int:
    """Return how many pairs of a release and a gap that blocks it there are: the ancestors of each release."""
    above: Any = nx.descendants
    return sum(sum(each in open_ for each in above(graph, release)) + (release in open_) for release in releases)


def cut_in_networkx(graph: Hypergraph, price: Fraction) -> int:
    """Return the gain of the best plan at a price by ``networkx.minimum_cut`` on the whole problem."""
    network: Any = nx.DiGraph()
    for at, (found, weight) in enumerate(zip(graph.sets, graph.weights, strict=True)):
        network.add_edge("source", ("release", at), capacity=weight * price.numerator)
        network.add_edges_from((("release", at), each) for each in found)
    for each, cost in enumerate(graph.costs):
        network.add_edge(each, "sink", capacity=cost * price.denominator)
    cut: Any = nx.minimum_cut_value
    return graph.weight * price.numerator - int(cut(network, "source", "sink"))


def plan(lineage: Lineage, open_: dict[int, tuple[str, ...]], releases: list[int], runs: int) -> None:
    """Compare one point of the frontier, and print how long all of it takes."""
    found = blockers(
        lineage, {number: lacking for number, lacking in open_.items() if lineage.is_data(number)}, releases
    )
    problem, seconds = timed(lambda: Hypergraph.of(found))
    print(
        f"plan: {len(found):,} models blocked by data, by {len(problem.sets):,} sets of it, merged in {seconds:.2f} s"
    )

    def ours() -> int:
        best = Closures(problem).at(PRICE)
        return best.weight * PRICE.numerator - best.cost * PRICE.denominator

    compare("plan", min(runs, 3), ours, {"networkx": lambda: cut_in_networkx(problem, PRICE)})
    frontier, seconds = timed(lambda: Frontier(problem).corners)
    print(f"frontier: all {len(frontier):,} corners in {seconds:.2f} s")


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return the result of some work and the seconds it took."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def compare(name: str, runs: int, ours: Callable[[], Any], peers: dict[str, Callable[[], Any]]) -> None:
    """Put a question to each in turn, and print the medians and the ratios."""
    own: list[float] = []
    theirs: dict[str, list[float]] = {peer: [] for peer in peers}
    for _ in range(runs):
        answer, seconds = timed(ours)
        own.append(seconds)
        for peer, work in peers.items():
            other, seconds = timed(work)
            if other != answer:
                sys.exit(f"{name}: {peer} answers {other!r}, we answer {answer!r}")
            theirs[peer].append(seconds)
    told = [
        f"{peer} {statistics.median(all_):.4f} s ({_ratio(all_, own):.1f} times ours)" for peer, all_ in theirs.items()
    ]
    print(f"{name:<10} {answer!s:>10}  ours {statistics.median(own):.4f} s  {'  '.join(told)}")


def _ratio(theirs: list[float], own: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(theirs, own, strict=True))


def main() -> None:
    """Build the three and compare them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dumps", nargs="+", metavar="DUMP")
    parser.add_argument("--runs", type=int, default=5, help="how often each question is put")
    parser.add_argument("--node", default=NODE, help="what to walk upstream from")
    parser.add_argument("--of", default=OF, help="what to walk downstream from")
    options = parser.parse_args()

    lineage, built = timed(lambda: osaid_graph.load(*options.dumps).lineage)
    _, turned = timed(lambda: lineage.down)
    try:
        (node, of), found = timed(lambda: (lineage.find(options.node), lineage.find(options.of)))
    except UsageError as error:
        parser.error(f"{error}: --node and --of name what is in the lists")
    open_ = gaps(lineage, ("license",))
    releases = releases_of(lineage)
    print(f"{len(lineage):,} artefacts, {len(lineage.up):,} edges, {len(releases):,} models, {len(open_):,} gaps")
    print(
        f"read in {built:.1f} s, turned round in {turned:.2f} s, {options.node} and {options.of} found in {found:.4f} s"
    )
    graph, seconds = timed(lambda: in_networkx(lineage))
    print(f"networkx: built from our arrays in {seconds:.1f} s")
    store, seconds = timed(lambda: in_oxigraph(lineage, open_))
    print(f"Oxigraph: built from our arrays in {seconds:.1f} s")

    walks: Any = nx
    compare(
        "upstream",
        options.runs,
        lambda: len(upstream_of(lineage, node).arrivals) - 1,
        {
            "networkx": lambda: len(walks.descendants(graph, node)),
            "SPARQL": lambda: len(asked(store, UPSTREAM, node)),
        },
    )
    compare(
        "impact",
        options.runs,
        lambda: len(downstream_of(lineage, of).arrivals) - 1,
        {"networkx": lambda: len(walks.ancestors(graph, of)), "SPARQL": lambda: len(asked(store, IMPACT, of))},
    )
    compare(
        "blockers",
        options.runs,
        lambda: sum(map(len, blockers(lineage, open_, releases).values())),
        {
            "networkx": lambda: blocked_in_networkx(graph, releases, open_),
            "SPARQL": lambda: len(asked(store, BLOCKERS)),
        },
    )
    plan(lineage, open_, releases, options.runs)
    print(f"peak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
