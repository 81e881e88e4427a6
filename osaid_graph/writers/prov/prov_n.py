"""PROV-N (W3C Recommendation of 30 April 2013), as the ``prov`` library writes it.

The notation knows escapes for quotes and line breaks and none by number, so other characters stand as they are.
"""

from __future__ import annotations

from osaid_graph.writers.material import Material
from osaid_graph.writers.prov.document import document

NAME = "prov-n"
TITLE = "PROV-N"
SUFFIX = ".provn"
ASSESSED = "ignores"


def write(material: Material) -> str:
    """Return the release as PROV-N, a bundle for each source."""
    text: str = document(material).get_provn()
    return text.replace("\r", "\\r") + "\n"  # in a text; as it is, many readers take it for a line break
