"""Analyses of the shape of a whole lineage: depth, circles, single points, ends, influence, kin."""

from __future__ import annotations

from typing import Final

from osaid_graph.analyses.catalogue import Analysis
from osaid_graph.analyses.walks import NODE
from osaid_graph.lineage.circles import Circle, circles
from osaid_graph.lineage.dominators import SinglePoint, single_points
from osaid_graph.lineage.ends import End, RoleCount, ends, roles
from osaid_graph.lineage.generations import Chain, Generation, generations, longest_chains
from osaid_graph.lineage.influence import Influence, influence
from osaid_graph.lineage.kin import Common, Kin, Kinship, common_ancestors, kinship, nearest_kin
from osaid_graph.lineage.redundant import Redundant, redundant_edges
from osaid_graph.query.library import Parameter

_LIMIT: Final = Parameter("limit", "integer", "how many at most", "20")
_PAIR: Final = (Parameter("left", "node", "one artefact"), Parameter("right", "node", "the other"))

ANALYSES: Final = (
    Analysis(
        "common-ancestors",
        "What two artefacts were both made from, the most recent marked",
        (15,),
        Common,
        lambda context, values: common_ancestors(context.lineage, values["left"], values["right"]),
        _PAIR,
    ),
    Analysis(
        "kinship",
        "How much of what two artefacts were made from is the same",
        (16,),
        Kinship,
        lambda context, values: (kinship(context.lineage, values["left"], values["right"]),),
        _PAIR,
    ),
    Analysis(
        "nearest-kin",
        "The artefacts that share the most of what one was made from",
        (16,),
        Kin,
        lambda context, values: nearest_kin(context.lineage, values["node"], values["limit"]),
        (NODE, _LIMIT),
    ),
    Analysis(
        "circles",
        "Everything that was made from itself, with a short cycle that shows it",
        (18,),
        Circle,
        lambda context, values: circles(context.lineage),
    ),
    Analysis(
        "generations",
        "How many artefacts stand at each depth of the lineage",
        (20,),
        Generation,
        lambda context, values: generations(context.lineage),
    ),
    Analysis(
        "longest-chains",
        "The artefacts with the longest chains behind them",
        (20,),
        Chain,
        lambda context, values: longest_chains(context.lineage, values["limit"]),
        (_LIMIT,),
    ),
    Analysis(
        "single-points",
        "What releases depend on for every way to an origin, by how many do",
        (21,),
        SinglePoint,
        lambda context, values: single_points(context.lineage)[: values["limit"]],
        (_LIMIT,),
    ),
    Analysis(
        "ends",
        "The artefacts that stand at an end: roots, sinks, orphans, unused data",
        (22,),
        End,
        lambda context, values: ends(context.lineage, values["role"], values["limit"]),
        (Parameter("role", "text", "root, sink, orphan or unused", "root"), _LIMIT),
    ),
    Analysis(
        "roles",
        "How many artefacts are roots, sinks, orphans, and data that nobody uses",
        (22,),
        RoleCount,
        lambda context, values: roles(context.lineage),
    ),
    Analysis(
        "redundant-edges",
        "Edges that a longer way implies",
        (24,),
        Redundant,
        lambda context, values: redundant_edges(context.lineage, values.get("node")),
        (Parameter("node", "node", "look upstream of this artefact alone", ""),),
    ),
    Analysis(
        "influence",
        "The artefacts that most rests on: what was made from them, PageRank, Katz",
        (26,),
        Influence,
        lambda context, values: influence(context.lineage, values["limit"]),
        (_LIMIT,),
    ),
)
