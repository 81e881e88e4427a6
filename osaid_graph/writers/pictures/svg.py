"""The lineage as an SVG picture, gaps marked."""

from __future__ import annotations

from osaid_graph.writers.lineage_svg import render
from osaid_graph.writers.material import Material
from osaid_graph.writers.pictures.lineage import picture_of

NAME, TITLE, SUFFIX, ASSESSED = "svg", "SVG picture of the lineage", ".svg", "shows"


def write(material: Material) -> str:
    """Return the picture; see :func:`~osaid_graph.writers.lineage_svg.render`.

    Raises:
        NothingToAssessError: There is no node.
    """
    return render(picture_of(material))
