"""Which thing in the world a document describes that does not say so: a card in a repository names no repository.

In this order: the id that the user gives with the file, the folder or file name by the conventions of the Hub's tools,
the one release that the other documents describe, and the title. Nothing is matched by likeness.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from rdflib import RDF, URIRef

from osaid_graph.errors import InputError, UsageError
from osaid_graph.graph.ontology import narrower
from osaid_graph.identity import part_of, resolve, short
from osaid_graph.model import Term, Triple
from osaid_graph.reading import Reading, Statement, Unnamed
from osaid_graph.sources import Repair
from osaid_graph.vocab import OSAID

# The cache of huggingface_hub has a folder per repository; people who collect cards name the files in the same way.
_CACHE = re.compile(r"(models|datasets)--([\w.-]+?)(?:--([\w.-]+))?")
_FILE = re.compile(r"([\w.-]+?)--([\w.-]+)")
_TOP = (OSAID.AISystem, OSAID.Model)
_PART_OF = (OSAID.hasModel, OSAID.hasComponent)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read; ``id`` is what the user says it describes, empty where that is left to it.

    ``digest`` is the SHA-256 of the file where that holds ``data`` compressed, ``path`` the file, if it is one.
    """

    name: str
    data: bytes
    format: str
    reading: Reading
    id: str = ""
    digest: str = ""
    path: Path | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file."""
        return self.digest or hashlib.sha256(self.data).hexdigest()


def name_things(documents: Sequence[Document]) -> list[Document]:
    """Return the documents with everything they describe under its own name, as far as that can be known.

    Raises:
        UsageError: An id is given for a document that names what it describes, or the id is none.
    """
    names = {id(each): _name_of(document, each) for document in documents for each in document.reading.unnamed}
    unnamed = [each for document in documents for each in document.reading.unnamed]
    release = _release(documents, names)
    titled = next((each.title for each in unnamed if each.kind == "models" and each.title and not names[id(each)]), "")
    found = []
    for document in documents:
        if document.id and not document.reading.unnamed:
            raise UsageError(
                f"{document.name} says itself what it describes: it is not {document.id!r}",
                "leave out the id before the file name",
            )
        called = {
            str(each.node): names[id(each)] or _otherwise(each, release, titled) for each in document.reading.unnamed
        }
        found.append(replace(document, reading=_renamed(document.reading, called) if called else document.reading))
    return found


def depends_on_others(document: Document) -> bool:
    """Tell whether what a document describes is named after what it is read with."""
    return any(_name_of(document, each) is None for each in document.reading.unnamed)


def _name_of(document: Document, unnamed: Unnamed) -> tuple[str, str] | None:
    """Return the name that the user or the file's name gives, with where it is from; None where neither does."""
    main = unnamed is document.reading.unnamed[0]
    if document.id and main:
        try:
            return resolve(document.id, unnamed.kind), ""
        except InputError as error:
            raise UsageError(f"{document.id!r} is no id: {error.message}", error.hint) from None
    path = PurePosixPath(document.name.replace("\\", "/"))
    for part in reversed(path.parts[:-1]):
        match = _CACHE.fullmatch(part)
        if match and match[1] == unnamed.kind:
            return resolve("/".join(filter(None, match.groups()[1:])), unnamed.kind), "from the name of its folder"
    match = _FILE.fullmatch(path.stem)
    if match and main:
        try:
            return resolve(f"{match[1]}/{match[2]}", unnamed.kind), "from its file name"
        except InputError:
            return None
    return None


def _otherwise(unnamed: Unnamed, release: str | None, title: str) -> tuple[str, str]:
    """Return the name of what no file name tells: of the one release described, else after its title."""
    if unnamed.kind == "models":
        if release:
            return release, "as the one release that the other inputs describe"
        unnamed = replace(unnamed, title=unnamed.title or title)
    if unnamed.title:
        try:
            return resolve(unnamed.title, unnamed.kind), "from its title"
        except InputError:
            pass
    return str(unnamed.node), ""


def _release(documents: Iterable[Document], names: dict[int, tuple[str, str] | None]) -> str | None:
    """Return the one system or model that documents describe under its own name; None if there is not exactly one."""
    described: dict[Term, URIRef] = {}
    parts: set[Term] = set()
    bases: set[Term] = set()
    derivations = narrower(OSAID.derivedFrom)
    models: dict[Term, list[Term]] = {}
    for document in documents:
        called: dict[Term, tuple[str, str] | None] = {each.node: names[id(each)] for each in document.reading.unnamed}
        for statement in document.reading.statements:
            subject, predicate, value = statement.triple
            if subject in called:
                name = called[subject]
                if name is None and predicate == RDF.type:
                    continue
                subject = URIRef(name[0]) if name else subject
            if predicate == RDF.type and value in _TOP and isinstance(subject, URIRef):
                described.setdefault(subject, URIRef(str(value)))
            elif predicate in _PART_OF:
                parts.add(value)
                if predicate == OSAID.hasModel:
                    models.setdefault(subject, []).append(value)
            elif predicate in derivations:
                bases.add(value)
    candidates = [node for node in described if node not in parts and node not in bases]
    if len(candidates) != 1:
        return None
    inner = models.get(candidates[0], [])
    return str(inner[0] if len(inner) == 1 and isinstance(inner[0], URIRef) else candidates[0])


def _renamed(reading: Reading, names: Mapping[str, tuple[str, str]]) -> Reading:
    """Return a reading in which nodes, and their parts, have other names; what has no address is no location.

    Args:
        reading: The reading.
        names: By node its name, and where that is from.
    """

    def called(term: Term) -> Term:
        if not isinstance(term, URIRef):
            return term
        node = str(term)
        while node not in names:  # a part of a node with a fragment stands behind a hyphen
            cut = max(node.rfind("#"), node.rfind("-"))
            if cut < 0:
                return term
            node = node[:cut]
        name, part = names[node][0], str(term)[len(node) + 1 :]
        return URIRef(part_of(name, part) if part else name)

    statements = []
    lines: dict[str, int | None] = {}
    for statement in reading.statements:
        subject, predicate, value = statement.triple
        lines.setdefault(str(subject), statement.line)
        triple: Triple = (called(subject), predicate, called(value))  # type: ignore[assignment]
        if predicate == OSAID.location and str(value) in names and not re.match("https?://", str(triple[2])):
            continue
        statements.append(replace(statement, triple=triple))
    told = [
        Repair(f"it does not say what it describes: taken to be {short(name)}, {why}", lines.get(node))
        for node, (name, why) in reversed(list(names.items()))
        if why
    ]
    return replace(reading, statements=_once(statements), repairs=(*told, *reading.repairs), unnamed=())


def _once(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(dict.fromkeys(statements))


def given(name: str, exists: Callable[[str], bool]) -> tuple[str, str]:
    """Return the id and the file that an INPUT names: ``org/name=README.md``; an empty id where it names a file alone.

    Args:
        name: The INPUT.
        exists: Called with a file name, tells whether there is such a file.
    """
    if exists(name):
        return "", name
    for match in re.finditer("=", name):
        if match.start() and exists(name[match.end() :]):
            return name[: match.start()], name[match.end() :]
    return "", name
