"""Days and moments as documents write them: ISO 8601 as XML Schema has it (Part 2, ``date`` and ``dateTime``)."""

from __future__ import annotations

import datetime
import re
from typing import Final

from rdflib import XSD, Literal

_ZONE: Final = r"(?:Z|[+-]\d\d:\d\d)?"
_MOMENT: Final = re.compile(rf"(\d{{4}}-\d\d-\d\d)(?:T\d\d:\d\d:\d\d(?:\.\d+)?)?{_ZONE}", re.ASCII)
_DAY, _TIME = XSD.date, XSD.dateTime


def moment_of(text: str) -> Literal | None:
    """Return a text as the day or the moment that it is, without a guess at what it leaves out; None for any other.

    >>> moment_of("2024-05-19").datatype == XSD.date, str(moment_of("2024-05-19T14:25:03Z"))
    (True, '2024-05-19T14:25:03+00:00')
    >>> moment_of("May 2024") or moment_of("2024") or moment_of("2024-02-30")
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    try:
        if "T" in text:
            datetime.datetime.fromisoformat(text)
            return Literal(text, datatype=_TIME)
        datetime.date.fromisoformat(found[1])
    except ValueError:
        return None
    return Literal(text, datatype=_DAY)
