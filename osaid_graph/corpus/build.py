"""Building a corpus: what inputs say becomes a segment, in the place of what they said before."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from osaid_graph.corpus.compact import small, take_in
from osaid_graph.corpus.inputs import ListFile, ending
from osaid_graph.corpus.known import Known, Version
from osaid_graph.corpus.layout import SEGMENTS
from osaid_graph.corpus.lists import ListReader
from osaid_graph.corpus.open import Corpus, on_disk
from osaid_graph.corpus.plan import Plan, bundles, plan
from osaid_graph.corpus.pool import Job, Pool, processes, processors
from osaid_graph.corpus.reading import Documents, Outcome, read_documents, set_aside
from osaid_graph.corpus.segment import Place, merge
from osaid_graph.corpus.writing import Writer, moment_of, now, writing
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import InputError, UsageError
from osaid_graph.graph.dump import Progress
from osaid_graph.graph.load import display_name, located

#: Bytes that sorting may take; what does not fit is on disk meanwhile.
MEMORY: Final = 1 << 29
#: Of all the work of a build, how much reading is: the rest is sorting.
_READING: Final = 0.6
#: What reading takes, as bytes of lists: below this, other processes take longer to start than they help.
_WORTH: Final = 32 << 20
#: What a byte of a list that may be packed, a byte of a document, and a document take.
_UNPACKED, _SLOWER, _A_FILE = 12, 20, 20_000
#: How many of the things that could not be read are told.
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Reject:
    """What could not be read: where, why, and what to do."""

    source: str
    line: int | None
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        generation: The state of the corpus after it.
        changed: Whether that is a new one.
        documents: How many documents are new or say something else than before.
        statements: How many statements these make.
        changed_documents: How many of these documents were read before, and say something else now.
        changed_statements: How many statements these make.
        ended: How many documents that were read before were replaced, or are gone.
        unchanged: How many documents of the inputs say what they said.
        rejects: How much could not be read, in the documents that are new.
        first: The first of it.
        passed: How many files of folders look like descriptions and were passed over.
    """

    generation: int
    changed: bool
    documents: int
    statements: int
    changed_documents: int
    changed_statements: int
    ended: int
    unchanged: int
    rejects: int
    first: tuple[Reject, ...]
    passed: int


def build(
    folder: str | Path,
    inputs: Sequence[str],
    *,
    remove: Sequence[str] = (),
    format_name: str | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    wait: float = 0,
    memory: int = MEMORY,
    time: datetime.datetime | None = None,
    progress: Progress | None = None,
) -> Built:
    """Read inputs into a corpus, which is begun where there is none.

    What a document said before ends, and stays in the history; so does what said documents that are no more below a
    folder that is among the inputs. A document, or a line of a list, that cannot be read is set aside.

    Args:
        folder: The corpus.
        inputs: Files and folders, as of :func:`osaid_graph.graph.load.load`; those in a folder are read too.
        remove: Files and folders that are to say nothing more.
        format_name: What files that are named themselves are read as.
        seed: What ids of terms are made with, where it is begun.
        jobs: How many processes read; None for one a processor.
        wait: Seconds to wait for another writer.
        memory: Bytes that sorting may take.
        time: When it is said to be done; None for now.
        progress: Told how much of how much is done.

    Raises:
        InputError: An input is not there, or none can be read; the corpus is damaged, of a newer version, or written
            by another; the disk is full.
        UsageError: What is to be removed is not there, or an id is given for what says itself what it describes.
    """
    with writing(on_disk(folder), wait, seed) as writer:
        moment = moment_of(time) if time else now()
        return _Build(writer, memory, moment, progress).run(inputs, remove, format_name, jobs)


class _Build:
    def __init__(self, writer: Writer, memory: int, moment: str, progress: Progress | None) -> None:
        self.writer, self.memory, self.moment = writer, memory, moment
        self.progress: Progress = progress or (lambda done, whole: None)
        self.corpus = Corpus(writer.folder, writer.manifest)
        self.corpus.check()
        self.chunks = writer.staging / "chunks"
        self.chunks.mkdir()
        self.total = Outcome()
        self.done = 0

    def run(self, inputs: Sequence[str], remove: Sequence[str], format_name: str | None, jobs: int | None) -> Built:
        """Build."""
        engine = DuckDB(self.memory, spill=self.writer.staging / "spill")
        try:
            self.corpus.attach(engine)
            known = Known.of(engine)
            gone = {version.path: version for name in remove for version in _removed(name, known)}
            planned = plan(inputs, known, format_name)
            self.whole = int(planned.size / _READING) or 1
            self._read(planned, _number(planned, jobs), known)
            seen = planned.seen.union(self.total.seen)
            there = seen | planned.kept
            for root in planned.roots:
                gone.update((each.path, each) for each in known.below(root) if each.path not in there)
            for _, each in planned.unlisted:  # told as often as it is come upon
                gone.pop(each.file.path, None)
            both = sorted(set(gone).intersection(seen))
            if both:
                raise UsageError(f"{both[0]}: to be read and to be removed", "name it once")
            planned.kept.difference_update(gone)
            return self._commit(engine, [version.document for version in gone.values()], known, planned, inputs)
        finally:
            engine.close()

    # -- reading ---------------------------------------------------------------------------------------------

    def _read(self, planned: Plan, number: int, known: Known) -> None:
        self._take(set_aside(planned.unlisted, self.chunks, self.writer.manifest.seed))
        with processes(number) as pool:
            self._read_documents(pool, planned.tasks, "documents")
            left = [_again(planned, base, paths) for base, paths in self.total.left.items()]
            self._read_documents(pool, left, "left")
            come_upon = [(planned.take_number(), found) for found in self.total.lists]
            for base, found in [*planned.lists, *come_upon]:
                if known.has_digest(found.found.file.path, found.found.file.size, found.found.opened):
                    self._take(Outcome(seen=[found.found.file.path], same=1, size=found.found.file.size))
                else:
                    self._read_list(pool, base, found)

    def _read_documents(self, pool: Pool, tasks: Sequence[Documents], name: str) -> None:
        def jobs() -> Iterator[Job[Outcome]]:
            for number, bundle in enumerate(bundles(tasks)):
                yield read_documents, (bundle, self.chunks, f"{name}{number}", self.writer.manifest.seed)

        for outcome in pool.results(jobs()):
            self._take(outcome)

    def _read_list(self, pool: Pool, base: int, found: ListFile) -> None:
        start = self.done
        reader = ListReader(
            found, base, self.chunks, self.writer.manifest.seed, lambda read, _: self._told(start + read)
        )
        self._take(reader.read(pool))

    def _take(self, outcome: Outcome) -> None:
        self.total.seen.extend(outcome.seen)
        self.total.lists.extend(outcome.lists)
        for base, paths in outcome.left.items():
            self.total.left.setdefault(base, []).extend(paths)
        self.total.documents += outcome.documents
        self.total.same += outcome.same
        self.total.rejects += outcome.rejects
        self.total.passed += outcome.passed
        self._told(self.done + outcome.size)

    def _told(self, done: int) -> None:
        self.done = min(done, int(self.whole * _READING))
        self.progress(self.done, self.whole)

    # -- writing ---------------------------------------------------------------------------------------------

    def _commit(self, engine: DuckDB, gone: Sequence[int], known: Known, planned: Plan, inputs: Sequence[str]) -> Built:
        seen = planned.seen.union(self.total.seen)
        manifest = self.writer.manifest
        generation = manifest.generation + 1
        path = f"{SEGMENTS}/{generation:06d}"
        place = Place(generation, self.moment, manifest.next_source, manifest.seed)
        staged = self.writer.stage(path)
        added = merge(engine, self.chunks, staged, gone, place, self._step)
        folders = {each.file.path for _, each in planned.unlisted}
        there = sum(each in known.versions for each in (seen | planned.kept) - folders)
        first = _first_rejects(engine)
        if not self.total.documents and not self.total.same and not planned.seen and first:
            raise _none_read(first, self.total.rejects)
        if inputs and not (self.total.documents or self.total.same or there or first):
            raise _none_recognised(inputs, known)
        if added is None:
            return Built(manifest.generation, False, 0, 0, 0, 0, 0, there, 0, first, self.total.passed)
        taken_in = small(manifest)
        if taken_in:
            take_in(engine, self.writer.folder, taken_in, staged)
        self.writer.commit(
            drop=[part.path for part in taken_in],
            generation=generation,
            next_source=added.next_source,
            moment=self.moment,
        )
        return Built(
            generation=generation,
            changed=True,
            documents=added.documents,
            statements=added.statements,
            changed_documents=added.changed,
            changed_statements=added.changed_statements,
            ended=added.ended,
            unchanged=there - added.replaced,
            rejects=added.rejects,
            first=first,
            passed=self.total.passed,
        )

    def _step(self, part: float) -> None:
        read = self.whole * _READING
        self.progress(int(read + part * (self.whole - read)), self.whole)


def _removed(name: str, known: Known) -> Iterator[Version]:
    """Yield the documents of an input that is to say nothing more.

    Raises:
        UsageError: There are none.
    """
    path = display_name(os.path.realpath(name))
    found = list(known.below(path)) or known.named(name)
    if len(found) > 1 and all(each.name == name for each in found):
        hint = f"give the path of the one that is meant: {' or '.join(sorted(each.path for each in found))}"
        raise UsageError(f"{name}: several documents were given under this name", hint)
    if not found:
        hint = "osaid-graph corpus history lists the documents there are"
        raise UsageError(f"{name}: nothing of the corpus was read from there", hint)
    yield from found


def _number(planned: Plan, jobs: int | None) -> int:
    """Return how many processes are to read."""
    if jobs is not None:
        return jobs
    lists = sum(lines.found.file.size for _, lines in planned.lists)
    worth = lists * _UNPACKED + (planned.size - lists) * _SLOWER + planned.files * _A_FILE
    return processors() if worth >= _WORTH else 1


def _again(planned: Plan, base: int, paths: Sequence[str]) -> Documents:
    """Return the reading of what depends on all others in its folder."""
    group = planned.groups[base]
    return Documents(base, group, tuple(range(len(group.files))), only=frozenset(paths))


def _first_rejects(engine: DuckDB) -> tuple[Reject, ...]:
    rows = engine.rows(
        "SELECT s.name, c.line, c.reason, c.hint FROM chunk_rejects c "
        f"JOIN chunk_sources s ON s.document = c.document AND s.said = 0 ORDER BY c.document, c.line LIMIT {SHOWN}"
    )
    return tuple(Reject(*row) for row in rows)


def _none_recognised(inputs: Sequence[str], known: Known) -> InputError:
    """Return the error of folders in which there is no description."""
    first = display_name(inputs[0])
    others = len(inputs) - 1
    more = f", and none in {others:,} other input{'' if others == 1 else 's'}" if others else ""
    hint = "name a folder with descriptions in it or below it; osaid-graph check FILE tells what is wrong with one"
    if known.has(display_name(os.path.realpath(located(inputs[0])[1]))):
        hint = ending(first)
    return InputError(f"no file that a reader recognises{more}", hint, source=first)


def _none_read(first: Sequence[Reject], number: int) -> InputError:
    """Return the error of inputs of which none can be read."""
    reject = first[0]
    more = f"; nor can {number - 1:,} others" if number > 1 else ""
    return InputError(f"{reject.reason}{more}", reject.hint, source=reject.source, line=reject.line)
