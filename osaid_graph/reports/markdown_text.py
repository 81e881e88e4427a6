"""What data say, as GitHub Flavored Markdown that means nothing but these characters.

A backslash keeps GitHub's parser from taking a sign for markup. It does not keep the filters that run on the finished
page from making a mention of ``@name`` or a reference of ``#12`` and ``GH-12``, nor a link of ``www.``, nor formulas of
``$x$``: a comment or a character reference does.
"""

from __future__ import annotations

import re
from typing import Final

from osaid_graph.reports.words import lines, plain, web_link

_MARKS: Final = {mark: f"\\{mark}" for mark in "\\`*_{}[]()!|~:"}
_REFERENCES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", "@": "@<!-- -->", "#": "#<!-- -->"}
#: What begins a link to an address without a scheme (GFM, section 6.9), or to an issue, by its first letters.
_LINKS: Final = re.compile(r"www(?=\.)|gh(?=-\d)", re.IGNORECASE)
_ESCAPES: Final = str.maketrans(_MARKS | _REFERENCES)
_WITHIN_HTML: Final = str.maketrans({mark: f"&#{ord(mark)};" for mark in _MARKS} | _REFERENCES)


def escaped(text: str) -> str:
    r"""Return a text as one line of text.

    >>> print(escaped("<b> [x](javascript:y) @acme #1 | `c`"))
    &lt;b&gt; \[x\]\(javascript\:y\) @<!-- -->acme #<!-- -->1 \| \`c\`
    >>> print(escaped("www.example.org GH-12"))
    www<!-- -->.example.org GH<!-- -->-12
    """
    return _unlinked(plain(text).translate(_ESCAPES))


def within_html(text: str) -> str:
    """Return a text as one line within a block of HTML, where a backslash would be shown (CommonMark 4.6).

    >>> within_html("[a] <b>")
    '&#91;a&#93; &lt;b&gt;'
    """
    return _unlinked(plain(text).translate(_WITHIN_HTML))


def _unlinked(text: str) -> str:
    return _LINKS.sub(r"\g<0><!-- -->", text)


def code(text: str, *, in_table: bool = False) -> str:
    """Return a text as a code span, delimited by more backticks than it holds in a row (CommonMark 6.1).

    >>> code("a`b")
    '`` a`b ``'
    """
    shown = plain(text) or " "
    mark = "`" * (_longest(shown) + 1)
    pad = " " if len(mark) > 1 else ""
    span = f"{mark}{pad}{shown}{pad}{mark}"
    return span.replace("|", "\\|") if in_table else span


def block(text: str, language: str = "") -> str:
    """Return a text as a fenced code block, its fence longer than any it holds (CommonMark 4.5)."""
    fence = "`" * max(3, _longest(text) + 1)
    return f"{fence}{language}\n{lines(text)}\n{fence}"


def link(text: str, address: str) -> str:
    """Return a link to an address of the web; of any other, the text alone."""
    target = web_link(address)
    return f"[{escaped(text)}](<{target}>)" if target else escaped(text)


def _longest(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
