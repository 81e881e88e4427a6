"""The rules beside other SHACL engines: the same shapes, the same data, in the same run.

The data is full descriptions of invented releases (``benchmarks/generator``), prepared and completed as a check does
it before it validates. Every engine has a process of its own, and a limit of time and of memory; the engines take
turns, ``--runs`` times, but an engine that took longer than ``--once`` seconds is not run again at that size. Their
results are compared one by one with ours: shape, focus and value.

An engine that reaches a limit, or fails, is told so, and not tried on more. Printed is a table for each number of
releases: seconds to load and to validate, peak memory, results; and how many times as long as ours the engine took for
validation alone, and for both. Others load N-Triples, and we the tables of a corpus; making these from descriptions is
done once, and told apart.

    pip install -r benchmarks/requirements.txt
    python benchmarks/validate_beside_peers.py [--releases 1 100 1000 10000] [--runs 3] [--only shacl pyrudof]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from generator.shards import Descriptions, write
from machine import GIB, setting, watched
from prepared_data import prepared
from validators import ENGINES, Results

from osaid_graph.validation.definition import rulebook

HERE = Path(__file__).parent
OURS = "osaid-graph"


@dataclass
class Measured:
    """What the runs of an engine on some data came to."""

    load: list[float] = field(default_factory=list)
    validate: list[float] = field(default_factory=list)
    peak: list[int] = field(default_factory=list)
    found: Counter[tuple[str, ...]] | None = None
    failed: str = ""

    def add(self, report: Path) -> None:
        """Add a run."""
        said = json.loads(report.read_text("utf-8"))
        self.load.append(said["load"])
        self.validate.append(said["validate"])
        self.peak.append(said["peak"])
        results: Results = said["results"]
        found = Counter(map(tuple, results))
        if self.found is not None and self.found != found:
            self.failed = "another run found something else"
        self.found = found

    @property
    def both(self) -> float:
        """The median of the seconds to load and to validate."""
        return statistics.median(a + b for a, b in zip(self.load, self.validate, strict=True))


def run(name: str, data: Path, shapes: Path, measured: Measured, limits: tuple[float, int]) -> None:
    """Run an engine once in a process of its own, within limits of seconds and of bytes."""
    with tempfile.TemporaryDirectory() as folder:
        report, said = Path(folder) / "report.json", Path(folder) / "said"
        command = [sys.executable, str(HERE / "validators"), name, str(data), str(shapes), str(report)]
        ran = watched(command, said, *limits)
        measured.failed = ran.limit
        if ran.code and not ran.limit:
            lines = said.read_text("utf-8", "replace").strip().splitlines()
            measured.failed = f"failed: {lines[-1][:80] if lines else f'exit code {ran.code}'}"
        if not measured.failed:
            measured.add(report)


def row(name: str, measured: Measured, ours: Measured | None) -> str:
    """Return the line of an engine in its table."""
    if measured.failed or measured.found is None:
        return f"| {name} | {measured.failed} | | | | | | | |"
    cells = [
        f"{len(measured.load)}",
        f"{statistics.median(measured.load):.2f}",
        f"{statistics.median(measured.validate):.2f}",
    ]
    cells += [f"{max(measured.peak) / (1 << 20):,.0f}", f"{measured.found.total():,}"]
    if ours is None or ours.found is None:
        return f"| {name} | " + " | ".join([*cells, "", "", ""]) + " |"
    apart = sum(((measured.found - ours.found) + (ours.found - measured.found)).values())
    alone = statistics.median(measured.validate) / statistics.median(ours.validate)
    cells += ["equal" if not apart else f"**{apart:,} differ**", f"{alone:,.1f}", f"{measured.both / ours.both:,.1f}"]
    return f"| {name} | " + " | ".join(cells) + " |"


def beside(releases: int, options: argparse.Namespace, folder: Path, out: dict[str, str]) -> bool:
    """Measure and print the table for so many releases; tell whether all that were run found the same."""
    shapes = folder / "shapes.ttl"
    rulebook().shapes.serialize(shapes, format="turtle")
    written = write(folder / "descriptions", Descriptions(releases, options.seed))
    started = time.perf_counter()
    data = prepared(folder / "descriptions", folder / "prepared", options.memory * GIB)
    print(f"\n## {releases:,} release{'s' * (releases != 1)}\n")
    files = f"{len(written.files):,} file{'s' * (len(written.files) != 1)}"
    print(f"{data.said:,} statements in {files}, {data.whole:,} that rules look at once prepared")
    print(f"({time.perf_counter() - started:.1f} s); {len(written.planted):,} results were planted.\n")
    measured = {name: Measured(failed=out.get(name, "")) for name in options.engines}
    for _ in range(options.runs):
        for name, each in measured.items():
            if not each.failed and not (each.load and each.both > options.once):
                run(name, data.folder, shapes, each, (options.seconds, options.memory * GIB))
    print("| engine | runs | load s | validate s | peak MiB | results | beside ours | x validate | x both |")
    print("|---|--:|--:|--:|--:|--:|---|--:|--:|")
    ours = measured.get(OURS)
    for name, each in measured.items():
        print(row(name, each, ours), flush=True)
        if each.failed and name not in out:
            out[name] = f"not tried ({each.failed} at {releases:,})"
    found = [{pair[:2] for pair in each.found} for each in measured.values() if each.found is not None]
    planted = {(f"https://w3id.org/osaid-graph/rule#{rule}", node) for rule, node in written.planted}
    return all(each == planted for each in found)


def main() -> int:
    """Measure and print; exit with 1 where an engine found something else than was planted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", nargs="+", type=int, default=[1, 100, 1_000, 10_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", dest="engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--seconds", type=float, default=1_200, help="the limit of a run")
    parser.add_argument("--once", type=float, default=600, help="run an engine that takes longer only once")
    parser.add_argument("--memory", type=int, default=12, help="the limit of a run, in GiB")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if OURS not in options.engines:
        options.engines.insert(0, OURS)
    packages = ("pyshacl", "pyrudof", "pyshifty", "shacl", "duckdb", "rdflib")
    print(setting(packages), f"Median of {options.runs}; limits {options.seconds:g} s and {options.memory} GiB a run.")
    out: dict[str, str] = {}
    for name, module in ENGINES.items():
        package = module.removeprefix("by_").replace("_", "-")
        try:
            metadata.version(package)
        except metadata.PackageNotFoundError:
            out[name] = "not installed: pip install -r benchmarks/requirements.txt"
    same = True
    for releases in options.releases:
        with tempfile.TemporaryDirectory() as folder:
            same = beside(releases, options, Path(folder), out) and same
    if not same:
        print("\nAn engine did not find what was planted.")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
