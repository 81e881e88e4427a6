"""Slips of the pen in a query, found where they are: the engine only tells how far it read before it gave up."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Final

from osaid_graph.errors import UsageError
from osaid_graph.identity import shortened
from osaid_graph.query.tokens import Token

#: Keywords and functions of SPARQL 1.1 (section 19.8), and those of RDF 1.2 that the engine knows.
_WORDS_TEXT: Final = """
    a abs add adjust all as asc ask avg base bind bnode bound by ceil clear coalesce concat construct contains
    copy count create data datatype day default delete desc describe distinct drop encode_for_uri exists false
    filter floor from graph group group_concat haslang haslangdir having hours if in insert into iri isblank isiri
    isliteral isnumeric istriple isuri lang langdir langmatches lateral lcase limit load max md5 min minus minutes
    month move named not now object offset optional order predicate prefix rand reduced regex replace round
    sameterm sample seconds select separator sha1 sha256 sha384 sha512 silent str strafter strbefore strdt strends
    strlang strlangdir strlen strstarts struuid subject substr sum timezone to triple true tz ucase undef union
    unsaid uri using uuid values version where with year
"""
_WORDS: Final = frozenset(_WORDS_TEXT.split())
_CLOSES: Final = {"{": "}", "(": ")", "[": "]"}


def slip(found: list[Token], source: str) -> UsageError | None:
    """Return what is wrong with a query that does not parse, where it is one of a few common slips."""
    for each in (*_texts(found), *_unknown_words(found), *_brackets(found)):
        token, what, hint = each
        return UsageError(f"not SPARQL at column {token.column}: {what}", hint, source=source, line=token.line)
    return None


def _texts(found: list[Token]) -> Iterator[tuple[Token, str, str]]:
    for token in found:
        if token.kind == "mark" and token.text in "'\"":
            yield token, "a text that does not end", "close it on the same line, or write it between three quotes"


def _unknown_words(found: list[Token]) -> Iterator[tuple[Token, str, str]]:
    for token in found:
        if token.kind == "word" and token.text.casefold() not in _WORDS:
            near = difflib.get_close_matches(token.text.casefold(), _WORDS, n=1, cutoff=0.75)
            guess = f"did you mean {near[0].upper()}? " if near else ""
            hint = f"{guess}a variable starts with ?, a name has a prefix: osaid:trainedOn"
            yield token, f"{shortened(token.text, 30)!r} is no word of SPARQL", hint


def _brackets(found: list[Token]) -> Iterator[tuple[Token, str, str]]:
    opened: list[Token] = []
    for token in (each for each in found if each.kind == "mark"):
        if token.text in _CLOSES:
            opened.append(token)
        elif token.text in _CLOSES.values():
            if not opened:
                yield token, f"{token.text!r} closes nothing", "take it out, or open what it closes"
                return
            if _CLOSES[opened[-1].text] != token.text:
                before = opened[-1]
                hint = f"{before.text!r} of line {before.line}, column {before.column} is still open"
                yield token, f"{token.text!r} where {_CLOSES[before.text]!r} is to come", hint
                return
            opened.pop()
    if opened:
        yield opened[-1], f"{opened[-1].text!r} is not closed", f"close it with {_CLOSES[opened[-1].text]!r}"
