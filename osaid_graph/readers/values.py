"""The manifest's values: statements with their source, tokens, dates and references, each checked where it stands."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from typing import NoReturn

from rdflib import XSD, Literal, URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import Kind, checked_iri, resolve, shortened
from osaid_graph.model import StatedSource, Term
from osaid_graph.readers.manifest_keys import PLACEHOLDERS, STATEMENT_KEYS
from osaid_graph.readers.statements import StatementWriter
from osaid_graph.readers.yaml_tree import Mapping, Scalar, Sequence, Value
from osaid_graph.vocab import CODE, CODELISTS, OSAID

_DOCUMENT = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")


def fail(value: Value | Scalar, found: str, expected: str) -> NoReturn:
    """Raise the error of a value that is not what its key accepts."""
    raise InputError(found, expected, line=value.line)


def one_of(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, and all of them."""
    words = sorted(known)
    near = difflib.get_close_matches(word.casefold(), words, n=1, cutoff=0.6)
    return (f"did you mean {near[0]!r}? " if near else "") + "known here: " + ", ".join(words)


def text_of(value: Value, key: str) -> str:
    """Return the text of a scalar.

    Raises:
        InputError: A list or block, or nothing, stands there.
    """
    if not isinstance(value, Scalar):
        fail(value, f"{key!r} must be one text, found {kind_of(value)}", f"write {key}: <text>")
    if value.is_null or not value.text.strip():
        fail(value, f"{key!r} has no value", "write one, write not-disclosed, or leave the key out")
    return " ".join(value.text.split())


def kind_of(value: Value) -> str:
    """Return what a value is, in words."""
    return {Scalar: "a text", Sequence: "a list", Mapping: "a block of keys"}[type(value)]


def items_of(value: Value) -> list[Value]:
    """Return the values of a list, or the one value as a list."""
    return value.items if isinstance(value, Sequence) else [value]


def check_keys(block: Mapping, known: Iterable[str], where: str) -> None:
    """Refuse a key that ``where`` does not have.

    Raises:
        InputError: With the nearest known key.
    """
    names = tuple(known)
    for name, key in block.keys.items():
        if name not in names:
            raise InputError(f"unknown key {shortened(name)!r} in {where}", one_of(name, names), line=key.line)


def document_or_text(text: str) -> Term:
    """Return an IRI for a text that as a whole is ``scheme://...``, else the text as a literal."""
    if _DOCUMENT.fullmatch(text):
        return URIRef(checked_iri(text))
    return Literal(text)


def token_of(value: Value, key: str, codelist: str) -> URIRef:
    """Return the concept of a codelist's word.

    Raises:
        InputError: The word is not in the codelist; the nearest one is named.
    """
    word = text_of(value, key)
    if word not in CODELISTS[codelist]:
        fail(value, f"{key!r} cannot be {shortened(word)!r}", one_of(word, CODELISTS[codelist]))
    return CODE[word]


def date_of(value: Value, key: str) -> Literal:
    """Return an ``xsd:date``.

    Raises:
        InputError: It is no calendar date written YYYY-MM-DD.
    """
    text = text_of(value, key)
    try:
        datetime.date.fromisoformat(text if len(text) == 10 else "")
    except ValueError:
        fail(value, f"{key!r} is not a date: {shortened(text)!r}", "write it as YYYY-MM-DD")
    return Literal(text, datatype=XSD.date)


def reference_of(value: Value, key: str, kind: Kind) -> URIRef:
    """Return the IRI of a reference.

    Raises:
        InputError: It is empty or an invalid IRI.
    """
    text = text_of(value, key)
    try:
        return URIRef(resolve(text, kind))
    except InputError as error:
        fail(value, error.message, error.hint)


def source_of(value: Value) -> StatedSource:
    """Return the source a block or statement names.

    Raises:
        InputError: It is no absolute IRI, or a block without ``url``.
    """
    title = retrieved = ""
    if isinstance(value, Mapping):
        check_keys(value, ("url", "title", "retrieved"), "source")
        if "url" not in value.values:
            fail(value, "'source' has no 'url'", "write source: {url: https://...}")
        title = text_of(value.values["title"], "title") if "title" in value.values else ""
        retrieved = str(date_of(value.values["retrieved"], "retrieved")) if "retrieved" in value.values else ""
        value = value.values["url"]
    try:
        return StatedSource(checked_iri(text_of(value, "source")), title, retrieved)
    except InputError as error:
        fail(value, f"'source' is not a URL: {error.message}", "name the document that says it: https://...")


def silence_in(value: Value) -> tuple[URIRef, str] | None:
    """Return (``osaid:NotDisclosed`` or ``osaid:NotApplicable``, the reason given) if a value says nothing.

    Raises:
        InputError: ``not-applicable`` has no reason.
    """
    if isinstance(value, Scalar):
        if value.text == "not-disclosed":
            return OSAID.NotDisclosed, ""
        if value.text == "not-applicable":
            fail(value, "'not-applicable' needs its reason", 'write {not-applicable: "why"}')
        if value.text.strip().casefold() in PLACEHOLDERS:
            return OSAID.NotDisclosed, value.text.strip()
    if isinstance(value, Mapping) and "not-disclosed" in value.values:
        said = value.values["not-disclosed"]
        return OSAID.NotDisclosed, "" if isinstance(said, Scalar) and said.is_null else text_of(said, "not-disclosed")
    if isinstance(value, Mapping) and "not-applicable" in value.values:
        return OSAID.NotApplicable, text_of(value.values["not-applicable"], "not-applicable")
    return None


def statements_in(
    value: Value, key: str, default: StatedSource | None, writer: StatementWriter
) -> Iterator[tuple[Term, int, StatedSource | None]]:
    """Yield what a statement key says: each value with its line and source. Silences become nodes in ``writer``.

    Raises:
        InputError: A value is missing, or a block has keys a statement does not have.
    """
    for item in items_of(value):
        source = default
        silence = silence_in(item)
        if isinstance(item, Mapping):
            check_keys(item, STATEMENT_KEYS, f"a statement of {key!r}")
            if "source" in item.values:
                source = source_of(item.values["source"])
            said = [name for name in STATEMENT_KEYS[:3] if name in item.values]
            if len(said) != 1:
                fail(
                    item,
                    f"a statement of {key!r} needs one of {', '.join(STATEMENT_KEYS[:3])}",
                    "write {value: ...}",
                )
        if silence:
            yield writer.silence(*silence, item.line, source), item.line, source
            continue
        scalar = item.values["value"] if isinstance(item, Mapping) else item
        if not isinstance(scalar, Scalar):
            fail(
                scalar,
                f"a statement of {key!r} must be a text, found {kind_of(scalar)}",
                f"write {key}: <text>",
            )
        yield document_or_text(text_of(scalar, key)), scalar.line, source


def flag_of(value: Value, key: str) -> Literal:
    """Return an ``xsd:boolean``.

    Raises:
        InputError: Neither true nor false stands there.
    """
    text = text_of(value, key)
    if text not in ("true", "false"):
        fail(value, f"{key!r} must be true or false, found {shortened(text)!r}", "write true or false")
    return Literal(text == "true")


def first_present(block: AnyMapping[str, Value], *names: str) -> Value | None:
    """Return the value of the first of ``names`` that the block has."""
    return next((block[name] for name in names if name in block), None)


def source_for(item: Value, default: StatedSource | None) -> StatedSource | None:
    """Return the source an item names, else ``default``.

    Raises:
        InputError: The source it names is not a URL.
    """
    if isinstance(item, Mapping) and "source" in item.values:
        return source_of(item.values["source"])
    return default
