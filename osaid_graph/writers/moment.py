"""The moment a bill of materials was made, told from what it is made of: the same input gives the same bytes."""

from __future__ import annotations

import re

from rdflib import DCTERMS

from osaid_graph.writers.material import Material

#: The moment where nothing that is described has a date: the beginning of Unix time, which nobody takes for real.
FIXED = "1970-01-01T00:00:00Z"
_DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


def moment(material: Material) -> str:
    """Return when a document of a material was made, as ``2026-11-23T00:00:00Z``.

    That is the day of the assessment if there is one, else the newest day on which something in it was issued, else
    :data:`FIXED`.
    """
    if material.examination is not None:
        return midnight(material.examination.assessment.date)
    issued = (str(value)[:10] for value in material.graph.objects(None, DCTERMS.issued))
    days = [day for day in issued if is_day(day)]
    return midnight(max(days)) if days else FIXED


def is_day(text: str) -> bool:
    """Tell whether a text is a day, ``2026-11-23``."""
    return _DAY.fullmatch(text) is not None


def midnight(day: str) -> str:
    """Return the beginning of a day in UTC."""
    return f"{day}T00:00:00Z"
