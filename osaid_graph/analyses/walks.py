"""Analyses that walk from an artefact: what is upstream and downstream, over which ways, and what falls with it."""

from __future__ import annotations

from typing import Final

from osaid_graph.analyses.catalogue import Analysis
from osaid_graph.lineage.asof import upstream_as_of
from osaid_graph.lineage.confidence import Confidence, confidences
from osaid_graph.lineage.cuts import Separator, cut
from osaid_graph.lineage.dominators import Gateway, gateways
from osaid_graph.lineage.generations import Level, levels
from osaid_graph.lineage.impact import Affected, impact
from osaid_graph.lineage.reached import Reached, downstream, upstream
from osaid_graph.lineage.ways import Route, Ways, routes, ways
from osaid_graph.query.library import Parameter

NODE: Final = Parameter("node", "node", "the artefact to start from")
_LIMIT: Final = Parameter("limit", "integer", "how many at most", "10")
_UNDATED: Final = Parameter("undated", "text", "keep or drop what nobody dates", "keep")

ANALYSES: Final = (
    Analysis(
        "upstream",
        "All that an artefact was made from, each with a shortest path",
        (1, 2),
        Reached,
        lambda context, values: upstream(context.lineage, values["node"]),
        (NODE,),
    ),
    Analysis(
        "downstream",
        "All that was made from an artefact, each with a shortest path",
        (4,),
        Reached,
        lambda context, values: downstream(context.lineage, values["node"]),
        (NODE,),
    ),
    Analysis(
        "impact",
        "What falls with an artefact, by the edges that lead there and by day",
        (4, 5),
        Affected,
        lambda context, values: impact(context.lineage, values["node"], day=values.get("day")).affected,
        (NODE, Parameter("day", "date", "the day to compare publication with; that of the withdrawal without it", "")),
    ),
    Analysis(
        "ways",
        "How many ways lead from an artefact to each of what it was made from",
        (3,),
        Ways,
        lambda context, values: ways(context.lineage, values["node"]),
        (NODE,),
        "What lies on a circle is reached by the ways that lead into the circle; ways around it are not counted.",
    ),
    Analysis(
        "routes",
        "The shortest ways from an artefact to one upstream of it",
        (3,),
        Route,
        lambda context, values: routes(context.lineage, values["node"], values["origin"], values["limit"]),
        (NODE, Parameter("origin", "node", "the artefact upstream of it"), _LIMIT),
    ),
    Analysis(
        "upstream-as-of",
        "What an artefact had been made from by a day",
        (6,),
        Reached,
        lambda context, values: (
            upstream_as_of(
                context.lineage, values["node"], values["day"], keep_undated=values["undated"] != "drop"
            ).reached
        ),
        (NODE, Parameter("day", "date", "the last day that counts"), _UNDATED),
        "Days are those of publication that sources state; of a dump of the Hub, those of the upload.",
    ),
    Analysis(
        "separators",
        "The fewest artefacts whose removal cuts every way from an artefact up to another",
        (9,),
        Separator,
        lambda context, values: cut(context.lineage, values["node"], values["origin"]).separators,
        (NODE, Parameter("origin", "node", "the artefact upstream of it")),
        "No rows: no way leads there, or the one was made from the other directly, so that nothing stands between.",
    ),
    Analysis(
        "levels",
        "How wide the ancestry of an artefact is at each distance",
        (20,),
        Level,
        lambda context, values: levels(context.lineage, values["node"]),
        (NODE,),
    ),
    Analysis(
        "gateways",
        "What every way from an artefact up to any origin passes: its single points of origin",
        (21,),
        Gateway,
        lambda context, values: gateways(context.lineage, values["node"]),
        (NODE,),
    ),
    Analysis(
        "confidence",
        "How far each claim on what an artefact was made from can be trusted, by who states the edges",
        (27,),
        Confidence,
        lambda context, values: confidences(context.lineage, values["node"]),
        (NODE,),
    ),
)
