"""A corpus in numbers: text with bars, or JSON, whose keys are only ever added to."""

from __future__ import annotations

import dataclasses
import json
import math
import shlex
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from osaid_graph import __version__
from osaid_graph.corpus.stats import Stats
from osaid_graph.corpus.stats_licences import LicenseMix, license_rows
from osaid_graph.corpus.stats_lineage import LineageShape, Spread, bands
from osaid_graph.corpus.stats_size import Size, amount, share
from osaid_graph.corpus.summary import RequirementCounts, Summary
from osaid_graph.errors import printable
from osaid_graph.escapes import escaped_json
from osaid_graph.reports import RenderOptions
from osaid_graph.reports.terminal import WIDTH, bold, painted

SCHEMA_VERSION: Final = "1.0"
#: How each outcome is drawn: its field, its sign, its words and its colour (ECMA-48, section 8.3.117).
_OUTCOMES: Final = (
    ("met", "█", "met", "32"),
    ("not_met", "x", "not met", "31"),
    ("not_evidenced", "?", "no evidence", "33"),
    ("needs_judgement", "~", "to be judged", "36"),
    ("not_applicable", "·", "not applicable", "2"),
)
_COLOURS: Final = {"approved": "32", "not-approved": "31", "unknown": "33"}
_LEVELS: Final = 16
#: The columns that names and the least bar may take.
_NAME, _BAR = 34, 10


def render(stats: Stats, format_name: str, options: RenderOptions | None = None, width: int | None = None) -> str:
    """Return a corpus in numbers as ``text`` or ``json``.

    Args:
        stats: The numbers.
        format_name: Which of the two.
        options: How the text is shown.
        width: The columns of the terminal; None for those of a page.

    Raises:
        KeyError: There is no such format.
    """
    formats: dict[str, Callable[[], str]] = {
        "text": lambda: _Text(stats, options or RenderOptions(), width or WIDTH).render(),
        "json": lambda: escaped_json(json.dumps(document(stats), indent=2, ensure_ascii=False)) + "\n",
    }
    return formats[format_name]()


def document(stats: Stats) -> dict[str, Any]:
    """Return the numbers as plain values; depths are a list, because keys of JSON are texts."""
    found = dataclasses.asdict(stats)
    depths: Mapping[int, int] = found["lineage"]["depths"]
    found["lineage"]["depths"] = [{"generations": depth, "artefacts": count} for depth, count in depths.items()]
    return {"schema_version": SCHEMA_VERSION, "tool": {"name": "osaid-graph", "version": __version__}, **found}


class _Text:
    def __init__(self, stats: Stats, options: RenderOptions, width: int) -> None:
        self.stats, self.options, self.width = stats, options, width

    def render(self) -> str:
        stats = self.stats
        lines = [
            bold(
                f"{printable(stats.corpus)}: generation {stats.size.generation}, {amount(stats.size.bytes)}",
                self.options,
            ),
            "",
            *self._size(stats.size),
        ]
        for name, mix in stats.licenses.items():
            lines += ["", *self._licenses(name, mix)]
        lines += ["", *self._lineage(stats.lineage), "", *self._assessment(stats.assessment)]
        return "\n".join(line.rstrip() for line in lines) + "\n"

    def _bar(self, part: float, used: int) -> str:
        """Return a bar in the columns that are left; what is something is at least one column long."""
        room = max(_BAR, self.width - used)
        return "█" * min(room, max(1, round(room * part)) if part > 0 else 0)

    def _head(self, text: str) -> str:
        return bold(text, self.options)

    def _size(self, size: Size) -> Iterator[str]:
        records = f", {size.records:,} records of lists" if size.records else ""
        documents = f"{size.documents:,} document{'s' if size.documents != 1 else ''}"
        rejects = f"; {size.rejects:,} could not be read" if size.rejects else ""
        yield self._head(f"{size.statements:,} statements in {documents}{records}{rejects}")
        yield f"  {size.terms:,} terms"
        yield ""
        head = f"{'nodes':<20}{'described':>14}{'only named':>14}" if size.nodes else "nodes: none"
        yield self._head(head)
        most = max((each.described + each.referred for each in size.nodes), default=1)
        for node in size.nodes:
            bar = self._bar((node.described + node.referred) / most, 52)
            yield f"  {node.kind:<18}{node.described:>14,}{node.referred:>14,}  {bar}"
        yield ""
        yield self._head(f"{'tables':<26}{'files':>7}{'rows':>14}{'on disk':>13}")
        largest = max((each.bytes for each in size.tables), default=1)
        for table in size.tables:
            bar = self._bar(table.bytes / largest, 62)
            yield f"  {printable(table.table):<24}{table.files:>7,}{table.rows:>14,}{amount(table.bytes):>13}  {bar}"

    def _licenses(self, name: str, mix: LicenseMix) -> Iterator[str]:
        if not mix.artefacts:
            yield self._head(f"terms of {name}: none are described")
            return
        approved = ""
        if mix.approval is not None:
            approved = f"; approved under {mix.policy}: {share(mix.approval['approved'], mix.artefacts)}"
        stated = f"{mix.stated:,} of {mix.artefacts:,} ({share(mix.stated, mix.artefacts)})"
        yield self._head(f"terms of {name}: stated by {stated}{approved}")
        rows = license_rows(mix)
        most = max((count for _, count, _ in rows), default=1)
        for label, count, status in rows:
            yield self._license(label, count, mix.artefacts, most, status)

    def _license(self, label: str, count: int, whole: int, most: int, status: str) -> str:
        name = printable(label)
        name = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
        bar = self._bar(count / most, _NAME + 39)
        said = painted(status.replace("-", " "), _COLOURS.get(status, ""), self.options)
        return f"  {name:<{_NAME}}{count:>11,}{share(count, whole):>8}  {bar}{' ' if bar else ''}{said}"

    def _lineage(self, lineage: LineageShape) -> Iterator[str]:
        dangling = f"{lineage.dangling:,} ({share(lineage.dangling, lineage.edges)})"
        yield self._head(f"lineage of {lineage.artefacts:,} artefacts: {lineage.edges:,} edges")
        yield f"  {dangling} lead to what no source describes; {lineage.circular:,} artefacts stand on a circle"
        yield f"  made from others: {_spread(lineage.parents)}"
        yield f"  others made from: {_spread(lineage.children)}"
        yield self._head(f"{'generations above':<20}{'artefacts':>12}  (bars are logarithmic)")
        most = math.log10(1 + max(lineage.depths.values(), default=1))
        for band in bands(lineage.depths, _LEVELS):
            bar = self._bar(math.log10(1 + band.artefacts) / most if most else 0, 34)
            yield f"  {band.label:>17} {band.artefacts:>12,}  {bar}"

    def _assessment(self, found: Summary | None) -> Iterator[str]:
        if found is None:
            yield self._head("requirements: not assessed")
            yield f"  assess it: {self._assess()}"
            return
        releases = f"{found.subjects:,} release{'' if found.subjects == 1 else 's'}"
        yield self._head(
            f"requirements: {releases}, assessed against {found.definition} on {found.day}, terms policy {found.policy}"
        )
        if found.generation != self.stats.size.generation:
            yield f"  as they were in generation {found.generation}; assess what has changed: {self._assess()}"
        yield "  " + ", ".join(f"{painted(sign, code, self.options)} {words}" for _, sign, words, code in _OUTCOMES)
        for each in found.requirements:
            yield self._requirement(each, found.subjects)

    def _assess(self) -> str:
        return printable(f"osaid-graph corpus assess {shlex.quote(self.stats.corpus)}")

    def _requirement(self, each: RequirementCounts, whole: int) -> str:
        counts = [int(getattr(each, name)) for name, *_ in _OUTCOMES]
        room = max(_BAR, self.width - _NAME - 11)
        parts = zip(_OUTCOMES, portions(counts, room), strict=True)
        bar = "".join(painted(sign * columns, code, self.options) for (_, sign, _, code), columns in parts)
        return f"  {each.requirement:<{_NAME}}{share(each.met, whole):>7}  {bar}"


def portions(counts: list[int], room: int) -> list[int]:
    """Return how many columns of ``room`` each count takes: all are given away, by the largest remainder.

    >>> portions([2, 1, 0], 10), portions([0, 0], 10)
    ([7, 3, 0], [0, 0])
    """
    whole = sum(counts)
    if not whole:
        return [0] * len(counts)
    found = [count * room // whole for count in counts]
    order = sorted(range(len(counts)), key=lambda at: (-(counts[at] * room % whole), at))
    for at in order[: room - sum(found)]:
        found[at] += 1
    return found


def _spread(spread: Spread) -> str:
    if not spread.artefacts:
        return "none"
    most = f"99 of 100 at most {spread.p99:,}, most {spread.most:,}"
    return f"{spread.artefacts:,} artefacts; median {spread.median:,}, {most}"
