"""What kind of statement the words for a licence are: an identifier of the SPDX list, an expression, or neither."""

from __future__ import annotations

import re

from osaid_graph.terms import catalogue
from osaid_graph.terms.expression import ExpressionError, parse

_WORD = re.compile(r"[^()\s]+")
_REFERENCE = re.compile(r"(DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")
_SPDX = "https://spdx.org/licenses/"


def is_listed(words: str) -> bool:
    """Tell whether words are an identifier of the SPDX list in the list's own spelling.

    >>> is_listed("Apache-2.0"), is_listed("apache-2.0"), is_listed("MIT OR Apache-2.0")
    (True, False, False)
    """
    facts = catalogue().license(words)
    return facts is not None and facts.id == words and facts.url.startswith(_SPDX)


def is_expression(words: str) -> bool:
    """Tell whether words are an SPDX licence expression (SPDX 3.0.1, annex "SPDX license expressions").

    Every licence in it is on the SPDX list or a ``LicenseRef-``, every exception is on the list.

    >>> is_expression("(MIT OR GPL-2.0-or-later WITH Classpath-exception-2.0) AND LicenseRef-acme")
    True
    >>> is_expression("Llama 2 Community License"), is_expression("MIT OR")
    (False, False)
    """
    try:
        parse(words)
    except ExpressionError:
        return False
    tokens = _WORD.findall(words)
    before = ["", *tokens[:-1]]
    return all(_is_known(token, previous) for token, previous in zip(tokens, before, strict=True))


def _is_known(token: str, previous: str) -> bool:
    if token in ("AND", "OR", "WITH"):
        return previous not in ("", "AND", "OR", "WITH")
    if previous == "WITH":
        return catalogue().exception(token) == token
    if previous not in ("", "AND", "OR"):  # two words without an operator between them are a name, not an expression
        return False
    return is_listed(token.removesuffix("+")) or _REFERENCE.fullmatch(token) is not None
