"""A plan for many releases as text with a chart, as JSON, and as CSV with a line for each piece of effort."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from osaid_graph.errors import printable
from osaid_graph.escapes import escaped_json
from osaid_graph.plans import KINDS, Fix, FrontierPlan, Point
from osaid_graph.reports import RenderOptions
from osaid_graph.reports.terminal import WIDTH, bold

SCHEMA_VERSION = "1.2"
#: Pieces of effort shown of a point, unless ``verbose``.
SHOWN_PER_POINT = 3
_BAR = 24
#: What a program that opens a table may take for a formula at the start of a cell.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = (
    *("point", "effort", "freed", "releases", "share", "exact", "bound", "price_from", "price_to"),
    *("node", "label", "what", "kind", "cost", "waiting", "kinds"),
)


def render(plan: FrontierPlan, format_name: str, options: RenderOptions | None = None) -> str:
    """Return a plan as ``text``, ``json`` or ``csv``.

    Raises:
        KeyError: There is no such format.
    """
    return {"text": _text, "json": _json, "csv": _csv}[format_name](plan, options or RenderOptions())


# -- text --------------------------------------------------------------------------------------------------------


def _text(plan: FrontierPlan, options: RenderOptions) -> str:
    return "\n".join(_lines(plan, options)) + "\n"


def _lines(plan: FrontierPlan, options: RenderOptions) -> Iterator[str]:
    yield (
        f"{plan.blocked:,} of {plan.asked:,} releases are blocked by {_gaps(plan)}; {plan.blockers:,} {_units(plan)} "
        f"would free {plan.blocked - len(plan.barred):,} of them"
    )
    if plan.points:
        yield ""
        what = "worth" if plan.weighed else "freed"
        yield bold(f"{'effort':>12} {what:>12} {'share':>7}  {'':{_BAR}}  best if a release is worth", options)
    for number, point in enumerate(plan.points):
        yield _row(point)
        before = plan.points[number - 1].effort if number else Fraction(0)
        yield from _fixes(point, point.effort - before, options)
    if 0 < len(plan.points) < plan.corners and plan.points[-1].prices is not None:
        yield f"{'...':>12} {plan.corners - len(plan.points):,} more corners of the frontier (--top shows more)"
    yield from _barred(plan, options)


def _row(point: Point) -> str:
    filled = round(point.share * _BAR)
    if point.prices is None:
        return (
            f"{decimal(point.effort):>12} {decimal(point.freed):>12} {_percent(point.share):>7}  "
            f"{'█' * filled:<{_BAR}}  {_quality(point)}"
        )
    low, high = point.prices
    until = f" to {decimal(high)}" if high is not None else " or more"
    return (
        f"{decimal(point.effort):>12} {decimal(point.freed):>12} {_percent(point.share):>7}  "
        f"{'█' * filled:<{_BAR}}  {decimal(low)}{until}"
    )


def _quality(point: Point) -> str:
    if point.exact:
        return "exact: no plan of this effort frees more"
    return f"greedy: no plan of this effort frees more than {decimal(point.bound)}"


def _fixes(point: Point, effort: Fraction, options: RenderOptions) -> Iterator[str]:
    shown = point.fixes if options.verbose else point.fixes[:SHOWN_PER_POINT]
    for fix in shown:
        cost = "" if fix.cost == 1 else f", effort {decimal(fix.cost)}"
        waiting = f"{fix.releases:,} release{'s' if fix.releases != 1 else ''}"
        text = f"{fix.label}: {fix.what}{_kind(fix)}, for {waiting}{cost}"
        yield from textwrap.wrap(
            printable(text), WIDTH, initial_indent=" " * 14 + "+ ", subsequent_indent=" " * 16, break_on_hyphens=False
        )
    if len(point.fixes) > len(shown):
        yield f"{'':14}+ {len(point.fixes) - len(shown):,} more"


def _kind(fix: Fix) -> str:
    if fix.kinds:
        return f": {_counted(fix)}"
    return "" if fix.kind == "documentation" else f" ({fix.kind})"


def _counted(fix: Fix) -> str:
    return ", ".join(f"{number:,} {kind}" for kind, number in fix.counted.items())


def _barred(plan: FrontierPlan, options: RenderOptions) -> Iterator[str]:
    if not plan.barred:
        return
    yield ""
    counts = Counter(kinds for release in plan.barred for kinds in release.kinds)
    said = ", ".join(f"{counts[kind]:,} {kind}" for kind in KINDS if counts[kind])
    yield bold(f"{len(plan.barred):,} cannot be freed like this, for they need something else: {said}", options)
    for release in plan.barred if options.verbose else plan.barred[:SHOWN_PER_POINT]:
        yield f"  {printable(release.label)}: {', '.join(release.kinds)}"
    if not options.verbose and len(plan.barred) > SHOWN_PER_POINT:
        yield f"  {len(plan.barred) - SHOWN_PER_POINT:,} more (--verbose shows them)"


def _gaps(plan: FrontierPlan) -> str:
    """Return in words what counts as a gap."""
    if plan.gaps == ("findings",):
        return "what was found"
    return f"what is open by {', '.join(plan.gaps)}"


def _units(plan: FrontierPlan) -> str:
    return plan.unit if plan.blockers == 1 else f"{plan.unit}s"


def _percent(share: Fraction) -> str:
    return f"{float(share):.1%}"


def decimal(number: Fraction) -> str:
    """Return a number in digits, rounded to four places behind the point where it has more.

    >>> [decimal(Fraction(12345)), decimal(Fraction(1, 2)), decimal(Fraction(1, 30000))]
    ['12,345', '0.5', '1/30000']
    """
    if number.denominator == 1:
        return f"{number.numerator:,}"
    if number < Fraction(1, 100):
        return str(number)
    return f"{float(number):,.4f}".rstrip("0")


# -- JSON and CSV ------------------------------------------------------------------------------------------------


def _json(plan: FrontierPlan, options: RenderOptions) -> str:
    document = {
        "schema_version": SCHEMA_VERSION,
        "unit": plan.unit,
        "gaps": list(plan.gaps),
        "releases": plan.asked,
        "blocked": plan.blocked,
        "blockers": plan.blockers,
        "corners": plan.corners,
        "points": [_point(point) for point in plan.points],
        "barred": [{"node": each.node, "label": each.label, "kinds": list(each.kinds)} for each in plan.barred],
    }
    return escaped_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _point(point: Point) -> dict[str, Any]:
    return {
        "effort": _number(point.effort),
        "freed": _number(point.freed),
        "releases": point.releases,
        "share": round(float(point.share), 6),
        "prices": None if point.prices is None else [None if p is None else _number(p) for p in point.prices],
        "exact": point.exact,
        "bound": _number(point.bound),
        "freed_now": point.freed_now,
        "fixes": [
            {
                "node": fix.node,
                "label": fix.label,
                "what": fix.what,
                "kind": fix.kind,
                "cost": _number(fix.cost),
                "waiting": fix.releases,
                "kinds": fix.counted,
            }
            for fix in point.fixes
        ],
    }


def _number(number: Fraction) -> int | str:
    """Return a number as it is: a whole one, or a fraction in a text, ``1/3``."""
    return number.numerator if number.denominator == 1 else str(number)


def _csv(plan: FrontierPlan, options: RenderOptions) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for number, point in enumerate(plan.points, 1):
        prices = ["" if p is None else _number(p) for p in point.prices or (None, None)]
        about = [number, _number(point.effort), _number(point.freed), point.releases, round(float(point.share), 6)]
        about += [str(point.exact).lower(), _number(point.bound), *prices]
        rows.writerows([*about, *_cells(fix)] for fix in point.fixes)
    return out.getvalue()


def _cells(fix: Fix) -> list[int | str]:
    return [*map(_safe, (fix.node, fix.label, fix.what, fix.kind)), _number(fix.cost), fix.releases, _counted(fix)]


def _safe(text: str) -> str:
    """Return a text as a cell that no program takes for a formula, with what does not print as escapes."""
    shown = printable(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
