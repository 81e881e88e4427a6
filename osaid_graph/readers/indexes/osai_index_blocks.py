"""The judgements of the European Open Source AI Index, block by block, as what they say of a model."""

from __future__ import annotations

import re
from typing import NamedTuple

from rdflib import URIRef

from osaid_graph.identity import canonical, is_url, part_of, shortened
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.fields import Field, Fields
from osaid_graph.readers.indexes.hub_pages import dataset_at, model_at
from osaid_graph.readers.tree import Scalar
from osaid_graph.vocab import CODE, OSAID

_CLASSES = ("open", "partial", "closed")
#: Words that people wrote for a class.
_MISSPELT = {"opem": "open", "full": "open", "parial": "partial", "partially": "partial", "close": "closed"}
#: The front page of a repository: code, on which a document about it may well be read.
_REPOSITORY = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[^/?#]+/[^/?#]+/?", re.IGNORECASE)


def fold(text: str) -> str:
    """Return a text as it is compared with words of the format: without case and runs of white space."""
    return " ".join(text.split()).casefold()


class Judgement(NamedTuple):
    """One block: its class, the links that show it, the notes, and the fields of class and notes."""

    word: str
    links: tuple[tuple[str, Field], ...]
    notes: str
    at: Field
    notes_at: Field

    @property
    def remark(self) -> str:
        """The notes and the links, as a refusal carries them."""
        return " ".join((self.notes, *(link for link, _ in self.links))).strip()


class Blocks:
    """Writes the blocks of one entry, on the models that they are about."""

    def __init__(self, out: ClaimWriter, fields: Fields) -> None:
        self.out, self.fields = out, fields
        self._weights: dict[URIRef, URIRef] = {}
        self._models: set[URIRef] = set()

    def models(self, *nodes: URIRef) -> None:
        """Name the models of the entry: what leads to their pages is about them, and not itself something else."""
        self._models.update(nodes)

    def parameters(self, model: URIRef, at: Field) -> URIRef:
        """Return the parameters of a model."""
        if model not in self._weights:
            self._weights[model] = self.out.parameters(model, at)
        return self._weights[model]

    def stated(self, key: str) -> Field | None:
        """Return the class of a block, if it has one."""
        found = self.fields.get(key, "class")
        return found if found is not None and isinstance(found.value, Scalar) and fold(found.value.text) else None

    def _judgement(self, key: str, words: tuple[str, ...] = _CLASSES) -> Judgement | None:
        """Return a block if its class is one of ``words``; nothing of it is read otherwise."""
        at = self.fields.get(key, "class")
        if at is None or not isinstance(at.value, Scalar):
            return None
        said = fold(at.value.text)
        word = _MISSPELT.get(said, said)
        if said and word not in _CLASSES and words == _CLASSES:
            self.out.repair(f"{shortened(said)!r} is no class of the index: left out", at)
        if word not in words:
            return None
        at.text()
        if word != said:
            self.out.repair(f"the class {said!r} is read as {word!r}", at)
        links = tuple((text, link) for link in self.fields.each(key, "link") if (text := link.text()))
        notes = self.fields.get(key, "notes")
        return Judgement(word, links, notes.text() if notes is not None else "", at, notes or at)

    # -- data, weights, terms --------------------------------------------------------------------------------

    def data(self, key: str, model: URIRef) -> None:
        """Write what a block says of the data that a model was trained on."""
        found = self._judgement(key)
        if found is None:
            return
        trained = self.parameters(model, found.at)
        if found.word == "closed":
            self.out.withhold(trained, OSAID.trainedOn, found.at, found.remark)
            return
        for link, at in found.links:
            dataset = dataset_at(link)
            if dataset is not None:
                self.out.say(trained, OSAID.trainedOn, URIRef(dataset), at)
            else:
                self._information(model, link, at)
        if found.word == "partial":
            self.out.say(trained, OSAID.completeness, CODE["incomplete"], found.at)
        self.out.comment(trained, found.notes, found.notes_at)

    def weights(self, key: str, model: URIRef) -> None:
        """Write where a block says that the weights of a model are."""
        found = self._judgement(key)
        if found is None:
            return
        weights = self.parameters(model, found.at)
        if found.word == "closed":
            self.out.withhold(weights, OSAID.location, found.at, found.remark)
            return
        for link, at in found.links:
            self.out.tell(weights, OSAID.location, link, at)
        self.out.comment(weights, found.notes, found.notes_at)

    def licenses(self, model: URIRef, stated: bool) -> None:
        """Write what the index remarks on the licences; they are withheld only where it names none."""
        found = self._judgement("licenses")
        if found is None:
            return
        weights = self.parameters(model, found.at)
        if found.word == "closed" and not stated:
            self.out.withhold(weights, OSAID.license, found.at, found.remark)
        elif found.remark:
            self.out.comment(weights, f"Licences: {found.remark}", found.at)

    # -- code and documents ----------------------------------------------------------------------------------

    def code(self, key: str, model: URIRef) -> None:
        """Write the code that a model was trained with."""
        found = self._judgement(key)
        if found is None:
            return
        if found.word == "closed":
            self.out.withhold_code(model, ["training"], found.at, found.remark)
            return
        nodes = [(self._own(model, link, "code-training", code=True), link, at) for link, at in found.links]
        for node, link, at in nodes or [(URIRef(part_of(model, "code-training")), "", found.at)]:
            self.out.code(model, node, ["training"], at)
            if link:
                self.out.tell(node, OSAID.location, link, at)
            if found.word == "partial":
                self.out.say(node, OSAID.completeness, CODE["incomplete"], found.at)
            self.out.comment(node, found.notes, found.notes_at)

    def page(self, model: URIRef, link: str, at: Field) -> None:
        """Write the page of a model, if a link is an address."""
        if is_url(link):
            node = self._own(model, link, "document-page")
            self.out.document(model, node, [], at)
            self.out.tell(node, OSAID.location, link, at)

    def documents(self, model: URIRef) -> None:
        """Write the documents about a model: papers, cards, and what documents its code and the hardware."""
        self._papers(model)
        card = self._judgement("modelcard")
        if card is not None:
            self._document(model, card, "model-card", "model card")
        sheet = self._judgement("datasheet")
        if sheet is not None and sheet.word == "closed":
            self.out.withhold_document(model, ["data-card"], sheet.at, sheet.remark)
        elif sheet is not None:
            for link, at in sheet.links:
                node = self._information(model, link, at, "data-card")
                self.out.comment(node, sheet.notes, sheet.notes_at)
        # No role is that of such a document: its refusal would be one of all documents, so "closed" stays unread.
        for key, title in (("code", "documentation of the code"), ("hardware_architecture", "training setup")):
            found = self._judgement(key, ("open", "partial"))
            if found is not None:
                self._document(model, found, "", title)

    def _papers(self, model: URIRef) -> None:
        """Write preprint and peer-reviewed paper: either is a paper, and none is released where both are closed."""
        said = [found for key in ("preprint", "paper") if (found := self._judgement(key, ("open", "partial")))]
        for found in said:
            self._document(model, found, "research-paper", "paper")
        closed = [] if said else [found for key in ("preprint", "paper") if (found := self._judgement(key))]
        if closed:
            remark = " ".join(found.remark for found in closed)
            self.out.withhold_document(model, ["research-paper"], closed[0].at, remark)

    def _document(self, model: URIRef, found: Judgement, role: str, title: str) -> None:
        roles = [role] if role else []
        if found.word == "closed":
            self.out.withhold_document(model, roles, found.at, found.remark)
            return
        name = f"document-{role or title.replace(' ', '-')}"
        for link, at in found.links:
            node = self._own(model, link, name)
            self.out.document(model, node, roles, at)
            self.out.tell(node, OSAID.location, link, at)
            self.out.comment(node, found.notes, found.notes_at)

    def _information(self, model: URIRef, link: str, at: Field, role: str = "") -> URIRef:
        """Write a document that describes training data; the page of a dataset describes that dataset."""
        node = self._own(model, link, f"document-{role}" if role else "data-information")
        self.out.say(model, OSAID.hasDataInformation, node, at)
        self.out.thing(node, OSAID.DataInformation, at)
        self.out.tell(node, OSAID.location, link, at)
        if role:
            self.out.say(node, OSAID.documentRole, CODE[role], at)
        dataset = dataset_at(link)
        if dataset is not None:
            self.out.say(node, OSAID.describes, URIRef(dataset), at)
        return node

    def _own(self, model: URIRef, link: str, name: str, *, code: bool = False) -> URIRef:
        """Return the node of what a link leads to: a part of what the page is about where that is another thing."""
        page = dataset_at(link) or model_at(link)
        if page is not None:
            return URIRef(part_of(page, name))
        if not is_url(link):
            return URIRef(part_of(model, name))
        address = URIRef(canonical(link))
        other = address in self._models or (not code and _REPOSITORY.fullmatch(link))
        return URIRef(part_of(address, name)) if other else address
