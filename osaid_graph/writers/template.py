"""The template of ``osaid.yaml``: keys to uncomment, each with its meaning and the requirements it answers.

It is made from the tables that the reader follows (:mod:`osaid_graph.readers.manifest.keys`) and from the definition.
A line that starts with one ``#`` is a key to uncomment, one with ``##`` is prose. The value to replace is ``TODO``,
which the reader takes as not disclosed: a value that is forgotten is a gap, never evidence.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import URIRef

from osaid_graph.identity import Kind, part_of, resolve
from osaid_graph.readers.manifest.keys import (
    BLOCKS,
    DATASET_DERIVATIONS,
    LONG_DERIVATIONS,
    MANIFEST,
    PARAMETER_DERIVATIONS,
    Accepts,
    Key,
)
from osaid_graph.readers.manifest.schema import REQUIRED, SCHEMA_ID
from osaid_graph.validation.definition import DEFAULT_VERSION, definition
from osaid_graph.vocab import CODELISTS, OSAID
from osaid_graph.writers.manifest_blocks import KINDS
from osaid_graph.writers.yaml_layout import WIDTH, Yaml
from osaid_graph.writers.yaml_text import NEW_DATA, TODO, Word, scalar

SCHEMA_LINE = f"# yaml-language-server: $schema={SCHEMA_ID}"
PLACEHOLDER_ID = "your-org/your-model"
PLACEHOLDER_NAME = "Your model"

_VERSION = "1.0"
_ADDRESS = "https://example.org/where-it-is-said"
_DAY = Word("2025-01-31")
#: A row, and that it has no place: a count that is forgotten says nothing good.
_ROW = Word("1")
#: Requirements named beside a key before "...".
_SHOWN = 3
_HEAD = (
    "A description of an AI release. Uncomment the keys you can answer, and put the answer in the place of TODO:",
    "TODO counts as not disclosed, a key left out as not evidenced. An answer is a text, or the URL of a document that",
    "says it. In parentheses stand the requirements that a key answers: osaid-graph explain ID says what each asks.",
)
#: What a block needs beside the keys that a requirement asks about to be of use; the short template has these alone.
_BASIC = ("version", "producer", "roles", "document", "location", "license", "derived-from")


@dataclass(frozen=True, slots=True)
class _Line:
    """A key of the template: how deep it stands, what is written, and what it means."""

    indent: int
    text: str
    note: str = ""
    active: bool = False


def template(id_: str = PLACEHOLDER_ID, name: str = PLACEHOLDER_NAME, *, full: bool = False) -> str:
    """Return the text of a new manifest, which is read as a system with an id and a name and nothing else.

    Args:
        id_: The identity of the system: an absolute IRI, or org/name for the Hub repository.
        name: What people call it.
        full: Every key of every block, not only those that answer a requirement or are needed beside them.
    """
    made = _Template(id_, name, full=full)
    lines = [SCHEMA_LINE, *(f"## {line}" for line in _HEAD)]
    for key_name, key in MANIFEST.items():
        if key_name == "waivers" and not full:  # nothing to start a description with
            continue
        lines.append("")
        lines += [text for line in made.entry(key_name, key) for text in _written(line)]
    return "\n".join(lines) + "\n"


def _written(line: _Line) -> Iterator[str]:
    """Yield a line with its meaning behind it, or before it where both do not fit."""
    margin = "" if line.active else "# "
    start = f"{margin}{' ' * line.indent}"
    shown = textwrap.wrap(start + line.text, WIDTH, subsequent_indent=f"{start}    ", break_on_hyphens=False)
    if line.note and len(shown) == 1 and len(shown[0]) + len(line.note) + 4 <= WIDTH:
        yield f"{shown[0]}  # {line.note}"
        return
    for text in textwrap.wrap(line.note, WIDTH - line.indent - 4, break_on_hyphens=False):
        yield f"## {' ' * line.indent}{text}"
    yield from shown


class _Template:
    def __init__(self, id_: str, name: str, *, full: bool) -> None:
        self.id = id_
        self.name = name
        self.full = full
        self.whole = URIRef(resolve(id_, "models"))
        self.data = f"{NEW_DATA}@{_VERSION}" if full else NEW_DATA  # how the dataset of the template is referred to

    def entry(self, name: str, key: Key) -> Iterator[_Line]:
        """Yield the lines of a top-level key."""
        note = self._note(key, OSAID.AISystem)
        if name == "system":
            yield _Line(0, "system:", note, active=True)
            yield from self._keys("system", 2, active=("id", "name"))
        elif key.accepts in (Accepts.DATASETS, Accepts.IMPORTS, Accepts.SOURCE):
            yield _Line(0, f"{name}: {_flow(self._example('', name, key))}", note)
        else:
            listed = key.accepts is Accepts.BLOCKS or name == "data-information"
            yield _Line(0, f"{name}:", note)
            yield from self._listed(key.block) if listed else self._keys(key.block, 2)

    def _listed(self, block: str) -> Iterator[_Line]:
        for number, line in enumerate(self._keys(block, 4)):
            yield _Line(2, f"- {line.text}", line.note) if not number else line

    def _keys(self, block: str, indent: int, active: tuple[str, ...] = ()) -> Iterator[_Line]:
        for name, key in BLOCKS[block].items():
            note = self._note(key, KINDS.get(block))
            if (block, name) == ("dataset", "version"):
                note += "; refer to it as id@version"
            if name in active:
                yield _Line(indent, f"{name}: {_flow(self._example(block, name, key))}", note, active=True)
            elif not self._is_shown(block, name, key):
                continue
            elif self.full and key.accepts is Accepts.NODES and key.block:
                yield _Line(indent, f"{name}:", note)
                yield from self._keys(key.block, indent + 2)
            else:
                yield _Line(indent, f"{name}: {_flow(self._example(block, name, key))}", note)

    def _is_shown(self, block: str, name: str, key: Key) -> bool:
        if name in ("not-disclosed", "not-applicable"):
            return False  # an entry of its own, which the notes on the roles tell of
        if (block, name) == ("dataset", "version"):
            return self.full  # a version is a node of its own: the references of the short template name none
        if self.full or block in ("dataset", "judgement", "waiver"):
            return True
        if name in REQUIRED.get(block, ()):
            return True
        if name in LONG_DERIVATIONS or any(BLOCKS[block][other].iri == key.iri for other in _before(block, name)):
            return False
        return name in _BASIC or bool(_answered(key.iri, KINDS.get(block)))

    def _example(self, block: str, name: str, key: Key) -> Yaml:
        match key.accepts:
            case Accepts.PLAIN:
                return self._text(block, name)
            case Accepts.DATE:
                return _DAY
            case Accepts.COUNT:
                return _ROW
            case Accepts.WORD if block == "judgement":
                return "not-met"
            case Accepts.WORDS:
                return list(CODELISTS[key.codelist])
            case Accepts.ACCESS:
                return CODELISTS[key.codelist][1]
            case Accepts.DERIVATIONS:
                kinds = DATASET_DERIVATIONS if block == "dataset" else PARAMETER_DERIVATIONS
                return [{next(iter(kinds)): _other(block)}]
            case Accepts.REFERENCES:
                return [self.data if block == "data-information" else _other(block)]
            case Accepts.DATASETS:
                return [self.data]
            case Accepts.SOURCE:
                return _ADDRESS
            case Accepts.IMPORTS:
                return ["upstream/data.yaml"]
            case Accepts.FLAG:
                return Word("false")
        return TODO

    def _text(self, block: str, name: str) -> str:
        if name in ("subject", "on") or (block, name) == ("system", "id"):
            return self.id
        if (block, name) == ("system", "name"):
            return self.name
        if name == "id":
            return NEW_DATA if block == "dataset" else part_of(str(self.whole), block)
        known = {"version": _VERSION, "requirement": "data-info-sufficient", "definition": DEFAULT_VERSION}
        return known.get(name, TODO)

    def _note(self, key: Key, kind: URIRef | None) -> str:
        words = CODELISTS[key.codelist] if key.accepts in (Accepts.WORD, Accepts.ACCESS) else ()
        if key.codelist == "Outcome":
            words = ()
        said = [word for word in words if word not in key.meaning]
        note = key.meaning + (f": {', '.join(words)}" if said else "")
        if key.accepts is Accepts.WORDS:
            note += "; for what there is none of: {roles: [...], not-applicable: why}, or not-disclosed"
        answered = _answered(key.iri, kind)
        more = ", ..." if len(answered) > _SHOWN else ""
        return note + (f" ({', '.join(answered[:_SHOWN])}{more})" if answered else "")


def _answered(prop: URIRef | None, kind: URIRef | None) -> list[str]:
    """Return the requirements that a property of a class answers, binding ones first."""
    if prop is None or kind is None:
        return []
    known = definition().requirements.values()
    found = [r for r in known if r.answered_by == prop and kind in r.applies_to]
    return [r.id for r in sorted(found, key=lambda requirement: not requirement.binding)]


def _before(block: str, name: str) -> list[str]:
    """Return the keys of a block that stand before another and write a property."""
    names = list(BLOCKS[block])
    return [other for other in names[: names.index(name)] if BLOCKS[block][other].iri is not None]


def _other(block: str) -> str:
    kind: Kind = "datasets" if block == "dataset" else "models"
    return "your-org/other-data" if kind == "datasets" else "your-org/base-model"


def _flow(value: Yaml) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    return scalar(value, in_flow=True)
