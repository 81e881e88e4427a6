"""Writer of ``osaid.yaml``: the inverse of :mod:`osaid_graph.readers.manifest`, by the same tables.

What is written is read again, and whatever a release says that does not come back the same, with the same source, is
returned beside the text: nothing is dropped in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import RDF, BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.graph.release import Release
from osaid_graph.model import Term
from osaid_graph.readers import manifest as reader
from osaid_graph.readers.manifest_keys import BLOCKS, LONG_DERIVATIONS, MANIFEST, Accepts
from osaid_graph.vocab import CODELISTS, OSAID
from osaid_graph.writers import manifest_words as words
from osaid_graph.writers.claims import Claim, Claims, SourceMentions
from osaid_graph.writers.manifest_blocks import KINDS, Block, BlockBuilder, Item, Place, keys_of, silent_roles
from osaid_graph.writers.manifest_identity import Names
from osaid_graph.writers.manifest_judgements import judgements
from osaid_graph.writers.yaml_text import Section, Yaml, comment, entry

_TOP = ("system", "model", "parameters")
_DATA = ("training-data", "validation-data", "evaluation-data")
#: Keys whose absence tells nothing: names of a node, and other ways to write what another key says.
_UNASKED = ("id", "source", "comment", "not-disclosed", "not-applicable", *LONG_DERIVATIONS)


@dataclass(frozen=True, slots=True)
class Written:
    """A manifest, and the claims that it has no words for."""

    text: str
    left_over: tuple[Claim, ...]


def write(release: Release, subject: IdentifiedNode | None, *, head: Iterable[str] = (), hints: bool = False) -> Written:
    """Write what a release says.

    Args:
        release: The release.
        subject: The system, model or parameters that the manifest is of; None for datasets and judgements alone.
        head: Comments for the top of the file.
        hints: Whether to name, after each block, the keys that nothing was said about.

    Returns:
        The text, and what it leaves over. Texts keep their words, not their line breaks; blank nodes that the manifest
        has to name get an IRI below that of the release; records of reading are not carried over.
    """
    claims = Claims(release)
    names = Names(claims.subjects())
    entries = _Entries(claims, names, subject).all()
    mentions = SourceMentions(release)
    lines = [line for text in head for line in comment(text)]
    lines += _Text(entries, mentions, hints=hints).lines()
    text = "\n".join(lines).rstrip("\n") + "\n"
    left = (*_left_over(claims, text, names), *mentions.unmentioned())
    return Written(text, left)


def _left_over(claims: Claims, text: str, names: Names) -> Iterator[Claim]:
    """Yield the claims that reading the text does not give."""
    there = {
        (*_comparable(statement.triple, names), statement.source.url if statement.source else "")
        for statement in reader.read(text.encode(), reader.NAME).statements
    }
    for claim in claims:
        if (*_comparable((claim.subject, claim.predicate, claim.value), names), claim.source) not in there:
            yield claim


def _comparable(triple: tuple[Term, URIRef, Term], names: Names) -> tuple[Term, ...]:
    """Return a statement as it is compared: blank nodes by the names given to them, texts with single spaces."""
    return tuple(_term(term, names) for term in triple)


def _term(term: Term, names: Names) -> Term:
    if isinstance(term, BNode):
        return names.given.get(term, term)
    text = words.plain_text(term)
    return term if text is None else Literal(text)


class _Entries:
    """The top-level entries of a manifest, in the order in which they are read."""

    def __init__(self, claims: Claims, names: Names, subject: IdentifiedNode | None) -> None:
        self.claims = claims
        self.names = names
        self.subject = subject
        self.builder = BlockBuilder(claims, names)
        self.found: dict[str, list[Item | Block]] = {}

    def all(self) -> dict[str, list[Item | Block]]:
        top = None if self.subject is None else self._top_iri(self.subject)
        self._name_datasets(top)
        if self.subject is not None and top is not None:
            holder = self._release(self.subject, top)
            if holder is not None:
                for name in _DATA:
                    self._put(name, self._used(holder, name))
        self._put("datasets", [block for node in self._datasets() for block in self._dataset(node, top)])
        self._put("judgements", list(judgements(self.claims, top)))
        return self.found

    def _put(self, name: str, values: list[Item | Block]) -> None:
        if values:
            self.found[name] = values

    def _top_iri(self, subject: IdentifiedNode) -> URIRef:
        if isinstance(subject, URIRef):
            return subject
        titles = [words.plain_text(c.value) for c in self.claims.of(subject) if keys_of("system").get(c.predicate, ("",))[0] == "name"]
        slug = URIRef(_named(next((title for title in titles if title), "this release")))
        self.names.given[BNode(subject)] = slug
        return slug

    def _name_datasets(self, top: URIRef | None) -> None:
        """Give an identity to blank nodes that are datasets, before anything refers to them."""
        for node in self.claims.subjects():
            if isinstance(node, BNode) and OSAID.Dataset in self.claims.types(node):
                self.names.of(node, top or URIRef(_named("these data")), "dataset")

    # -- the release and its parts ---------------------------------------------------------------------------

    def _release(self, subject: IdentifiedNode, top: URIRef) -> IdentifiedNode | None:
        """Write the release and its parts; return the node that was trained, None if the release has no name."""
        outer = next((name for name in _TOP if KINDS[name] in self.claims.types(subject)), self._outer(subject))
        place = Place(outer, KINDS[outer], top, outer, repeatable=False, identified=True)
        self._put(outer, list(self.builder.blocks(subject, place)))
        if outer not in self.found:
            return None
        holder = subject
        for name in _TOP[_TOP.index(outer) + 1 :]:
            if name == "model" and self._has_parts(subject, "parameters") and not self._model_leads_on(subject):
                continue
            holder = self._part(top, holder, name)
        self._put("code", [value for claim in self._edges(subject, "code") for value in self._code(claim, top)])
        self._put("data-information", self._data_information(subject, top))
        return holder

    def _outer(self, subject: IdentifiedNode) -> str:
        edges = {claim.predicate for claim in self.claims if claim.value == subject}
        return next((name for name in ("parameters", "model") if MANIFEST[name].writes in edges), "system")

    def _edges(self, node: IdentifiedNode, name: str) -> list[Claim]:
        return [claim for claim in self.claims.of(node) if claim.predicate == MANIFEST[name].writes]

    def _has_parts(self, node: IdentifiedNode, name: str) -> bool:
        return any(words.silence(self.claims, claim.value) is None for claim in self._edges(node, name))

    def _model_leads_on(self, subject: IdentifiedNode) -> bool:
        """Tell whether the parameters are those of the model, so that both can be written."""
        models = [claim.value for claim in self._edges(subject, "model")]
        return any(isinstance(m, IdentifiedNode) and self._has_parts(m, "parameters") for m in models)

    def _part(self, top: URIRef, holder: IdentifiedNode, name: str) -> IdentifiedNode:
        """Write the model or parameters of ``holder``; return the node, or ``holder`` where nothing or a silence is said."""
        edges = self._edges(holder, name)
        for claim in edges:
            if words.silence(self.claims, claim.value) is None and isinstance(claim.value, IdentifiedNode):
                links = tuple(edge for edge in edges if edge.value == claim.value)
                place = Place(name, KINDS[name], top, name, links, repeatable=False)
                blocks = self.builder.blocks(claim.value, place)
                if blocks:
                    self._put(name, list(blocks))
                    return claim.value
        for claim in edges:
            silence = words.silence(self.claims, claim.value)
            if silence:
                self._put(name, [Item(*silence, claim.source)])
                break
        return holder

    # -- code, data information and data -----------------------------------------------------------------------

    def _code(self, claim: Claim, top: URIRef) -> Iterator[Item | Block]:
        node = claim.value
        silence = words.silence(self.claims, node)
        if silence:
            roles = silent_roles(self.claims, node)
            if set(roles) == set(CODELISTS["CodeRole"]) and silence[0] == "not-disclosed":
                yield Item("not-disclosed", {"roles": list(roles), **silence[1]}, claim.source)
            elif roles:
                said: dict[str, Yaml] = {"roles": list(roles), **silence[1]}
                yield Item(said, said, claim.source)
            return
        yield from self._linked(claim, Place("code", OSAID.Code, top, "code"))

    def _linked(self, claim: Claim, place: Place) -> list[Block]:
        """Return the blocks of the node an edge leads to; none where the same edge from another source has them."""
        if not isinstance(claim.value, IdentifiedNode):
            return []
        same = [c for c in self.claims.of(claim.subject) if (c.predicate, c.value) == (claim.predicate, claim.value)]
        if same[0] != claim:
            return []
        linked = Place(place.name, place.kind, place.whole, place.part, tuple(same), refs=place.refs)
        return self.builder.blocks(claim.value, linked)

    def _data_information(self, subject: IdentifiedNode, top: URIRef) -> list[Item | Block]:
        found: list[Item | Block] = []
        place = Place("data-information", OSAID.DataInformation, top, "data-information", refs="datasets")
        for claim in self._edges(subject, "data-information"):
            silence = words.silence(self.claims, claim.value)
            if silence:
                found.append(Item(*silence, claim.source))
            else:
                found += self._linked(claim, place)
        return found

    def _used(self, holder: IdentifiedNode, name: str) -> list[Item | Block]:
        found: list[Item | Block] = []
        for claim in self._edges(holder, name):
            silence = words.silence(self.claims, claim.value)
            target = self.names.given.get(claim.value, claim.value) if isinstance(claim.value, BNode) else claim.value
            text = words.reference(str(target), "datasets") if isinstance(target, URIRef) else None
            if silence:
                found.append(Item(*silence, claim.source))
            elif text:
                found.append(Item(text, {"ref": text}, claim.source))
        return found

    def _datasets(self) -> list[IdentifiedNode]:
        """Return the datasets to describe: all of them, or those within reach where the graph has other releases."""
        every = [node for node in self.claims.subjects() if self._is_dataset(node)]
        near = self._within_reach()
        releases = {KINDS[name] for name in _TOP}
        others = [node for node in self.claims.subjects() if self.claims.types(node) & releases and node not in near]
        return [node for node in every if node in near] if others and self.subject is not None else every

    def _is_dataset(self, node: IdentifiedNode) -> bool:
        if isinstance(node, BNode):
            return node in self.names.given and OSAID.Dataset in self.claims.types(node)
        return OSAID.Dataset in self.claims.types(node) or (node in self._data and not self._has_class(node))

    @property
    def _data(self) -> set[Term]:
        uses = {*(MANIFEST[name].writes for name in _DATA), OSAID.filteredFrom, OSAID.subsetOf}
        return {claim.value for claim in self.claims if claim.predicate in uses}

    def _has_class(self, node: IdentifiedNode) -> bool:
        return any(kind in OSAID for kind in self.claims.types(node) if isinstance(kind, URIRef))

    def _within_reach(self) -> set[IdentifiedNode]:
        near: set[IdentifiedNode] = set()
        waiting = [] if self.subject is None else [self.subject]
        while waiting:
            node = waiting.pop()
            if node not in near:
                near.add(node)
                waiting += [c.value for c in self.claims.of(node) if isinstance(c.value, IdentifiedNode)]
        return near

    def _dataset(self, node: IdentifiedNode, top: URIRef | None) -> list[Block]:
        whole = top or URIRef(_named("these data"))
        return self.builder.blocks(node, Place("dataset", OSAID.Dataset, whole, "dataset", refs="datasets"))


def _named(title: str) -> str:
    from osaid_graph.identity import NAMED, resolve

    return resolve(title, "models") if any(c.isalnum() for c in title) else f"{NAMED}this-release"


class _Text:
    """The lines of a manifest from its entries."""

    def __init__(self, entries: dict[str, list[Item | Block]], mentions: SourceMentions, *, hints: bool) -> None:
        self.entries = entries
        self.mentions = mentions
        self.hints = hints
        self.default = _commonest([value for values in entries.values() for value in values])

    def lines(self) -> Iterator[str]:
        if self.default:
            yield from entry("source", self.mentions.mention(self.default))
            yield ""
        for name, key in MANIFEST.items():
            if name in self.entries:
                yield from entry(name, self._value(key.accepts, self.entries[name]))
                yield ""
            elif self.hints and name not in ("imports", "source", "model", "datasets"):
                yield from comment(f"nothing said: {name} ({key.meaning})")
                yield ""

    def _value(self, accepts: Accepts, values: list[Item | Block]) -> Yaml:
        listed = [self._shown(value, self.default) for value in values]
        if len(listed) == 1 and accepts not in (Accepts.BLOCKS, Accepts.DATASETS):
            return listed[0]
        if len(listed) == 1 and isinstance(listed[0], str) and not isinstance(values[0], Block):
            return listed[0] if listed[0] == "not-disclosed" else listed
        return listed

    def _shown(self, value: Item | Block, default: str) -> Yaml:
        if isinstance(value, Block):
            return self._section(value, default)
        if value.source == default or value.long is None or not value.source:
            return value.short
        return {**value.long, "source": self.mentions.mention(value.source)}

    def _section(self, block: Block, default: str) -> Section:
        section = Section()
        for name in BLOCKS[block.name]:
            if name == "source" and block.source and block.source != default:
                section[name] = self.mentions.mention(block.source)
            elif name in block.entries:
                shown = _joined([self._shown(value, block.source) for value in block.entries[name]])
                words_ = BLOCKS[block.name][name].accepts in (Accepts.WORDS, Accepts.REFERENCES, Accepts.DERIVATIONS)
                section[name] = shown[0] if len(shown) == 1 and not words_ else shown
        if self.hints and (silent := self._unsaid(block)):
            section.comments.append("nothing said: " + ", ".join(silent))
        return section

    def _unsaid(self, block: Block) -> list[str]:
        if block.name == "judgement":
            return []
        shown = {name for name, _ in keys_of(block.name).values()} - {"version"}
        return [n for n in BLOCKS[block.name] if n in shown and n not in block.entries and n not in _UNASKED]


def _joined(shown: list[Yaml]) -> list[Yaml]:
    """Return the values of a key; derivations of one kind and source together: ``{filtered: [a, b]}``."""
    joined: list[Yaml] = []
    for value in shown:
        same = next((other for other in joined if _same_kind(other, value)), None)
        if isinstance(same, dict) and isinstance(value, dict):
            kind = next(iter(value))
            before = same[kind]
            same[kind] = [*(before if isinstance(before, list) else [before]), value[kind]]
        else:
            joined.append(dict(value) if isinstance(value, dict) and not isinstance(value, Section) else value)
    return joined


def _same_kind(one: Yaml, other: Yaml) -> bool:
    from osaid_graph.readers.manifest_keys import DATASET_DERIVATIONS, PARAMETER_DERIVATIONS

    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    kind = next(iter(one), "")
    known = kind in DATASET_DERIVATIONS or kind in PARAMETER_DERIVATIONS
    return known and list(one) == list(other) and one.get("source") == other.get("source")


def _commonest(values: list[Item | Block]) -> str:
    """Return the source that most entries have; none where one has no source but the file."""
    if any(value.speaks_for_file() if isinstance(value, Block) else not value.source for value in values):
        return ""
    counts = Counter(value.source for value in values)
    return max(counts, key=lambda source: counts[source]) if counts else ""
