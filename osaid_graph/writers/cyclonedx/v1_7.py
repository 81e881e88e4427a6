"""Writes CycloneDX 1.7 as JSON (ECMA-424, second edition): what 1.6 says, and citations of who said which field."""

from __future__ import annotations

from osaid_graph.writers.cyclonedx.bom import bom, numbered
from osaid_graph.writers.cyclonedx.citations import cite
from osaid_graph.writers.json_text import as_json
from osaid_graph.writers.material import Material

NAME = "cyclonedx-1.7"
TITLE = "CycloneDX 1.7 (JSON)"
SUFFIX = ".cdx.json"
ASSESSED = "shows"


def write(material: Material) -> str:
    """Return the document.

    Raises:
        NothingToAssessError: No system, model, parameters or dataset is described.
    """
    document, components = bom(material, "1.7")
    cite(material, document, components)
    return as_json(numbered(document))
