"""PROV-JSON (W3C Member Submission of 24 April 2013), as the ``prov`` library writes it."""

from __future__ import annotations

import json

from osaid_graph.writers.json_text import as_json
from osaid_graph.writers.material import Material
from osaid_graph.writers.prov.document import document

NAME = "prov-json"
TITLE = "PROV-JSON"
SUFFIX = ".json"
ASSESSED = "ignores"


def write(material: Material) -> str:
    """Return the release as PROV-JSON, a bundle for each source."""
    return as_json(json.loads(str(document(material).serialize(format="json"))))
