"""Dumps: documents of many descriptions, a line each, of which a release takes what its subject was made from.

A dump is read twice. The first time each line gives what it is of and what that was made from, of which only the
lines that were made from something are kept; the second time the lines upstream of the subject are read as a whole.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from rdflib import URIRef

from osaid_graph.errors import InputError, NothingToAssessError, UsageError
from osaid_graph.graph import packed
from osaid_graph.graph.labels import blank
from osaid_graph.graph.release import Release
from osaid_graph.identity import HUB, Kind, resolve
from osaid_graph.readers.streams import Link, Record, Stream, reading_of

#: Told how many bytes of how many have been read.
Progress = Callable[[int, int], None]
#: Characters of a line that are kept to be shown.
_SHOWN: Final = 4_096
_CHANGED: Final = ("changed while it was read", "read it again when it is whole")


@dataclass
class Dump:
    """A dump that is still to be read, and what the first reading found.

    ``open`` gives its bytes from the start, each time it is called.
    """

    name: str
    format: str
    stream: Stream
    open: Callable[[], BinaryIO]
    size: int
    digest: str = ""
    assume: Kind | None = None
    counts: Counter[Kind | None] = field(default_factory=Counter)
    first: dict[Kind | None, str] = field(default_factory=dict)
    found: set[tuple[str, Kind | None]] = field(default_factory=set)

    def number_of(self, kind: Kind) -> int:
        """Return how many records are of a kind, with those that are assumed to be."""
        return self.counts[kind] + (self.counts[None] if self.assume == kind else 0)


def read_dumps(dumps: Sequence[Dump], release: Release, subject: str | None, progress: Progress | None = None) -> None:
    """Add to a release what dumps say of its subject and of all that was made from.

    The subject is ``subject``, what the release describes or names already, or the one model in the dumps.

    Args:
        dumps: What to read.
        release: What the other inputs say.
        subject: A Hub id or an IRI; None, the word for a kind of node, or ``_:label`` names nothing that a dump holds.
        progress: Told how many bytes of all have been read.

    Raises:
        InputError: A dump is broken; its ``source`` and ``line`` are set.
        NothingToAssessError: Nothing is named, and there is no model.
        UsageError: There are several models and none is named, or the one that is named is not there.
    """
    reader = _Reader(progress or (lambda read, whole: None), 2 * sum(dump.size for dump in dumps))
    is_particular = subject and subject not in ("system", "model", "parameters") and not blank(subject)
    named = _whole(subject) if subject and is_particular else ""
    seeds = {_page(str(node)) for node in release.graph.all_nodes() if isinstance(node, URIRef)}
    seeds = {node for node in seeds if node.startswith(HUB)} | ({named} if named else set())
    sources: dict[str, tuple[str, ...]] = {}
    for dump in dumps:
        reader.scan(dump, seeds, sources)
    if named and not any(_holds(dump, named) for dump in dumps) and not _described(release, named):
        raise UsageError(
            f"no {subject!r} among the {_counted(dumps)}",
            "write the id as the Hub does: upper and lower case matter",
            source=dumps[0].name if len(dumps) == 1 else "",
        )
    wanted = upstream(seeds or {_only(dumps)}, sources)
    for dump in dumps:
        reader.add(dump, wanted, release)


def upstream(seeds: Iterable[str], sources: dict[str, tuple[str, ...]]) -> set[str]:
    """Return nodes and all that they were made from, over any number of steps; circles end where they began."""
    found = set(seeds)
    waiting = list(found)
    while waiting:
        for source in sources.get(waiting.pop(), ()):
            whole = _page(source)
            if whole not in found:
                found.add(whole)
                waiting.append(whole)
    return found


def links(dump: Dump, progress: Progress | None = None) -> Iterator[Link]:
    """Yield what every record of a dump is of and was made from.

    A record that does not tell what it is of is taken for what the name of the file says, else for a model. Once all
    have been read, the digest of the dump is known.

    Args:
        dump: What to read.
        progress: Told how many bytes of how many have been read.

    Raises:
        InputError: The dump is broken; its ``source`` and ``line`` are set.
    """
    whole = hashlib.sha256()
    with _told(dump) as file:
        yield from dump.stream.links(_lines_of(dump, file, whole, progress), _taken_for(dump))
    dump.digest = whole.hexdigest()


def records(dump: Dump, progress: Progress | None = None) -> Iterator[Record]:
    """Yield all that every record of a dump says, whose digest is known (:func:`add_digest`); see :func:`links`."""
    whole = hashlib.sha256()
    with _told(dump) as file:
        yield from dump.stream.records(_lines_of(dump, file, whole, progress), _taken_for(dump))
        if whole.hexdigest() != dump.digest:
            raise InputError(*_CHANGED)


def add_digest(dump: Dump) -> None:
    """Add its SHA-256 to a dump of which nothing has been read.

    Raises:
        InputError: It cannot be read; its ``source`` is set.
    """
    whole = hashlib.sha256()
    with _told(dump) as file:
        while piece := file.read(1 << 20):
            whole.update(piece)
    dump.digest = whole.hexdigest()


def _lines_of(dump: Dump, file: BinaryIO, whole: hashlib._Hash, progress: Progress | None) -> Iterator[bytes]:
    read = 0

    def seen(piece: bytes) -> None:
        nonlocal read
        whole.update(piece)
        read += len(piece)
        if progress is not None:
            progress(read, dump.size)

    return packed.lines(file, seen)


def _taken_for(dump: Dump) -> Kind:
    return dump.stream.assumed(dump.name, {}) or "models"


class _Reader:
    """Reads dumps, and tells how far it is."""

    def __init__(self, progress: Progress, whole: int) -> None:
        self.progress, self.whole, self.read = progress, whole, 0

    def scan(self, dump: Dump, seeds: set[str], sources: dict[str, tuple[str, ...]]) -> None:
        """Read a dump for the first time."""
        digest = hashlib.sha256()
        with _told(dump) as file:
            for link in dump.stream.links(self._lines(file, digest)):
                dump.counts[link.kind] += 1
                dump.first.setdefault(link.kind, link.id)
                if link.sources:
                    sources[link.id] = (*sources.get(link.id, ()), *link.sources)
                if link.id in seeds:
                    dump.found.add((link.id, link.kind))
        dump.digest = digest.hexdigest()
        dump.assume = dump.stream.assumed(dump.name, dump.counts)

    def add(self, dump: Dump, wanted: set[str], release: Release) -> None:
        """Read a dump for the second time, and add what it says of the nodes that are wanted."""
        digest = hashlib.sha256()
        kept: dict[int, str] = {}
        current = [b""]

        def remembered(lines: Iterator[bytes]) -> Iterator[bytes]:
            for line in lines:
                current[0] = line
                yield line

        with _told(dump) as file:
            found = []
            for record in dump.stream.records(remembered(self._lines(file, digest)), dump.assume, wanted):
                kept[record.line] = current[0][:_SHOWN].decode("utf-8", "replace")
                found.append(record)
            if digest.hexdigest() != dump.digest:
                raise InputError(*_CHANGED)
        release.add_part(reading_of(found), dump.name, kept, dump.format, dump.digest)

    def _lines(self, file: BinaryIO, digest: hashlib._Hash) -> Iterator[bytes]:
        def seen(piece: bytes) -> None:
            digest.update(piece)
            self.read += len(piece)
            self.progress(self.read, self.whole)

        return packed.lines(file, seen)


class _told:
    """Opens a dump, and names it in whatever is wrong with it."""

    def __init__(self, dump: Dump) -> None:
        self.dump = dump

    def __enter__(self) -> BinaryIO:
        try:
            self.file = self.dump.open()
        except OSError as error:
            raise self._unreadable(error) from None
        return self.file

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.file.close()
        if isinstance(error, InputError):
            error.source = error.source or self.dump.name
        elif isinstance(error, OSError):
            raise self._unreadable(error) from None

    def _unreadable(self, error: OSError) -> InputError:
        hint = "check the name and its permissions"
        return InputError(f"cannot be read: {error.strerror}", hint, source=self.dump.name)


def _holds(dump: Dump, node: str) -> bool:
    """Tell whether a node that was looked for is in a dump."""
    kind: Kind = "datasets" if node.startswith(HUB + "datasets/") else "models"
    return (node, kind) in dump.found or (dump.assume == kind and (node, None) in dump.found)


def _only(dumps: Sequence[Dump]) -> str:
    """Return the one model in the dumps, where nothing names another."""
    source = dumps[0].name if len(dumps) == 1 else ""
    models = sum(dump.number_of("models") for dump in dumps)
    if models > 1:
        hint = "name the one to assess with --subject ORG/NAME; it is read with all that it was made from"
        raise UsageError(f"{_counted(dumps)}, of which none is named", hint, source=source)
    for dump in dumps:
        if dump.counts["models"]:
            return dump.first["models"]
        if dump.assume == "models" and dump.counts[None]:
            return dump.first[None]
    hint = "name the description of what was trained on them as well"
    raise NothingToAssessError(f"nothing to assess: {_counted(dumps)}", hint, source=source)


def _counted(dumps: Sequence[Dump]) -> str:
    """Return in words how much the dumps hold."""
    models, data = (sum(dump.number_of(kind) for dump in dumps) for kind in ("models", "datasets"))
    words = [f"{number:,} {word}{'s' * (number != 1)}" for number, word in ((models, "model"), (data, "dataset"))]
    return " and ".join(word for word in words if not word.startswith("0 ")) or "0 records"


def _described(release: Release, node: str) -> bool:
    return any(_page(str(subject)) == node for subject in set(release.graph.subjects()))


def _whole(subject: str) -> str:
    try:
        return _page(resolve(subject, "models"))
    except InputError as error:
        raise UsageError(error.message, error.hint) from None


def _page(iri: str) -> str:
    """Return the page of a node of the Hub: versions and parts of what stands there are read with it."""
    return iri.partition("#")[0]
