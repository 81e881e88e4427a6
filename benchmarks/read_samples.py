"""Read every file below some folders, and count: read, refused and why, repaired, statements, values left unread.

    python benchmarks/read_samples.py FOLDER [--markdown] [--verbose]

Every folder directly below FOLDER is a collection, told apart in the table. Files are detected as ``check`` detects
them; the last column is the share of a format's values that no reader asked for, where the reader counts both.
``--markdown`` prints the table of docs/samples.md, ``--verbose`` every refusal and the unread fields of each format.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from osaid_graph.errors import InputError
from osaid_graph.readers import detect
from osaid_graph.readers.limits import MAX_BYTES


@dataclass(slots=True)
class Tally:
    """What reading the files of one collection in one format came to."""

    files: int = 0
    repaired: int = 0
    statements: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, str]] = field(default_factory=list)


def tally(folder: Path) -> dict[tuple[str, str], Tally]:
    """Return the tallies of the files below ``folder``, by collection and format."""
    found: dict[tuple[str, str], Tally] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.parent != folder):
        collection = path.relative_to(folder).parts[0]
        data = path.read_bytes()[: MAX_BYTES + 1]
        format_ = "(none)"
        try:
            reader = detect(data, path.name)
            format_ = reader.NAME
            reading = reader.read(data, path.name)
        except InputError as error:
            one = found.setdefault((collection, format_), Tally())
            one.refused.append((str(path.relative_to(folder)), str(error)))
            continue
        one = found.setdefault((collection, format_), Tally())
        one.files += 1
        one.repaired += bool(reading.repairs)
        one.statements += len(reading.statements)
        for each in reading.unread:
            one.unread[each.field] += each.count
    return found


def rows(found: dict[tuple[str, str], Tally]) -> list[tuple[str, ...]]:
    """Return the lines of the table, the sums last."""
    lines = [
        (
            collection,
            format_,
            f"{one.files:,}",
            f"{len(one.refused):,}",
            f"{one.repaired:,}",
            f"{one.statements:,}",
            f"{len(one.unread):,}",
            f"{one.unread.total():,}",
        )
        for (collection, format_), one in sorted(found.items())
    ]
    sums = (
        "all",
        "",
        f"{sum(one.files for one in found.values()):,}",
        f"{sum(len(one.refused) for one in found.values()):,}",
        f"{sum(one.repaired for one in found.values()):,}",
        f"{sum(one.statements for one in found.values()):,}",
        "",
        f"{sum(one.unread.total() for one in found.values()):,}",
    )
    return [*lines, sums]


HEAD = ("collection", "read as", "read", "refused", "repaired", "statements", "unread fields", "unread values")


def main() -> int:
    """Print the table; exit with 1 if more than one file in a hundred is refused."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--markdown", action="store_true", help="print the table of docs/samples.md")
    parser.add_argument("--verbose", action="store_true", help="print every refusal, and the unread fields")
    asked = parser.parse_args()
    found = tally(asked.folder)
    lines = rows(found)
    if asked.markdown:
        print("| " + " | ".join(HEAD) + " |")
        print("|" + "---|" * 2 + "--:|" * (len(HEAD) - 2))
        for line in lines:
            print("| " + " | ".join(line) + " |")
    else:
        widths = [max(len(line[n]) for line in (HEAD, *lines)) for n in range(len(HEAD))]
        for line in (HEAD, *lines):
            print("  ".join(f"{cell:{'<' if n < 2 else '>'}{widths[n]}}" for n, cell in enumerate(line)).rstrip())
    if asked.verbose:
        for (collection, format_), one in sorted(found.items()):
            for name, why in one.refused:
                print(f"refused {name}: {why}")
            for name, count in one.unread.most_common():
                print(f"unread {collection} {format_} {name} {count}")
    total = sum(one.files + len(one.refused) for one in found.values())
    refused = sum(len(one.refused) for one in found.values())
    return 1 if refused * 100 > total else 0


if __name__ == "__main__":
    sys.exit(main())
