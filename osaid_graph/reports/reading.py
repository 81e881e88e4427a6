"""What reading the documents left over: what was put right in them, and what they say that is not modelled."""

from __future__ import annotations

from collections.abc import Iterator

from osaid_graph.errors import printable
from osaid_graph.model import Assessment
from osaid_graph.sources import Location, Repair, Source

#: Repairs of one document that are shown without ``--verbose``.
SHOWN_REPAIRS = 3


def place(location: Location, *, source: bool = True) -> str:
    """Return a location as ``file:line (field)``, or without the file as ``line 3, field``."""
    line = "" if location.line is None else str(location.line)
    if source:
        at = printable(location.source) + (f":{line}" if line else "")
        return f"{at} ({printable(location.field)})" if location.field else at
    return ", ".join(filter(None, [f"line {line}" if line else "", printable(location.field)]))


def lines(assessment: Assessment, *, verbose: bool) -> Iterator[str]:
    """Yield the lines of a text report on what was repaired, and on what was not read: all of it, or that there is."""
    yield from _repairs(assessment, verbose=verbose)
    sources = [source for source in assessment.inputs if source.unread]
    if not sources:
        return
    if not verbose:
        count = sum(each.count for source in sources for each in source.unread)
        which = printable(sources[0].name) if len(sources) == 1 else f"{len(sources)} of the inputs"
        values = "1 value" if count == 1 else f"{count} values"
        yield f"{which}: {values} that the definition does not ask about were not read (--verbose lists them)"
        yield ""
        return
    yield "not read, because the definition does not ask about it or we have no term for it:"
    for source in sources:
        yield f"  {printable(source.name)} ({source.format}):"
        for each in source.unread:
            times = "" if each.count == 1 else f" ({each.count} values)"
            at = "" if each.line is None else f"{each.line}: "
            yield f"    {at}{printable(each.field)}{times}"
    yield ""


def _repairs(assessment: Assessment, *, verbose: bool) -> Iterator[str]:
    repaired = [(source, repair) for source in assessment.inputs for repair in _shown(source, verbose=verbose)]
    if not repaired:
        return
    yield "put right while reading:"
    for source, repair in repaired:
        yield f"  {place(Location(source.name, repair.line, repair.field))}: {printable(repair.text)}"
    hidden = sum(len(source.repairs) for source in assessment.inputs) - len(repaired)
    if hidden:
        yield f"  and {hidden} more (--verbose shows them)"
    yield ""


def _shown(source: Source, *, verbose: bool) -> tuple[Repair, ...]:
    return source.repairs if verbose else source.repairs[:SHOWN_REPAIRS]
