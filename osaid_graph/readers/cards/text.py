"""What the texts of a card say: placeholders of the template, links, labels in bold type, and where a long one ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from osaid_graph.readers.cards.markdown import Line, Section, named

#: Characters of a section's text that are kept as a value; the place tells where the rest stands.
MAX_TEXT = 2_000
#: Characters of a text in which links are looked for.
_MAX_LINKED = 20_000
_PLACEHOLDER = re.compile(
    r"\s*(?:(?:\{\{[^{}]*\}\}|\[?(?:more information needed|needs more information)\]?(?:\([^()\s]*\))?)\s*[.;,]?\s*)+",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*(?:[-*+]\s+)?\*\*([^*]{1,120}?)(?::\s*\*\*|\*\*\s*:)(.*)")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?((?:[^\s()<>]|\([^\s()<>]*\))+)>?(?:\s+\"[^\"]*\")?\s*\)")
_BARE_LINK = re.compile(r"<?(https?://[^\s<>\[\]\"'`|]+)>?")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SLOT = re.compile(r"[<{][\w .-]+[>}]")


@dataclass(frozen=True, slots=True)
class Label:
    """A line of a card that says what it is about: ``- **Paper:** ...``; it is a place."""

    name: str
    value: str
    line: int
    path: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a text, and the words it is behind."""

    words: str
    url: str


def is_placeholder(text: str) -> bool:
    """Tell whether a text is what a template has where nobody wrote anything.

    >>> is_placeholder("[More Information Needed](https://example.org/how)"), is_placeholder("{{ paper }}")
    (True, True)
    >>> is_placeholder("More to come")
    False
    """
    return len(text) <= MAX_TEXT and bool(
        _PLACEHOLDER.fullmatch(" ".join(" ".join(_value(line).split()) for line in text.split("\n")))
    )


def is_slot(text: str) -> bool:
    """Tell whether a text holds a place of a template that was not filled in: ``<org>/<name>``, ``{license}``."""
    return bool(_SLOT.search(text)) and not _MARKDOWN_LINK.search(text)


def says_something(text: str) -> bool:
    """Tell whether a text has words, apart from pictures and tags."""
    return any(character.isalnum() for character in _TAG.sub(" ", _IMAGE.sub(" ", text)))


def shown(text: str) -> str:
    """Return a text as a value: an address alone if it is but a link, and no longer than ``MAX_TEXT``.

    >>> shown(" [the data sheet](https://example.org/sheet)")
    'https://example.org/sheet'
    """
    words = " ".join(text.split())
    link = _MARKDOWN_LINK.fullmatch(words) or _BARE_LINK.fullmatch(words)
    if link:
        return link[link.lastindex or 1]
    if len(words) <= MAX_TEXT:
        return words
    return words[:MAX_TEXT].rsplit(" ", 1)[0] + " …"


def links(text: str) -> list[Link]:
    """Return the http(s) addresses in a text, each once, in the order written."""
    text = text[:_MAX_LINKED]
    found: dict[str, tuple[int, str]] = {}
    for match in _MARKDOWN_LINK.finditer(text):
        if match[2].startswith(("http://", "https://")):
            words = "" if match[1].startswith(("http://", "https://")) else match[1]
            found.setdefault(match[2], (match.start(), words.strip()))
    for match in _BARE_LINK.finditer(_MARKDOWN_LINK.sub(lambda link: " " * len(link.group()), text)):
        found.setdefault(match[1].rstrip(".,;:!?)*"), (match.start(), ""))
    return [Link(words, url) for url, (_, words) in sorted(found.items(), key=lambda item: item[1][0])]


def is_links(text: str) -> bool:
    """Tell whether a text is links and nothing else."""
    bare = _BARE_LINK.sub(" ", _MARKDOWN_LINK.sub(" ", text[:_MAX_LINKED]))
    return len(text) <= _MAX_LINKED and not any(character.isalnum() for character in bare)


def unlinked(text: str) -> str:
    """Return a text with its links as the words they are behind.

    >>> unlinked("[Acme Lab](https://acme.example), Berlin")
    'Acme Lab, Berlin'
    """
    return " ".join(_MARKDOWN_LINK.sub(lambda link: link[1] or link[2], text[:_MAX_LINKED]).split())


def labels(section: Section) -> Iterator[Label]:
    """Yield the labelled lines of a section, with the lines that go on below a label as part of its value."""
    label: str = ""
    values: list[Line] = []
    for line in [*section.lines, Line(0, "")]:
        match = None if line.code else _LABEL.match(line.text)
        if label and (match or not line.text.strip()):
            text = "\n".join([_value(values[0].text), *(each.text for each in values[1:])]).strip()
            path = f"{section.path} / {label}".lstrip(" /")
            yield Label(named(label), text, values[0].number, path, tuple(each.number for each in values))
            label = ""
        if match:
            label, values = match[1].strip(": "), [line]
        elif label:
            values.append(line)


def _value(line: str) -> str:
    """Return a line without the label before it."""
    match = _LABEL.match(line)
    return match[2].strip() if match else line
