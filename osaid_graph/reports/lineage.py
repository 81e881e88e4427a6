"""The lineage of an artefact: a tree in text, nodes and edges in JSON (``data/schema/lineage.schema.json``)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from osaid_graph.errors import printable
from osaid_graph.escapes import escaped_json
from osaid_graph.identity import short
from osaid_graph.lineage.tree import Place
from osaid_graph.reports import RenderOptions
from osaid_graph.reports.terminal import painted

SCHEMA_VERSION: Final = "1.0"
#: Gaps that are named at one place before the rest is counted, unless ``verbose``.
_NAMED: Final = 3
_STATES: Final = {"shown": "(shown elsewhere)", "circle": "(a circle)", "cut": "(more lies behind it)"}
#: Classes in the words of a report.
KINDS: Final = {"AISystem": "system", "Model": "model", "Dataset": "dataset", "Parameters": "parameters"}


@dataclass(frozen=True, slots=True)
class Ancestry:
    """A tree of the lineage, what it was read from, and which question it answers.

    ``gaps`` says in a clause what the gaps of the places are, empty where none were looked for.
    """

    places: Sequence[Place]
    down: bool
    gaps: str
    inputs: tuple[tuple[str, str], ...]


def render(ancestry: Ancestry, format_name: str, options: RenderOptions | None = None) -> str:
    """Return a lineage as ``text`` or ``json``.

    Raises:
        KeyError: There is no such format.
    """
    return {"text": _text, "json": _json}[format_name](ancestry, options or RenderOptions())


def _text(ancestry: Ancestry, options: RenderOptions) -> str:
    tree = () if options.quiet else (_line(place, options) for place in ancestry.places)
    return "\n".join((*tree, *_summary(ancestry, options))) + "\n"


def _line(place: Place, options: RenderOptions) -> str:
    rails = "".join("│  " if more else "   " for more in place.rails[:-1])
    branch = (f"{'├' if place.rails[-1] else '└'}─ " if place.rails else "") + _via(place.via)
    name = painted(printable(place.label), "1", options)
    if place.state in ("shown", "circle"):
        return f"{rails}{branch}{printable(place.label)} {painted(_STATES[place.state], '2', options)}"
    parts = [part for part in (*_facts(place, options), *_gaps(place, options)) if part]
    more = f" {painted(_STATES['cut'], '2', options)}" if place.state == "cut" else ""
    return f"{rails}{branch}{name}{'  ' if parts else ''}{', '.join(parts)}{more}"


def _via(edges: Iterable[str]) -> str:
    names = ", ".join(edge.replace("osaid:", "") for edge in edges)
    return f"{names}: " if names else ""


def _facts(place: Place, options: RenderOptions) -> Iterator[str]:
    """Yield what is known of an artefact: its short name, what it is, its terms and days."""
    if place.node and short(place.node) != place.label and not place.node.startswith("_:"):
        yield printable(short(place.node))
    if not place.described:
        yield painted("described nowhere", "33", options)
    elif place.kind:
        yield KINDS.get(place.kind, place.kind)
    yield from (printable(license_) for license_ in place.licenses)
    yield place.issued
    if place.withdrawn:
        when = f" {place.withdrawn}" if place.withdrawn != "yes" else ""
        yield painted(printable(f"withdrawn{when}"), "31", options)


def _gaps(place: Place, options: RenderOptions) -> Iterator[str]:
    if place.gaps:
        named = place.gaps if options.verbose else place.gaps[:_NAMED]
        more = f" +{len(place.gaps) - len(named)}" if len(place.gaps) > len(named) else ""
        yield painted(f"gaps: {printable(' '.join(named))}{more}", "31;1", options)


def _summary(ancestry: Ancestry, options: RenderOptions) -> Iterator[str]:
    root, *others = [place for place in ancestry.places if place.state not in ("shown", "circle")]
    where = "made from" if ancestry.down else "behind"
    if not others:
        yield f"{printable(root.label)}: nothing is said to be {where} it"
    else:
        counts = Counter(_counted(place) for place in others)
        ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        kinds = ", ".join(f"{number:,} {several(kind, number)}" for kind, number in ordered)
        deepest = max(len(place.rails) for place in others)
        yield (
            f"{printable(root.label)}: {len(others):,} artefact{'s' * (len(others) != 1)} {where} it ({kinds}), "
            f"the farthest {deepest} edge{'s' * (deepest != 1)} away"
        )
    if ancestry.gaps:
        open_ = sum(bool(place.gaps) for place in (root, *others))
        text = f"{ancestry.gaps}: at {open_:,} of {len(others) + 1:,}"
        yield painted(text, "31;1" if open_ else "32;1", options)


def several(kind: str, number: int) -> str:
    """Return the word for so many of a kind, which is one of :data:`KINDS` or stays as it is."""
    return f"{kind}s" if number != 1 and kind in ("system", "model", "dataset") else kind


def _counted(place: Place) -> str:
    if not place.described:
        return "described nowhere"
    return KINDS.get(place.kind, place.kind or "of no class")


def _json(ancestry: Ancestry, options: RenderOptions) -> str:
    whole = [place for place in ancestry.places if place.state not in ("shown", "circle")]
    document = {
        "schema_version": SCHEMA_VERSION,
        "node": ancestry.places[0].node,
        "direction": "down" if ancestry.down else "up",
        "criteria": ancestry.gaps or None,
        "inputs": [{"source": name, "sha256": digest} for name, digest in ancestry.inputs],
        "nodes": [_node(place) for place in whole],
        "edges": list(_edges(ancestry)),
    }
    return escaped_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _node(place: Place) -> dict[str, Any]:
    return {
        "id": place.node,
        "label": place.label,
        "kind": place.kind or None,
        "described": place.described,
        "distance": len(place.rails),
        "licenses": list(place.licenses),
        "issued": place.issued or None,
        "withdrawn": place.withdrawn or None,
        "gaps": list(place.gaps),
        "cut": place.state == "cut",
    }


def _edges(ancestry: Ancestry) -> Iterator[dict[str, str]]:
    """Yield every edge of the tree as it is stated, from what was made to what it was made from."""
    above: list[str] = []
    for place in ancestry.places:
        del above[len(place.rails) :]
        for edge in place.via:
            made, used = (place.node, above[-1]) if ancestry.down else (above[-1], place.node)
            yield {"source": made, "target": used, "property": edge.removeprefix("^")}
        above.append(place.node)
