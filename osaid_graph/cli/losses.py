"""What a format could not carry, in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from osaid_graph.identity import shortened

if TYPE_CHECKING:
    from osaid_graph.writers.material import Material

#: Kinds of statements told in full, and characters of an example.
_SHOWN, _LENGTH = 6, 100


def told(material: Material, title: str) -> Iterator[str]:
    """Yield the lines that say what a document leaves out; none where it leaves nothing out.

    Args:
        material: What was written, with its ledger.
        title: What the format is called.
    """
    losses = material.losses()
    if not losses:
        return
    lost = sum(loss.count for loss in losses)
    yield f"not carried by {title}: {lost:,} of {len(material.release.graph):,} statements"
    for loss in losses[:_SHOWN]:
        kept = f", kept as {loss.kept}" if loss.kept else ""
        example = shortened(" ".join(loss.example.split()), _LENGTH)
        yield f"  {material.in_short(loss.predicate)} {loss.count:,}{kept}, for example: {example}"
    rest: Counter[str] = Counter()
    for loss in losses[_SHOWN:]:
        rest[material.in_short(loss.predicate)] += loss.count
    if rest:
        yield f"  and {', '.join(f'{name} {count:,}' for name, count in rest.most_common())}"
