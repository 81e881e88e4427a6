"""Writes CycloneDX 1.6 as JSON (ECMA-424, first edition), with the assessment as a declaration of conformance.

Systems and code are applications or libraries, models and parameters machine-learning models with a model card, data
and settings components of data, documents files. What CycloneDX has no field for stands in properties of the name
space ``osaid:``, which :mod:`osaid_graph.readers.cyclonedx` reads back.
"""

from __future__ import annotations

from osaid_graph.writers.cyclonedx.bom import bom, numbered
from osaid_graph.writers.json_text import as_json
from osaid_graph.writers.material import Material

NAME = "cyclonedx"
TITLE = "CycloneDX 1.6 (JSON)"
SUFFIX = ".cdx.json"
ASSESSED = "shows"


def write(material: Material) -> str:
    """Return the document.

    Raises:
        NothingToAssessError: No system, model, parameters or dataset is described.
    """
    document, _ = bom(material, "1.6")
    return as_json(numbered(document))
