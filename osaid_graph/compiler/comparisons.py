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
#: The number of the first day that Python has, counted as days are in SQL here.
_FIRST_DAY: Final = 307


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


def moments(terms: str) -> str:
    """Return the query for the times among terms: ``node``, ``moment`` in microseconds, ``zoned`` if it has a zone."""
    cases = " ".join(f"WHEN t.datatype = {quoted(each)} THEN {_moment('t', each)}" for each in MOMENTS)
    return (
        f"SELECT t.id AS node, CASE {cases} END AS moment, {_zoned('t')} AS zoned FROM {terms} AS t"
        f" WHERE {well_formed_among('t', MOMENTS)}"
    )


def precedes(left: str, right: str, comparison: Comparison) -> str:
    """Return the condition that one row of ``terms`` is less than another, as ``sh:lessThan`` asks it.

    IRIs and texts are compared as texts, whatever their language; a blank node is never less. The rows of
    :func:`moments` for the two, if there are any, stand under the same aliases with ``_at`` behind them.
    """
    rows = (left, right)
    texts = [f"({row}.kind = 'iri' OR {among(row, TEXTS)})" for row in rows]
    numbers = [well_formed_among(row, NUMBERS) for row in rows]
    exact = [f"TRY_CAST({row}.value AS {_EXACT})" for row in rows]
    binary = [f"TRY_CAST({row}.value AS DOUBLE)" for row in rows]
    neither = f"NOT {among(left, BINARY)} AND NOT {among(right, BINARY)}"
    number = f"COALESCE(CASE WHEN {neither} THEN {{}} {comparison} {{}} END, {{}} {comparison} {{}})"
    is_nan = " OR ".join(f"LOWER({row}.value) = 'nan'" for row in rows)
    both_whole = f"{left}.datatype = {right}.datatype AND {_whole(left)} AND {_whole(right)}"
    first, second = f"{left}_at", f"{right}_at"
    cases = (
        f"WHEN {left}.kind = 'blank' OR {right}.kind = 'blank' THEN FALSE",
        f"WHEN {' AND '.join(texts)} THEN {left}.value {comparison} {right}.value",
        f"WHEN {' OR '.join(texts)} THEN FALSE",
        f"WHEN {' AND '.join(numbers)} AND ({is_nan}) THEN FALSE",
        f"WHEN {' AND '.join(numbers)} OR ({both_whole}) THEN {number.format(*exact, *binary)}",
        f"WHEN {left}.datatype <> {right}.datatype THEN {left}.datatype < {right}.datatype",
        f"WHEN {first}.zoned = {second}.zoned THEN {first}.moment {comparison} {second}.moment",
        f"WHEN {first}.zoned <> {second}.zoned THEN {second}.zoned",
        f"WHEN {' AND '.join(well_formed_among(row, (XSD.date,)) for row in rows)}"
        f" THEN SUBSTRING({left}.value, 1, 10) {comparison} SUBSTRING({right}.value, 1, 10)",
    )
    return f"COALESCE(CASE {' '.join(cases)} ELSE {left}.value {comparison} {right}.value END, FALSE)"


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
    """Return the microseconds to a time, from a day long ago or from midnight; without a zone as if it were UTC."""
    at = 12 if datatype == XSD.dateTime else 1
    days = _days(row) if datatype == XSD.dateTime else "0"
    hours, minutes, seconds = (_digits(row, start, 2) for start in (at, at + 3, at + 6))
    fraction = f"SPLIT_PART({row}.value, '.', 2)"
    for sign in ("Z", "+", "-"):
        fraction = f"SPLIT_PART({fraction}, '{sign}', 1)"
    has_offset = matches(row, r"[+-][0-9]{2}:[0-9]{2}\z")
    ahead, of_hours, of_minutes = (f"SUBSTRING(RIGHT({row}.value, 6), {part})" for part in ("1, 1", "2, 2", "5, 2"))
    offset = f"CASE WHEN {ahead} = '-' THEN -1 ELSE 1 END * ({_whole_of(of_hours)} * 60 + {_whole_of(of_minutes)})"
    clock = f"({days} * 24 + {hours}) * 60 + {minutes} - CASE WHEN {has_offset} THEN {offset} ELSE 0 END"
    microseconds = _whole_of(f"LEFT(CONCAT({fraction}, '000000'), 6)")
    return f"((({clock}) * 60 + {seconds}) * 1000000 + {microseconds})"


def _days(row: str) -> str:
    """Return the number of a day, counted from the last of February of the year 0, in the calendar of Gregory."""
    month, day = _digits(row, 6, 2), _digits(row, 9, 2)
    year = f"({_digits(row, 1, 4)} - CASE WHEN {month} <= 2 THEN 1 ELSE 0 END)"  # it begins in March
    leap = f"{_floor(f'{year} / 4')} - {_floor(f'{year} / 100')} + {_floor(f'{year} / 400')}"
    of_months = _floor(f"(153 * (({month} + 9) % 12) + 2) / 5")
    return f"({year} * 365 + {leap} + {of_months} + {day})"


def _digits(row: str, start: int, length: int) -> str:
    return _whole_of(f"SUBSTRING({row}.value, {start}, {length})")


def _whole_of(text: str) -> str:
    return f"TRY_CAST({text} AS BIGINT)"


def _floor(number: str) -> str:
    return f"CAST(FLOOR({number}) AS BIGINT)"


def _moment_of(bound: Literal) -> int:
    """Return what :func:`_moment` returns, for a literal of a shape."""
    value, first = bound.value, _FIRST_DAY
    if isinstance(value, datetime.time):
        value, first = datetime.datetime.combine(datetime.date.min, value), 0
    offset: datetime.timedelta = value.utcoffset() or datetime.timedelta()
    since: datetime.timedelta = value.replace(tzinfo=None) - datetime.datetime.min - offset
    return (since + datetime.timedelta(days=first)) // datetime.timedelta(microseconds=1)
