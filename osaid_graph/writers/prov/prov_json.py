"""PROV-JSON (W3C Member Submission of 24 April 2013), as the ``prov`` library writes it."""

from __future__ import annotations

from osaid_graph.writers.material import Material
from osaid_graph.writers.prov.document import document
from osaid_graph.writers.prov.jsonld import printable_json

NAME = "prov-json"
TITLE = "PROV-JSON"
SUFFIX = ".json"
ASSESSED = "ignores"


def write(material: Material) -> str:
    """Return the release as PROV-JSON, a bundle for each source."""
    text = document(material).serialize(format="json", indent=2, ensure_ascii=False)
    return printable_json(str(text)) + "\n"
