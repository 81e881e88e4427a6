"""Datatypes in SQL: which literals are well-formed.

What is asked of a row of ``terms`` stands under some alias. The lexical forms are those of XML Schema, and those in
which rdflib, on which the reference engine stands, writes values (``inf``, ``nan``, ``+00:00``).
"""

from __future__ import annotations

from typing import Final

from rdflib import RDF, XSD, Literal, URIRef

_YEAR: Final = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_BY_4: Final = "(?:0[48]|[2468][048]|[13579][26])"
_LEAP_YEAR: Final = f"(?:[0-9]{{2}}{_BY_4}|{_BY_4}00)"
_DAY_OF_28: Final = "(?:0[1-9]|1[0-9]|2[0-8])"
_DAY_OF_YEAR: Final = (
    f"(?:0[13578]|1[02])-(?:{_DAY_OF_28}|29|30|31)|(?:0[469]|11)-(?:{_DAY_OF_28}|29|30)|02-{_DAY_OF_28}"
)
_DATE: Final = f"(?:{_YEAR}-(?:{_DAY_OF_YEAR})|{_LEAP_YEAR}-02-29)"
_CLOCK: Final = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[.][0-9]+)?"
_DIGITS: Final = "(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)"
_HOURS: Final = "(?:[0-9]+H(?:[0-9]+M)?(?:[0-9.]+S)?|[0-9]+M(?:[0-9.]+S)?|[0-9.]+S)"
_DAYS: Final = "(?:[0-9]+Y(?:[0-9]+M)?(?:[0-9]+D)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)"
#: What a time zone looks like.
ZONE: Final = "(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"

_SIGNED: Final = (XSD.integer, XSD.long, XSD.int, XSD.short, XSD.byte)
_UNSIGNED: Final = (XSD.nonNegativeInteger, XSD.unsignedLong, XSD.unsignedInt, XSD.unsignedShort, XSD.unsignedByte)
_DURATIONS: Final = (XSD.duration, XSD.dayTimeDuration, XSD.yearMonthDuration)
BINARY: Final = (XSD.double, XSD.float)
INTEGERS: Final = (*_SIGNED, *_UNSIGNED, XSD.positiveInteger, XSD.nonPositiveInteger, XSD.negativeInteger)
NUMBERS: Final = (*INTEGERS, XSD.decimal, *BINARY)
#: Datatypes whose values are texts.
TEXTS: Final = (XSD.string, RDF.langString, XSD.normalizedString, XSD.token, XSD.language, XSD.anyURI)
MOMENTS: Final = (XSD.dateTime, XSD.time)

#: Datatype -> what its lexical forms match; every literal of another is well-formed.
_FORMS: Final[dict[URIRef, str]] = {
    XSD.boolean: "true|false|1|0",
    **dict.fromkeys(_SIGNED, "[+-]?[0-9]+"),
    **dict.fromkeys(_UNSIGNED, "[+]?[0-9]+|-0+"),
    XSD.positiveInteger: "[+]?0*[1-9][0-9]*",
    XSD.nonPositiveInteger: "-[0-9]+|[+]?0+",
    XSD.negativeInteger: "-0*[1-9][0-9]*",
    XSD.decimal: f"[+-]?{_DIGITS}",
    **dict.fromkeys(BINARY, f"[+-]?(?:{_DIGITS}(?:[eE][+-]?[0-9]+)?|INF|inf)|NaN|nan"),
    XSD.date: f"{_DATE}{ZONE}?",
    XSD.time: f"{_CLOCK}{ZONE}?",
    XSD.dateTime: f"{_DATE}T{_CLOCK}{ZONE}?",
    **dict.fromkeys(_DURATIONS, f"[+-]?P{_DAYS}(?:T{_HOURS})?|[+-]?PT{_HOURS}"),
    XSD.hexBinary: "(?:[0-9a-fA-F]{2})*",
    XSD.base64Binary: "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
}
#: Datatype -> the least and the greatest value it has, where rdflib holds it to these.
_BETWEEN: Final = {
    XSD.int: (-(2**31), 2**31 - 1),
    XSD.short: (-(2**15), 2**15 - 1),
    XSD.byte: (-(2**7), 2**7 - 1),
    XSD.unsignedInt: (0, 2**32 - 1),
    XSD.unsignedShort: (0, 2**16 - 1),
    XSD.unsignedByte: (0, 2**8 - 1),
}


def quoted(text: str) -> str:
    """Return a text as a constant of SQL."""
    return "'" + text.replace("'", "''") + "'"


def matches(row: str, pattern: str) -> str:
    """Return the condition that a pattern is found in the text of a term."""
    return f"REGEXP_MATCHES({row}.value, {quoted(pattern)})"


def datatype_of(literal: Literal) -> URIRef:
    """Return the datatype of a literal as RDF 1.1 has it: plain texts and those in a language have one too."""
    if literal.language:
        return RDF.langString
    return literal.datatype or XSD.string


def among(row: str, datatypes: tuple[URIRef, ...]) -> str:
    """Return the condition that a term is a literal of one of some datatypes."""
    return f"{row}.datatype IN ({', '.join(quoted(each) for each in datatypes)})"


def well_formed(datatype: URIRef, row: str) -> str:
    """Return the condition that a literal of a datatype is well-formed."""
    if datatype not in _FORMS:
        return "TRUE"
    tests = [matches(row, rf"^(?:{_FORMS[datatype]})\z")]
    if datatype in _BETWEEN:
        low, high = _BETWEEN[datatype]
        tests.append(f"COALESCE(TRY_CAST({row}.value AS BIGINT) BETWEEN {low} AND {high}, FALSE)")
    return " AND ".join(tests)


def well_formed_among(row: str, datatypes: tuple[URIRef, ...]) -> str:
    """Return the condition that a term is a well-formed literal of one of some datatypes."""
    by_test: dict[str, list[URIRef]] = {}
    for datatype in datatypes:
        by_test.setdefault(well_formed(datatype, row), []).append(datatype)
    return "(" + " OR ".join(f"({among(row, tuple(kinds))} AND {test})" for test, kinds in by_test.items()) + ")"
