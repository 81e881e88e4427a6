"""Reader of MLDCAT-AP in JSON-LD. In Turtle and RDF/XML the readers of these read it."""

from __future__ import annotations

import re

from osaid_graph.readers.rdf import linked_data
from osaid_graph.readers.vocabularies import states
from osaid_graph.reading import Reading

NAME = "mldcat-ap"
STATES = states("mldcat-ap", "dcat")

_SIGNS = re.compile(rb"MLDCAT-AP/releases/[0-9.]+/context|http://data\.europa\.eu/it6/")


def sniff(data: bytes) -> bool:
    """Tell whether it is JSON that names a context of MLDCAT-AP or its namespace."""
    return linked_data.is_json(data, _SIGNS)


def read(data: bytes, name: str) -> Reading:
    """Read the models and datasets of an MLDCAT-AP document.

    Raises:
        InputError: Not UTF-8, not JSON-LD, or a context that is not shipped; with the line.
    """
    return linked_data.read(data, "MLDCAT-AP")
