"""Reader of ``CITATION.cff`` (Citation File Format 1.2.0): what software or a dataset is, and its terms.

The file describes the repository it lies in. Which part code plays in a release it does not say, so none is made up;
the node joins a release where another description names the same repository.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rdflib import DCTERMS, Literal, URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import HUB, part_of, shortened, unnamed
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.fields import Field, Fields
from osaid_graph.readers.text import decode
from osaid_graph.readers.tree import Mapping, Scalar
from osaid_graph.readers.works.addresses import identifier, is_repository, location
from osaid_graph.readers.yaml_tree import parse
from osaid_graph.reading import Reading, Unnamed
from osaid_graph.vocab import CODE, OSAID

NAME = "citation-cff"
STATES = frozenset((OSAID.license, OSAID.location, OSAID.revision, OSAID.hasDocument, OSAID.documentRole))
_KINDS = {"software": OSAID.Code, "dataset": OSAID.Dataset}
#: Kinds of cited work that are written for researchers.
_PAPERS = frozenset(("article", "conference-paper", "thesis", "unpublished"))
#: Where a work is kept, the closest to the work itself first.
_KEPT = ("repository-code", "repository", "repository-artifact")


def sniff(data: bytes) -> bool:
    """Tell whether a line starts with the key that every citation file has."""
    return re.search(rb"(?m)^(?:\xef\xbb\xbf)?[\"']?cff-version[\"']?\s*:", data[: 1 << 16]) is not None


def read(data: bytes, name: str) -> Reading:
    """Read a citation file.

    Raises:
        InputError: Not UTF-8, not YAML, or no citation file; always with the line.
    """
    tree = parse(decode(data))
    if not isinstance(tree, Mapping) or not {"cff-version", "title"} & set(tree.values):
        raise InputError(
            "no citation file: it has neither cff-version nor title",
            "see https://citation-file-format.github.io",
            line=tree.line if tree else 1,
        )
    return _Citation(Fields(tree), data).read()


class _Citation:
    def __init__(self, fields: Fields, data: bytes) -> None:
        self.fields = fields
        self.out = ClaimWriter()
        version = fields.get("cff-version")
        if version is not None:
            version.read()
        self.kind = self._kind()
        named = self._identity()
        self.node = named or URIRef(unnamed(data))
        self.is_named = named is not None

    def read(self) -> Reading:
        fields, out, node = self.fields, self.out, self.node
        title = fields.text("title")
        at = fields.get("title") or fields
        if self.kind is not None:
            out.thing(node, self.kind, at, title, fields.text("version"))
        elif title:
            out.say(node, DCTERMS.title, Literal(title), at)
        released = fields.get("date-released")
        if released is not None:
            out.issued(node, released.text(), released)
        _terms(out, node, fields)
        self._locations()
        self._revision()
        for author in fields.each("authors"):
            _agent(out, node, author)
        cited = fields.get("preferred-citation")
        if cited is not None:
            _document(out, node, cited)
        is_data = self.kind == OSAID.Dataset and not self.is_named
        return out.reading(fields.unread(), [Unnamed(node, "datasets", title)] if is_data else [])

    def _kind(self) -> URIRef | None:
        said = self.fields.get("type")
        word = self.fields.text("type")
        kind = _KINDS.get(word.casefold() or "software")
        if kind is None and said is not None:
            self.out.repair(f"type {shortened(word)!r} is neither software nor dataset: what it is stays unsaid", said)
        return kind

    def _identity(self) -> URIRef | None:
        """Return the IRI of the work: for code its repository, for a dataset its page on the Hub, else its DOI."""
        kept = self._named(self.fields.get(key) for key in (*_KEPT, "url"))
        named = self._named((self.fields.get("doi"), *self._identifiers("doi")))
        first: list[tuple[URIRef, Field]] = []
        if self.kind == OSAID.Dataset:
            first = [each for each in kept if each[0].startswith(HUB + "datasets/")]
        elif self.kind == OSAID.Code:
            first = self._named([self.fields.get("repository-code")]) or [e for e in kept if is_repository(e[0])]
        for iri, field in (*first, *named, *kept, *self._named(self._identifiers("url", "swh"))):
            field.read()
            return iri
        return None

    def _named(self, fields: Iterable[Field | None]) -> list[tuple[URIRef, Field]]:
        """Return the IRIs that fields name something by, with the field; what names nothing is left out, unread."""
        found = ((identifier(each.value.text), each) for each in fields if each and isinstance(each.value, Scalar))
        return [(iri, field) for iri, field in found if iri is not None]

    def _identifiers(self, *kinds: str) -> Iterator[Field]:
        for each in self.fields.each("identifiers"):
            yield from self._values(each, *kinds)

    def _values(self, entry: Field, *kinds: str) -> Iterator[Field]:
        """Yield the value of an identifier that is of one of several kinds; none of it counts as read by that."""
        kind, value = entry.get("type"), entry.get("value")
        if kind is not None and isinstance(kind.value, Scalar) and kind.value.text.strip().casefold() in kinds:
            yield from () if value is None else (value,)

    def _locations(self) -> None:
        found = [field for key in _KEPT if (field := self.fields.get(key)) is not None]
        url = self.fields.get("url")
        for field in found or ([url] if url is not None else []):
            where = location(self.out, field.text(), field)
            if where is not None:
                self.out.say(self.node, OSAID.location, where, field)

    def _revision(self) -> None:
        """Say which state of code is meant: the commit, and an identifier of Software Heritage."""
        if self.kind != OSAID.Code:
            return
        commit = self.fields.get("commit")
        if commit is not None and commit.text():
            self.out.say(self.node, OSAID.revision, Literal(commit.text()), commit)
        for each in self.fields.each("identifiers"):
            for archived in self._values(each, "swh"):
                if each.text("type") and archived.text():
                    self.out.say(self.node, OSAID.revision, Literal(archived.text()), archived)


def _terms(out: ClaimWriter, node: URIRef, work: Field) -> None:
    """Say the licence: several are a choice between them, as the format defines it."""
    said = work.get("license")
    words = [text for each in work.each("license") if (text := each.text())]
    if said is not None and words:
        out.tell(node, OSAID.license, " OR ".join(words), said)
        return
    address = work.get("license-url")
    if address is not None:
        out.tell(node, OSAID.license, address.text(), address)


def _agent(out: ClaimWriter, node: URIRef, author: Field) -> None:
    """Say who made something: an organisation by its name, a person by all parts of theirs."""
    parts = ("name", "given-names", "name-particle", "family-names", "name-suffix")
    name = author.text() if author.is_text else " ".join(text for key in parts if (text := author.text(key)))
    out.agent(node, DCTERMS.creator, name or author.text("alias"), author, author.text("orcid"))


def _document(out: ClaimWriter, node: URIRef, cited: Field) -> None:
    """Say what the work asks to be cited by instead of itself, unless that is no document."""
    if not cited.is_block or cited.text("type").casefold() in ("software", "dataset"):
        return
    texts = [cited.text("doi"), cited.text("url")]
    texts += [each.text("value") for each in cited.each("identifiers") if each.text("type") in ("doi", "url")]
    iri = next((found for text in texts if (found := identifier(text)) is not None), None)
    document = iri or URIRef(part_of(node, "preferred-citation"))
    out.say(node, OSAID.hasDocument, document, cited)
    out.thing(document, OSAID.Document, cited, cited.text("title"))
    if cited.text("type").casefold() in _PAPERS:
        out.say(document, OSAID.documentRole, CODE["research-paper"], cited.get("type") or cited)
    _terms(out, document, cited)
