"""One record of the Data Provenance Collection as what it says of a dataset."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import DCTERMS, URIRef

from osaid_graph.identity import canonical, is_url, part_of
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.fields import Field
from osaid_graph.readers.indexes.hub_pages import dataset_at
from osaid_graph.readers.tree import Scalar
from osaid_graph.reading import StatedSource
from osaid_graph.vocab import OSAID

SOURCE = StatedSource("https://www.dataprovenance.org/", "Data Provenance Initiative")
#: Values of ``Model Generated`` that name no model.
_NO_MODEL = frozenset(("other", "others", "templates", "template", "none", "unknown", "various"))
_SCHEME = re.compile(r"(?:huggingface\.co|hf\.co)/datasets/", re.IGNORECASE)
#: The inferred licences: the key, where the record says that it was read, and what that is.
_INFERRED = (
    ("HF Yaml License", "Hugging Face URL", "Dataset card on the Hugging Face Hub"),
    ("HF Config License", "Hugging Face URL", "Dataset card on the Hugging Face Hub"),
    ("GitHub License", "GitHub URL", "Repository on GitHub"),
    ("PwC License Name", "Papers with Code URL", "Papers with Code"),
)


def page_of(record: Field) -> str | None:
    """Return the Hub page of the dataset that a record is about, as its IRI; None where it has none."""
    page = dataset_at(record.text("Hugging Face URL"))
    if page is not None:
        return page
    return _inferred_page(record)


def _inferred_page(record: Field) -> str | None:
    """Return the dataset on the Hub that was inferred, unread."""
    field = record.get("Inferred Metadata", "HF Dataset")
    if field is None or not isinstance(field.value, Scalar) or not field.value.text.strip():
        return None
    return dataset_at(f"https://huggingface.co/datasets/{field.value.text.strip()}")


class Record:
    """Writes one record: ``node`` is the dataset it is about, ``page`` the dataset on the Hub that it is found in."""

    def __init__(self, out: ClaimWriter, record: Field, node: URIRef, page: str | None) -> None:
        self.out, self.record, self.node, self.page = out, record, node, page

    def write(self) -> None:
        """Write everything the record says."""
        name = self.record.get("Dataset Name") or self.record
        self.out.thing(self.node, OSAID.Dataset, name, self.record.text("Dataset Name"))
        if self.page is not None and _inferred_page(self.record) == self.page:
            self.record.text("Inferred Metadata", "HF Dataset")
        self._places()
        self._collection()
        self._licenses()
        self._description()
        self._making()
        self._paper()

    def _places(self) -> None:
        for key in ("Hugging Face URL", "Dataset URL", "GitHub URL"):
            field, text = self.record.get(key), self.record.text(key)
            if field is not None and is_url(text):
                self.out.tell(self.node, OSAID.location, text, field)

    def _collection(self) -> None:
        """Say that the collection is made from the dataset, and so is what stands on a page that has more than it."""
        field, name = self.record.get("Collection"), self.record.text("Collection")
        place, address = self.record.get("Collection URL"), self.record.text("Collection URL")
        found = dataset_at(address)
        whole = URIRef(found) if found else self.out.reference(name, "datasets", field) if field and name else None
        at = field if field is not None and name else place
        if whole is not None and whole != self.node and at is not None:
            self.out.thing(whole, OSAID.Dataset, at, name)
            if place is not None and is_url(address):
                self.out.tell(whole, OSAID.location, address, place)
            self.out.say(whole, OSAID.derivedFrom, self.node, at)
        page = self.record.get("Hugging Face URL")
        if self.page is not None and page is not None and self.page not in (str(self.node), str(whole)):
            self.out.thing(URIRef(self.page), OSAID.Dataset, page)
            self.out.say(URIRef(self.page), OSAID.derivedFrom, self.node, page)

    # -- terms -----------------------------------------------------------------------------------------------

    def _licenses(self) -> None:
        for item in self.record.each("Licenses"):
            self._license(item)
        notes = self.record.get("License Notes")
        if notes is not None:
            self.out.comment(self.node, self.record.text("License Notes"), notes)
        checked, who = self.record.get("License Verified By"), self.record.text("License Verified By")
        if checked is not None and who:
            self.out.comment(self.node, f"Licences verified by {who}", checked)
        for key, where, title in _INFERRED:
            field, words = self.record.get("Inferred Metadata", key), self.record.text("Inferred Metadata", key)
            if field is None or not words:
                continue
            address = self.record.text(where)
            source = StatedSource(canonical(address), title) if is_url(address) else SOURCE
            with self.out.attributed(source):
                self.out.tell(self.node, OSAID.license, words, field)
                if key == "PwC License Name":
                    self._text_of_license(words, self.record.get("Inferred Metadata", "PwC License URL"))

    def _license(self, item: Field) -> None:
        field, words = (item, item.text()) if item.is_text else (item.get("License"), item.text("License"))
        address = item.get("License URL")
        if words.casefold() == "custom" and address is not None and is_url(address.text()):
            self.out.tell(self.node, OSAID.license, address.text(), address)
        elif field is not None and words:
            self.out.tell(self.node, OSAID.license, words, field)
            self._text_of_license(words, address)
        elif address is not None and is_url(address.text()):
            self.out.tell(self.node, OSAID.license, address.text(), address)

    def _text_of_license(self, words: str, address: Field | None) -> None:
        if address is not None and is_url(address.text()):
            self.out.comment(self.node, f"{words}: {address.text()}", address)

    # -- what the data are -----------------------------------------------------------------------------------

    def _description(self) -> None:
        self._list("Languages", OSAID.scope, "Languages")
        self._list("Text Topics", OSAID.scope, "Topics", "Inferred Metadata")
        self._list("Task Categories", OSAID.characteristics, "Tasks")
        self._list("Format", OSAID.characteristics, "Format")
        metrics = self.record.get("Text Metrics")
        if metrics is not None:
            said = [f"{key}: {value.text()}" for key, value in metrics.items() if value.is_text and value.text()]
            if said:
                self.out.tell(self.node, OSAID.characteristics, "; ".join(said), metrics)
        described = self.record.get("Inferred Metadata", "PwC Description")
        if described is not None:
            address = self.record.text("Papers with Code URL")
            source = StatedSource(address, "Papers with Code") if is_url(address) else SOURCE
            with self.out.attributed(source):
                self.out.comment(self.node, described.text(), described)

    def _list(self, key: str, predicate: URIRef, title: str, *outer: str) -> None:
        field, words = self.record.get(*outer, key), [text for text, _ in self._texts(*outer, key)]
        if field is not None and words:
            self.out.tell(self.node, predicate, f"{title}: {', '.join(words)}", field)

    def _texts(self, *keys: str) -> Iterator[tuple[str, Field]]:
        for item in self.record.each(*keys):
            text = item.text()
            if text:
                yield text, item

    # -- how they were made ----------------------------------------------------------------------------------

    def _making(self) -> None:
        self._list("Text Sources", OSAID.provenance, "Text sources")
        self._list("Model Generated", OSAID.obtained, "Generated by")
        for text, item in self._texts("Model Generated"):
            model = self.out.reference(text, "models", item) if text.casefold() not in _NO_MODEL else None
            if (
                model is not None
            ):  # said to be a model, lest it pass for data: what generated data is not asked for its own
                self.out.thing(model, OSAID.Model, item, text)
                self._derived(model, item)
        for text, item in self._texts("Derived from Datasets"):
            address = f"https://{text}" if _SCHEME.match(text) else text
            if address != text:
                self.out.repair("an address without its scheme is read as https://", item)
            page = dataset_at(address)
            self._derived(URIRef(page) if page else self.out.reference(address, "datasets", item), item)
        for text, item in self._texts("Creators"):
            self.out.agent(self.node, DCTERMS.creator, text, item)
        field, word = self.record.get("Human Annotation"), self.record.text("Human Annotation")
        if field is not None and word:
            self.out.tell(self.node, OSAID.labeling, f"Human annotation: {word.casefold()}", field)

    def _derived(self, other: URIRef | None, at: Field) -> None:
        if other is not None:
            self.out.say(self.node, OSAID.derivedFrom, other, at)

    def _paper(self) -> None:
        field, address = self.record.get("ArXiv URL"), self.record.text("ArXiv URL")
        name, title = self.record.get("Paper Title"), self.record.text("Paper Title")
        at = field if field is not None and is_url(address) else name if title else None
        if at is None:
            return
        paper = URIRef(canonical(address) if is_url(address) else part_of(self.node, "document-research-paper"))
        self.out.document(self.node, paper, ["research-paper"], at)
        if is_url(address):
            self.out.tell(paper, OSAID.location, address, at)
        if name is not None:
            self.out.thing(paper, OSAID.Document, name, title)
