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
from osaid_graph.identity import Kind, canonical, checked_iri, resolve, shortened, split_version
from osaid_graph.model import Term
from osaid_graph.readers.manifest.keys import PLACEHOLDERS, STATEMENT_KEYS
from osaid_graph.readers.statements import StatementWriter
from osaid_graph.readers.tree import Mapping, Scalar, Sequence, Value
from osaid_graph.reading import StatedSource
from osaid_graph.vocab import CODE, CODELISTS, OSAID

_DOCUMENT = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
#: A count has no more digits than fit into 64 bits.
MOST_DIGITS = 18
_COUNT = re.compile(rf"\d{{1,{MOST_DIGITS}}}", re.ASCII)
_SILENCES = {"not-disclosed": OSAID.NotDisclosed, "not-applicable": OSAID.NotApplicable}


def fail(value: Value | Scalar, found: str, expected: str) -> NoReturn:
    """Raise the error of a value that is not what its key accepts."""
    raise InputError(found, expected, line=value.line)


def one_of(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, and all of them."""
    words = sorted(known)
    near = difflib.get_close_matches(word[:100].casefold(), words, n=1, cutoff=0.6)
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
    if isinstance(value, Scalar) and value.is_null:
        return "nothing"
    return {Scalar: "a text", Sequence: "a list", Mapping: "a block of keys"}[type(value)]


def items_of(value: Value) -> list[Value]:
    """Return the values of a list, or the one value as a list."""
    return value.items if isinstance(value, Sequence) else [value]


def lead_of(value: Value, key: str) -> str:
    """Return the key that an entry is the one value of, or an empty text where it stands in a list."""
    return "" if isinstance(value, Sequence) else key


def some_of(value: Value, key: str) -> list[Value]:
    """Return the values of a list that has some, or the one value as a list.

    Raises:
        InputError: The list is empty, which says nothing although the key is there.
    """
    if isinstance(value, Sequence) and not value.items:
        fail(value, f"{key!r} is an empty list", "write a value, write not-disclosed, or leave the key out")
    return items_of(value)


def check_keys(block: Mapping, known: Iterable[str], where: str) -> None:
    """Refuse a key that ``where`` does not have.

    Raises:
        InputError: With the nearest known key.
    """
    names = tuple(known)
    for name, key in block.keys.items():
        if name not in names:
            raise InputError(f"unknown key {shortened(name)!r} in {where}", one_of(name, names), line=key.line)


def iri_of(value: Value, key: str) -> URIRef:
    """Return an absolute IRI, Hub pages in their canonical spelling.

    Raises:
        InputError: It is none.
    """
    try:
        return URIRef(canonical(checked_iri(text_of(value, key))))
    except InputError as error:
        if error.line is not None:
            raise
        fail(value, f"{key!r}: {error.message}", error.hint)


def is_document(value: Value | None) -> bool:
    """Tell whether a text as a whole is an address, ``scheme://...``, and so names a document."""
    return isinstance(value, Scalar) and bool(_DOCUMENT.fullmatch(value.text.strip()))


def document_or_text(value: Value, key: str) -> Term:
    """Return an IRI for a text that as a whole is an address, else the text as a literal.

    Raises:
        InputError: It is an address with characters that none may hold, or no text.
    """
    return iri_of(value, key) if is_document(value) else Literal(text_of(value, key))


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
        datetime.date.fromisoformat(text if _DATE.fullmatch(text) else "")
    except ValueError:
        fail(value, f"{key!r} is not a date: {shortened(text)!r}", "write it as YYYY-MM-DD")
    return Literal(text, datatype=XSD.date)


def count_of(value: Value, key: str) -> Literal:
    """Return an ``xsd:integer``.

    Raises:
        InputError: It is no whole number in digits.
    """
    text = text_of(value, key)
    if not _COUNT.fullmatch(text):
        fail(value, f"{key!r} is no whole number: {shortened(text)!r}", "write it in digits alone: 1200000")
    return Literal(int(text))


def reference_of(value: Value, key: str, kind: Kind) -> URIRef:
    """Return the IRI of a reference.

    Raises:
        InputError: It is empty, says nothing (not-disclosed), or is an invalid IRI.
    """
    text = _referring(value, key)
    try:
        return URIRef(resolve(text, kind))
    except InputError as error:
        fail(value, f"{key!r}: {error.message}", error.hint)


def version_of(value: Value, key: str, kind: Kind) -> tuple[URIRef, str]:
    """Return the IRI a reference names without its version, and the version (empty if it has none).

    Raises:
        InputError: As :func:`reference_of`.
    """
    text = _referring(value, key)
    try:
        iri, version = split_version(text, kind)
    except InputError as error:
        fail(value, f"{key!r}: {error.message}", error.hint)
    return URIRef(iri), version


def _referring(value: Value, key: str) -> str:
    text = text_of(value, key)
    if _word(text) in _SILENCES:
        fail(value, f"{key!r} must name something, found {text!r}", "name it, or leave the key out")
    return text


def source_of(value: Value) -> StatedSource:
    """Return the source a block or statement names.

    Raises:
        InputError: It is no absolute IRI, or a block without ``url``.
    """
    title = retrieved = ""
    if isinstance(value, Mapping):
        check_keys(value, ("url", "title", "retrieved"), "'source'")
        if "url" not in value.values:
            fail(value, "'source' has no 'url'", "write source: {url: https://...}")
        title = text_of(value.values["title"], "title") if "title" in value.values else ""
        retrieved = str(date_of(value.values["retrieved"], "retrieved")) if "retrieved" in value.values else ""
        value = value.values["url"]
    text = text_of(value, "source")
    try:
        return StatedSource(canonical(checked_iri(text)), title, retrieved)
    except InputError as error:
        fail(value, f"'source' is not a URL: {error.message}", "name the document that says it: https://...")


def silence_in(value: Value, where: str, beside: Iterable[str] = ("source",)) -> tuple[URIRef, str] | None:
    """Return (``osaid:NotDisclosed`` or ``osaid:NotApplicable``, the reason given) if a value says nothing.

    Args:
        value: A scalar, list or block.
        where: What it is, for messages.
        beside: The keys a block that says nothing may have beside the one that says so.

    Raises:
        InputError: ``not-applicable`` has no reason, a reason is no text, or a block says more than one thing.
    """
    if isinstance(value, Scalar):
        return _silence_of_text(value)
    if not isinstance(value, Mapping):
        return None
    words = [word for word in _SILENCES if word in value.values]
    if not words:
        return None
    if len(words) > 1:
        fail(value, f"{where} is both not-disclosed and not-applicable", "keep the one that is true")
    check_keys(value, (*words, *beside), f"{where} that is {words[0]}")
    said = value.values[words[0]]
    if words == ["not-disclosed"] and isinstance(said, Scalar) and said.is_null:
        return OSAID.NotDisclosed, ""
    if isinstance(said, Scalar) and said.plain and said.text.casefold() in ("true", "false", "yes", "no"):
        expected = "what the source says" if words == ["not-disclosed"] else "why"
        fail(said, f"{words[0]!r} must be a text, found {said.text!r}", f'write {{{words[0]}: "{expected}"}}')
    return _SILENCES[words[0]], text_of(said, words[0])


def _silence_of_text(value: Scalar) -> tuple[URIRef, str] | None:
    text = value.text.strip()
    word = _word(text)
    if word == "not-applicable":
        fail(value, "'not-applicable' needs its reason", 'write {not-applicable: "why"}')
    if word == "not-disclosed":
        return OSAID.NotDisclosed, ""
    return (OSAID.NotDisclosed, text) if text.casefold() in PLACEHOLDERS else None


def _word(text: str) -> str:
    """Return a text as a word of the manifest: ``Not disclosed`` is not-disclosed, never the text of a statement."""
    return text.strip().casefold().replace(" ", "-").replace("_", "-")


def statements_in(
    value: Value, key: str, default: StatedSource | None, writer: StatementWriter
) -> Iterator[tuple[Term, int, StatedSource | None]]:
    """Yield what a statement key says: each value with its line and source. Silences become nodes in ``writer``.

    Raises:
        InputError: A value is missing, or a block has keys a statement does not have.
    """
    for item, said, source in claims_in(value, key, default):
        silence = silence_in(said, f"a statement of {key!r}")
        if silence:
            yield writer.silence(*silence, item.line, source), item.line, source
        else:
            yield document_or_text(said, key), said.line, source


def claims_in(
    value: Value, key: str, default: StatedSource | None
) -> Iterator[tuple[Value, Value, StatedSource | None]]:
    """Yield every claim of a key in its long form: the item, what is said in it (a value or a silence), its source.

    Raises:
        InputError: A block does not say exactly one thing, or has keys a statement does not have.
    """
    where = f"a statement of {key!r}"
    for item in some_of(value, key):
        said = item
        if isinstance(item, Mapping):
            check_keys(item, STATEMENT_KEYS, where)
            kinds = [name for name in STATEMENT_KEYS if name in item.values and name != "source"]
            if len(kinds) != 1:
                found = "both " + " and ".join(kinds) if kinds else "none"
                fail(item, f"{where} needs one of value, not-disclosed, not-applicable; found {found}", "keep one")
            said = item.values.get("value", item)
        if said is not item and not isinstance(said, Scalar):
            fail(said, f"{where} must be a text, found {kind_of(said)}", f"write {key}: <text>")
        yield item, said, source_for(item, default)


def flag_of(value: Value, key: str) -> Literal:
    """Return an ``xsd:boolean``.

    Raises:
        InputError: Neither true nor false stands there.
    """
    text = text_of(value, key)
    if text not in ("true", "false"):
        fail(value, f"{key!r} must be true or false, found {shortened(text)!r}", "write true or false")
    return Literal(text == "true")


def address_in(block: AnyMapping[str, Value], *names: str) -> Scalar | None:
    """Return the address that the keys of ``names`` state, in the short or the long form; None if there is not one."""
    stated = [item for name in names if name in block for item in items_of(block[name])]
    said = [item.values.get("value") if isinstance(item, Mapping) else item for item in stated]
    found = [value for value in said if isinstance(value, Scalar) and is_document(value)]
    return found[0] if len(found) == 1 and len(stated) == 1 else None


def source_for(item: Value, default: StatedSource | None) -> StatedSource | None:
    """Return the source an item names, else ``default``.

    Raises:
        InputError: The source it names is not a URL.
    """
    if isinstance(item, Mapping) and "source" in item.values:
        return source_of(item.values["source"])
    return default
