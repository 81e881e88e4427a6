"""The order of literals in SQL.

Values compare as rdflib has it: those of two datatypes without an order between them by the IRIs of these, and texts
in a language by that first. Where SPARQL knows no order and rdflib none either, a comparison is false.

Numbers are compared exactly where both have at most 20 digits before the point and 18 after it, and neither is of a
binary datatype; else as binary numbers of 64 bits. NaN compares with nothing.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from math import inf
from typing import Final

from rdflib import RDF, XSD, Literal, URIRef

from osaid_graph.compiler.datatypes import (
    BINARY,
    INTEGERS,
    MOMENTS,
    NUMBERS,
    TEXTS,
    ZONE,
    among,
    datatype_of,
    matches,
    quoted,
    well_formed,
    well_formed_among,
)
from osaid_graph.compiler.shapes import Comparison

#: Places after the point of numbers that are compared exactly, and what they are less than.
_PLACES: Final = 18
_GREATEST: Final = 10**20
#: The farthest numbers from 0 that others are compared with, beside infinity.
_FARTHEST: Final = 10**300
_EXACT: Final = f"DECIMAL(38, {_PLACES})"
_EPOCH: Final = datetime.datetime(1970, 1, 1)


def comparable(literal: Literal) -> bool:
    """Return whether others can be compared with a literal."""
    datatype = datatype_of(literal)
    value = literal.value
    if datatype in NUMBERS and isinstance(value, int | float | Decimal):
        is_number = value == value and not literal.ill_typed  # NaN is none
        return is_number and (-_FARTHEST <= value <= _FARTHEST or value in (-inf, inf))
    return datatype in (*TEXTS, *MOMENTS, XSD.date, XSD.boolean) and value is not None and not literal.ill_typed


def compares(row: str, comparison: Comparison, bound: Literal) -> str:
    """Return the condition that a literal of ``terms`` is on one side of a bound, which is comparable.

    It is never unknown: what cannot be compared is on neither side.
    """
    datatype = datatype_of(bound)
    by_datatype = f"{row}.datatype {comparison} {quoted(datatype)}"
    if datatype in TEXTS:
        return f"COALESCE({among(row, TEXTS)} AND {_text_compares(row, comparison, bound)}, FALSE)"
    if datatype in NUMBERS:
        same = f"({well_formed_among(row, NUMBERS)} OR ({row}.datatype = {quoted(datatype)} AND {_whole(row)}))"
        value = _number_compares(row, comparison, bound)
    elif datatype in MOMENTS:
        same = well_formed_among(row, (datatype,))
        zoned = _zoned(row) if bound.value.tzinfo else f"NOT {_zoned(row)}"
        value = f"{zoned} AND {_moment(row, datatype)} {comparison} {_moment_of(bound)}"
    else:
        same = well_formed_among(row, (datatype,))
        size = 10 if datatype == XSD.date else 5
        value = f"SUBSTRING({row}.value, 1, {size}) {comparison} {quoted(str(bound)[:size])}"
    cases = (
        f"WHEN {same} THEN {value}",
        f"WHEN {among(row, TEXTS)} OR {row}.datatype = {quoted(datatype)} THEN FALSE",
        f"WHEN {well_formed_among(row, MOMENTS)} THEN FALSE",
    )
    return f"COALESCE(CASE {' '.join(cases)} ELSE {row}.kind = 'literal' AND {by_datatype} END, FALSE)"


def precedes(left: str, right: str, comparison: Comparison) -> str:
    """Return the condition that one row of ``terms`` is less than another, as ``sh:lessThan`` asks it.

    IRIs and texts are compared as texts, whatever their language; a blank node is never less.
    """
    texts = [f"({row}.kind = 'iri' OR {among(row, TEXTS)})" for row in (left, right)]
    numbers = [well_formed_among(row, NUMBERS) for row in (left, right)]
    exact = [f"TRY_CAST({row}.value AS {_EXACT})" for row in (left, right)]
    binary = [f"TRY_CAST({row}.value AS DOUBLE)" for row in (left, right)]
    neither = f"NOT {among(left, BINARY)} AND NOT {among(right, BINARY)}"
    number = f"COALESCE(CASE WHEN {neither} THEN {{}} {comparison} {{}} END, {{}} {comparison} {{}})"
    cases = [
        f"WHEN {left}.kind = 'blank' OR {right}.kind = 'blank' THEN FALSE",
        f"WHEN {' AND '.join(texts)} THEN {left}.value {comparison} {right}.value",
        f"WHEN {' OR '.join(texts)} THEN FALSE",
        f"WHEN {' AND '.join(numbers)} OR ({left}.datatype = {right}.datatype AND {_whole(left)} AND {_whole(right)})"
        f" THEN {number.format(*exact, *binary)}",
        f"WHEN {left}.datatype <> {right}.datatype THEN {left}.datatype < {right}.datatype",
    ]
    for datatype in MOMENTS:
        first, second = _moment(left, datatype), _moment(right, datatype)
        both = f"{well_formed_among(left, (datatype,))} AND {well_formed_among(right, (datatype,))}"
        cases.append(f"WHEN {both} AND {_zoned(left)} = {_zoned(right)} THEN {first} {comparison} {second}")
        cases.append(f"WHEN {both} THEN {_zoned(right)}")
    days = f"SUBSTRING({left}.value, 1, 10) {comparison} SUBSTRING({right}.value, 1, 10)"
    cases.append(f"WHEN {_all_dates(left, right)} THEN {days}")
    return f"COALESCE(CASE {' '.join(cases)} ELSE {left}.value {comparison} {right}.value END, FALSE)"


def _all_dates(*rows: str) -> str:
    return " AND ".join(well_formed_among(row, (XSD.date,)) for row in rows)


def _whole(row: str) -> str:
    """Return the condition that a literal is an integer, be it one that its datatype does not have."""
    return f"({among(row, INTEGERS)} AND {well_formed(XSD.integer, row)})"


def _text_compares(row: str, comparison: Comparison, bound: Literal) -> str:
    """Return the comparison of texts: by datatype, then by language, then by the texts."""
    plain = quoted(XSD.string)
    kind = f"CASE WHEN {row}.datatype = {quoted(RDF.langString)} THEN {plain} ELSE {row}.datatype END"
    own = plain if bound.language else quoted(datatype_of(bound))
    language, text = bound.language or "", quoted(str(bound))
    strict, equal = comparison[0], "TRUE" if comparison.endswith("=") else "FALSE"
    return (
        f"CASE WHEN {kind} <> {own} THEN {kind} {strict} {own} "
        f"WHEN LOWER({row}.language) = {quoted(language.lower())} AND {row}.value = {text} THEN {equal} "
        f"WHEN {row}.language <> {quoted(language)} THEN {row}.language {strict} {quoted(language)} "
        f"ELSE {row}.value {strict} {text} END"
    )


def _number_compares(row: str, comparison: Comparison, bound: Literal) -> str:
    value = bound.value
    binary = f"TRY_CAST({row}.value AS DOUBLE) {comparison} CAST({quoted(repr(float(value)))} AS DOUBLE)"
    binary = f"(LOWER({row}.value) <> 'nan' AND {binary})"
    if isinstance(value, float) or not _fits(Decimal(value)):
        return binary
    exact = f"TRY_CAST({row}.value AS {_EXACT}) {comparison} CAST({quoted(format(Decimal(value), 'f'))} AS {_EXACT})"
    return f"COALESCE(CASE WHEN NOT {among(row, BINARY)} THEN {exact} END, {binary})"


def _fits(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    return abs(number) < _GREATEST and isinstance(exponent, int) and exponent >= -_PLACES


def _zoned(row: str) -> str:
    return matches(row, ZONE + r"\z")


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
