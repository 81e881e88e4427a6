"""Answers as text or bytes: a table, the W3C formats of SPARQL results, Parquet, and RDF for CONSTRUCT.

What a cell holds comes from the data. JSON and TSV are exact. CSV is for spreadsheets: it has no types (SPARQL 1.1
Query Results CSV and TSV Formats, section 3), a text that a spreadsheet would take for a formula has an apostrophe
before it, and what does not print is an escape, neither of which that standard asks for.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any, Final, Literal, get_args

import pyoxigraph as ox

from osaid_graph.errors import UsageError
from osaid_graph.escapes import escaped_json, escaped_turtle
from osaid_graph.query.frames import to_parquet
from osaid_graph.query.run import Answer
from osaid_graph.query.table import table
from osaid_graph.query.terms import PREFIXES, XSD, Term
from osaid_graph.tables import text_cell

Format = Literal["table", "csv", "tsv", "json", "parquet", "turtle", "ntriples"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
#: What each form of query can be written as; the first is taken where none is asked for.
_OF_FORM: Final[dict[str, tuple[Format, ...]]] = {
    "select": ("table", "csv", "tsv", "json", "parquet"),
    "ask": ("table", "json"),
    "construct": ("turtle", "ntriples"),
}
#: What is a number to a spreadsheet as well, whatever its sign.
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
#: Prefixes of the Hub: the slash of an id would be escaped in every name.
_NOT_IN_TURTLE: Final = frozenset(("hub", "data"))


def chosen_format(form: str, asked: str | None) -> Format:
    """Return the format for a form of query.

    Raises:
        UsageError: It cannot be written in the format that is asked for.
    """
    possible = _OF_FORM[form]
    for format_name in possible:
        if asked in (None, format_name):
            return format_name
    what = {"select": "rows", "ask": "a yes or no", "construct": "a graph"}[form]
    hint = f"choose with --format: {', '.join(possible)}"
    raise UsageError(f"{form.upper()} gives {what}, which cannot be written as {asked}", hint)


def written(answer: Answer, format_name: Format, width: int | None = None) -> str | bytes:
    """Return an answer in a format; Parquet is bytes.

    Args:
        answer: What a query gave.
        format_name: One that the form of the query has (:func:`chosen_format`).
        width: Columns of the terminal that a table is cut to; None to cut nothing.

    Raises:
        UsageError: Parquet is asked for and pyarrow is not installed.
    """
    if format_name == "table":
        return table(answer, width)
    if format_name == "parquet":
        return to_parquet(answer)
    return _TEXTS[format_name](answer)


def _csv(answer: Answer) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.columns)
    writer.writerows([_cell(term) for term in row] for row in answer.rows)
    return out.getvalue()


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    value = escaped_turtle(term.value)
    is_text = isinstance(term, ox.Literal) and (term.language or term.datatype.value == f"{XSD}string")
    return value if not is_text and _NUMBER.fullmatch(value) else text_cell(value)


def _tsv(answer: Answer) -> str:
    lines = ["\t".join(f"?{column}" for column in answer.columns)]
    lines += ["\t".join("" if term is None else _turtle_term(term) for term in row) for row in answer.rows]
    return "".join(f"{line}\n" for line in lines)


def _turtle_term(term: Term) -> str:
    return escaped_turtle(str(term).replace("\t", "\\t"))


def _json(answer: Answer) -> str:
    document: dict[str, Any]
    if answer.form == "ask":
        document = {"head": {}, "boolean": answer.truth}
    else:
        rows = [
            {column: _json_term(term) for column, term in zip(answer.columns, row, strict=True) if term is not None}
            for row in answer.rows
        ]
        document = {"head": {"vars": list(answer.columns)}, "results": {"bindings": rows}}
    return escaped_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    """Return a term as in SPARQL 1.1 Query Results JSON Format, section 3.2.2."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != f"{XSD}string":
        found["datatype"] = term.datatype.value
    return found


def _turtle(answer: Answer) -> str:
    triples = _in_order(answer)
    terms = " ".join(str(triple) for triple in triples)
    used = {prefix: iri for prefix, iri in PREFIXES.items() if iri in terms and prefix not in _NOT_IN_TURTLE}
    lines = _serialised(triples, ox.RdfFormat.TURTLE, used).splitlines(keepends=True)
    head = sorted(line for line in lines if line.startswith("@prefix "))  # the engine has them in no order
    return escaped_turtle("".join([*head, "\n", *lines[len(head) :]]))


def _ntriples(answer: Answer) -> str:
    return escaped_turtle(_serialised(_in_order(answer), ox.RdfFormat.N_TRIPLES))


def _serialised(triples: list[ox.Triple], format_: ox.RdfFormat, prefixes: dict[str, str] | None = None) -> str:
    return (ox.serialize(triples, format=format_, prefixes=prefixes) or b"").decode()


def _in_order(answer: Answer) -> list[ox.Triple]:
    """Return the statements sorted, with the same labels of blank nodes each time (RDF Dataset Canonicalization)."""
    dataset = ox.Dataset(ox.Quad(*triple) for triple in answer.triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((quad.triple for quad in dataset), key=str)


_TEXTS: Final[dict[str, Callable[[Answer], str]]] = {
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "turtle": _turtle,
    "ntriples": _ntriples,
}
