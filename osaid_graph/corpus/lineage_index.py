"""The lineage of a corpus as arrays, derived from its tables and kept beside them, to be mapped into memory.

It is the lineage that :func:`osaid_graph.lineage.artifacts.lineage_of` gives of the same descriptions, numbers and all.
A part of the corpus holds it, such as ``derived/000008``, and it is made anew when the statements or this program have
changed.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from osaid_graph import __version__
from osaid_graph.corpus.batches import batches
from osaid_graph.corpus.ids import Ids
from osaid_graph.corpus.layout import DERIVED
from osaid_graph.corpus.lineage_labels import PROPERTIES, labels
from osaid_graph.corpus.lineage_tables import ARROWS, ARTEFACTS, FACTS, OF_ARTEFACTS, PARTS, SAID, LineageTables
from osaid_graph.corpus.made_terms import WHOLE_TERMS, MadeTerms
from osaid_graph.corpus.manifest import Part
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.prepare import prepare
from osaid_graph.corpus.relevant import Relevant, everything
from osaid_graph.engines import Engine
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.graph.dump import Progress
from osaid_graph.lineage.builder import earlier
from osaid_graph.lineage.index import Adjacency, Columns, Lineage, properties
from osaid_graph.lineage.stored import open_stored, save
from osaid_graph.resources import digest

#: What a part says that it is.
HOLDS: Final = "lineage"
_FOLDER: Final = "lineage"
#: Bytes that making one may take beside the columns.
_MEMORY: Final = 1 << 30
_STEPS: Final = 4
_LICENSE, _ISSUED, _WITHDRAWN, _VERSION = range(len(OF_ARTEFACTS))


def lineage_of_corpus(corpus: Corpus, *, wait: float = 0, progress: Progress | None = None) -> Lineage:
    """Return the lineage of what a corpus says now, mapped; it is made where there is none.

    Args:
        corpus: The corpus.
        wait: Seconds to wait for another that writes to it.
        progress: Told how many steps of how many are done while it is made.

    Raises:
        InputError: The corpus is damaged or held by another writer, or the disk is full.
        UsageError: numpy is not installed.
    """
    part = _known(corpus) or _make(corpus, wait, progress or (lambda done, whole: None))
    return open_stored(corpus.folder / part.path / _FOLDER)


def _facts_of() -> Mapping[str, Any]:
    """Return what a lineage hangs on beside the statements."""
    return {"holds": HOLDS, "tool": __version__, "shipped": digest("ontology")}


def _known(corpus: Corpus) -> Part | None:
    wanted = _facts_of()
    for part in corpus.parts(DERIVED):
        if part.generation == corpus.generation and all(part.facts.get(key) == wanted[key] for key in wanted):
            return part
    return None


def _make(corpus: Corpus, wait: float, progress: Progress) -> Part:
    """Make the lineage, in the place of that of a former state, and return the part."""
    corpus.check_writable("the lineage")
    with corpus.writing(wait) as writer, tempfile.TemporaryDirectory(dir=writer.staging) as aside:
        made = _known(corpus)
        if made is not None:  # by who held the corpus meanwhile
            return made
        path = writer.next_path(DERIVED)
        folder = writer.stage(path) / _FOLDER
        folder.mkdir()
        engine = DuckDB(_MEMORY, spill=Path(aside))
        try:
            corpus.attach(engine)
            lineage = derived(engine, corpus.seed, progress)
        finally:
            engine.close()
        progress(3, _STEPS)
        save(lineage, folder)
        writer.say(path, {**_facts_of(), "artefacts": len(lineage), "edges": len(lineage.up)})
        old = [part.path for part in corpus.parts(DERIVED) if part.facts.get("holds") == HOLDS]
        corpus.manifest = writer.commit(drop=old)
    return next(part for part in corpus.manifest.parts if part.path == path)


def derived(engine: Engine, seed: int, progress: Progress | None = None) -> Lineage:
    """Return the lineage of what the tables ``said``, ``statements``, ``sources`` and ``terms`` of an engine say.

    Args:
        engine: Where they are.
        seed: The seed of the ids.
        progress: Told how many steps of how many are done.
    """
    told = progress or (lambda done, whole: None)
    told(0, _STEPS)
    whole = everything()
    made = MadeTerms(engine, Ids(seed))
    looked_at = whole.properties | {*properties(), *OF_ARTEFACTS, *PROPERTIES}
    facts = prepare(engine, Relevant(looked_at, whole.classes), made)
    made.finish()
    told(1, _STEPS)
    LineageTables(engine, facts, WHOLE_TERMS).make()
    told(2, _STEPS)
    called = dict(labels(engine, facts, WHOLE_TERMS))
    return _Columns(engine, called).lineage()


class _Columns:
    """Reads the tables of a lineage into columns."""

    def __init__(self, engine: Engine, called: dict[int, str]) -> None:
        self.engine, self.called = engine, called

    def lineage(self) -> Lineage:
        iris: list[str] = []
        classes, described = bytearray(), bytearray()
        for _, name, kind, is_described in self._rows(ARTEFACTS, "number, name, class, described"):
            iris.append(name)
            classes.append(kind)
            described.append(is_described)
        issued = array("i", bytes(4 * len(iris)))
        licenses: dict[int, set[str]] = {}
        withdrawn, versions = dict[int, str](), dict[int, str]()
        for _, number, prop, text in self._rows(FACTS, "position, number, property, text"):
            if prop == _LICENSE:
                licenses.setdefault(number, set()).add(text)
            elif prop == _ISSUED:
                issued[number] = earlier(issued[number], text)
            elif prop == _WITHDRAWN:
                withdrawn[number] = "" if text == "true" else text
            else:
                versions[number] = text
        aliases = {name: number for _, name, number in self._rows(PARTS, "position, name, number")}
        columns = Columns(
            iris=iris,
            classes=classes,
            described=described,
            issued=issued,
            licenses={number: tuple(sorted(terms)) for number, terms in licenses.items()},
            withdrawn=withdrawn,
            labels=self.called,
            versions=versions,
            aliases=aliases,
        )
        arrows = [row[1:] for row in self._rows(ARROWS, "position, source, target, kind")]
        said_by: dict[int, tuple[str, ...]] = dict.fromkeys(range(len(arrows)), ())
        said_by.update(self._said())
        return Lineage(columns, Adjacency.of(len(iris), arrows), said_by)

    def _said(self) -> dict[int, tuple[str, ...]]:
        rows = self._rows(SAID, "place, position, name")
        same: dict[tuple[str, ...], tuple[str, ...]] = {}
        found = {}
        for position, group in groupby(rows, key=lambda row: row[1]):
            names = tuple(dict.fromkeys(name for _, _, name in group))
            found[position] = same.setdefault(names, names)
        return found

    def _rows(self, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
        for rows in batches(self.engine, table, columns):
            yield from rows
