"""The files of a profile: found within limits, read, with the place of everything they say."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import Final

from rdflib import Graph, URIRef
from rdflib.term import IdentifiedNode, Literal, Node

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.readers.limits import MAX_BYTES
from osaid_graph.readers.rdf import turtle
from osaid_graph.sources import Location, Source
from osaid_graph.vocab import BASE

#: Turtle files of one profile; together they may have as many bytes as one document, ``MAX_BYTES``.
MAX_FILES: Final = 200
#: Files and folders that are looked at to find them: a profile is not the whole of somebody's disk.
MAX_ENTRIES: Final = 10_000

#: Where profiles that are shipped have their names; all else under ``BASE`` is the definition's, its shapes' and its
#: ontology's, and a profile says nothing of it.
_PROFILES = BASE + "profile/"


class Folder:
    """The Turtle files of a profile as read.

    ``graphs`` are the statements of each file by its name, ``whole`` those of all; ``files`` what was read.

    Raises:
        InputError: There is no Turtle, more than the limits allow, or a file that cannot be read, is no Turtle, uses a
            term that the ontology does not have, or says something of what is shipped.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.graphs: dict[str, Graph] = {}
        self.files: list[Source] = []
        self.whole = Graph()
        self._places: dict[tuple[Node, Node | None], Location] = {}
        self._left = MAX_BYTES
        paths = self._paths()
        if not paths:
            raise self.wrong(None, "no Turtle file in this folder", "a profile is a folder of .ttl files")
        for file in paths:
            self._read(file)

    def wrong(self, node: Node | None, message: str, hint: str, *, at: Node | None = None) -> InputError:
        """Return an error about a node: where its property ``at`` is stated, or where it is first spoken of."""
        place = None if node is None else self._places.get((node, at)) or self._places.get((node, None))
        source = place.source if place else str(self.path)
        return InputError(message, hint, source=source, line=place.line if place else None)

    def _paths(self) -> list[Path]:
        """Return the Turtle files under the folder, sorted; links to folders are not followed."""
        found: list[Path] = []
        entries = 0
        for folder, folders, names in os.walk(self.path, onerror=_unreadable):
            entries += len(folders) + len(names)
            if entries > MAX_ENTRIES:
                limit = f"more than {MAX_ENTRIES:,} files and folders in this folder"
                raise self.wrong(None, limit, "name the folder that holds the profile alone")
            found += (Path(folder) / name for name in names if name.endswith(".ttl"))
            if len(found) > MAX_FILES:
                raise self.wrong(None, f"more than {MAX_FILES} Turtle files in this folder", "put some into one")
        return sorted(found)

    def _read(self, path: Path) -> None:
        name = str(path)
        try:
            data = self._bytes(path)
            reading = turtle.read(data, name)
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", "check its permissions", source=name) from None
        except InputError as error:
            error.source = error.source or name
            raise
        graph = self.graphs[name] = Graph()
        for statement in reading.statements:
            subject, predicate, value = statement.triple
            _refuse_shipped(subject, name, statement.line)
            if isinstance(value, Literal) and value.ill_typed:
                message = f"{shortened(str(value))!r} is no {shortened(str(value.datatype))}"
                raise InputError(message, "write a value of that type", source=name, line=statement.line)
            graph.add(statement.triple)
            self.whole.add(statement.triple)
            place = Location(name, statement.line)
            self._places.setdefault((subject, None), place)
            self._places.setdefault((subject, predicate), place)
        digest = hashlib.sha256(data).hexdigest()
        self.files.append(Source(name, turtle.NAME, digest, URIRef(f"urn:osaid:source:{digest[:16]}")))

    def _bytes(self, path: Path) -> bytes:
        """Return a file as far as the limit leaves room: it may be longer than its size says, or have no end."""
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError("cannot be read: no regular file", "a profile is a folder of .ttl files")
        with path.open("rb") as file:
            data = file.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            limit = f"with this file the profile is larger than {MAX_BYTES // (1024 * 1024)} MiB"
            raise InputError(limit, "leave out what no requirement or rule needs")
        return data


def _unreadable(error: OSError) -> None:
    raise InputError(f"cannot be read: {error.strerror}", "check its permissions", source=str(error.filename)) from None


def _refuse_shipped(subject: IdentifiedNode, name: str, line: int | None) -> None:
    """Refuse a statement about what is shipped: it would change the definition under its own name."""
    iri = str(subject)
    if iri.startswith(BASE) and not iri.startswith(_PROFILES):
        raise InputError(
            f"a statement about {iri.removeprefix(BASE)}, which is shipped: a profile cannot change it",
            "osaid:omits leaves a requirement out, osaid:wording words it anew; all else has a namespace of your own",
            source=name,
            line=line,
        )
