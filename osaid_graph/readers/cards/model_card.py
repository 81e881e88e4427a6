"""Model cards of the Hugging Face Hub: ``README.md`` with YAML before the Markdown.

Keys: https://huggingface.co/docs/hub/model-cards and the specification ``modelcard.md`` of the Hub; sections: the
template of ``huggingface_hub``, that of ``transformers`` before it, and what its Trainer writes. A card describes the
model of the repository it stands in, which it does not name. Its licence is that of the repository, and so of the
weights; the Hub documents ``datasets`` as those that the model was trained on.
"""

from __future__ import annotations

from rdflib import RDF, RDFS, Literal, URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import HUB, NAMED, resolve
from osaid_graph.readers.cards.card import Card, peek
from osaid_graph.readers.cards.kind import kind
from osaid_graph.readers.cards.markdown import Section
from osaid_graph.readers.cards.text import Label, is_links, is_placeholder, links, says_something, shown, unlinked
from osaid_graph.readers.cards.trainer import Trained, trained
from osaid_graph.readers.fields import Field
from osaid_graph.readers.place import At
from osaid_graph.reading import Reading
from osaid_graph.vocab import CODE, OSAID

NAME = "hf-model-card"
#: What this reader can say: properties of the vocabulary; of what code does, cards say nothing.
STATES: frozenset[URIRef] = frozenset(
    {
        *(OSAID.accessConditions, OSAID.accessManner, OSAID.adapterOf, OSAID.derivedFrom, OSAID.documentRole),
        *(OSAID.evaluatedOn, OSAID.fineTunedFrom, OSAID.hasCode, OSAID.hasConfiguration, OSAID.hasDataInformation),
        *(OSAID.hasDocument, OSAID.hasParameters, OSAID.license, OSAID.location, OSAID.mergedFrom),
        *(OSAID.quantizedFrom, OSAID.trainedBy, OSAID.trainedOn),
    }
)

#: ``base_model_relation`` -> how parameters derive from others.
RELATIONS: dict[str, URIRef] = {
    "finetune": OSAID.fineTunedFrom,
    "adapter": OSAID.adapterOf,
    "quantized": OSAID.quantizedFrom,
    "merge": OSAID.mergedFrom,
}
_DATA = frozenset(("training data", "training and evaluation data", "training dataset", "training datasets"))
_PREPARATION = frozenset(("preprocessing", "data preprocessing"))
_SETTINGS = frozenset(("training hyperparameters", "hyperparameters"))
_TRAINING = frozenset(("training procedure", "training"))
_RESULTS = frozenset(("results", "eval results", "evaluation results", "evaluation"))
#: Headings of the templates that are no part of the section above them.
_OTHERS = frozenset(
    (
        "training results",
        "framework versions",
        "speeds sizes times",
        "testing data",
        "testing data factors metrics",
        "factors",
        "metrics",
    )
)
_KNOWN = _DATA | _PREPARATION | _SETTINGS | _TRAINING | _RESULTS | _OTHERS


def sniff(data: bytes) -> bool:
    """Tell whether a file is a card, and of a model (:func:`osaid_graph.readers.cards.kind.kind`)."""
    return kind(data) == "models"


def read(data: bytes, name: str) -> Reading:
    """Return the statements of a model card.

    Raises:
        InputError: It is no UTF-8 text, empty, or its front matter cannot be read.
    """
    card = Card(data, "models")
    title, place = card.title(next((each.get("name") for each in card.fields.each("model-index")), None))
    card.out.thing(card.node, OSAID.Model, place, title)
    weights = card.out.parameters(card.node, place)
    page = card.card_document("model-card", place)
    licensed = card.license(weights)
    card.access(weights)
    card.papers(card.node)
    library = card.fields.get("library_name")
    if library is not None and card.fields.text("library_name"):
        card.out.say(weights, OSAID.location, card.node, library)
    _bases(card, weights)
    _datasets(card, weights)
    _evaluated(card, page, weights)
    for label in card.labels("model details", "model description", "model sources", "model resources"):
        _label(card, weights, label, licensed)
    for section in card.sections:
        if section.name in ("license", "licensing information") and not licensed:
            card.license_in_section(weights, section)
    for said in trained(card.sections):
        _trained(card, weights, said)
    _sections(card, page, weights)
    return card.reading(title)


def _bases(card: Card, weights: URIRef) -> None:
    """Say which models the weights were made from, and how where the card says so."""
    word = card.fields.get("base_model_relation")
    relation = RELATIONS.get(peek(word).casefold()) if word is not None else None
    for base in card.fields.each("base_model"):
        found = card.reference(base, peek(base), "models")
        if found is not None:
            card.out.say(weights, relation or OSAID.derivedFrom, found, base)
            if relation is not None and word is not None:
                word.read()
    for before, behind, tag in card.tags():
        if before == "base_model":
            kind_, colon, name = behind.partition(":")
            predicate = RELATIONS.get(kind_.casefold()) if colon else OSAID.derivedFrom
            found = card.reference(tag, name if colon else behind, "models") if predicate is not None else None
            if found is not None and predicate is not None:
                card.out.say(weights, predicate, found, tag)
        elif before == "license":
            card.out.tell(weights, OSAID.license, behind, tag.read())


def _datasets(card: Card, weights: URIRef) -> None:
    """Say which datasets the weights were trained and evaluated on."""
    said = [(each, peek(each)) for each in card.fields.each("datasets")]
    said += [(tag, name) for key, name, tag in card.tags() if key == "dataset"]
    for field, name in said:
        found = card.reference(field, name, "datasets")
        if found is not None:
            card.out.say(weights, OSAID.trainedOn, found, field)


def _evaluated(card: Card, page: URIRef, weights: URIRef) -> None:
    """Say which datasets the results in the front matter were got on, and that the card has results."""
    for model in card.fields.each("model-index"):
        for result in model.each("results"):
            metrics = result.get("metrics")
            if metrics is not None:
                card.out.say(page, OSAID.documentRole, CODE["evaluation-results"], metrics)
            kind_ = result.get("dataset", "type")
            found = card.reference(kind_, peek(kind_), "datasets") if kind_ is not None and _is_known(kind_) else None
            if found is not None and kind_ is not None:
                card.out.say(weights, OSAID.evaluatedOn, found, kind_)


def _is_known(field: Field) -> bool:
    """Tell whether the type of a dataset is an id or a known name; people write any word there."""
    try:
        return not resolve(" ".join(peek(field).split()), "datasets").startswith(NAMED)
    except InputError:
        return False


def _label(card: Card, weights: URIRef, label: Label, licensed: bool) -> None:
    """Say what a line with a label in bold type says."""
    match label.name:
        case "developed by" | "shared by":
            card.publisher(card.node, label)
        case "paper":
            card.documents(card.node, label, "research-paper")
        case "license" if not licensed:
            card.license_in_body(weights, label)
        case "finetuned from model" | "finetuned from" | "fine tuned from model" | "fine tuned from":
            _finetuned_from(card, weights, label)
        case "repository" if is_links(label.value) and not is_placeholder(label.value):
            # The template asks for the repository of the model's code; the model's own page is none.
            for link in links(label.value):
                code = card.out.iri(link.url, label)
                if code is not None and not code.startswith(HUB):
                    card.out.code(card.node, code, (), label)
                    card.done(label)


def _finetuned_from(card: Card, weights: URIRef, label: Label) -> None:
    """Say which model was trained further, where its id or its page on the Hub is given."""
    found = [link.url for link in links(label.value) if link.url.startswith(HUB)]
    words = unlinked(label.value).strip("`* ")
    if not found and says_something(words) and "/" in words and " " not in words and not is_placeholder(label.value):
        found = [words]
    for each in found:
        base = card.out.reference(each, "models", label)
        if base is not None and base.startswith(HUB):
            card.out.say(weights, OSAID.fineTunedFrom, base, label)
            card.done(label)


def _trained(card: Card, weights: URIRef, said: Trained) -> None:
    """Say what the Trainer's sentence says."""
    base = card.out.reference(said.base, "models", said.at)
    if base is not None:
        card.out.say(weights, OSAID.fineTunedFrom, base, said.at)
        card.read_line(said.line)
    dataset = card.out.reference(said.dataset, "datasets", said.at) if said.dataset else None
    if dataset is not None:
        card.out.say(weights, OSAID.trainedOn, dataset, said.at)


def _sections(card: Card, page: URIRef, weights: URIRef) -> None:
    """Say what the sections of the templates say: of the data, of the training and its settings, of the results."""
    described = False
    empty: list[tuple[Section, str]] = []
    for section in card.sections:
        if section.name not in _DATA | _PREPARATION | _SETTINGS | _TRAINING:
            if section.name in _RESULTS and _has_words(section):
                at = At(section.line, section.path)
                card.out.say(page, OSAID.documentRole, CODE["evaluation-results"], at)
            continue
        at = At(section.line, section.path)
        text = card.text(section, _KNOWN)
        if is_placeholder(text):
            if section.name in _DATA:
                empty.append((section, shown(unlinked(text))))
            elif section.name in _SETTINGS:
                card.out.withhold(card.node, OSAID.hasConfiguration, at, shown(unlinked(text)))
        elif says_something(text):
            described |= section.name in _DATA | _PREPARATION
            _describe(card, page, weights, section, text)
    for section, words in empty:
        if not described:
            card.out.withhold(card.node, OSAID.hasDataInformation, At(section.line, section.path), words)


def _has_words(section: Section) -> bool:
    text = section.text()
    return says_something(text) and not is_placeholder(text)


def _describe(card: Card, page: URIRef, weights: URIRef, section: Section, text: str) -> None:
    """Say what a section with words describes; the words stay beside it."""
    at = At(section.line, section.path)
    if section.name in _SETTINGS:
        about = card.out.part(card.node, OSAID.hasConfiguration, OSAID.Configuration, "hyperparameters", at)
    elif section.name in _TRAINING:
        about = card.out.part(weights, OSAID.trainedBy, OSAID.Training, "training", at)
    else:
        about = page
        card.out.say(card.node, OSAID.hasDataInformation, page, at)
        card.out.say(page, RDF.type, OSAID.DataInformation, at)
    card.out.say(about, RDFS.comment, Literal(shown(text)), at)
