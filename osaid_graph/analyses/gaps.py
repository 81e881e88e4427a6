"""Analyses of what is open: where, and what it stands in the way of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from osaid_graph.analyses.catalogue import Analysis, Context
from osaid_graph.lineage.blockers import Blocked, Blocker, Blockers, Totals, Witness
from osaid_graph.query.library import Parameter

_GAPS: Final = Parameter(
    "gaps", "text", "findings, or license, described, issued, withdrawn; what fits the inputs without it", ""
)
_LIMIT: Final = Parameter("limit", "integer", "how many at most", "20")
_NOTE: Final = "A gap blocks every release made from where it is, over any number of edges."


def _blockers(context: Context, values: Mapping[str, Any]) -> Blockers:
    return Blockers.find(context.lineage, context.gaps(values.get("gaps", "")))


ANALYSES: Final = (
    Analysis(
        "blocked",
        "The releases that inherit a gap, with all that blocks each",
        (7,),
        Blocked,
        lambda context, values: _blockers(context, values).rows(),
        (_GAPS,),
        _NOTE,
    ),
    Analysis(
        "gaps-behind",
        "The gaps behind a release, each with a shortest path to it",
        (7,),
        Witness,
        lambda context, values: _blockers(context, values).witnesses(context.lineage.find(values["node"])),
        (Parameter("node", "node", "the release"), _GAPS),
        _NOTE,
    ),
    Analysis(
        "blockers",
        "The gaps that stand in the way of most releases, alone and with others",
        (7, 8),
        Blocker,
        lambda context, values: _blockers(context, values).top(values["limit"]),
        (_GAPS, _LIMIT),
        _NOTE,
    ),
    Analysis(
        "blocked-releases",
        "How many releases are blocked, by one gap, or by their own alone",
        (7, 8),
        Totals,
        lambda context, values: (_blockers(context, values).totals(),),
        (_GAPS,),
        _NOTE,
    ),
    Analysis(
        "sole-blockers",
        "The releases that one gap alone blocks",
        (8,),
        Blocked,
        lambda context, values: _blockers(context, values).sole(),
        (_GAPS,),
        _NOTE,
    ),
)
