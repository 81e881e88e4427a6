"""Whole commands over corpora of any size: build, assess, ask, walk the lineage, and do it again after a change.

Invented hubs of each of some numbers of releases (``benchmarks/generator``) are written to files, a hundred or more of
a thousand records at most, and each step is run as a user runs it, ``--runs`` times: ``corpus build`` and ``corpus
assess`` on a new folder, the full report of one release, a query, ``lineage`` and ``impact``. Then one file in a
hundred changes, and the corpus is built and assessed again.

Printed are the median of the seconds of each step and the peak memory of its processes; from the numbers of releases,
how time grows (the slope of a line through logarithms, by least squares: 1 is linear); and how many times as long a
full run takes as one after the change.

    python benchmarks/corpus_at_scale.py [--releases 1000 10000 100000] [--described 1000] [--runs 3]
    python benchmarks/corpus_at_scale.py --releases --lists models.jsonl.gz datasets.jsonl.gz
"""

from __future__ import annotations

import argparse
import math
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from generator.shards import RECORDS, RELEASES, Descriptions, Hub, change, restore, write
from generator.world import Model
from machine import setting, watched

#: The steps, in order; ``{}`` of braces are filled in. What is asked for does not hang on what is in the corpus.
STEPS: Final = {
    "build": ("corpus", "build", "{corpus}", "{inputs}"),
    "assess": ("corpus", "assess", "{corpus}"),
    "check": ("check", "{corpus}", "--subject", "{node}"),
    "query": ("query", "licences-in-use", "--corpus", "{corpus}"),
    "lineage": ("lineage", "{node}", "{corpus}"),
    "impact": ("impact", "{of}", "{corpus}"),
    "build again": ("corpus", "build", "{corpus}", "{inputs}"),
    "assess again": ("corpus", "assess", "{corpus}"),
}
FULL: Final = ("build", "assess")
AGAIN: Final = ("build again", "assess again")
#: The share of the files that changes.
SHARE: Final = 0.01
#: Nodes of the real lists: the model with most behind it, and one of those with most made from it.
NODE: Final = "Jebadiah/Aria-ruby-v4-e"
OF: Final = "mistralai/Mistral-7B-v0.1"


@dataclass
class Step:
    """What the runs of a step came to."""

    seconds: list[float] = field(default_factory=list)
    peak: int = 0
    failed: str = ""

    @property
    def median(self) -> float:
        """The median of the seconds, nan where it was not run to its end."""
        return statistics.median(self.seconds) if self.seconds and not self.failed else math.nan


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a corpus is built from: files, and two nodes in them; ``what`` is what was written, None of real lists."""

    title: str
    releases: int
    paths: tuple[Path, ...]
    node: str
    of: str
    what: Hub | Descriptions | None = None


def invented(what: Hub | Descriptions, folder: Path) -> Inputs:
    """Write an invented hub, and choose the last model of a base, and the base that most are made from."""
    write(folder, what)
    used: Counter[str] = Counter()
    last = ""
    for thing in what.world():
        if isinstance(thing, Model):
            known = [base.name for base in thing.bases if base.number not in (None, thing.number)]
            used.update(known)
            last = thing.name if known or not last else last
    most = used.most_common(1)[0][0] if used else last
    kind = "full descriptions" if isinstance(what, Descriptions) else "records"
    return Inputs(kind, what.releases, (folder,), last, most, what)


def steps(inputs: Inputs, asked: list[str], runs: int, folder: Path) -> dict[str, Step]:
    """Run the steps that are asked for, each so many times."""
    measured = {name: Step() for name in STEPS if name in asked and not (inputs.what is None and name in AGAIN)}
    for each in range(runs):
        corpus = folder / "corpus"
        shutil.rmtree(corpus, ignore_errors=True)
        changed: tuple[Path, ...] = ()
        for name, step in measured.items():
            if name == AGAIN[0] and inputs.what is not None:
                changed = change(inputs.paths[0], inputs.what, SHARE, revision=each + 1).files
            if not step.failed:
                _run(name, step, inputs, corpus)
        if changed and inputs.what is not None and each + 1 < runs:
            restore(inputs.paths[0], inputs.what, changed)
    return measured


def _run(name: str, step: Step, inputs: Inputs, corpus: Path) -> None:
    command = [sys.executable, "-m", "osaid_graph"]
    for part in STEPS[name]:
        if part == "{inputs}":
            command.extend(map(str, inputs.paths))
        else:
            command.append(part.format(corpus=corpus, node=inputs.node, of=inputs.of))
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said"
        ran = watched(command, said)
        if ran.code in (0, 1):
            step.seconds.append(ran.seconds)
            step.peak = max(step.peak, ran.peak)
        else:
            lines = said.read_text("utf-8", "replace").strip().splitlines()
            told = next((line for line in lines if line.startswith("error:")), lines[-1] if lines else "")
            step.failed = f"exit code {ran.code}: {told[:90]}"


def exponent(points: list[tuple[int, float]]) -> float:
    """Return the slope of a line through the logarithms of numbers and seconds, by least squares.

    >>> round(exponent([(10, 2.0), (100, 20.0), (1000, 200.0)]), 6)
    1.0
    """
    known = [(math.log(number), math.log(seconds)) for number, seconds in points if seconds > 0]
    if len({number for number, _ in known}) < 2:
        return math.nan
    number, seconds = (statistics.fmean(column) for column in zip(*known, strict=True))
    above = sum((a - number) * (b - seconds) for a, b in known)
    return above / sum((a - number) ** 2 for a, _ in known)


def table(inputs: Inputs, measured: dict[str, Step]) -> list[str]:
    """Return the lines of the table of some inputs."""
    lines = []
    for name, step in measured.items():
        if step.failed:
            lines.append(f"| {inputs.releases:,} | {inputs.title} | {name} | {step.failed} | | |")
            continue
        each = step.median / inputs.releases * 1_000
        lines.append(
            f"| {inputs.releases:,} | {inputs.title} | {name} | {step.median:.2f} | {each:.3f} | "
            f"{step.peak / (1 << 20):,.0f} |"
        )
    return lines


def refreshed(measured: dict[str, Step]) -> float:
    """Return how many times as long a full run takes as one after a change."""
    full, again = (
        sum(measured[name].median if name in measured else math.nan for name in names) for names in (FULL, AGAIN)
    )
    return full / again


def compared(done: list[tuple[Inputs, dict[str, Step]]]) -> list[str]:
    """Return how time grows with the number of releases, and what a refresh saves."""
    lines = []
    for title in dict.fromkeys(inputs.title for inputs, _ in done if inputs.what is not None):
        of_title = [(inputs.releases, measured) for inputs, measured in done if inputs.title == title]
        for name in of_title[0][1]:
            grown = exponent([(releases, measured[name].median) for releases, measured in of_title])
            if not math.isnan(grown):
                lines.append(f"- {title}, {name}: time grows with the power {grown:.2f} of the number of releases")
        for releases, measured in of_title:
            if not math.isnan(saved := refreshed(measured)):
                lines.append(
                    f"- {title}, {releases:,}: a full run takes {saved:.1f} times as long as one after a change"
                )
    return lines


def main() -> int:
    """Measure and print; exit with 1 where a step failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", nargs="*", type=int, default=[1_000, 10_000, 100_000], help="of records of each")
    parser.add_argument("--described", nargs="*", type=int, default=[], help="of full descriptions")
    parser.add_argument("--lists", nargs=2, type=Path, metavar="LIST", help="real lists of models and of datasets")
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=list(STEPS))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--node", default=NODE, help="a model of the lists, whose lineage is asked for")
    parser.add_argument("--of", default=OF, help="a model of the lists, of which is asked what was made from it")
    options = parser.parse_args()
    packages = ("duckdb", "pyarrow", "rdflib", "pyoxigraph")
    print(setting(packages), f"Median of {options.runs}; {SHARE:.0%} of the files change.\n", flush=True)
    print("| releases | | step | seconds | ms a release | peak MiB |\n|--:|---|---|--:|--:|--:|", flush=True)
    whats: list[Hub | Descriptions] = [
        Hub(each, options.seed, min(RECORDS, max(1, each // 100))) for each in options.releases
    ]
    whats += [Descriptions(each, options.seed, min(RELEASES, max(1, each // 100))) for each in options.described]
    done = []
    for what in [*whats, *([None] if options.lists else [])]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            inputs = (
                Inputs("real lists", _lines(options.lists[0]), tuple(options.lists), options.node, options.of)
                if what is None
                else invented(what, folder / "inputs")
            )
            done.append((inputs, steps(inputs, options.steps, options.runs, folder)))
        print("\n".join(table(*done[-1])), flush=True)
    print("\n" + "\n".join(compared(done)))
    return 1 if any(step.failed for _, measured in done for step in measured.values()) else 0


def _lines(path: Path) -> int:
    import gzip

    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        return sum(1 for _ in lines)


if __name__ == "__main__":
    sys.exit(main())
