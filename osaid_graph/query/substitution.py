"""Values of parameters written into the text of a query, for engines that are sent text and nothing else.

What the engine here does by itself (:func:`osaid_graph.query.run.ask`) is done to the tokens of the query: a parameter
is replaced by its value wherever it stands for one, and left out where it names a column or an order, since it is the
same in every row (SPARQL 1.2 community group, SEP-0007). Values are written as terms and the whole is parsed again, so
that none is ever read as SPARQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from osaid_graph.errors import UsageError
from osaid_graph.identity import shortened
from osaid_graph.query.gate import checked, declared_prefixes
from osaid_graph.query.terms import PREFIXES, Term
from osaid_graph.query.tokens import Token, tokens

#: Start and end in the text, and what stands there instead.
_Edit = tuple[int, int, str]
#: What ends the list of a GROUP BY or ORDER BY, beside the end of the group it stands in.
_AFTER_LIST: Final = ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
#: Columns that stand in for parameters, where nothing else is selected, start so.
NO_COLUMN: Final = "no_column_"
#: What some engines take for an escaped character in a text that holds a backslash (SPARQL 1.1, section 19.2).
_ESCAPE: Final = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")


def substituted(text: str, values: Mapping[str, Term], source: str = "") -> str:
    """Return a query with values for its parameters, and with declarations of the prefixes that it uses without.

    A sub-query that does not select a parameter has a variable of its own by that name, as everywhere in SPARQL.

    Args:
        text: A query that may run (:func:`osaid_graph.query.gate.checked`).
        values: Values of variables: IRIs and literals.
        source: The file the query stands in, to be named where it is wrong.

    Raises:
        UsageError: SELECT does not name a parameter, the query sets one itself, or a value cannot stand where its
            parameter does, such as a text for a property.
    """
    terms = {name: _written(name, value) for name, value in values.items()}
    found = tokens(text)
    whole = _declarations(found) + _edited(text, _Substitution(found, terms, source).edits(len(found)))
    if terms:
        try:
            checked(whole)
        except UsageError as error:
            given = ", ".join(f"?{name} = {shortened(term)}" for name, term in terms.items())
            raise UsageError(f"no query with {given}: {error.message}", error.hint, source=source) from None
    return whole


def _written(name: str, value: Term) -> str:
    if isinstance(value, ox.BlankNode):
        raise UsageError(f"{name}: a blank node has no name elsewhere", "give a node that has an IRI")
    if _ESCAPE.search(value.value):
        raise UsageError(f"{name}: {shortened(value.value)!r} holds an escape", "leave out what follows the backslash")
    return str(value)


def _declarations(found: list[Token]) -> str:
    used = {each.text.partition(":")[0] for each in found if each.kind == "name"} - set(declared_prefixes(found))
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items() if prefix in used)


def _edited(text: str, edits: Iterator[_Edit]) -> str:
    parts, position = [], 0
    for start, end, instead in edits:
        parts += [text[position:start], instead]
        position = end
    return "".join([*parts, text[position:]])


class _Substitution:
    """The places of parameters in a query, from its start to its end.

    Attributes:
        scopes: For each group that is open the parameters that are not variables of its own there.
    """

    def __init__(self, found: list[Token], terms: Mapping[str, str], source: str) -> None:
        self.found, self.terms, self.source = found, terms, source
        self.scopes: list[frozenset[str]] = [frozenset(terms)]
        self.at = 0
        self.columns = 0

    def edits(self, end: int) -> Iterator[_Edit]:
        """Yield what is to be replaced up to a token, in order."""
        while self.at < end:
            token = self.found[self.at]
            if token.is_word("SELECT"):
                yield from self._selection()
            elif token.is_word("GROUP", "ORDER") and self.found[self.at + 1].is_word("BY"):
                yield from self._arranged(token)
            elif token.is_word("VALUES"):
                self._refuse_data()
            elif token.is_word("BOUND") and self._is_parameter(self.found[self.at + 2]):
                yield token.start, self.found[self.at + 3].end, "true"
                self.at += 4
            else:
                yield from self._single(token)

    def _selection(self) -> Iterator[_Edit]:
        """Leave parameters out of what is selected; a sub-query that does not select one has its own of that name."""
        start = self.at + 1 + self.found[self.at + 1].is_word("DISTINCT", "REDUCED")
        items = self._items(start, "{", "WHERE", "FROM")
        alone = [self.found[first].text for first, last in items if last - first == 1]
        if "*" not in alone:
            selected = {text[1:] for text in alone}
            if len(self.scopes) == 1 and (missing := sorted(self.scopes[0] - selected)):
                what = f"the parameter ?{missing[0]} is not in SELECT"
                raise UsageError(what, f"write SELECT ?{missing[0]} ...", source=self.source)
            self.scopes[-1] &= selected
        kept, dropped = self._sorted(items)
        if not kept:
            self.columns += 1
            at = self.found[start].start
            yield at, at, f"(1 AS ?{NO_COLUMN}{self.columns}) "
        yield from self._without(dropped, items)

    def _arranged(self, token: Token) -> Iterator[_Edit]:
        """Leave parameters out of what rows are grouped or ordered by."""
        start = self.at + 2
        items = self._items(start, "}", *_AFTER_LIST)
        kept, dropped = self._sorted(items)
        if not kept and token.is_word("ORDER"):
            yield token.start, self.found[start - 1].end, ""
        elif not kept:  # one group if there is any row, and none if there is not
            at = self.found[start].start
            yield at, at, f"({next(iter(self.terms.values()))}) "
        yield from self._without(dropped, items)

    def _items(self, start: int, mark: str, *words: str) -> list[tuple[int, int]]:
        """Return where the items of a list start and end, which itself ends at a bracket or a word."""
        items: list[tuple[int, int]] = []
        at = start
        while at < len(self.found) and self.found[at].text != mark and not self.found[at].is_word(*words):
            first, depth = at, 0
            while True:
                depth += _turn(self.found[at])
                at += 1
                opens = at < len(self.found) and self.found[at].text == "("
                called = opens and self.found[at - 1].kind in ("word", "name", "iri")
                if at == len(self.found) or (depth == 0 and not called):
                    break
            items.append((first, at))
        return items

    def _sorted(self, items: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], set[int]]:
        """Return the items that are kept, and where those start that are a parameter and nothing else."""
        dropped = set()
        for first, last in items:
            named = [
                each for each in self.found[first:last] if each.text not in "()" and not each.is_word("ASC", "DESC")
            ]
            if len(named) == 1 and self._is_parameter(named[0]):
                dropped.add(first)
        return [item for item in items if item[0] not in dropped], dropped

    def _without(self, dropped: set[int], items: list[tuple[int, int]]) -> Iterator[_Edit]:
        for first, last in items:
            if first in dropped:
                end = self.found[last].start if last < len(self.found) else self.found[last - 1].end
                yield self.found[first].start, end, ""
                self.at = last
            else:
                self.at = first
                yield from self.edits(last)
        self.at = max(self.at, items[-1][1])

    def _single(self, token: Token) -> Iterator[_Edit]:
        """Replace one token if it is a parameter, and keep account of the groups."""
        if token.kind == "mark" and token.text == "{":
            self.scopes.append(self.scopes[-1])
        elif token.kind == "mark" and token.text == "}":
            self.scopes.pop()
        elif self._is_parameter(token):
            if self.found[self.at - 1].is_word("AS"):
                raise self._is_set(token)
            yield token.start, token.end, self.terms[token.text[1:]]
        self.at += 1

    def _refuse_data(self) -> None:
        """Pass the variables of VALUES, none of which may be a parameter."""
        self.at += 1
        while self.found[self.at].text != "{":
            if self._is_parameter(self.found[self.at]):
                raise self._is_set(self.found[self.at])
            self.at += 1

    def _is_parameter(self, token: Token) -> bool:
        return token.kind == "variable" and token.text[1:] in self.scopes[-1]

    def _is_set(self, token: Token) -> UsageError:
        what, hint = f"the parameter {token.text} is set inside the query", "give the variable there another name"
        return UsageError(what, hint, source=self.source, line=token.line)


def _turn(token: Token) -> int:
    if token.kind != "mark":
        return 0
    return 1 if token.text in "([{" else -1 if token.text in ")]}" else 0
