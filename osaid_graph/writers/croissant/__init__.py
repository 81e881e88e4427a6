"""Writes Croissant 1.1 with its RAI vocabulary: the JSON-LD description of one dataset.

The format describes one dataset a file (Croissant 1.1, "Dataset-level information"), so one is chosen, and what is
said of the others is told as lost; what the dataset was derived from is named, under ``prov:wasDerivedFrom``.

What Croissant asks for and nobody states (a description, a date, checksums) is left out rather than made up.
"""

from __future__ import annotations

from osaid_graph.writers.croissant.choice import chosen
from osaid_graph.writers.croissant.context import CONTEXT, VERSION
from osaid_graph.writers.croissant.dataset import Dataset
from osaid_graph.writers.json_text import as_json
from osaid_graph.writers.material import Material

NAME = "croissant"
TITLE = "Croissant 1.1 (JSON-LD)"
SUFFIX = ".croissant.json"
ASSESSED = "ignores"


def write(material: Material) -> str:
    """Return the description of a dataset.

    Raises:
        NothingToAssessError: No dataset is described.
        UsageError: There are several, and it is not clear which one is meant; or the one asked for is none of them.
    """
    described = Dataset(material, chosen(material)).described()
    return as_json({"@context": CONTEXT, "@type": "sc:Dataset", "conformsTo": VERSION, **described})
