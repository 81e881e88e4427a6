"""Where a requirement is answered in a description, and which decisions bear on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rdflib import URIRef

from osaid_graph.graph.ontology import narrower
from osaid_graph.model import Requirement
from osaid_graph.readers.manifest.keys import BLOCKS, MANIFEST
from osaid_graph.vocab import OSAID, token
from tools.docs.markdown import code, link, slug

DOCS = Path(__file__).resolve().parents[2] / "docs"

#: The block of the manifest that describes a node of a class.
_BLOCK_OF = {
    OSAID.Parameters: "parameters",
    OSAID.Code: "code",
    OSAID.DataInformation: "data-information",
    OSAID.Dataset: "dataset",
}
_HEADING = re.compile(r"^#{2,} +(.+)$", re.MULTILINE)
_KEYS = re.compile(r"^#+ +(?P<heading>.+)$|<!-- keys: (?P<block>[\w-]+) -->", re.MULTILINE)


def applies_to(requirement: Requirement) -> str:
    """Return the classes whose nodes a requirement is asked of."""
    whole = "the subject as a whole (system, model or parameters)"
    names = [whole if iri == OSAID.AISystem else class_link(iri) for iri in requirement.applies_to]
    return ", ".join(names)


def answered_by(requirement: Requirement) -> str:
    """Return the property that answers a requirement, and the keys of the manifest that write it."""
    if requirement.answered_by is None:
        return ""
    keys = list(_keys(requirement, frozenset((requirement.answered_by,))))
    keys = keys or list(_keys(requirement, narrower(requirement.answered_by)))
    in_manifest = f"; in the manifest {', '.join(keys)}" if keys else ""
    return property_link(requirement.answered_by) + in_manifest


def class_link(iri: URIRef) -> str:
    """Return a link to a class in the reference of the ontology."""
    return link(code(token(iri)), f"../ontology.md#{slug(token(iri) + ' (class)')}")


def property_link(iri: URIRef) -> str:
    """Return a link to a property in the reference of the ontology; one of another vocabulary by its IRI."""
    if iri in OSAID:
        return link(code(f"osaid:{token(iri)}"), f"../ontology.md#{slug(token(iri))}")
    return f"<{iri}>"


def _keys(requirement: Requirement, properties: frozenset[URIRef]) -> Iterator[str]:
    classes = set(requirement.applies_to)
    blocks = BLOCKS if OSAID.AISystem in classes else {name: BLOCKS[name] for name in _blocks(classes)}
    for name, key in MANIFEST.items():
        if key.iri in properties:
            yield link(code(name), f"../manifest.md#{_sections()['manifest']}")
    for block, keys in blocks.items():
        for name, key in keys.items():
            if key.iri in properties and block in _sections():
                yield link(f"{code(name)} of {code(block)}", f"../manifest.md#{_sections()[block]}")


def _blocks(classes: set[URIRef]) -> list[str]:
    return [block for iri, block in _BLOCK_OF.items() if iri in classes]


@cache
def _sections() -> dict[str, str]:
    """Return the section of ``docs/manifest.md`` that has the table of keys of each block."""
    found: dict[str, str] = {}
    section = ""
    for part in _KEYS.finditer((DOCS / "manifest.md").read_text("utf-8")):
        if part["heading"]:
            section = slug(part["heading"])
        else:
            found[part["block"]] = section
    same = {block: other for block in BLOCKS for other in found if other in BLOCKS and BLOCKS[other] == BLOCKS[block]}
    return {**{block: found[other] for block, other in same.items()}, **found}


@cache
def _decisions() -> tuple[tuple[str, str], ...]:
    """Return the sections of ``docs/decisions.md``: heading and text."""
    parts = _HEADING.split((DOCS / "decisions.md").read_text("utf-8"))
    return tuple(zip(parts[1::2], parts[2::2], strict=True))


def decided_in(id_: str) -> list[tuple[str, str]]:
    """Return the decisions that name a requirement: the heading and a link to it from beside the requirement's page."""
    named = re.compile(rf"`{re.escape(id_)}(?:\.[\w-]+)?`")
    return [(head, f"../decisions.md#{slug(head)}") for head, text in _decisions() if named.search(text)]
