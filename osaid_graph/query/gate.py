"""What is refused before a query runs: whatever writes or fetches, and what cannot be understood."""

from __future__ import annotations

import difflib
import re
from collections.abc import Container, Iterator
from itertools import pairwise
from typing import Final, Literal

import pyoxigraph as ox

from osaid_graph.errors import UsageError, printable
from osaid_graph.identity import shortened
from osaid_graph.query.apart import Apart
from osaid_graph.query.slips import slip
from osaid_graph.query.terms import PREFIXES
from osaid_graph.query.tokens import Token, tokens, unescaped

Form = Literal["select", "ask", "construct"]

#: What a query starts with after its prefixes; a description is a graph as well.
_FORMS: Final[dict[str, Form]] = {
    "SELECT": "select",
    "ASK": "ask",
    "CONSTRUCT": "construct",
    "DESCRIBE": "construct",
}
_UPDATES: Final = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "MODIFY")
)
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
#: What the engine says beside the tokens it expected, and what that means.
_SENTENCES: Final = {
    "variable that is unbound": "a variable in SELECT stands nowhere in the pattern, or is not grouped by",
    "IRI parsing failed": "an IRI is not absolute, or holds what none can",
}
#: Brackets within brackets, and words and signs outside of VALUES: the engine takes a query apart by recursion, and
#: ends the process where that is too deep.
_DEEPEST: Final = 100
_LONGEST: Final = 5_000
#: Seconds that a query may take to be parsed and planned: many patterns side by side take the engine for ever.
_PLANNING: Final = 20
#: Characters of a line that are shown before and behind the place of an error.
_SHOWN: Final = 60


def checked(text: str, source: str = "", graphs: Container[str] | None = None) -> Form:
    """Return which form a query has, if it may run.

    Args:
        text: The query.
        source: The file it stands in, to be named where it is wrong.
        graphs: IRIs of the named graphs there are; None to let every FROM pass.

    Raises:
        UsageError: The query updates, asks a service, reads a graph that is not there, has a prefix that is not
            declared, or is not SPARQL 1.1; ``source`` and ``line`` are set.
    """
    found = tokens(text)
    for each in (found, tokens(unescaped(text))):
        _refuse_services(each, source)
    form = _form(found, source)
    _refuse_too_large(found, source)
    prefixes = PREFIXES | declared_prefixes(found)
    _refuse_unknown_prefixes(found, prefixes, source)
    if graphs is not None:
        _refuse_unknown_graphs(found, prefixes, graphs, source)
    parse(text, source)
    return form


def parse(text: str, source: str = "") -> None:
    """Parse a query, which must have passed the other checks: the engine parses what it runs, here over nothing.

    Raises:
        UsageError: It is not SPARQL 1.1; ``source`` and ``line`` are set. Or it takes too long to be planned.
    """
    try:
        if Apart(lambda: _planned(text)).finished(_PLANNING):
            return
    except SyntaxError as error:
        raise slip(tokens(text), source) or _not_sparql(str(error), text, source) from None
    raise UsageError(f"the query is not planned after {_PLANNING} s", "ask with fewer patterns", source=source)


def _planned(text: str) -> None:
    ox.Store().query(text, prefixes=PREFIXES)


def _form(found: list[Token], source: str) -> Form:
    first = _after_prologue(found)
    if first is None:
        raise UsageError("an empty query", "write SELECT, ASK or CONSTRUCT and a pattern", source=source)
    word = first.text.upper()
    if word in _UPDATES:
        hint = "queries only read: change the description itself, and ask again"
        raise UsageError(f"an update ({word}), no query", hint, source=source, line=first.line)
    if word not in _FORMS:
        hint = "a query starts with SELECT, ASK, CONSTRUCT or DESCRIBE, after its prefixes"
        what = f"not SPARQL at column {first.column}: {shortened(first.text, 20)!r}"
        raise UsageError(what, hint, source=source, line=first.line)
    return _FORMS[word]


def _after_prologue(found: list[Token]) -> Token | None:
    position = 0
    while position < len(found) and found[position].is_word("PREFIX", "BASE"):
        position += 3 if found[position].is_word("PREFIX") else 2
    return found[position] if position < len(found) else None


def declared_prefixes(found: list[Token]) -> dict[str, str]:
    """Return the prefixes that a query declares, and what each stands for."""
    known: dict[str, str] = {}
    for word, name, iri in zip(found, found[1:], found[2:], strict=False):
        if word.is_word("PREFIX") and name.kind == "name" and iri.kind == "iri":
            known[name.text.rstrip(":")] = iri.text[1:-1]
    return known


def _refuse_services(found: list[Token], source: str) -> None:
    """Refuse every SERVICE.

    The engine takes keywords without a blank behind them (``SERVICE:x {``, ``trueSERVICE<x>{``), so a word that
    merely holds this one is refused too, and a name of such a prefix where a service could stand.
    """
    for before, each, after in zip([None, *found], found, [*found[1:], None], strict=False):
        hidden = each.kind == "name" and "SERVICE" in each.text.partition(":")[0].upper() and after is not None
        opens = hidden and after is not None and after.text == "{" and not (before and before.is_word("GRAPH"))
        if opens or (each.kind == "word" and "SERVICE" in each.text.upper()):
            hint = "nothing is fetched: give what the service would say as a further INPUT"
            raise UsageError("SERVICE asks another server", hint, source=source, line=each.line)


def _refuse_too_large(found: list[Token], source: str) -> None:
    depth, number, data = 0, 0, 0
    for each in found:
        if each.is_word("VALUES"):
            data = -1  # its braces are to come
        if each.kind == "mark" and each.text in "{([":
            depth += 1
            data = depth if data == -1 and each.text == "{" else data
        elif each.kind == "mark" and each.text in "})]":
            data = 0 if data == depth else data
            depth -= 1
        number += data <= 0 and each.kind in ("word", "mark") and each.text != ","
        if depth > _DEEPEST:
            what = f"more than {_DEEPEST} brackets within each other at column {each.column}"
            raise UsageError(what, "take the query apart", source=source, line=each.line)
    if number > _LONGEST:
        what = f"a query of more than {_LONGEST:,} words and signs"
        raise UsageError(what, "list values with VALUES, or ask several queries", source=source)


def _refuse_unknown_prefixes(found: list[Token], known: dict[str, str], source: str) -> None:
    declared = {id(name) for word, name in pairwise(found) if word.is_word("PREFIX")}
    for each in found:
        prefix = each.text.partition(":")[0]
        if each.kind == "name" and prefix not in (*known, "_") and id(each) not in declared:
            near = difflib.get_close_matches(prefix, known, n=1)
            guess = f"did you mean {near[0]}:? " if near else ""
            hint = f"{guess}known without a declaration: {' '.join(f'{name}:' for name in PREFIXES)}"
            what = f"no prefix {prefix + ':'!r} at column {each.column}"
            raise UsageError(what, hint, source=source, line=each.line)


def _refuse_unknown_graphs(found: list[Token], known: dict[str, str], graphs: Container[str], source: str) -> None:
    for token in _from(found):
        prefix, _, local = token.text.partition(":")
        iri = token.text[1:-1] if token.kind == "iri" else known[prefix] + local
        if iri not in graphs:
            what = f"FROM names no graph of the inputs: {shortened(iri)}"
            hint = "nothing is fetched: give the document as an INPUT; GRAPH ?g { ?s ?p ?o } shows the graphs there are"
            raise UsageError(what, hint, source=source, line=token.line)


def _from(found: list[Token]) -> Iterator[Token]:
    """Yield what FROM and FROM NAMED name."""
    for word, first, second in zip(found, found[1:], [*found[2:], None], strict=False):
        if word.is_word("FROM"):
            named = second if first.is_word("NAMED") else first
            if named is not None and named.kind in ("iri", "name"):
                yield named


def _not_sparql(message: str, text: str, source: str) -> UsageError:
    """Return where and how a query breaks the grammar, with the line and where in it the engine gave up."""
    match = _PLACE.match(message)
    if match is None:
        return UsageError(f"not SPARQL: {shortened(printable(message))}", "see SPARQL 1.1", source=source)
    line, column = int(match[1]), int(match[2])
    lines = text.split("\n")
    shown = lines[line - 1] if line <= len(lines) else ""
    before, after = shown[: column - 1].lstrip()[-_SHOWN:], shown[column - 1 :].rstrip()[:_SHOWN]
    why = next((sentence for said, sentence in _SENTENCES.items() if said in match[3]), "")
    hint = f"{why + '; ' if why else ''}given up at the arrow: {before}-->{after}"
    return UsageError(f"not SPARQL, told at column {column}", hint, source=source, line=line)
