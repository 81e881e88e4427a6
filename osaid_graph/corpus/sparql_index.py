"""SPARQL over a corpus: a store of what can be asked, derived from the tables and kept beside them.

It holds what :func:`osaid_graph.query.store.build` makes of the same documents: all live statements with what follows
from them in the default graph, a named graph for each source, their provenance and the vocabulary; and, where the
corpus was assessed by the same definition and terms, what was found. It is a part of the corpus, such as
``derived/000007``, and made anew when the statements, the assessment or what it was made with have changed.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
from rdflib import URIRef

from osaid_graph import __version__
from osaid_graph.corpus.assessed import newest
from osaid_graph.corpus.batches import batches
from osaid_graph.corpus.conclude import conclude
from osaid_graph.corpus.ids import Ids
from osaid_graph.corpus.layout import DERIVED, STATEMENTS
from osaid_graph.corpus.made_terms import WHOLE_TERMS, MadeTerms
from osaid_graph.corpus.manifest import Part
from osaid_graph.corpus.named_sources import NAMED_SOURCES
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.prepare import prepare
from osaid_graph.corpus.quads import Lines, lines, make_texts, pieces
from osaid_graph.corpus.relevant import everything
from osaid_graph.corpus.reports import lacking, report_lines
from osaid_graph.corpus.writing import Writer
from osaid_graph.engines import Engine
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import UsageError
from osaid_graph.graph.dump import Progress
from osaid_graph.graph.release import document_provenance, stated_provenance
from osaid_graph.model import Definition, Triple
from osaid_graph.query import on_disk
from osaid_graph.query.store import vocabulary_quads
from osaid_graph.query.terms import quads
from osaid_graph.reading import StatedSource
from osaid_graph.resources import digest
from osaid_graph.terms import Policy, policy
from osaid_graph.validation.definition import DEFAULT_VERSION, definition

#: What a part says that it is.
HOLDS: Final = "sparql"
#: Releases whose findings are in an index unless somebody asks for them: each takes some 460 statements.
MOST_ASSESSED: Final = 20_000
#: Bytes that making one may take beside the store.
_MEMORY: Final = 2 << 30
_FOLDER: Final = "store"
#: How far the making is when its steps begin, of a whole; when all is loaded it is put in order.
_DERIVING, _WRITING, _LOADING, _LOADED, _WHOLE = 0, 10, 30, 80, 100


def index_of(
    corpus: Corpus,
    terms: str | None = None,
    version: str | None = None,
    *,
    findings: bool | None = None,
    wait: float = 0,
    progress: Progress | None = None,
) -> Part:
    """Return the part that holds the index of what a corpus says now, which is made where there is none.

    Args:
        corpus: The corpus.
        terms: The id of a terms policy; None for the default one.
        version: The version of the definition, or the folder of a profile, whose requirements can be asked about.
        findings: Whether it is to hold what the last assessment found. If None, as was asked for when it was made the
            last time; where nobody did, it does for up to :data:`MOST_ASSESSED` releases.
        wait: Seconds to wait for another that writes to the corpus.
        progress: Told how much of how much is done while one is made.

    Raises:
        UsageError: There is no such policy or version, or no assessment by them whose findings it could hold.
        InputError: The corpus is damaged or held by another writer, a profile is wrong, or the disk is full.
    """
    chosen = policy() if terms is None else policy(terms)

    def making() -> _Making:
        return _Making(corpus, version or DEFAULT_VERSION, chosen, findings)

    known = making().known()
    if known is not None:
        return known
    corpus.check_writable("the index for SPARQL")
    with corpus.writing(wait) as writer:
        now = making()  # another may have made it, or assessed the corpus, meanwhile
        return now.known() or now.make(writer, progress or (lambda done, whole: None))


def has_findings(part: Part) -> bool:
    """Tell whether what an assessment found can be asked about."""
    return bool(part.facts["assessment"])


def without_findings(corpus: Corpus, part: Part, version: str | None = None) -> tuple[str, str]:
    """Return why an index holds no findings, and what to do.

    Args:
        corpus: The corpus.
        part: The index.
        version: As of :func:`index_of`.
    """
    why = lacking(corpus, definition(version or DEFAULT_VERSION), part.facts["policy"])
    last = newest(corpus)
    if why is not None or last is None:
        return why or ("", "")
    count = last.facts["subjects"]
    return (
        f"the findings of {count:,} release{'' if count == 1 else 's'} are not in its index",
        f"osaid-graph corpus index {corpus.folder} --findings takes them in; osaid-graph corpus assess "
        f"{corpus.folder} --table findings -F parquet -o FILE writes them as a table",
    )


def folder_of(corpus: Corpus, part: Part) -> Path:
    """Return the folder of the store (:func:`osaid_graph.query.on_disk.open_read_only`)."""
    return corpus.folder / part.path / _FOLDER


class _Making:
    """Makes the index of a corpus.

    Attributes:
        facts: What the index hangs on beside the statements.
    """

    def __init__(self, corpus: Corpus, version: str, chosen: Policy, findings: bool | None) -> None:
        self.corpus, self.version, self.policy = corpus, version, chosen
        self.definition: Definition = definition(version)
        by: Mapping[str, Any] = {
            "holds": HOLDS,
            "definition": self.definition.id,
            "files": [file.sha256 for file in self.definition.files],
            "policy": chosen.id,
        }
        self.former = [part for part in corpus.parts(DERIVED) if all(part.facts.get(key) == by[key] for key in by)]
        asked = [part.facts.get("findings") for part in self.former] if findings is None else [findings]
        self.findings: bool | None = asked[-1] if asked else None
        self.facts: Mapping[str, Any] = {
            **by,
            "tool": __version__,
            "engine": on_disk.ENGINE,
            "shipped": digest("shapes", "ontology", "data/licenses"),
            "assessment": self._assessment(required=findings is True),
        }

    def _assessment(self, *, required: bool) -> str:
        """Return the path of the assessment whose findings the index is to hold, empty for none.

        Raises:
            UsageError: It is ``required`` and there is none.
        """
        last = newest(self.corpus)
        why = lacking(self.corpus, self.definition, self.policy.id)
        if why is not None and required:
            raise UsageError(f"{self.corpus.folder}: no findings to take in: {why[0]}", why[1])
        if last is None or why is not None or self.findings is False:
            return ""
        return last.path if self.findings or last.facts["subjects"] <= MOST_ASSESSED else ""

    def known(self) -> Part | None:
        """Return the index that there is, if it is of what the corpus says now."""
        for part in self.corpus.parts(DERIVED):
            said = {key: part.facts.get(key) for key in self.facts}
            if part.generation == self.corpus.generation and said == self.facts:
                return part
        return None

    def make(self, writer: Writer, progress: Progress) -> Part:
        """Make the index, in the place of those of former states, and return the part."""
        with tempfile.TemporaryDirectory(dir=writer.staging) as aside:
            path = writer.next_path(DERIVED)
            folder = writer.stage(path) / _FOLDER
            folder.mkdir()
            told = _Told(progress)
            engine = DuckDB(_MEMORY, spill=Path(aside))
            try:
                files, rows = self._written(engine, Path(aside), told)
                beside = Path(aside) / "beside.nq"
                ox.serialize(self._beside(engine), str(beside), ox.RdfFormat.N_QUADS)
            finally:
                engine.close()
            stream = Lines(chain(_bytes(beside), pieces(files, told.loading(rows))))
            count = on_disk.make(folder, io.BufferedReader(stream, 1 << 20))
            writer.say(path, {**self.facts, "findings": self.findings, "statements": count})
            manifest = writer.commit(drop=[part.path for part in self.corpus.parts(DERIVED) if self._is_old(part)])
        self.corpus.manifest = manifest
        return next(part for part in manifest.parts if part.path == path)

    def _is_old(self, part: Part) -> bool:
        other = part.generation != self.corpus.generation
        return part.facts.get("holds") == HOLDS and (other or part in self.former)

    def _written(self, engine: Engine, aside: Path, told: _Told) -> tuple[list[Path], int]:
        """Return the files of the statements as lines of N-Quads, and how many lines they have."""
        told.step(_DERIVING)
        self.corpus.attach(engine)
        made = MadeTerms(engine, Ids(self.corpus.seed))
        facts = prepare(engine, everything(), made)
        concluded = conclude(engine, facts, self.policy, made)
        made.finish()
        told.step(_WRITING)
        known = " UNION ALL ".join(f"SELECT {made.ids(prop)} AS predicate" for prop in facts.tables)
        make_texts(engine, WHOLE_TERMS, f"{known} UNION ALL SELECT DISTINCT predicate FROM {STATEMENTS}")
        whole = [facts.select(), *(_of_property(made.ids(prop), links) for prop, links in concluded.items())]
        named = (
            f"SELECT t.subject, t.predicate, t.object, s.graph FROM {STATEMENTS} AS t "
            "JOIN sources AS s ON s.source = t.source"
        )
        selects = [*map(lines, whole), lines(named, "said.graph")]
        if self.facts["assessment"]:
            selects += report_lines(engine, self.corpus, self.definition)
        files = [aside / f"{number}.parquet" for number in range(len(selects))]
        rows = sum(engine.write(select, file) for select, file in zip(selects, files, strict=True))
        return files, rows

    def _beside(self, engine: Engine) -> Iterator[ox.Quad]:
        """Yield the vocabulary and the provenance of the sources."""
        yield from vocabulary_quads(self.version)
        yield from quads(triple for said in _provenance(engine) for triple in said)


class _Told:
    """Tells how far the making is, in hundredths: deriving, writing and loading take about so much."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def step(self, done: int) -> None:
        self._progress(done, _WHOLE)

    def loading(self, rows: int) -> Callable[[int], None]:
        """Return what is told how many more of so many rows were loaded."""
        done = 0

        def told(more: int) -> None:
            nonlocal done
            done += more
            self.step(_LOADING + (_LOADED - _LOADING) * done // max(rows, 1))

        self.step(_LOADING)
        return told


def _bytes(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            yield piece


def _of_property(predicate: int, links: str) -> str:
    return f"SELECT subject, {predicate} AS predicate, object FROM ({links}) AS links"


def _provenance(engine: Engine) -> Iterator[Iterator[Triple]]:
    """Yield what is told of each source."""
    columns = "source, document, graph, format, sha256, url, title, retrieved, name, document_graph"
    for rows in batches(engine, f"{NAMED_SOURCES} AS named", columns):
        for source, document, graph, format_name, sha256, url, title, retrieved, name, quoted in rows:
            if source == document:
                yield document_provenance(URIRef(graph), name, sha256, format_name)
            elif url:
                yield stated_provenance(URIRef(graph), [StatedSource(url, title, retrieved)], URIRef(quoted))
