"""Analyses of terms: what is owed to those upstream, where it is dropped, and where it cannot all be kept."""

from __future__ import annotations

from typing import Final

from osaid_graph.analyses.catalogue import Analysis
from osaid_graph.analyses.walks import NODE
from osaid_graph.lineage.conflicts import Arising, Conflict, arising, conflicts
from osaid_graph.lineage.drift import Pair, Transition, drift
from osaid_graph.lineage.laundering import DropCount, Dropped, counted, dropped
from osaid_graph.lineage.obligations import Owed, Unknown, owed, unknown_terms
from osaid_graph.query.library import Parameter

_POLICY: Final = Parameter(
    "policy",
    "text",
    "cautious: training on data hands its terms on; permissive: only copies and derivatives do",
    "cautious",
)
_NOTE: Final = (
    "Whether terms of data bind a model that was trained on them is an open question of law: the policy decides it, "
    "and the column firm tells what holds under either."
)

_BETWEEN: Final = Parameter("between", "text", "edges between models, data, or all", "models")
_COUNTING: Final = Parameter(
    "counting", "text", "stated: whatever stands there; usable: what names a licence that the catalogue knows", "stated"
)

ANALYSES: Final = (
    Analysis(
        "obligations",
        "What an artefact owes to the terms of what it was made from, and who left it out",
        (10,),
        Owed,
        lambda context, values: owed(context.lineage, values["node"], values["policy"]),
        (NODE, _POLICY),
        _NOTE,
    ),
    Analysis(
        "unknown-terms",
        "The artefacts behind one whose obligations nobody can tell",
        (10, 13),
        Unknown,
        lambda context, values: unknown_terms(context.lineage, values["node"], values["policy"]),
        (NODE, _POLICY),
        _NOTE,
    ),
    Analysis(
        "conflicts",
        "What cannot all be kept at an artefact of what comes from upstream",
        (11,),
        Conflict,
        lambda context, values: conflicts(context.lineage, values["node"], values["policy"]),
        (NODE, _POLICY),
        _NOTE,
    ),
    Analysis(
        "conflicts-arising",
        "The artefacts at which obligations are first at odds",
        (11,),
        Arising,
        lambda context, values: arising(context.lineage, values["policy"]),
        (_POLICY,),
        _NOTE,
    ),
    Analysis(
        "dropped-obligations",
        "The first edges over which an obligation is lost: licence laundering",
        (12,),
        Dropped,
        lambda context, values: dropped(context.lineage, values["policy"]),
        (_POLICY,),
        _NOTE,
    ),
    Analysis(
        "dropped-counts",
        "How many edges lose obligations, by licence and by the terms that follow",
        (12,),
        DropCount,
        lambda context, values: counted(dropped(context.lineage, values["policy"])),
        (_POLICY,),
        _NOTE,
    ),
    Analysis(
        "licence-drift",
        "How often terms are kept, changed, dropped or added along derivations",
        (12,),
        Transition,
        lambda context, values: (
            drift(context.lineage, between=values["between"], counting=values["counting"]).transitions
        ),
        (_BETWEEN, _COUNTING),
    ),
    Analysis(
        "licence-transitions",
        "From which terms to which derivations lead, by how many do",
        (12,),
        Pair,
        lambda context, values: drift(context.lineage, between=values["between"], counting=values["counting"]).pairs,
        (_BETWEEN, _COUNTING),
    ),
)
