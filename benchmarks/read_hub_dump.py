"""Every record of a dump of the Hub through the reader, beside ``json.loads`` of every line, in the same run.

Three things are measured over the same decompressed lines, each in the order given and ``--runs`` times: Python's JSON
parser alone (the peer: no reader in Python can be faster without another parser), the scan that ``check`` starts with
(what each record is of and was made from), and the whole reader, which makes every statement. Printed per file: the
median of records per second, the ratio of its time to the peer's (median of the pairs), and for the whole reader the
statements, what was assumed or put right, and what was left unread, by field. At the end: the peak memory of the
process in MiB.

    python benchmarks/read_hub_dump.py [--runs 3] [--first N] models.jsonl.gz datasets.jsonl.gz
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from osaid_graph.graph import packed
from osaid_graph.readers.hub import kind as hub_kind
from osaid_graph.readers.hub import stream as hub_stream


class Found:
    """What the whole reader made of a file."""

    def __init__(self) -> None:
        self.statements = self.assumed = self.repairs = 0
        self.unread: Counter[str] = Counter()


def lines(path: Path, first: int | None) -> Iterator[bytes]:
    """Yield the lines of a file, decompressed."""
    with path.open("rb") as file:
        yield from itertools.islice(packed.lines(file, lambda read: None), first)


def parsed(path: Path, first: int | None) -> int:
    """Return how many lines the JSON parser alone reads."""
    return sum(1 for line in lines(path, first) if line and json.loads(line))


def scanned(path: Path, first: int | None) -> int:
    """Return how many records the scan finds."""
    return sum(1 for _ in hub_stream.links(lines(path, first)))


def read(path: Path, first: int | None, found: Found) -> int:
    """Return how many records the reader makes statements of, and count these."""
    number = 0
    for record in hub_stream.records(lines(path, first), hub_kind.named(path.name) or "models"):
        number += 1
        found.statements += len(record.statements)
        found.assumed += record.assumed
        found.repairs += len(record.repairs)
        found.unread.update(record.unread)
    return number


def timed(work: Callable[[], int]) -> tuple[int, float]:
    """Return the result of some work and the seconds it took."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def main() -> None:
    """Measure and print a block for each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dumps", nargs="+", type=Path, metavar="DUMP")
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured")
    parser.add_argument("--first", type=int, help="read so many lines of each file, not all")
    options = parser.parse_args()
    for path in options.dumps:
        taken: dict[str, list[float]] = {"json.loads": [], "scan": [], "read": []}
        records, found = 0, Found()
        for _ in range(options.runs):
            found = Found()
            for name, work in (
                ("json.loads", lambda path=path: parsed(path, options.first)),
                ("scan", lambda path=path: scanned(path, options.first)),
                ("read", lambda path=path, found=found: read(path, options.first, found)),
            ):
                records, took = timed(work)
                taken[name].append(took)
        print(f"{path.name}: {records:,} records, median of {options.runs}")
        for name, seconds in taken.items():
            ratio = statistics.median(a / b for a, b in zip(seconds, taken["json.loads"], strict=True))
            rate = records / statistics.median(seconds)
            print(f"  {name:<11}{rate:>10,.0f} records/s {statistics.median(seconds):>8.2f} s   x {ratio:.2f}")
        rate = found.statements / statistics.median(taken["read"])
        print(f"  {found.statements:,} statements, {rate:,.0f} a second; {found.assumed:,} records of an assumed kind,")
        print(f"  {found.repairs:,} things put right; {found.unread.total():,} values unread:")
        for field, count in found.unread.most_common():
            print(f"    {count:>10,}  {field}")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
