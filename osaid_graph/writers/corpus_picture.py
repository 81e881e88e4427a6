"""A corpus in numbers as one page of SVG: sizes, terms, generations and requirements, in four panels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from osaid_graph.corpus.stats import Stats
from osaid_graph.corpus.stats_licences import LicenseMix, license_rows
from osaid_graph.corpus.stats_lineage import LineageShape, bands
from osaid_graph.corpus.stats_size import Size, amount, share
from osaid_graph.corpus.summary import Summary
from osaid_graph.writers.charts import Area, Bar, Part, bars, columns, heading, pattern, stacks
from osaid_graph.writers.svg import (
    BLUE,
    GREEN,
    MUTED,
    ORANGE,
    PAPER,
    RULE,
    SKY,
    VERMILLION,
    document,
    element,
    fitted,
    words,
)

_WIDTH, _MARGIN, _GAP = 1240.0, 28.0, 44.0
#: Where panels begin below the title, and how far apart they are.
_TOP, _BETWEEN = 84.0, 34.0
#: Columns of generations that are shown one by one.
_LEVELS: Final = 60
_TABLES: Final = 8
_STATUS: Final = {"approved": (GREEN, "✓"), "not-approved": (VERMILLION, "✗"), "unknown": (ORANGE, "?")}
#: Each outcome: its field, its words and its fill.
_OUTCOMES: Final = (
    ("met", Part("met", GREEN)),
    ("not_met", Part("not met", "url(#not-met)")),
    ("not_evidenced", Part("no evidence", "url(#not-evidenced)")),
    ("needs_judgement", Part("to be judged", "url(#to-be-judged)")),
    ("not_applicable", Part("not applicable", RULE)),
)
_Drawn = tuple[list[str], Area]


def render(stats: Stats) -> str:
    """Return the numbers as an SVG document that needs nothing from outside itself."""
    wide = (_WIDTH - 2 * _MARGIN - _GAP) / 2
    left, right = Area(_MARGIN, _TOP, wide), Area(_MARGIN + wide + _GAP, _TOP, wide)
    parts = [element("defs", "".join(_patterns())), *_title(stats)]
    sizes, left = _sizes(stats.size, left)
    generations, left = _generations(stats.lineage, left.below(_BETWEEN))
    terms, right = _licenses(stats.licenses, right)
    whole = Area(_MARGIN, max(left.y, right.y) + _BETWEEN, 2 * wide + _GAP)
    requirements, end = _requirements(stats.assessment, whole)
    parts += [*sizes, *generations, *terms, *requirements]
    return document(_WIDTH, end.y + _MARGIN, f"{stats.corpus} in numbers", _description(stats), parts)


def _title(stats: Stats) -> list[str]:
    size = stats.size
    records = f", {size.records:,} records of lists" if size.records else ""
    line = (
        f"generation {size.generation}: {size.statements:,} statements, {size.documents:,} documents{records}; "
        f"{size.terms:,} terms; {amount(size.bytes)} on disk"
    )
    title = fitted(f"{stats.corpus} in numbers", 22, _WIDTH - 2 * _MARGIN, 1)[0]
    return [
        words(_MARGIN, 40, title, font_size=22, font_weight="bold"),
        words(_MARGIN, 62, line, font_size=13, fill=MUTED),
    ]


def _description(stats: Stats) -> str:
    """Return what the picture shows, for those who do not see it."""
    said = [
        f"{stats.size.statements} statements, {stats.size.documents} documents.",
        *(
            f"Terms are stated by {mix.stated} of {mix.artefacts} {name}, most often "
            f"{', '.join(f'{each.license} ({each.artefacts})' for each in mix.top[:3]) or 'none'}."
            for name, mix in stats.licenses.items()
        ),
        f"Of {stats.lineage.artefacts} artefacts the deepest has {max(stats.lineage.depths, default=0)} generations "
        "above it.",
    ]
    found = stats.assessment
    if found is None:
        said.append("Requirements were not assessed.")
    else:
        most = max(found.requirements, key=lambda each: each.unmet, default=None)
        open_ = f"; most often open is {most.requirement} ({most.unmet})" if most else ""
        said.append(f"{found.subjects} releases were assessed{open_}.")
    return " ".join(said)


def _sizes(size: Size, area: Area) -> _Drawn:
    drawn, area = heading(area, "Size", ["nodes by class; what is only referred to is counted behind +"])
    rows = [
        Bar(
            each.kind,
            each.described + each.referred,
            f"{each.described:,}" + (f" + {each.referred:,}" * (each.referred > 0)),
        )
        for each in size.nodes
    ]
    more, area = bars(area, rows, 150)
    again, area = heading(area.below(8), "", ["tables on disk"])
    shown = [Bar(each.table, each.bytes, amount(each.bytes), SKY) for each in size.tables[:_TABLES]]
    rest = sum(each.bytes for each in size.tables[_TABLES:])
    if rest:
        shown.append(Bar(f"{len(size.tables) - _TABLES} others", rest, amount(rest), SKY))
    last, area = bars(area, shown, 150)
    return [*drawn, *more, *again, *last], area


def _licenses(mixes: dict[str, LicenseMix], area: Area) -> _Drawn:
    policy = next((mix.policy for mix in mixes.values() if mix.policy), None)
    lines = [f"✓ approved, ✗ not approved, ? not known, under terms policy {policy}"] if policy else []
    drawn, area = heading(area, "Stated terms", lines)
    for name, mix in mixes.items():
        approved = f"; approved: {share(mix.approval['approved'], mix.artefacts)}" if mix.approval is not None else ""
        line = f"{name}: stated by {mix.stated:,} of {mix.artefacts:,} ({share(mix.stated, mix.artefacts)}){approved}"
        drawn.append(words(area.x, area.y + 14, line, font_size=13, font_weight="bold"))
        rows = [
            Bar(
                label,
                count,
                f"{count:,} ({share(count, mix.artefacts)})",
                *_STATUS.get(status, (BLUE if at < len(mix.top) else MUTED, "")),
            )
            for at, (label, count, status) in enumerate(license_rows(mix))
        ]
        more, area = bars(area.below(22), rows, 270)
        drawn, area = [*drawn, *more], area.below(10)
    return drawn, area


def _generations(lineage: LineageShape, area: Area) -> _Drawn:
    lines = [
        f"{lineage.artefacts:,} artefacts, {lineage.edges:,} edges; {lineage.dangling:,} edges "
        f"({share(lineage.dangling, lineage.edges)}) lead to what no source describes; "
        f"{lineage.circular:,} artefacts stand on a circle",
        f"parents: median {lineage.parents.median:,}, at most {lineage.parents.most:,}; "
        f"children: median {lineage.children.median:,}, at most {lineage.children.most:,}",
    ]
    drawn, area = heading(area, "Depth of the lineage", lines)
    rows = [Bar(band.label, band.artefacts, f"{band.artefacts:,}") for band in bands(lineage.depths, _LEVELS)]
    more, area = columns(area, rows, 190, "generations above an artefact (numbers of artefacts on a logarithmic axis)")
    return [*drawn, *more], area


def _requirements(found: Summary | None, area: Area) -> _Drawn:
    if found is None:
        lines = ["not assessed: osaid-graph corpus assess"]
        return heading(area, "Requirements", lines)
    lines = [
        f"{found.subjects:,} releases, assessed against {found.definition} on {found.day} as they were in generation "
        f"{found.generation}, terms policy {found.policy}; behind each the share that meets it",
    ]
    drawn, area = heading(area, "Requirements", lines)
    rows: list[tuple[str, Sequence[int], str]] = [
        (
            each.requirement,
            [int(getattr(each, field)) for field, _ in _OUTCOMES],
            share(each.met, found.subjects),
        )
        for each in found.requirements
    ]
    more, area = stacks(area, rows, [part for _, part in _OUTCOMES])
    return [*drawn, *more], area


def _patterns() -> list[str]:
    line: dict[str, str | float] = {"stroke": PAPER, "stroke_width": 1.4, "fill": "none"}
    return [
        pattern("not-met", VERMILLION, element("path", d="M-2,2L2,-2M0,8L8,0M6,10L10,6", **line)),
        pattern("not-evidenced", ORANGE, element("circle", cx=4, cy=4, r=1.3, fill=PAPER)),
        pattern("to-be-judged", SKY, element("path", d="M4,0L4,8", **line)),
    ]
