"""What the releases of a corpus wait for, from the tables of its last assessment.

What one release alone waits for is one piece of effort, for every plan that frees it has all of that; so a corpus of a
million releases has a piece of its own for each, and those that several share.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from osaid_graph.corpus.gaps import OpenGap, gaps_of_several, make_gaps, own, waiting
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines import Engine
from osaid_graph.identity import short
from osaid_graph.model import Definition
from osaid_graph.planning.backlog import FINDINGS, Backlog, Task
from osaid_graph.planning.gaps import hardest
from osaid_graph.plans import KINDS, Unit


def of_corpus(engine: Engine, corpus: Corpus, definition: Definition, unit: Unit, *, together: bool = True) -> Backlog:
    """Return what the releases of a corpus wait for, told by the tables of its last assessment.

    What a source refuses to disclose, and what sources contradict each other about, is told apart in the assessment of
    one release only; here the one is a release, the other documentation.

    Args:
        engine: To which the corpus is attached.
        corpus: The corpus, which was assessed.
        definition: The version that it was assessed against.
        unit: What counts as one piece of effort.
        together: Whether all that a release alone waits for is one piece, which costs as much as its parts.

    Raises:
        InputError: It was not assessed.
    """
    make_gaps(engine, corpus, definition, unit)
    iris: dict[Any, str] = dict(engine.rows("SELECT subject, iri FROM outcomes"))
    alone = dict(own(engine)) if together else {}
    several = {gap.number: gap for gap in gaps_of_several(engine, least=2 if together else 1)}
    found: dict[Hashable, tuple[Hashable, ...]] = {release: ((release,),) for release in alone}
    for release, numbers in waiting(engine, least=2 if together else 1):
        found[release] = (*found.get(release, ()), *numbers)

    def task(key: Any) -> Task:
        if not isinstance(key, tuple):
            return _task(several[key])
        (release,) = key
        kinds = tuple((kind, number) for kind, number in zip(KINDS, alone[release], strict=True) if number)
        number = sum(alone[release])
        what = f"{number:,} {unit}{'' if number == 1 else 's'} that it alone waits for"
        return Task(iris[release], short(iris[release]), what, hardest(kind for kind, _ in kinds), kinds=kinds)

    sizes: dict[Hashable, int] = {(release,): sum(numbers) for release, numbers in alone.items()}
    return Backlog(FINDINGS, len(iris), found, task, lambda each: short(iris[each]), iris.__getitem__, sizes=sizes)


def _task(gap: OpenGap) -> Task:
    return Task(gap.node, short(gap.node), gap.what, gap.kind, gap.requirements)
