"""What falls with an artefact: counted in several ways and listed in text, or all of it in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from osaid_graph.errors import printable
from osaid_graph.escapes import escaped_json
from osaid_graph.identity import short
from osaid_graph.lineage.impact import Affected, Impact, Tally
from osaid_graph.lineage.walk import path_in_words
from osaid_graph.reports import RenderOptions
from osaid_graph.reports.lineage import KINDS
from osaid_graph.reports.terminal import painted

SCHEMA_VERSION: Final = "1.0"
#: Artefacts that are listed before the rest is counted, unless ``verbose``.
_LISTED: Final = 20
_HEADINGS: Final = {
    "kind": "by kind",
    "first": "by first edge",
    "last": "by last edge",
    "only": "along one kind of edge alone",
    "published": "by day",
    "distance": "by distance",
}


@dataclass(frozen=True, slots=True)
class Fallout:
    """An impact with the words around it.

    ``labels`` names the artefacts asked about, by IRI; ``day`` is what publication was compared with, in words.
    """

    impact: Impact
    labels: Mapping[str, str]
    day: str
    inputs: tuple[tuple[str, str], ...]


def render(fallout: Fallout, format_name: str, options: RenderOptions | None = None) -> str:
    """Return an impact as ``text`` or ``json``.

    Raises:
        KeyError: There is no such format.
    """
    return {"text": _text, "json": _json}[format_name](fallout, options or RenderOptions())


def _text(fallout: Fallout, options: RenderOptions) -> str:
    return "\n".join(_lines(fallout, options)) + "\n"


def _lines(fallout: Fallout, options: RenderOptions) -> Iterator[str]:
    impact = fallout.impact
    names = ", ".join(printable(fallout.labels[start]) for start in impact.starts)
    count = len(impact.affected)
    them = "it" if len(impact.starts) == 1 else "them"
    if not count:
        yield f"{names}: nothing is said to be made from {them}"
        return
    if not options.quiet:
        shown = impact.affected if options.verbose else impact.affected[:_LISTED]
        for row in shown:
            yield f"{row.distance}  {painted(printable(row.label), '1', options)}  {_facts(row)}"
            yield painted(f"   {printable(path_in_words(row.path))}", "2", options)
        if count > len(shown):
            yield f"   and {count - len(shown):,} more: --verbose lists all, --format csv writes them"
        yield ""
        yield from _counts(fallout)
    yield f"{names}: {count:,} artefact{'s' * (count != 1)} {'was' if count == 1 else 'were'} made from {them}"


def _facts(row: Affected) -> str:
    known = (short(row.node) if short(row.node) != row.label else "", KINDS.get(row.kind, row.kind), row.issued)
    return printable(", ".join(each for each in known if each))


def _counts(fallout: Fallout) -> Iterator[str]:
    width = max(map(len, _HEADINGS.values()))
    for split, heading in _HEADINGS.items():
        tallies = [each for each in fallout.impact.tallies if each.split == split]
        if tallies and not (split == "published" and not fallout.day):
            told = ", ".join(f"{_value(each, fallout)} {each.artefacts:,}" for each in tallies)
            yield f"{heading:<{width}}  {printable(told)}"


def _value(tally: Tally, fallout: Fallout) -> str:
    if tally.split == "published":
        return {"before": f"before {fallout.day}", "after": f"from {fallout.day} on"}.get(tally.value, "not dated")
    if tally.split == "distance":
        return f"{tally.value}:"
    return KINDS.get(tally.value) or tally.value.removeprefix("osaid:") or "of no class"


def _json(fallout: Fallout, options: RenderOptions) -> str:
    document = {
        "schema_version": SCHEMA_VERSION,
        "nodes": [{"id": start, "label": fallout.labels[start]} for start in fallout.impact.starts],
        "day": fallout.day or None,
        "inputs": [{"source": name, "sha256": digest} for name, digest in fallout.inputs],
        "tallies": [
            {"split": each.split, "value": each.value, "artefacts": each.artefacts} for each in fallout.impact.tallies
        ],
        "affected": [_affected(row) for row in fallout.impact.affected],
    }
    return escaped_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _affected(row: Affected) -> dict[str, Any]:
    return {
        "id": row.node,
        "label": row.label,
        "kind": row.kind or None,
        "distance": row.distance,
        "first": list(row.first),
        "last": list(row.last),
        "only": list(row.only),
        "issued": row.issued or None,
        "published": row.published,
        "path": [{"node": hop.node, "via": hop.via} for hop in row.path],
    }
