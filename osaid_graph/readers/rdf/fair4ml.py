"""Reader of FAIR4ML in JSON-LD. In Turtle and RDF/XML the readers of these read it."""

from __future__ import annotations

import re

from osaid_graph.readers.rdf import linked_data
from osaid_graph.readers.vocabularies import states
from osaid_graph.reading import Reading

NAME = "fair4ml"
STATES = states("fair4ml", "schema.org")

_SIGNS = re.compile(rb"https?://w3id\.org/fair4ml\b|FAIR4ML-schema/")
#: What is a format of its own, in which a model of FAIR4ML may be one entity of many.
_OTHERS = re.compile(rb'w3id\.org/ro/crate|mlcommons\.org/croissant/[0-9.]+"|http://data\.europa\.eu/it6/')


def sniff(data: bytes) -> bool:
    """Tell whether it is JSON that names the context of FAIR4ML or its namespace."""
    head = data[: 1 << 20]
    return linked_data.is_json(data, _SIGNS) and b'"@' in head and not _OTHERS.search(head)


def read(data: bytes, name: str) -> Reading:
    """Read the models of a FAIR4ML document, and the datasets and code they refer to.

    Raises:
        InputError: Not UTF-8, not JSON-LD, or a context that is not shipped; with the line.
    """
    return linked_data.read(data, "FAIR4ML")
