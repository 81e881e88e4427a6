"""Analyses of what is stated: completeness, references that lead nowhere, days, measured data, changes."""

from __future__ import annotations

from typing import Final

from osaid_graph.analyses.catalogue import Analysis
from osaid_graph.analyses.walks import NODE
from osaid_graph.lineage.blockers import releases_of
from osaid_graph.lineage.completeness import FactCount, NodeFacts, Share, completeness, sampled
from osaid_graph.lineage.contamination import Contamination, contaminated, contaminated_by
from osaid_graph.lineage.difference import Change, difference
from osaid_graph.lineage.gaps import Gap, gap_rows
from osaid_graph.lineage.references import Dangling, Found, counted, dangling
from osaid_graph.lineage.timeline import OutOfOrder, out_of_order
from osaid_graph.query.library import Parameter

ANALYSES: Final = (
    Analysis(
        "undocumented",
        "What states no usable terms, is described nowhere, is not dated, or was withdrawn",
        (13,),
        Gap,
        lambda context, values: gap_rows(context.lineage, [each.strip() for each in values["criteria"].split(",")]),
        (Parameter("criteria", "text", "of license, described, issued, withdrawn", "license"),),
    ),
    Analysis(
        "completeness",
        "How much is stated of an artefact and of each that it was made from",
        (14,),
        NodeFacts,
        lambda context, values: completeness(context.lineage, values["node"], context.graph).nodes,
        (NODE,),
        of_data=True,
    ),
    Analysis(
        "completeness-by-fact",
        "Of what an artefact was made from, how many state each fact",
        (14,),
        FactCount,
        lambda context, values: completeness(context.lineage, values["node"], context.graph).facts,
        (NODE,),
        of_data=True,
    ),
    Analysis(
        "completeness-sample",
        "How complete a random sample of artefacts is, with an interval of 95 %",
        (14,),
        Share,
        lambda context, values: sampled(
            context.lineage, min(values["size"], len(releases_of(context.lineage))), values["seed"]
        ),
        (
            Parameter("size", "integer", "how many releases to draw; all where there are fewer", "200"),
            Parameter("seed", "integer", "the same number draws the same sample", "0"),
        ),
    ),
    Analysis(
        "difference",
        "What changed from another lineage to this one",
        (17,),
        Change,
        lambda context, values: difference(context.another(values["before"]), context.lineage, values.get("node")),
        (
            Parameter("before", "text", "the file or folder that holds the older one"),
            Parameter("node", "node", "look upstream of this artefact alone", ""),
        ),
    ),
    Analysis(
        "out-of-order",
        "What is dated before what it was made from: a hint, and no proof",
        (19,),
        OutOfOrder,
        lambda context, values: out_of_order(context.lineage),
        note="A day of publication is often that of an upload, and some are defaults of the Hub, which are marked.",
    ),
    Analysis(
        "dangling",
        "What is referred to and described nowhere: placeholders, other spellings, unknown names",
        (23,),
        Dangling,
        lambda context, values: dangling(context.lineage),
    ),
    Analysis(
        "dangling-counts",
        "How many names lead nowhere, by what can be said of them",
        (23,),
        Found,
        lambda context, values: counted(dangling(context.lineage)),
    ),
    Analysis(
        "contamination",
        "Data that models are measured on and were made from, by name alone",
        (25,),
        Contamination,
        lambda context, values: contaminated(context.lineage, [values["node"]] if "node" in values else None),
        (Parameter("node", "node", "look at this model alone", ""),),
    ),
    Analysis(
        "contaminated-by",
        "The models that were made from a benchmark or a part of it, by name alone",
        (25,),
        Contamination,
        lambda context, values: contaminated_by(context.lineage, values["benchmark"]),
        (Parameter("benchmark", "node", "the benchmark"),),
    ),
)
