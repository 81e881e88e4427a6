"""What is tolerated, in a text report: the waivers, and what is new or gone since the baseline."""

from __future__ import annotations

from collections.abc import Iterator

from osaid_graph.errors import printable
from osaid_graph.reports import RenderOptions, tolerated
from osaid_graph.reports.terminal import bold, painted, wrapped
from osaid_graph.standing import Standing


def lines(standing: Standing, options: RenderOptions) -> Iterator[str]:
    """Yield the lines on waivers, and on what changed since the baseline; nothing without either."""
    waivers = standing.assessment.waivers
    if waivers:
        yield f"{bold('waivers', options)} of gaps, which change no outcome:"
        for waiver in waivers:
            yield from wrapped("- ", tolerated.described(waiver), 2)
        yield ""
    changes = list(tolerated.changes(standing))
    if standing.baseline is None or not changes:
        return
    yield f"{bold('since the baseline', options)} {printable(standing.baseline.source)} of {standing.baseline.date}:"
    for sign, sentence in changes:
        first, *rest = wrapped(f"{sign} ", sentence, 2)
        yield painted(first, "31" if sign == "+" else "32", options)
        yield from rest
    yield ""
