"""Dataset cards of the Hugging Face Hub: ``README.md`` with YAML before the Markdown.

Keys: https://huggingface.co/docs/hub/datasets-cards and the specification ``datasetcard.md`` of the Hub; sections: the
template of ``huggingface_hub`` and that of ``datasets`` before it. A card describes the dataset of the repository it
stands in, which it does not name.

The headings of the template decide which statement a text is, not the text. A template's placeholder withholds a
statement unless another section makes it; a word of the front matter, as under ``annotations_creators``, stands beside
a placeholder and contradicts it.
"""

from __future__ import annotations

from rdflib import URIRef

from osaid_graph.readers.cards.card import Card, leaves, peek
from osaid_graph.readers.cards.kind import kind
from osaid_graph.readers.cards.markdown import Section, named
from osaid_graph.readers.cards.text import is_placeholder, says_something, shown, unlinked
from osaid_graph.readers.fields import Field
from osaid_graph.readers.place import At
from osaid_graph.reading import Reading
from osaid_graph.vocab import OSAID

NAME = "hf-dataset-card"
#: What this reader can say: properties of the vocabulary; of what code does, cards say nothing.
STATES: frozenset[URIRef] = frozenset(
    {
        *(OSAID.accessConditions, OSAID.accessManner, OSAID.characteristics, OSAID.derivedFrom, OSAID.documentRole),
        *(OSAID.hasDocument, OSAID.labeling, OSAID.license, OSAID.location, OSAID.obtained, OSAID.processing),
        *(OSAID.provenance, OSAID.scope, OSAID.selection),
    }
)

#: Heading -> the statements that its text is.
SECTIONS: dict[str, tuple[URIRef, ...]] = {
    "dataset summary": (OSAID.scope,),
    "languages": (OSAID.scope,),
    "dataset structure": (OSAID.characteristics,),
    "data instances": (OSAID.characteristics,),
    "dataset instances": (OSAID.characteristics,),
    "data fields": (OSAID.characteristics,),
    "data splits": (OSAID.characteristics,),
    "discussion of biases": (OSAID.characteristics,),
    "other known limitations": (OSAID.characteristics,),
    "bias risks and limitations": (OSAID.characteristics,),
    "curation rationale": (OSAID.selection,),
    "source data": (OSAID.provenance,),
    "who are the source language producers": (OSAID.provenance,),
    "who are the source data producers": (OSAID.provenance,),
    "initial data collection and normalization": (OSAID.obtained,),
    "initial data collection": (OSAID.obtained,),
    "data collection and processing": (OSAID.obtained, OSAID.processing),
    "annotations": (OSAID.labeling,),
    "annotation process": (OSAID.labeling,),
    "who are the annotators": (OSAID.labeling,),
}
#: Headings of the template that are read otherwise or not at all, and so are no part of the section above them.
_OTHERS = frozenset(
    ("licensing information", "personal and sensitive information", "recommendations", "privacy considerations")
)
_KNOWN = frozenset(SECTIONS) | _OTHERS
#: What says that something does not apply without saying why; it stays unread.
_NO_REASON = frozenset(("n a", "na", "not applicable"))
#: Key -> the statement that its words are.
WORDS: dict[str, URIRef] = {
    "annotations_creators": OSAID.labeling,
    "language_creators": OSAID.obtained,
    "language": OSAID.scope,
    "multilinguality": OSAID.scope,
    "size_categories": OSAID.scope,
}
#: The words of ``annotations_creators`` for data without labels.
_NO_LABELS = frozenset(("no-annotation", "no-annotations"))


def sniff(data: bytes) -> bool:
    """Tell whether a file is a card, and of a dataset (:func:`osaid_graph.readers.cards.kind.kind`)."""
    return kind(data) == "datasets"


def read(data: bytes, name: str) -> Reading:
    """Return the statements of a dataset card.

    Raises:
        InputError: It is no UTF-8 text, empty, or its front matter cannot be read.
    """
    card = Card(data, "datasets")
    title, place = card.title(card.fields.get("pretty_name"))
    card.out.thing(card.node, OSAID.Dataset, place, title)
    card.card_document("data-card", place)
    licensed = card.license(card.node)
    card.access(card.node)
    card.papers(card.node)
    _words(card)
    _sources(card)
    _served(card)
    _labels(card, licensed)
    _sections(card, licensed)
    return card.reading(title)


def _words(card: Card) -> None:
    """Say what the front matter says in words of its own lists."""
    for key, predicate in WORDS.items():
        field = card.fields.get(key)
        said = [each for each in leaves(field) if peek(each)]
        if field is None or not said:
            continue
        words = [each.text() for each in said]
        if key == "annotations_creators" and _NO_LABELS.issuperset(words):
            card.out.rule_out(card.node, predicate, field, f"{key}: {', '.join(words)}")
        else:
            card.out.tell(card.node, predicate, shown(f"{key}: {', '.join(words)}"), field)


def _sources(card: Card) -> None:
    """Say which datasets it was made from: ``extended|name``, ``extended|other-words`` or an id."""
    entries = [each for each in card.fields.each("source_datasets") if each.is_text and peek(each)]
    if entries and all(peek(each) == "original" for each in entries):
        card.out.rule_out(card.node, OSAID.derivedFrom, entries[0].read(), "source_datasets: original")
    for each in entries:
        before, bar, behind = peek(each).partition("|")
        if before == "original" and not bar:
            each.read()
            continue
        source = behind.strip() if bar else before
        if source == "extended" or (bar and before.strip() != "extended"):
            continue  # extended from nothing that is named, or a word that the Hub does not have
        found = card.reference(each, source.removeprefix("other-") if bar else source, "datasets")
        if found is not None:
            card.out.say(card.node, OSAID.derivedFrom, found, each)


def _served(card: Card) -> None:
    """Say that the data is in the repository of the card, where the front matter says which files, and what it is."""
    place: Field | None = None
    for config in card.fields.each("configs"):
        if config.is_block and "data_files" in config:
            place = place or config.get("data_files")
    for info in card.fields.each("dataset_info"):
        if not info.is_block:
            continue
        place = place or info
        name = info.text("config_name")
        for key, count in (("features", ""), ("splits", "num_examples")):
            words = [word for each in info.each(key) if (word := _part(each, count))]
            if words:
                of = f" of {name}" if name else ""
                card.out.tell(card.node, OSAID.characteristics, shown(f"{key}{of}: {', '.join(words)}"), info)
    if place is not None:
        card.out.say(card.node, OSAID.location, card.node, place)


def _part(field: Field, count: str) -> str:
    """Return the name of a feature or split, with the number of its records."""
    name = field.text("name")
    number = field.text(count) if count else ""
    return f"{name} ({number})" if name and number else name


def _labels(card: Card, licensed: bool) -> None:
    """Say what the lines with a label in bold type say, in the sections that describe the dataset."""
    for label in card.labels("dataset description", "dataset details", "dataset sources"):
        match label.name:
            case "paper":
                card.documents(card.node, label, "research-paper")
            case "homepage" | "repository":
                card.documents(card.node, label)
            case "curated by" | "shared by":
                card.publisher(card.node, label)
            case "license" if not licensed:
                card.license_in_body(card.node, label)
            case "size of downloaded dataset files" | "size of the generated dataset" if says_something(label.value):
                card.out.tell(card.node, OSAID.scope, shown(f"{label.path.rpartition(' / ')[2]}: {label.value}"), label)
                card.done(label)
            case "language s nlp" | "language s" if says_something(label.value) and not is_placeholder(label.value):
                card.out.tell(card.node, OSAID.scope, shown(label.value), label)
                card.done(label)


def _sections(card: Card, licensed: bool) -> None:
    """Say what the sections of the template say, under its headings."""
    told: set[URIRef] = set()
    empty: list[tuple[URIRef, Section, str]] = []
    for section in card.sections:
        if section.name == "licensing information" and not licensed:
            card.license_in_section(card.node, section)
        predicates = SECTIONS.get(section.name, ())
        if not predicates or named(section.text()) in _NO_REASON:
            continue
        text = card.text(section, _KNOWN)
        for predicate in predicates:
            if is_placeholder(text):
                empty.append((predicate, section, shown(unlinked(text))))
            elif says_something(text):
                told.add(predicate)
                card.out.tell(card.node, predicate, shown(text), At(section.line, section.path))
    for predicate, section, words in empty:
        if predicate not in told and not _unlabelled(card, predicate):
            card.out.withhold(card.node, predicate, At(section.line, section.path), words)


def _unlabelled(card: Card, predicate: URIRef) -> bool:
    """Tell whether the front matter says that there are no labels, which a placeholder then does not withhold."""
    words = [named(peek(each)) for each in leaves(card.fields.get("annotations_creators"))]
    return predicate == OSAID.labeling and bool(words) and {named(word) for word in _NO_LABELS}.issuperset(words)
