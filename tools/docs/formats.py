"""The page of formats: what is read, how a file is told, and which requirement each format can say something about.

The matrix is no claim of the readers: it is what they make of the fixtures in ``tests/fixtures/formats``, of which a
test holds that they exercise everything a reader can state.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from osaid_graph.graph.activities import expand_activities
from osaid_graph.graph.ontology import narrower
from osaid_graph.model import Requirement
from osaid_graph.readers import FORMATS, reader
from osaid_graph.reading import Reading
from osaid_graph.validation.definition import DEFAULT_VERSION, rulebook
from osaid_graph.vocab import OSAID
from tools.docs.markdown import code, link, page, prose, table

FIXTURES = Path(__file__).resolve().parents[2] / "tests" / "fixtures" / "formats"

#: Formats in the words of our own ontology, which can say all that it can.
OWN = ("osaid.yaml", "turtle", "n-quads", "json-ld", "rdf-xml")
#: What the definition calls a system is whatever is assessed.
_SUBJECTS = frozenset((OSAID.AISystem, OSAID.Model, OSAID.Parameters))
_ELEMENTS = frozenset((OSAID.Parameters, OSAID.Code, OSAID.DataInformation))

_INTRODUCTION = """# Formats that are read

Every INPUT of every command may be in any of these formats, several describe one release together, and a folder stands
for the files in it that a reader recognises. How inputs meet, what is shown of what was read and what was not, and what
happens to hostile ones is told in [inputs](inputs.md).
"""
_MATRIX = """## What each format can say

A ● stands where a reader of the format can state what a requirement asks about, for the kind of node that it asks
about it; an empty cell says that the format has no words for that, or none that its reader can be sure of, however
complete a file is. The formats of our own vocabulary ({own})
can say everything and have no column. Requirements that no rule asks of a description, such as definitions of words,
have no line.

Computed by running the readers on the fixtures in `tests/fixtures/formats`.
"""


def formats_page() -> str:
    """Return the page."""
    columns = [name for name in FORMATS if name not in OWN and name != "license-file"]
    known = table(
        ("format", "what it is", "told by"),
        [(code(name), prose(FORMATS[name].summary), _told_by(name)) for name in FORMATS],
    )
    matrix = table(
        ("requirement", *(f"<sub>{name}</sub>" for name in columns)),
        [
            (
                link(code(requirement.id), f"requirements/{requirement.id}.md"),
                *("●" if can_say(name, requirement) else "" for name in columns),
            )
            for requirement in asked()
        ],
    )
    own = ", ".join(code(name) for name in OWN if name in FORMATS)
    return page(_INTRODUCTION.strip(), known, _MATRIX.format(own=own).strip(), matrix)


def asked() -> list[Requirement]:
    """Return the requirements that a description can say something about."""
    requirements = rulebook(DEFAULT_VERSION).definition.requirements
    return [each for each in requirements.values() if each.answered_by is not None and not each.includes]


def can_say(name: str, requirement: Requirement) -> bool:
    """Tell whether the reader of a format states, on some fixture, what answers a requirement."""
    property_ = requirement.answered_by
    if property_ is None:
        return False
    kinds = _kinds(requirement)
    properties = {property_, *narrower(property_)} if property_ != OSAID.license else {property_}
    for kind, predicate, role in stated(name):
        if kind in kinds and predicate in properties and requirement.role in (None, role):
            return True
    return False


def _kinds(requirement: Requirement) -> frozenset[URIRef]:
    """Return the classes of nodes that what answers a requirement is stated of."""
    if requirement.answered_by == OSAID.license and OSAID.AISystem in requirement.applies_to:
        return _ELEMENTS
    kinds = frozenset(requirement.applies_to)
    if requirement.answered_by == OSAID.hasConfiguration:
        return kinds | {OSAID.Code, *_SUBJECTS}
    return kinds | _SUBJECTS if kinds & _SUBJECTS else kinds


@cache
def stated(name: str) -> frozenset[tuple[URIRef, URIRef, Node | None]]:
    """Return the (class, property, role of code) of all that a reader states on the fixtures of its format."""
    found: set[tuple[URIRef, URIRef, Node | None]] = set()
    for reading in readings(name):
        graph = Graph()
        for statement in reading.statements:
            graph.add(statement.triple)
        expand_activities(graph)  # what a training used is what was trained on
        for subject, predicate, value in graph:
            kinds = [kind for kind in graph.objects(subject, RDF.type) if isinstance(kind, URIRef)]
            roles: list[Node | None] = list(graph.objects(value, OSAID.codeRole)) if predicate == OSAID.hasCode else []
            for role in roles or [None]:
                found.update((kind, URIRef(str(predicate)), role) for kind in kinds)
    return frozenset(found)


def readings(name: str) -> Iterator[Reading]:
    """Yield what the reader of a format makes of each of its fixtures."""
    for path in sorted((FIXTURES / name).glob("*")):
        if path.is_file():
            yield reader(name).read(path.read_bytes(), path.name)


def _told_by(name: str) -> str:
    format_ = FORMATS[name]
    names = ", ".join(code(each) for each in (*format_.names, *format_.suffixes))
    shared = any(set(format_.suffixes) & set(other.suffixes) for each, other in FORMATS.items() if each != name)
    return f"{names}{', and its content' if shared or not names else ''}".lstrip(", ")
