"""What model cards and dataset cards have in common: keys, sections, terms, access, papers, and what is left unread."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import DCTERMS, RDF, Literal, URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import HUB, NAMED, Kind, part_of, shortened, unnamed
from osaid_graph.readers.cards.front_matter import front_matter
from osaid_graph.readers.cards.markdown import Line, Section, named, sections
from osaid_graph.readers.cards.text import (
    Label,
    is_placeholder,
    is_slot,
    labels,
    links,
    says_something,
    shown,
    unlinked,
)
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.fields import Field, Fields
from osaid_graph.readers.place import At, Place
from osaid_graph.readers.text import decode
from osaid_graph.readers.tree import Scalar
from osaid_graph.reading import Reading, Unnamed
from osaid_graph.sources import Unread
from osaid_graph.vocab import CODE, OSAID

#: Ids of the Hub's early days, without an organisation: https://huggingface.co/datasets/wikitext.
_SINGLE_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
#: Names of loaders and words for nothing, which tools and people put where an id belongs.
_NO_IDS = frozenset(
    "arrow audiofolder csv generator imagefolder json none null other pandas parquet text unknown videofolder".split()  # noqa: SIM905
)
#: Words that name something, but no repository.
_NO_REPOSITORIES = frozenset(["custom", "internal", "private", "proprietary", "synthetic"])
_ARXIV = re.compile(r"arxiv:(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE)
_CARD = r"(?:dataset|data|model)\s?card"
_TITLE_WORDS = re.compile(rf"^\W*{_CARD}(?:\s+(?:for|of))?\b[\s:-]*|[\s:-]*\b{_CARD}$", re.IGNORECASE)
_NO_TITLES = frozenset(("dataset name", "model id", "model name", "model card", "dataset card", "data card", ""))
#: Characters of a heading in which the name of a model or dataset is looked for.
_MAX_TITLE = 300
#: Sections that lead to others and say nothing themselves.
_NAVIGATION = frozenset(("table of contents", "contents", "toc"))
#: A licence written out in the body is a text of the terms, not their name.
_MAX_LICENSE = 200


class Card:
    """One card, and what is said in it of one thing.

    Args:
        data: The file.
        kind: What the card is about.

    Raises:
        InputError: It is no UTF-8 text, empty, or its front matter cannot be read.
    """

    def __init__(self, data: bytes, kind: Kind) -> None:
        lines = decode(data).split("\n")
        if not any(line.strip() for line in lines):
            raise InputError("the file is empty", "describe a model or dataset in it")
        head = front_matter(lines)
        self.kind: Kind = kind
        self.fields = Fields(head.tree)
        self.sections = sections(lines[head.length :], head.length + 1)
        self.node = URIRef(unnamed(data))
        self.out = ClaimWriter()
        self.out.repairs.extend(head.repairs)
        self._read: set[int] = set()

    def reading(self, title: str) -> Reading:
        """Return everything that was said of the card's subject, which it does not name."""
        unread = (*self._unread_keys(), *self._unread_sections())
        return self.out.reading(unread, [Unnamed(self.node, self.kind, title)])

    # -- names -----------------------------------------------------------------------------------------------

    def title(self, field: Field | None) -> tuple[str, Place]:
        """Return what the card calls its subject, in a field or in its first heading, and where."""
        if field is not None and isinstance(field.value, Scalar) and not is_slot(field.value.text):
            return field.read().text(), field
        first = next((section for section in self.sections if section.title), None)
        if first is None:
            return "", At(1)
        words = unlinked(_TITLE_WORDS.sub("", first.title[:_MAX_TITLE]).replace("**", "").replace("`", "")).strip("# ")
        place = At(first.line, f"# {first.title}")
        # A heading below other text is that of a section, unless it says what it is.
        is_title = first.is_top and (words != first.title.strip("# ") or not says_something(self.sections[0].text()))
        if not is_title or named(words) in _NO_TITLES or is_slot(words):
            return "", place
        return words, place

    def reference(self, field: Field, text: str, kind: Kind) -> URIRef | None:
        """Return what an id in a card stands for, and count the field as read; None where it is none.

        A name without an organisation that no alias has is the Hub's repository of that name, as ids were before
        there were organisations; anything with capitals or spaces stays a name.
        """
        words = text.strip()
        if not words or words.casefold() in _NO_IDS:
            return None
        if is_slot(words):
            self.out.repair(f"{shortened(words)!r} is a place of a template that was not filled in: left out", field)
            field.read()
            return None
        field.read()
        found = self.out.reference(words, kind, field)
        if found is None or not found.startswith(NAMED):
            return found
        if words in _NO_REPOSITORIES or not _SINGLE_ID.fullmatch(words):
            return found
        return URIRef(f"{HUB}{'datasets/' if kind == 'datasets' else ''}{words}")

    # -- keys ------------------------------------------------------------------------------------------------

    def license(self, node: URIRef) -> bool:
        """Say the terms that the front matter states, and tell whether it states any.

        For ``other`` its name, its details and its address stand in, as far as they are given.
        """
        stated = [each for key in ("license", "licenses") for each in leaves(self.fields.get(key))]
        named_ = [each for key in ("license_name", "license_details") for each in leaves(self.fields.get(key))]
        others = [each for each in stated if peek(each).casefold() == "other"]
        instead = not stated or bool(others)
        found = False
        if instead:
            for each in named_:
                found |= self._term(node, each)
            link = self.fields.get("license_link")
            if link is not None and link.is_text and peek(link):
                found |= self._license_link(node, link)
        for each in stated:
            if each in others and found:
                each.read()
            else:
                found |= self._term(node, each)
        words = {named(peek(each)) for each in stated}
        for each in named_:
            if named(peek(each)) in words:
                each.read()
        return found

    def _term(self, node: URIRef, field: Field) -> bool:
        words = peek(field)
        if not words:
            return False
        field.read()
        if is_slot(words):
            self.out.repair(f"{shortened(words)!r} is a place of a template that was not filled in: left out", field)
            return False
        self.out.tell(node, OSAID.license, words, field)
        return True

    def _license_link(self, node: URIRef, link: Field) -> bool:
        """Say the address of a licence: a URL, or a file of the repository that the card stands in."""
        address = peek(link)
        if not address.startswith(("http://", "https://")):
            file = address.removeprefix("./").lstrip("/")
            address = f"{self.node}/blob/main/{'%20'.join(file.split())}"
        found = self.out.iri(address, link.read())
        if found is None:
            return False
        self.out.say(node, OSAID.license, found, link)
        return True

    def access(self, node: URIRef) -> None:
        """Say what stands before access: the gate that the front matter describes."""
        gated = self.fields.get("gated")
        gated = gated if gated is not None and gated.is_text else None
        prompts = [self.fields.get(f"extra_gated_{key}") for key in ("prompt", "description", "heading")]
        asked = self.fields.get("extra_gated_fields")
        said = [each for each in prompts if each is not None and each.is_text]
        word = self.fields.text("gated").casefold() if gated is not None else ""
        manner = {"manual": "gated", "false": "ungated"}.get(word, "click-through")
        place = gated if gated is not None else next(iter(said), asked)
        if place is not None:
            comments = [shown(each.read().text()) for each in said]
            if asked is not None and asked.is_block:
                comments.append("asks for: " + ", ".join(asked.read().keys()))
            self.out.access(node, manner, place, " ".join(comments))
        barred = self.fields.get("extra_gated_eu_disallowed")
        if barred is not None and self.fields.flag("extra_gated_eu_disallowed"):
            self.out.access(node, "region-restricted", barred, "not in the European Union")

    def tags(self) -> Iterator[tuple[str, str, Field]]:
        """Yield the tags that say more than a word: what before the first colon, what behind it, and where."""
        for tag in self.fields.each("tags"):
            if isinstance(tag.value, Scalar):
                before, colon, behind = tag.value.text.strip().partition(":")
                if colon and behind.strip():
                    yield before.casefold(), behind.strip(), tag

    def papers(self, node: URIRef) -> None:
        """Say which papers the tags name."""
        for _, _, tag in self.tags():
            match = _ARXIV.fullmatch(peek(tag))
            if match:
                self._document(node, f"https://arxiv.org/abs/{match[1]}", "", "research-paper", tag.read())

    # -- sections and labels ---------------------------------------------------------------------------------

    def labels(self, *names: str) -> Iterator[Label]:
        """Yield the labelled lines of the sections that have one of these names or stand in one that has."""
        for section in self.sections:
            if section.name in names or any(above.name in names for above in section.ancestors()):
                yield from labels(section)

    def read_line(self, line: Line) -> None:
        """Count a line of a section as read."""
        self._read.add(line.number)

    def done(self, label: Label) -> None:
        """Count a labelled line as read."""
        self._read.update(label.lines)

    def text(self, section: Section, known: frozenset[str]) -> str:
        """Return the text of a section with those below it that are not known for themselves, and count it as read."""
        parts: list[str] = []
        waiting = [section]
        while waiting:
            each = waiting.pop()
            own = [line for line in each.lines if line.number not in self._read]
            words = "\n".join(line.text for line in own).strip()
            if each is not section and says_something(words):
                parts.append(f"{each.title}:")
            if says_something(words):
                parts.append(words)
            self._read.update(line.number for line in own)
            waiting.extend(below for below in reversed(each.below) if below.name not in known)
        return "\n".join(parts)

    def documents(self, node: URIRef, label: Label, role: str = "") -> None:
        """Say that the addresses in a labelled line are documents about a node; a placeholder's lead to none."""
        if is_placeholder(label.value):
            return
        for link in links(label.value):
            self._document(node, link.url, link.words, role, label)
            self.done(label)

    def publisher(self, node: URIRef, label: Label) -> None:
        """Say that who a labelled line names released a node."""
        if not says_something(label.value) or is_placeholder(label.value):
            return
        found = links(label.value)
        name = shown(unlinked(label.value))
        if name.startswith("[") and name.endswith("]"):  # the place of the template, filled in with its brackets
            name = name[1:-1]
        alone = len(found) == 1 and name in (found[0].words, found[0].url)
        iri = found[0].url if alone else ""
        self.out.agent(node, DCTERMS.publisher, "" if name == iri else name, label, iri)
        self.done(label)

    def license_in_body(self, node: URIRef, label: Label) -> None:
        """Say the terms of a labelled line, for a card whose front matter states none."""
        if self._stated_terms(node, label.value, label):
            self.done(label)

    def license_in_section(self, node: URIRef, section: Section) -> None:
        """Say the terms of a section, for a card whose front matter states none."""
        if self._stated_terms(node, section.text(), At(section.line, section.path)):
            self._read.update(line.number for line in section.lines)

    def _stated_terms(self, node: URIRef, text: str, place: Place) -> bool:
        """Say terms that are named; where they are told at length, their name is for people to find."""
        if is_placeholder(text):
            self.out.withhold(node, OSAID.license, place, shown(unlinked(text)))
            return True
        if not says_something(text) or len(text) > _MAX_LICENSE:
            return False
        self.out.tell(node, OSAID.license, shown(text.strip("` \n")), place)
        return True

    def card_document(self, role: str, place: Place) -> URIRef:
        """Return the card itself as a document about its subject; it is read on the page of the repository."""
        card = URIRef(part_of(self.node, f"document-{role}"))
        self.out.document(self.node, card, [role], place)
        self.out.say(card, OSAID.location, self.node, place)
        return card

    def _document(self, node: URIRef, url: str, title: str, role: str, place: Place) -> None:
        iri = self.out.iri(url, place)
        if iri is None:
            return
        self.out.say(node, OSAID.hasDocument, iri, place)
        self.out.say(iri, RDF.type, OSAID.Document, place)
        if role:
            self.out.say(iri, OSAID.documentRole, CODE[role], place)
        if says_something(title) and named(title) not in ("link", "paper", "arxiv", "pdf", "here", "homepage"):
            self.out.say(iri, DCTERMS.title, Literal(" ".join(title.split())), place)

    # -- what was not read -----------------------------------------------------------------------------------

    def _unread_keys(self) -> Iterator[Unread]:
        """Yield the keys that nothing was made of, each by its name even where that is all of them."""
        for each in self.fields.unread():
            if each.field != ".":
                yield each
                continue
            for key, field in self.fields.items():
                for inside in Fields(field.value).unread():
                    yield Unread(key, inside.count, field.line)

    def _unread_sections(self) -> list[Unread]:
        """Return the labelled lines and the sections with words that nothing was made of, under their headings."""
        found: dict[str, Unread] = {}
        for section in self.sections:
            if section.name in _NAVIGATION:
                continue
            labelled = {number for label in labels(section) for number in label.lines}
            places = [
                (label.path, label.value, label.line) for label in labels(section) if label.line not in self._read
            ]
            own = [line for line in section.lines if line.number not in self._read and line.number not in labelled]
            path = section.path or "(before the first heading)"
            first = next((line.number for line in own if line.text.strip()), section.line)
            places.append((path, "\n".join(line.text for line in own), section.line or first))
            for field, text, line in sorted(places, key=lambda place: place[2]):
                if says_something(text) and not is_placeholder(text):
                    before = found.get(field)
                    found[field] = Unread(field, 1 + (before.count if before else 0), before.line if before else line)
        return list(found.values())


def peek(field: Field) -> str:
    """Return the text of a field without counting it as read; empty for anything but a text."""
    return field.value.text.strip() if isinstance(field.value, Scalar) else ""


def leaves(field: Field | None) -> Iterator[Field]:
    """Yield the texts in a field: itself, the entries of a list, or those of a block, as a card has one by subset."""
    if field is None:
        return
    if field.is_block:
        for _, each in field.items():
            yield from leaves(each)
    elif field.is_list:
        for each in field.each():
            yield from leaves(each)
    else:
        yield field
