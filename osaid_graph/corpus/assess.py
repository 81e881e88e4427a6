"""Assess all releases of a corpus, or those that a change of it concerns, and keep what was found beside it.

An assessment is a part of the corpus, such as ``assessments/000003``; what is in it, and how it is read together with
those before it, is said in :mod:`osaid_graph.corpus.assessed`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from osaid_graph import __version__
from osaid_graph.assessment.assess import Measure, measure
from osaid_graph.compiler.compile import compile_shapes
from osaid_graph.compiler.plan import Plan
from osaid_graph.compiler.run import run
from osaid_graph.corpus.affected import AFFECTED, affected, only_near
from osaid_graph.corpus.assessed import attach_assessment, newest, requirements_of
from osaid_graph.corpus.findings import near_shapes
from osaid_graph.corpus.holding import make_holds
from osaid_graph.corpus.ids import Ids
from osaid_graph.corpus.layers import Layer
from osaid_graph.corpus.layout import ASSESSMENTS
from osaid_graph.corpus.manifest import Part
from osaid_graph.corpus.nodes import make_nodes
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.outcomes import check_ids, make_outcomes
from osaid_graph.corpus.relevant import Relevant, relevant
from osaid_graph.corpus.scope import make_scope
from osaid_graph.corpus.subjects import ASSESSED, make_subjects
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.corpus.whole import make_graphs
from osaid_graph.engines import Engine
from osaid_graph.resources import digest
from osaid_graph.terms import catalogue
from osaid_graph.validation.definition import DEFAULT_VERSION, Rulebook
from osaid_graph.validation.rules import rules_of
from osaid_graph.vocab import OSAID, token

#: Told what is done now, and how many steps of how many are behind.
Progress = Callable[[str, int, int], None]
#: Parts of assessments that are read together; one more, and they are written together anew.
MAX_LAYERS: Final = 8
_STEPS: Final = ("reading", "deriving", "checking", "tracing", "deciding", "writing")
#: What an assessment hangs on beside the statements.
_MEASURES: Final = ("tool", "definition", "files", "shipped", "policy", "license_list")


@dataclass(frozen=True, slots=True)
class Assessed:
    """What an assessment of a corpus did.

    Attributes:
        part: Where it stands in the corpus.
        subjects: How many releases were assessed.
        total: How many the corpus has.
        aside: How many releases and judgements could not be taken.
        whole: Whether all were assessed, and not only what a change concerns.
        changed: Whether there was anything to do.
    """

    part: str
    subjects: int
    total: int
    aside: int
    whole: bool
    changed: bool = True


def assess(
    corpus: Corpus,
    engine: Engine,
    *,
    terms: str | None = None,
    version: str = DEFAULT_VERSION,
    today: datetime.date | None = None,
    anew: bool = False,
    wait: float = 0,
    progress: Progress | None = None,
) -> Assessed:
    """Assess the releases of a corpus against a version of the definition, and commit what was found.

    Where it has been assessed in the same way before, only what the statements that changed since concern is assessed.
    The results are the same as those of an assessment of all.

    Args:
        corpus: The corpus.
        engine: What works it out; its tables are changed.
        terms: The id of a terms policy; None for that of the version.
        version: The id of a version of the definition, or the folder of a profile.
        today: The day of the assessment; the current day if None.
        anew: Assess all, whatever is known.
        wait: Seconds to wait for another that writes to the corpus.
        progress: Told of each step.

    Raises:
        UsageError: No such policy or version.
        InputError: A profile is wrong, or has a rule that many releases cannot be held against at once, or a
            requirement that is called as a column is; another process writes to the corpus; a file of it is damaged;
            or the disk is full.
    """
    asked = measure(version, terms, today)
    check_ids(asked.book.definition)
    told = progress or (lambda step, done, whole: None)
    if not anew and (last := _Run(corpus, engine, asked, told).up_to_date()) is not None:  # also where it is only read
        return last
    with corpus.writing(wait) as writer:
        run_ = _Run(corpus, engine, asked, told)
        if not anew and (last := run_.up_to_date()) is not None:  # by who held the corpus meanwhile
            return last
        known = None if anew else run_.known()
        path = writer.next_path(ASSESSMENTS)
        found = run_.work(known.generation if known else None)
        merged = known is not None and len(corpus.parts(ASSESSMENTS)) >= MAX_LAYERS
        layer = Layer(engine, asked.book.definition, found, requirements_of(known) if known else None)
        written = layer.write(writer.stage(path), merged)
        facts = {
            **run_.measures,
            "day": asked.day.isoformat(),
            "judged": run_.judged,
            "requirements": list(written.requirements),
            "subjects": written.total,
            "aside": written.aside,
        }
        writer.say(path, facts)
        over = known is None or merged
        writer.commit(drop=[part.path for part in corpus.parts(ASSESSMENTS)] if over else ())
    return Assessed(path, written.subjects, written.total, written.aside, whole=known is None)


class _Run:
    """Works out an assessment in the tables of an engine.

    Attributes:
        measures: What the assessment hangs on beside the statements and the day.
        judged: Whether there are judgements, on which the day bears.
    """

    def __init__(self, corpus: Corpus, engine: Engine, asked: Measure, progress: Progress) -> None:
        self.corpus, self.engine, self.asked, self.progress = corpus, engine, asked, progress
        self.ids = Ids(corpus.seed)
        definition = asked.book.definition
        told = (
            __version__,
            definition.id,
            [file.sha256 for file in definition.files],
            digest("shapes", "ontology", "data/licenses"),
            asked.policy.id,
            catalogue().list_version,
        )
        self.measures: Mapping[str, Any] = dict(zip(_MEASURES, told, strict=True))
        self._step("reading")
        corpus.attach(engine)
        judging = f"SELECT 1 FROM said WHERE {self.ids.among('predicate', (OSAID.judges,))} LIMIT 1"
        self.judged = bool(engine.rows(judging))

    def known(self) -> Part | None:
        """Return the part of the last assessment, if what did not change since need not be assessed again."""
        last = newest(self.corpus)
        if last is None or any(last.facts.get(key) != self.measures[key] for key in _MEASURES):
            return None
        if (self.judged or last.facts["judged"]) and last.facts["day"] != self.asked.day.isoformat():
            return None
        return last

    def up_to_date(self) -> Assessed | None:
        """Return the last assessment, if nothing that it hangs on has changed since."""
        known = self.known()
        if known is None or known.generation != self.corpus.generation:
            return None
        return Assessed(known.path, 0, known.facts["subjects"], known.facts["aside"], whole=False, changed=False)

    def work(self, since: int | None) -> tuple[str, ...]:
        """Make the tables of an assessment, of what changed since a generation, or of everything (None).

        Returns:
            The requirements that some subject has an outcome of.
        """
        engine, ids, book = self.engine, self.ids, self.asked.book
        make_holds(engine, ids)
        if since is not None:
            attach_assessment(engine, self.corpus, "known_")
            affected(engine, ids, since)
            only_near(engine)
        self._step("deriving")
        graphs = make_graphs(engine, _relevant(book), self.asked.policy, self.corpus.seed)
        self._step("checking")
        rules = set(rules_of(book.shapes))
        plan = _plan(book, self.corpus.seed)
        run(plan, engine, "results", lambda shape: token(shape) if shape in rules else None)
        self._step("tracing")
        make_nodes(engine, graphs.facts)
        make_subjects(engine, graphs.facts)
        if since is not None:
            engine.table(ASSESSED, f"SELECT * FROM {ASSESSED} WHERE subject IN (SELECT node FROM {AFFECTED})")
        make_scope(engine, graphs.facts)
        self._step("deciding")
        found = make_outcomes(engine, graphs.facts, graphs.whole, book.definition, self.asked.day, "whole_terms")
        self._step("writing")
        return found

    def _step(self, name: str) -> None:
        self.progress(name, _STEPS.index(name), len(_STEPS))


@lru_cache
def _relevant(book: Rulebook) -> Relevant:
    return relevant(book)


@lru_cache
def _plan(book: Rulebook, seed: int) -> Plan:
    """Return the plan of the rules of a version, which reads the tables of the graph ``whole``."""
    tables = Vertical("whole", _relevant(book).properties, Ids(seed)).tables
    relations = {str(prop): name for prop, name in tables.items()}
    return compile_shapes(near_shapes(book), relations.get, terms="whole_terms", seed=seed)
