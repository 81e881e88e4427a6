"""Literals in SQL: whether they are well-formed, and how they compare.

All is said of a row of ``terms`` under some alias. The lexical forms are those of XML Schema and those that rdflib, on
which the reference engine stands, writes values in (``inf``, ``nan``, ``+00:00``). Values compare as rdflib has it:
those of two datatypes that have no order between them by the IRIs of these, texts with a language by that first. Where
SPARQL says "error" and rdflib has no order either, the comparison is false.

Numbers are compared exactly where both have at most 20 digits before the point and 18 after it, and neither is of a
binary datatype; else as binary numbers of 64 bits.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Final

from rdflib import RDF, XSD, Literal, URIRef

from osaid_graph.compiler.shapes import Comparison

_DATE: Final = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-[0-9]{2}-[0-9]{2}"
_CLOCK: Final = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[.][0-9]+)?"
_ZONE: Final = "(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
_DIGITS: Final = "(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)"
_TIME_PARTS: Final = "(?:[0-9]+H(?:[0-9]+M)?(?:[0-9.]+S)?|[0-9]+M(?:[0-9.]+S)?|[0-9.]+S)"

#: Datatype -> what its lexical forms match; Python's values of the others are all well-formed.
_FORMS: Final[dict[URIRef, str]] = {
    XSD.boolean: "true|false|1|0",
    **dict.fromkeys((XSD.integer, XSD.long, XSD.int, XSD.short, XSD.byte), "[+-]?[0-9]+"),
    **dict.fromkeys((XSD.nonNegativeInteger, XSD.unsignedLong, XSD.unsignedInt), "[+]?[0-9]+|-0+"),
    **dict.fromkeys((XSD.unsignedShort, XSD.unsignedByte), "[+]?[0-9]+|-0+"),
    XSD.positiveInteger: "[+]?0*[1-9][0-9]*",
    XSD.nonPositiveInteger: "-[0-9]+|[+]?0+",
    XSD.negativeInteger: "-0*[1-9][0-9]*",
    XSD.decimal: f"[+-]?{_DIGITS}",
    **dict.fromkeys((XSD.double, XSD.float), f"[+-]?(?:{_DIGITS}(?:[eE][+-]?[0-9]+)?|INF|inf)|NaN|nan"),
    XSD.date: f"{_DATE}{_ZONE}?",
    XSD.time: f"{_CLOCK}{_ZONE}?",
    XSD.dateTime: f"{_DATE}T{_CLOCK}{_ZONE}?",
    **dict.fromkeys(
        (XSD.duration, XSD.dayTimeDuration, XSD.yearMonthDuration),
        f"[+-]?P(?:[0-9]+Y(?:[0-9]+M)?(?:[0-9]+D)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)(?:T{_TIME_PARTS})?|[+-]?PT{_TIME_PARTS}",
    ),
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
_BINARY: Final = (XSD.double, XSD.float)
_INTEGERS: Final = tuple(
    *[
        [
            datatype
            for datatype in _FORMS
            if datatype.fragment.lower().endswith(("integer", "long", "int", "short", "byte"))
        ]
    ]
)
_NUMBERS: Final = (*_INTEGERS, XSD.decimal, *_BINARY)
_TEXTS: Final = (XSD.string, RDF.langString, XSD.normalizedString, XSD.token, XSD.language, XSD.anyURI)
_MOMENTS: Final = (XSD.dateTime, XSD.time)
_EXACT: Final = "DECIMAL(38, 18)"
_EPOCH: Final = datetime.datetime(1970, 1, 1)


def quoted(text: str) -> str:
    """Return a text as a constant of SQL."""
    return "'" + text.replace("'", "''") + "'"


def datatype_of(literal: Literal) -> URIRef:
    """Return the datatype of a literal as RDF 1.1 has it: plain texts and those in a language have one too."""
    if literal.language:
        return RDF.langString
    return literal.datatype or XSD.string


def well_formed(datatype: URIRef, row: str) -> str:
    """Return the condition that a literal of a datatype is well-formed."""
    if datatype not in _FORMS:
        return "TRUE"
    tests = [f"REGEXP_MATCHES({row}.value, {quoted(f'^(?:{_FORMS[datatype]})' + chr(92) + 'z')})"]
    if datatype in _BETWEEN:
        low, high = _BETWEEN[datatype]
        tests.append(f"COALESCE(TRY_CAST({row}.value AS BIGINT) BETWEEN {low} AND {high}, FALSE)")
    if datatype in (XSD.date, XSD.dateTime):
        tests.append(f"TRY_CAST(SUBSTRING({row}.value, 1, 10) AS DATE) IS NOT NULL")
    return " AND ".join(tests)


def comparable(literal: Literal) -> bool:
    """Return whether others can be compared with a literal."""
    datatype = datatype_of(literal)
    known = datatype in (*_TEXTS, *_NUMBERS, *_MOMENTS, XSD.date, XSD.boolean)
    return known and not literal.ill_typed and literal.value is not None and literal.value == literal.value


def compares(row: str, comparison: Comparison, bound: Literal) -> str:
    """Return the condition that a literal of ``terms`` is on one side of a bound, which is comparable.

    It is never unknown: what cannot be compared is on neither side.
    """
    datatype = datatype_of(bound)
    by_datatype = f"{row}.datatype {comparison} {quoted(datatype)}"
    if datatype in _TEXTS:
        return f"COALESCE({_among(row, _TEXTS)} AND {_text_compares(row, comparison, bound)}, FALSE)"
    if datatype in _NUMBERS:
        same, value = _well_formed_among(row, _NUMBERS), _number_compares(row, comparison, bound)
    elif datatype in _MOMENTS:
        same = _well_formed_among(row, (datatype,))
        zoned, moment = bound.value.tzinfo is not None, _moment_of(bound)
        value = f"{_zoned(row)} = {zoned} AND {_moment(row, datatype)} {comparison} {moment}".replace("True", "TRUE")
    else:
        same = _well_formed_among(row, (datatype,))
        size = 10 if datatype == XSD.date else 5
        value = f"SUBSTRING({row}.value, 1, {size}) {comparison} {quoted(str(bound)[:size])}"
    cases = (
        f"WHEN {same} THEN {value}",
        f"WHEN {_among(row, _TEXTS)} OR {row}.datatype = {quoted(datatype)} THEN FALSE",
        f"WHEN {_well_formed_among(row, _MOMENTS)} THEN FALSE",
    )
    return f"COALESCE(CASE {' '.join(cases)} ELSE {row}.kind = 'literal' AND {by_datatype} END, FALSE)"


def precedes(left: str, right: str, comparison: Comparison) -> str:
    """Return the condition that one row of ``terms`` is less than another, as ``sh:lessThan`` asks it.

    IRIs and texts are compared as texts, whatever their language; a blank node is never less.
    """
    texts = [f"({row}.kind = 'iri' OR {_among(row, _TEXTS)})" for row in (left, right)]
    numbers = [_well_formed_among(row, _NUMBERS) for row in (left, right)]
    exact = [f"TRY_CAST({row}.value AS {_EXACT})" for row in (left, right)]
    binary = [f"TRY_CAST({row}.value AS DOUBLE)" for row in (left, right)]
    neither = f"NOT {_among(left, _BINARY)} AND NOT {_among(right, _BINARY)}"
    number = f"COALESCE(CASE WHEN {neither} THEN {{}} {comparison} {{}} END, {{}} {comparison} {{}})"
    cases = [
        f"WHEN {left}.kind = 'blank' OR {right}.kind = 'blank' THEN FALSE",
        f"WHEN {' AND '.join(texts)} THEN {left}.value {comparison} {right}.value",
        f"WHEN {' OR '.join(texts)} THEN FALSE",
        f"WHEN {' AND '.join(numbers)} THEN {number.format(*exact, *binary)}",
        f"WHEN {left}.datatype <> {right}.datatype THEN {left}.datatype < {right}.datatype",
    ]
    for datatype in _MOMENTS:
        first, second = _moment(left, datatype), _moment(right, datatype)
        both = f"{_well_formed_among(left, (datatype,))} AND {_well_formed_among(right, (datatype,))}"
        cases.append(f"WHEN {both} AND {_zoned(left)} = {_zoned(right)} THEN {first} {comparison} {second}")
        cases.append(f"WHEN {both} THEN {_zoned(right)}")
    return f"COALESCE(CASE {' '.join(cases)} ELSE {left}.value {comparison} {right}.value END, FALSE)"


def _among(row: str, datatypes: tuple[URIRef, ...]) -> str:
    return f"{row}.datatype IN ({', '.join(quoted(each) for each in datatypes)})"


def _well_formed_among(row: str, datatypes: tuple[URIRef, ...]) -> str:
    by_test: dict[str, list[URIRef]] = {}
    for datatype in datatypes:
        by_test.setdefault(well_formed(datatype, row), []).append(datatype)
    return "(" + " OR ".join(f"({_among(row, tuple(kinds))} AND {test})" for test, kinds in by_test.items()) + ")"


def _text_compares(row: str, comparison: Comparison, bound: Literal) -> str:
    plain = quoted(XSD.string)
    kind = f"CASE WHEN {row}.datatype = {quoted(RDF.langString)} THEN {plain} ELSE {row}.datatype END"
    own = plain if bound.language else quoted(datatype_of(bound))
    language = quoted((bound.language or "").lower())
    strict = comparison[0]
    return (
        f"CASE WHEN {kind} <> {own} THEN {kind} {strict} {own} "
        f"WHEN LOWER({row}.language) <> {language} THEN LOWER({row}.language) {strict} {language} "
        f"ELSE {row}.value {comparison} {quoted(str(bound))} END"
    )


def _number_compares(row: str, comparison: Comparison, bound: Literal) -> str:
    value = bound.value
    binary = f"TRY_CAST({row}.value AS DOUBLE) {comparison} CAST({quoted(repr(float(value)))} AS DOUBLE)"
    binary = f"(LOWER({row}.value) <> 'nan' AND {binary})"
    if isinstance(value, float) or not _fits(Decimal(value)):
        return binary
    exact = f"TRY_CAST({row}.value AS {_EXACT}) {comparison} CAST({quoted(format(Decimal(value), 'f'))} AS {_EXACT})"
    return f"COALESCE(CASE WHEN NOT {_among(row, _BINARY)} THEN {exact} END, {binary})"


def _fits(number: Decimal) -> bool:
    return abs(number) < 10**20 and number == number.quantize(Decimal(1).scaleb(-18))


def _zoned(row: str) -> str:
    return f"REGEXP_MATCHES({row}.value, {quoted(_ZONE + chr(92) + 'z')})"


def _moment(row: str, datatype: URIRef) -> str:
    """Return the microseconds from 1970, or from midnight, to a time; without a zone as if it were UTC."""
    at = 12 if datatype == XSD.dateTime else 1
    day = f"TRY_CAST(SUBSTRING({row}.value, 1, 10) AS DATE)"
    days = f"DATE_DIFF('day', CAST('1970-01-01' AS DATE), {day})" if datatype == XSD.dateTime else "0"
    parts = [f"TRY_CAST(SUBSTRING({row}.value, {start}, 2) AS BIGINT)" for start in (at, at + 3, at + 6)]
    fraction = f"TRY_CAST(RPAD(REGEXP_EXTRACT({row}.value, '[.]([0-9]{{1,6}})', 1), 6, '0') AS BIGINT)"
    zone = f"REGEXP_EXTRACT({row}.value, '([+-][0-9]{{2}}:[0-9]{{2}}){chr(92)}z', 1)"
    hours, minutes = (f"COALESCE(TRY_CAST(SUBSTRING({zone}, {start}, 2) AS BIGINT), 0)" for start in (2, 5))
    sign = f"CASE WHEN SUBSTRING({zone}, 1, 1) = '-' THEN -1 ELSE 1 END"
    seconds = f"{days} * 86400 + {parts[0]} * 3600 + {parts[1]} * 60 + {parts[2]}"
    offset = f"({sign}) * ({hours} * 60 + {minutes}) * 60"
    return f"(CAST({seconds} - {offset} AS BIGINT) * 1000000 + {fraction})"


def _moment_of(bound: Literal) -> int:
    value = bound.value
    if isinstance(value, datetime.time):
        value = datetime.datetime.combine(_EPOCH.date(), value)
    naive = value.replace(tzinfo=None) - (value.utcoffset() or datetime.timedelta())
    return int((naive - _EPOCH) / datetime.timedelta(microseconds=1))
