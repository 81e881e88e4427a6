"""``osaid-graph check`` beside ``pyshacl``, both as whole commands, on the same data and shapes, in the same run.

pySHACL gets what our own validation step gets: the statements in scope with everything derived, as one Turtle file,
and the rules as another; its work is a part of ours. Printed per release: median wall seconds of both, the median of
the paired differences (ours - pyshacl), the ratio, and whether both found the same results.

    python benchmarks/check_beside_pyshacl.py [--runs 7] [release.yaml ...]
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rdflib import RDF, SH, Graph

from osaid_graph.assessment.assess import in_scope, prepare
from osaid_graph.assessment.subject import choose
from osaid_graph.graph.conclusions import conclude
from osaid_graph.graph.load import load
from osaid_graph.lineage.completion import complete
from osaid_graph.lineage.scope import scope
from osaid_graph.terms import policy
from osaid_graph.validation.definition import rulebook
from osaid_graph.validation.validate import validate

RELEASES = Path(__file__).parent.parent / "data" / "releases"


def command(name: str) -> str:
    """Return a command that is installed beside this interpreter."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        sys.exit(f"{name} is not installed beside {sys.executable}")
    return found


def validated_graph(release: Path) -> Graph:
    """Return the graph that ``check`` hands to its validation step."""
    loaded = load([str(release)])
    graph = prepare(loaded)
    reached = scope(graph, choose(graph, None))
    conclude(graph, policy())
    complete(graph)
    return in_scope(graph, reached)


def seconds(arguments: list[str]) -> float:
    """Return the wall time of a command; findings make both exit with 1."""
    start = time.perf_counter()
    ran = subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    took = time.perf_counter() - start
    if ran.returncode not in (0, 1):
        sys.exit(f"{' '.join(arguments)}: {ran.stderr.decode()}")
    return took


def main() -> None:
    """Measure and print one line a release."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("releases", nargs="*", type=Path, default=sorted(RELEASES.glob("*.yaml")))
    parser.add_argument("--runs", type=int, default=7, help="counted runs of each command, after one that is not")
    options = parser.parse_args()
    print(f"{'release':<16}{'triples':>8}{'ours s':>9}{'pyshacl s':>11}{'ours - pyshacl':>16}{'ratio':>7}  results")
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "shapes.ttl"
        rulebook().shapes.serialize(rules, format="turtle")
        for release in options.releases:
            data, report = Path(folder) / f"{release.stem}.ttl", Path(folder) / f"{release.stem}-report.ttl"
            graph = validated_graph(release)
            graph.serialize(data, format="turtle")
            ours = [command("osaid-graph"), "check", str(release), "-F", "json"]
            theirs = [command("pyshacl"), "-s", str(rules), "-f", "turtle", "-o", str(report), str(data)]
            seconds(ours), seconds(theirs)
            pairs = [(seconds(ours), seconds(theirs)) for _ in range(options.runs)]
            found = len(set(Graph().parse(report).subjects(RDF.type, SH.ValidationResult)))
            same = "equal" if found == len(validate(graph, rulebook().shapes)) else "DIFFERENT"
            mine, peer = (statistics.median(column) for column in zip(*pairs, strict=True))
            difference = statistics.median(a - b for a, b in pairs)
            print(
                f"{release.stem:<16}{len(graph):>8}{mine:>9.2f}{peer:>11.2f}{difference:>+16.2f}"
                f"{mine / peer:>7.2f}  {found} {same}"
            )


if __name__ == "__main__":
    main()
