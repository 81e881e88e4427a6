"""What one record of the Hub's API says of a model or a dataset.

Decisions that a reader will wonder about:

- **Weights.** That a repository holds weights is said only where something in the record shows a file of them: a tag
  or ``library_name`` that is the name of a format of weights (the Hub adds these by looking at the files), a file in
  ``siblings``, or the counts ``safetensors`` and ``gguf``. ``transformers`` shows none: a tokenizer has it too.
- **Bases.** ``base_model:finetune:x`` and its like say how; ``base_model:x`` alone says only that it derives from x.
- **Access.** ``gated`` in any manner is gated, with the word of the Hub beside it. A dataset that is served without a
  gate is public; one that must be asked for (``manual``) is obtainable; of one whose gate opens to everybody
  (``auto``) the record leaves that to whoever describes it. A private or disabled repository serves nothing, which is
  what ``private: false`` and ``disabled: false`` deny, and all they say.
- **Dates.** ``createdAt`` is said of the page, as the day on which the repository came to the Hub. The thing itself may
  have been published long before, elsewhere; and all that is older than the Hub's records has 2 March 2022.
- **Licences** stand in the words of the Hub; ``other`` gives way to the name or the address that the card has for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from rdflib import DCTERMS, FOAF, PROV, RDF, Literal, URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import Kind, resolve
from osaid_graph.model import Term
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.days import moment_of
from osaid_graph.readers.hub.kind import page
from osaid_graph.readers.place import At
from osaid_graph.vocab import CODE, OSAID

# Looked up once: a closed namespace looks at its terms for each use of one, which a dump makes millions of.
_TYPE, _TITLE, _PUBLISHER, _AGENT, _NAME = RDF.type, DCTERMS.title, DCTERMS.publisher, PROV.Agent, FOAF.name
_MODEL, _DATASET, _LICENSE, _LOCATION = OSAID.Model, OSAID.Dataset, OSAID.license, OSAID.location
_TRAINED_ON, _DERIVED_FROM, _AVAILABILITY = OSAID.trainedOn, OSAID.derivedFrom, OSAID.availability
_ISSUED: Final = DCTERMS.issued
_PUBLIC, _OBTAINABLE = CODE["public"], CODE["obtainable"]

#: Formats of weights as the Hub tags them from the files that it sees.
WEIGHTS: Final = frozenset(
    [
        "safetensors",
        "pytorch",
        "tf",
        "jax",
        "rust",
        "gguf",
        "ggml",
        "onnx",
        "openvino",
        "coreml",
        "keras",
        "tf-keras",
        "tflite",
        "paddlepaddle",
        "joblib",
    ]
)
_WEIGHT_FILE: Final = re.compile(
    r"\.(safetensors|gguf|ggml|pt|pth|ckpt|onnx|h5|keras|tflite|msgpack|mlmodel|pdparams|joblib|nemo)\Z"
    r"|(\A|/)(pytorch_model|adapter_model|model|diffusion_pytorch_model|consolidated)[\w.-]*\.bin\Z",
    re.IGNORECASE,
)
_ARXIV: Final = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})(v\d+)?", re.ASCII)
RELATIONS: Final = {
    "finetune": OSAID.fineTunedFrom,
    "adapter": OSAID.adapterOf,
    "merge": OSAID.mergedFrom,
    "quantized": OSAID.quantizedFrom,
}


@lru_cache(maxsize=1 << 16)
def reference(text: str, kind: Kind) -> URIRef | InputError:
    """Return the node that a name in a tag stands for, or what is wrong with it."""
    try:
        return URIRef(resolve(" ".join(text.split()), kind))
    except InputError as error:
        return error


def split_base(text: str) -> tuple[str, str]:
    """Return the relation to a base model, empty where none is told, and its name.

    >>> split_base("adapter:acme/atlas")
    ('adapter', 'acme/atlas')
    """
    relation, colon, name = text.partition(":")
    return (relation, name) if colon and relation in RELATIONS else ("", text)


def split_source(text: str) -> str:
    """Return the dataset that a word of ``source_datasets`` names; empty for ``original`` and ``extended`` alone.

    >>> split_source("extended|other-Cochrane"), split_source("acme/webmix"), split_source("original")
    ('Cochrane', 'acme/webmix', '')
    """
    if text in ("original", "extended"):
        return ""
    return text.removeprefix("extended|").removeprefix("other-") if text.startswith("extended|") else text


def is_weight_file(name: str) -> bool:
    """Tell whether a file holds weights by what it is called."""
    return bool(_WEIGHT_FILE.search(name))


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> Literal:
    return Literal(text)


@lru_cache(maxsize=1 << 12)
def _account(text: str) -> tuple[URIRef | None, Literal]:
    iri = page(text, "models")
    return URIRef(iri) if iri else None, Literal(text)


@lru_cache(maxsize=1 << 12)
def _day(text: str) -> Literal | None:
    return moment_of(text)


class Description:
    """What one record says, written statement by statement.

    Args:
        record: As Python's JSON parser gives it.
        kind: What it is of.
        iri: The page of it.
        line_of: The line at which a path of the record stands.
        prefix: What leads to the record in its document (``[3].``).
    """

    __slots__ = (
        "_bases",
        "_closed",
        "_license",
        "_shown",
        "_typed",
        "kind",
        "line_of",
        "node",
        "out",
        "prefix",
        "whole",
    )

    def __init__(self, kind: Kind, iri: str, line_of: Callable[[str], int], prefix: str = "") -> None:
        self.line_of, self.prefix, self.kind = line_of, prefix, kind
        self.out = ClaimWriter()
        self._bases: list[tuple[URIRef, At]] = []
        self._typed: set[URIRef] = set()
        self._shown: At | None = None
        self._closed: At | None = None
        self._license: tuple[Term, At] | None = None
        at = self.at("id")
        self.whole = self.node = URIRef(iri)
        if kind == "models":
            self.out.say(self.whole, _TYPE, _MODEL, at)
            self.node = self.out.parameters(self.whole, at)
        else:
            self.out.say(self.whole, _TYPE, _DATASET, at)
            self._shown = at

    def at(self, path: str) -> At:
        """Return a place of the record."""
        return At(self.line_of(path), self.prefix + path)

    def license(self, text: str, at: At) -> bool:
        """Say the licence; see the head of this module."""
        if text == "other" and self._license is not None:
            self.out.say(self.node, _LICENSE, *self._license)
        else:
            self.out.say(self.node, _LICENSE, _words(text), at)
        return True

    def name_license(self, card: dict[str, Any]) -> str:
        """Take the name or address that a card has for a licence called ``other``, and return the key it is under."""
        if card.get("license") == "other":
            name, link = card.get("license_name"), card.get("license_link")
            if isinstance(name, str) and name.strip():
                self._license = (Literal(name.strip()), self.at("cardData.license_name"))
                return "license_name"
            if isinstance(link, str) and link.startswith(("http://", "https://")):
                at = self.at("cardData.license_link")
                found = self.out.iri(link, at)
                if found is not None:
                    self._license = (found, at)
                    return "license_link"
        return ""

    def base(self, text: str, at: At, relation: str = "") -> bool:
        """Say what parameters derive from."""
        told, name = split_base(text)
        base = self._reference(name, "models", at)
        if base is None:
            return False
        predicate = RELATIONS.get(told or relation)
        if predicate is None:
            self._bases.append((base, at))
        else:
            self._typed.add(base)
            self.out.say(self.node, predicate, base, at)
        return True

    def trained_on(self, text: str, at: At) -> bool:
        """Say what a model was trained on."""
        data = self._reference(text, "datasets", at)
        if data is not None:
            self.out.say(self.node, _TRAINED_ON, data, at)
        return data is not None

    def paper(self, text: str, at: At) -> bool:
        """Say that there is a paper on arXiv."""
        if not _ARXIV.fullmatch(text):
            return False
        document = URIRef(f"https://arxiv.org/abs/{text}")
        self.out.say(self.whole, OSAID.hasDocument, document, at)
        self.out.say(document, _TYPE, OSAID.Document, at)
        self.out.say(document, OSAID.documentRole, CODE["research-paper"], at)
        return True

    def source(self, text: str, at: At) -> bool:
        """Say what a dataset was made from: ``original``, ``extended`` or another dataset."""
        name = split_source(text)
        if not name:
            return self.text(OSAID.provenance, "source_datasets", text, at)
        data = self._reference(name, "datasets", at)
        if data is not None:
            self.out.say(self.node, _DERIVED_FROM, data, at)
        return data is not None

    def text(self, predicate: URIRef, key: str, text: str, at: At) -> bool:
        """Say something of a dataset in the words of its card."""
        if key == "annotations_creators" and text == "no-annotation":
            self.out.rule_out(self.node, predicate, at, f"{key}: {text}")
        else:
            self.out.say(self.node, predicate, _words(f"{key}: {text}"), at)
        return True

    def publisher(self, text: str, at: At) -> bool:
        """Say whose account a repository is under."""
        account, name = _account(text)
        if account is None:
            return False
        self.out.say(self.whole, _PUBLISHER, account, at)
        self.out.say(account, _TYPE, _AGENT, at)
        self.out.say(account, _NAME, name, at)
        return True

    def title(self, text: str, at: At) -> bool:
        """Say what people call it."""
        self.out.say(self.whole, _TITLE, Literal(text), at)
        return True

    def issued(self, text: str, at: At) -> bool:
        """Say on which day the repository came to the Hub."""
        day = _day(text[:10]) if text[10:11] in ("", "T") else None
        if day is not None:
            self.out.say(self.whole, _ISSUED, day, at)
        return day is not None

    def show_weights(self, at: At) -> None:
        """Take note of the first sign that there are weights."""
        self._shown = self._shown or at

    def close(self, at: At) -> None:
        """Take note that a repository is private or disabled."""
        self._closed = self._closed or at

    def finish(self, gated: Any) -> bool:
        """Say what follows from several fields together, and tell whether ``gated`` was understood."""
        for base, at in self._bases:
            if base not in self._typed:
                self.out.say(self.node, _DERIVED_FROM, base, at)
        if self._closed:
            what = "private" if self._closed.path.endswith("private") else "disabled"
            self.out.withhold(self.node, _LOCATION, self._closed, f"the repository is {what}")
        elif self._shown:
            self.out.say(self.node, _LOCATION, self.whole, self._shown)
        if gated is False:
            if not self._closed:
                self._access("ungated", _PUBLIC, "")
        elif gated is True or gated in ("auto", "manual"):
            word = str(gated).casefold()
            self._access("gated", _OBTAINABLE if gated == "manual" else None, f"gated: {word}")
        else:
            return False
        return True

    def _access(self, manner: str, availability: URIRef | None, comment: str) -> None:
        at = self.at("gated")
        self.out.access(self.node, manner, at, comment)
        if availability is not None and self.kind == "datasets" and not self._closed:
            self.out.say(self.node, _AVAILABILITY, availability, at)

    def _reference(self, text: str, kind: Kind, at: At) -> URIRef | None:
        found = reference(text, kind)
        if isinstance(found, InputError):
            self.out.repair(f"{found.message}: left out", at)
            return None
        return found
