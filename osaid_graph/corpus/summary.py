"""What an assessment of a corpus comes to: how many releases meet what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from osaid_graph.corpus.assessed import attach_assessment, requirements_of
from osaid_graph.corpus.kept_aside import KeptAside, kept_aside
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines import Engine
from osaid_graph.model import REQUIREMENT_OUTCOMES

#: The verdicts, worst first.
_VERDICTS: Final = ("not-met", "undetermined", "met")


@dataclass(frozen=True, slots=True)
class RequirementCounts:
    """How many releases have which outcome of a requirement; ``unmet`` are those without it met or not applicable."""

    requirement: str
    met: int
    not_met: int
    not_evidenced: int
    needs_judgement: int
    not_applicable: int

    @property
    def unmet(self) -> int:
        """How many releases have it not met, not evidenced or still to be judged."""
        return self.not_met + self.not_evidenced + self.needs_judgement


@dataclass(frozen=True, slots=True)
class Summary:
    """An assessment in numbers.

    Attributes:
        subjects: How many releases were assessed.
        outcomes: How many of them have which verdict, worst first.
        kinds: How many of them are a system, a model or parameters.
        requirements: The counts for each requirement, in the order of the definition.
        aside: What could not be taken, by reason.
        set_aside: How many could not be taken.
        definition: The version assessed against.
        policy: The terms policy.
        day: The day of the assessment.
        generation: The state of the corpus that was assessed.
    """

    subjects: int
    outcomes: dict[str, int]
    kinds: dict[str, int]
    requirements: tuple[RequirementCounts, ...]
    aside: tuple[KeptAside, ...]
    set_aside: int
    definition: str
    policy: str
    day: str
    generation: int


def summary(corpus: Corpus, engine: Engine) -> Summary:
    """Return the last assessment of a corpus in numbers.

    Args:
        corpus: The corpus.
        engine: To which it is attached.

    Raises:
        InputError: It has not been assessed.
    """
    part = attach_assessment(engine, corpus)
    ids = requirements_of(part)
    columns = [f"COUNT(CASE WHEN \"{id_}\" = '{word}' THEN 1 END)" for id_ in ids for word in REQUIREMENT_OUTCOMES]
    counts = engine.rows(f"SELECT COUNT(*), {', '.join(columns)} FROM outcomes")[0]
    of_each = [counts[1 + at : 1 + at + len(REQUIREMENT_OUTCOMES)] for at in _starts(len(ids))]
    verdicts = dict(engine.rows("SELECT outcome, COUNT(*) FROM outcomes GROUP BY outcome"))
    aside = kept_aside(engine)
    return Summary(
        subjects=int(counts[0]),
        outcomes={verdict: verdicts.get(verdict, 0) for verdict in _VERDICTS},
        kinds=dict(sorted(engine.rows("SELECT kind, COUNT(*) FROM outcomes GROUP BY kind"))),
        requirements=tuple(RequirementCounts(id_, *map(int, each)) for id_, each in zip(ids, of_each, strict=True)),
        aside=aside,
        set_aside=sum(each.number for each in aside),
        definition=part.facts["definition"],
        policy=part.facts["policy"],
        day=part.facts["day"],
        generation=part.generation,
    )


def _starts(number: int) -> range:
    return range(0, number * len(REQUIREMENT_OUTCOMES), len(REQUIREMENT_OUTCOMES))
