"""What assessing a corpus on Spark costs, statement by statement: measured, fitted, and told for a corpus of any size.

Corpora of invented hubs (``benchmarks/generator``), each of about so many statements, are built with DuckDB and
assessed with Spark on this machine. Spark's own log of events tells, of each step of an assessment, the processor time
of its tasks, the bytes that went through shuffles and what else there is to count. Two lines are fitted to it, by
least squares of relative errors:

    reading, deriving, checking    fixed + so much for each statement
    tracing, deciding, writing     fixed + so much for each pair of a release and a node of its scope

and from them the cost of ``--of`` statements is told, with what that takes for granted. Processor time is used, not
time on the clock, so that the figures of a busy machine can be compared; the clock is told beside it.

    python benchmarks/cluster_cost.py [--statements 100000 1000000 10000000] [--of 10000000000] [--memory 4096]
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from generator.shards import Hub, write
from machine import setting

from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.build import build
from osaid_graph.corpus.layout import ASSESSMENTS, SEGMENTS
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.spark import Spark

#: The steps whose work grows with statements, and those whose work grows with pairs of a release and a node.
OF_STATEMENTS: Final = ("reading", "deriving", "checking")
OF_PAIRS: Final = ("tracing", "deciding", "writing")
#: Releases of the hub that tells how many statements a release has.
SAMPLE: Final = 2_000
GB: Final = 1e9
#: Cores of the clusters that times are told for.
CLUSTERS: Final = (64, 256, 1024)
#: What part of its cores a cluster keeps busy, and seconds that a stage takes however little it has to do.
BUSY: Final = 0.5
STAGE: Final = 0.5


@dataclass
class Cost:
    """What some tasks took.

    Attributes:
        seconds: Processor time.
        shuffled: Bytes written to shuffles.
        read: Bytes read from files.
        spilled: Bytes that did not fit into memory.
        stages: How many stages they belong to.
        peak: The most memory that one task used, in bytes.
    """

    seconds: float = 0
    shuffled: float = 0
    read: float = 0
    spilled: float = 0
    stages: set[int] = field(default_factory=set)
    peak: int = 0

    def add(self, stage: int, metrics: dict[str, Any]) -> None:
        """Count a task, from Spark's log of events."""
        self.stages.add(stage)
        self.seconds += metrics["Executor CPU Time"] / 1e9
        self.shuffled += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"]
        self.read += metrics["Input Metrics"]["Bytes Read"]
        self.spilled += metrics["Disk Bytes Spilled"]
        self.peak = max(self.peak, metrics["Peak Execution Memory"])


@dataclass
class Measured:
    """An assessment: how much there was, what each step cost, and how long all took by the clock."""

    releases: int
    statements: int
    pairs: int
    costs: dict[str, Cost]
    clock: float

    def of(self, steps: Iterable[str]) -> tuple[float, float]:
        """Return the processor seconds and the shuffled bytes of some steps."""
        chosen = [self.costs[step] for step in steps if step in self.costs]
        return sum(cost.seconds for cost in chosen), sum(cost.shuffled for cost in chosen)


def measure(releases: int, folder: Path, memory: int) -> Measured:
    """Build the corpus of a hub, assess it on Spark, and return what that cost."""
    hub, where, log = folder / "hub", folder / "corpus", folder / "events"
    for each in (hub, where, log):
        shutil.rmtree(each, ignore_errors=True)
    log.mkdir()
    write(hub, Hub(releases))
    build(where, [str(hub)])
    settings = {
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": log.as_uri(),
        "spark.eventLog.compress": "false",
        "spark.eventLog.rolling.enabled": "false",
    }
    begun: list[tuple[float, str]] = []
    corpus, engine = Corpus.open(where), Spark("local[*]", spill=str(folder), memory=memory, settings=settings)
    started = time.time()
    try:
        assess(corpus, engine, progress=lambda step, *_: begun.append((time.time() * 1000, step)))
    finally:
        clock = time.time() - started
        engine.close()
    (events,) = log.iterdir()
    manifest = Corpus.open(where).manifest
    counted = {part.kind: {file.path: file.rows or 0 for file in part.files} for part in manifest.parts}
    statements = sum(rows for path, rows in counted[SEGMENTS].items() if path.startswith("statements/"))
    pairs = sum(rows for path, rows in counted[ASSESSMENTS].items() if path.startswith("scope.parquet"))
    return Measured(releases, statements, pairs, costs(tasks(events), begun), clock)


def tasks(events: Path) -> Iterator[tuple[float, int, dict[str, Any]]]:
    """Yield the tasks of a log of events: when each was launched (milliseconds), its stage and its metrics."""
    with events.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith('{"Event":"SparkListenerTaskEnd"'):
                event = json.loads(line)
                if event.get("Task Metrics"):
                    yield event["Task Info"]["Launch Time"], event["Stage ID"], event["Task Metrics"]


def costs(done: Iterable[tuple[float, int, dict[str, Any]]], begun: list[tuple[float, str]]) -> dict[str, Cost]:
    """Return what each step cost: a task belongs to the step that had begun last when it was launched."""
    found: dict[str, Cost] = defaultdict(Cost)
    for launched, stage, metrics in done:
        step = next((step for moment, step in reversed(begun) if moment <= launched), begun[0][1])
        found[step].add(stage, metrics)
    return found


def fit(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Return ``fixed`` and ``each`` of a line whose relative errors at some points are the least; neither below 0.

    >>> [round(value, 6) for value in fit([(10, 25), (100, 205), (1000, 2005)])]
    [5.0, 2.0]
    """
    weights = [1 / max(cost, 1e-9) ** 2 for _, cost in points]
    number = sum(w * x for w, (x, _) in zip(weights, points, strict=True)) / sum(weights)
    cost = sum(w * y for w, (_, y) in zip(weights, points, strict=True)) / sum(weights)
    above = sum(w * (x - number) * (y - cost) for w, (x, y) in zip(weights, points, strict=True))
    below = sum(w * (x - number) ** 2 for w, (x, _) in zip(weights, points, strict=True))
    each = max(above / below, 0) if below else cost / number
    return max(cost - each * number, 0), each


def exponent(points: list[tuple[float, float]]) -> float:
    """Return how cost grows between the last two points: 1 is linear."""
    (few, little), (many, much) = points[-2:]
    return math.log(much / little) / math.log(many / few) if min(little, much) > 0 else math.nan


def report(found: list[Measured], of: int) -> list[str]:
    """Return the lines of all tables."""
    lines = ["| statements | releases | pairs | step | processor s | shuffled MB | read MB | spilled MB | stages |"]
    lines.append("|---:|---:|---:|---|---:|---:|---:|---:|---:|")
    for each in found:
        for step in (*OF_STATEMENTS, *OF_PAIRS):
            cost = each.costs.get(step, Cost())
            numbers = (cost.shuffled, cost.read, cost.spilled)
            lines.append(
                f"| {each.statements:,} | {each.releases:,} | {each.pairs:,} | {step} | {cost.seconds:,.1f} | "
                f"{' | '.join(f'{number / 1e6:,.1f}' for number in numbers)} | {len(cost.stages)} |"
            )
        lines.append(f"| {each.statements:,} | | | by the clock | {each.clock:,.1f} | | | | |")
    if len(found) < 2:
        return lines
    return [*lines, "", *told(found, of)]


def told(found: list[Measured], of: int) -> list[str]:
    """Return the lines that tell what was fitted, and what follows from it for a corpus of so many statements."""
    ratio = found[-1].pairs / found[-1].statements
    lines = ["| cost | fixed | each | growth | worst error |", "|---|---:|---:|---:|---:|"]
    sums = [0.0, 0.0]
    for steps, unit in ((OF_STATEMENTS, "statement"), (OF_PAIRS, "pair")):
        for which, (word, scale) in enumerate((("processor µs", 1e6), ("shuffled bytes", 1.0))):
            points = [
                (float(each.statements if unit == "statement" else each.pairs), each.of(steps)[which]) for each in found
            ]
            fixed, slope = fit(points)
            worst = max(abs(fixed + slope * x - y) / y for x, y in points if y)
            shown = f"{fixed * scale:,.0f} | {slope * scale:,.2f} | {exponent(points):.2f} | {worst:.0%}"
            lines.append(f"| {word} a {unit} | {shown} |")
            sums[which] += fixed + slope * of * (1 if unit == "statement" else ratio)
    stages = max(sum(len(cost.stages) for cost in each.costs.values()) for each in found)
    lines += ["", f"For {of:,} statements, and {of * ratio:,.0f} pairs:", ""]
    lines += [f"- {sums[0] / 3600:,.0f} hours of a core, {sums[1] / GB:,.0f} GB through shuffles"]
    for cores in CLUSTERS:
        hours = (sums[0] / cores / BUSY + stages * STAGE) / 3600
        lines.append(f"- {cores:,} cores: {hours:,.1f} hours; {sums[1] / cores / 1e9:,.1f} GB of shuffles a core")
    lines += [
        "",
        f"This takes for granted: {ratio:.2f} pairs a statement, as in the largest corpus measured; cores as fast as "
        f"these; a cluster that keeps {BUSY:.0%} of them busy; {stages} stages of {STAGE} s at least, which does not "
        "grow; and no node in so many scopes that one core has to do its share alone.",
    ]
    return lines


def main() -> None:
    """Measure the sizes that are asked for, and print what was found."""
    parser = argparse.ArgumentParser(description="What assessing a corpus on Spark costs, and how that grows.")
    parser.add_argument("--statements", type=int, nargs="+", default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--of", type=int, default=10_000_000_000, help="statements of the corpus that is told of")
    parser.add_argument("--memory", type=int, default=4096, metavar="MIB", help="memory of Spark")
    parser.add_argument("--folder", type=Path, help="where corpora are made; a temporary one otherwise")
    options = parser.parse_args()
    if find_spec("pyspark") is None:
        parser.error("this needs pyspark: pip install 'osaid-graph[spark]'")
    print(setting(("pyspark", "duckdb")), "\n", sep="", flush=True)
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="cluster-cost-") as name:
        folder = Path(name)
        write(folder / "hub", Hub(SAMPLE))
        build(folder / "corpus", [str(folder / "hub")])
        files = Corpus.open(folder / "corpus").parts(SEGMENTS)[0].files
        each = sum(file.rows or 0 for file in files if file.path.startswith("statements/")) / SAMPLE
        found = []
        for statements in sorted(options.statements):
            found.append(measure(round(statements / each), folder, options.memory << 20))
            print(f"{found[-1].statements:,} statements: {found[-1].clock:,.0f} s", file=sys.stderr, flush=True)
    print("\n".join(report(found, options.of)))


if __name__ == "__main__":
    main()
