"""From DuckDB's SQL to Spark's, for the part of it that means the same in both.

sqlglot translates; what it would translate into something that compiles and gives other rows is refused here by name,
before any of it runs. Where Spark 4.3 and DuckDB 2.0 differ was found by running both:

- ``x IN (SELECT ...)`` is false in Spark where it is NULL in DuckDB, unless it is a condition of WHERE, HAVING or ON,
  or joined to others there by AND, OR and NOT. That makes no difference to a condition of CASE without NOT, and
  ``EXISTS`` says the same everywhere.
- Functions differ in corners: ``list`` keeps NULL, ``round`` works on the digits of a double, and so on. So functions
  are allowed by name, and one is added here with a test that runs it on both engines (``tests/engines``).
- Regular expressions are Java's in Spark and RE2's in DuckDB; see :func:`java_regex`.
- A cast from DOUBLE or DECIMAL to an integer cuts in Spark and rounds in DuckDB. What type an expression has is not
  known here, so plans must not do that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import sqlglot
from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB

#: Functions that give the same in both engines, by the names of sqlglot's classes.
_SAME: Final = frozenset(
    {
        # of a row
        *("Abs", "Case", "Cast", "Ceil", "Coalesce", "Concat", "ConcatWs", "Contains", "EndsWith", "Exists", "Floor"),
        *("Greatest", "If", "Least", "Left", "Length", "Lower", "Nullif", "RegexpLike", "RegexpReplace", "Repeat"),
        *("Replace", "Reverse", "Right", "SplitPart", "StartsWith", "StrPosition", "Substring", "Trim", "TryCast"),
        *("And", "Or", "Not", "Upper"),
        # of several
        *(
            "AnyValue",
            "ApproxDistinct",
            "ArgMax",
            "ArgMin",
            "Avg",
            "BitwiseAndAgg",
            "BitwiseOrAgg",
            "Count",
            "CountIf",
            "GroupConcat",
            "LogicalAnd",
        ),
        *("LogicalOr", "Max", "Median", "Min", "Sum"),
        # of a window
        *("DenseRank", "FirstValue", "Lag", "LastValue", "Lead", "Ntile", "Rank", "RowNumber"),
    }
)
#: Functions that sqlglot does not know, and what they are called in Spark.
_RENAMED: Final = {"STRLEN": "OCTET_LENGTH"}
#: Types that values may be cast to. What TRY_CAST makes of a text that is no XSD number is not the same: ``'1.5'`` as a
#: BIGINT, ``'1d'`` or ``'1_000'`` as a DOUBLE; so plans look at the text as well.
_TYPES: Final = frozenset(
    {
        *(exp.DataType.Type.BIGINT, exp.DataType.Type.INT, exp.DataType.Type.DOUBLE, exp.DataType.Type.DECIMAL),
        *(exp.DataType.Type.VARCHAR, exp.DataType.Type.TEXT, exp.DataType.Type.BOOLEAN),
    }
)
#: What may stand between a condition and an ``IN`` with a query.
_LOGIC: Final = (exp.And, exp.Or, exp.Not, exp.Paren)


class _Plans(DuckDB):
    """DuckDB's dialect, but ``object < 1`` compares a column: it is not the beginning of a type."""

    class Tokenizer(DuckDB.Tokenizer):
        KEYWORDS = {word: kind for word, kind in DuckDB.Tokenizer.KEYWORDS.items() if word != "OBJECT"}  # noqa: RUF012 - declared in the base


class NotPortableError(ValueError):
    """A query uses something that another engine does not do, or does otherwise: a fault of the plan."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A query in Spark's SQL.

    Attributes:
        sql: Its text.
        reads: The names of the tables and views it reads, in lower case.
        ordered: Whether it gives its rows in an order.
    """

    sql: str
    reads: frozenset[str]
    ordered: bool


def translate(select: str) -> Translation:
    """Translate a query of DuckDB.

    Raises:
        NotPortableError: It is no single query, or holds something that Spark does otherwise.

    >>> translate("SELECT a::BIGINT AS a FROM t ORDER BY a")  # doctest: +NORMALIZE_WHITESPACE
    Translation(sql='SELECT CAST(a AS BIGINT) AS a FROM t ORDER BY a NULLS LAST',
                reads=frozenset({'t'}), ordered=True)
    >>> translate("SELECT list(a) FROM t")
    Traceback (most recent call last):
    ...
    osaid_graph.engines.dialect.NotPortableError: ARRAY_AGG(a): not known to mean the same in Spark
    """
    try:
        query: Any = sqlglot.parse_one(select, read=_Plans)
    except sqlglot.ParseError as error:
        raise NotPortableError(f"cannot be parsed: {error}") from None
    if not isinstance(query, exp.Query):
        raise NotPortableError(f"{select[:40]!r}: only queries can be translated")
    for node in list(query.walk()):
        for kind, check in _CHECKS:
            if isinstance(node, kind):
                check(node)
    for negation in list(query.find_all(exp.Not)):
        _pushed_down(negation)
    for negation in reversed(list(query.find_all(exp.Not))):
        _as_anti_join(negation)
    for negation in query.find_all(exp.Not):
        if isinstance(negation.this.unnest(), exp.In) and negation.this.unnest().args.get("query"):
            raise _refused(negation, "write NOT EXISTS: Spark would hold each row against each other")
    own = {each.alias.casefold() for each in query.find_all(exp.CTE)}
    reads = frozenset(each.name.casefold() for each in query.find_all(exp.Table)) - own
    return Translation(query.sql("spark"), reads, query.args.get("order") is not None)


def name_in_spark(name: str) -> str:
    """Return an identifier in Spark's quotes.

    >>> name_in_spark("of`us")
    '`of``us`'
    """
    return "`" + name.replace("`", "``") + "`"


def java_regex(pattern: str) -> str:
    r"""Return a regular expression of RE2 as one of Java that finds the same.

    Java's ``$`` also matches before a last line break, and its ``.`` leaves out more than the line feed.

    >>> java_regex("^a[$]b$")
    '(?d)^a[$]b\\z'
    >>> java_regex("\\$")
    '(?d)\\$'
    """
    parts: list[str] = []
    inside, escaped = "", False
    for character in pattern:
        if escaped or character == "\\":
            escaped = not escaped
        elif inside:  # a bracket that closes stands for itself at the beginning
            inside = "" if character == "]" and inside not in {"[", "[^"} else inside + character
        elif character == "[":
            inside = character
        elif character == "$":
            character = r"\z"
        parts.append(character)
    return "(?d)" + "".join(parts)


def _check_function(node: Any) -> None:
    if type(node).__name__ in _SAME:
        return
    if isinstance(node, exp.Anonymous) and str(node.this).upper() in _RENAMED:
        node.set("this", _RENAMED[str(node.this).upper()])
    elif isinstance(node, exp.RegexpFullMatch):
        whole = rf"\A(?:{_java(node.expression)})\z"
        node.replace(exp.RegexpLike(this=node.this, expression=exp.Literal.string(whole)))
    else:
        raise _refused(node)


def _check_cast(node: Any) -> None:
    if node.to.this not in _TYPES:
        raise _refused(node)


def _check_pattern(node: Any) -> None:
    node.expression.replace(exp.Literal.string(_java(node.expression)))


def _check_replacement(node: Any) -> None:
    """Without the flag ``g`` DuckDB replaces the first match alone; what refers to groups is written otherwise."""
    modifiers, replacement = node.args.get("modifiers"), node.args.get("replacement")
    if modifiers is None or modifiers.name != "g" or not replacement.is_string or {*"\\$"} & {*replacement.name}:
        raise _refused(node)
    node.expression.replace(exp.Literal.string(_java(node.expression)))


def _check_like(node: Any) -> None:
    r"""Spark takes ``\`` for an escape where none is named."""
    pattern = node.expression
    if isinstance(node.parent, exp.Escape):
        return
    if not pattern.is_string:
        raise _refused(node, "the pattern must be written out")
    pattern.replace(exp.Literal.string(pattern.name.replace("\\", "\\\\")))


def _check_membership(node: Any) -> None:
    if not node.args.get("query"):
        return
    above, below, negated = node.parent, node, False
    while isinstance(above, _LOGIC):
        negated = negated or isinstance(above, exp.Not)
        above, below = above.parent, above
    decides = isinstance(above, exp.If) and above.this is below and not negated  # where NULL and false do the same
    if not decides and not isinstance(above, (exp.Where, exp.Having, exp.Join)):
        raise _refused(node, "write EXISTS: Spark has no NULL there")


def _pushed_down(node: Any) -> None:
    """Write the negation of a condition that holds memberships as a condition of their negations (De Morgan)."""
    if isinstance(node.this.unnest(), (exp.And, exp.Or)) and any(
        each.args.get("query") for each in node.find_all(exp.In)
    ):
        node.replace(exp.paren(_negated(node.this)))


def _negated(condition: Any) -> Any:
    condition = condition.unnest()
    if isinstance(condition, (exp.And, exp.Or)):
        join = exp.or_ if isinstance(condition, exp.And) else exp.and_
        return join(_negated(condition.left), _negated(condition.right))
    if isinstance(condition, exp.Not):
        return condition.this.copy()
    return exp.not_(condition.copy())


def _as_anti_join(node: Any) -> None:
    """Write ``x NOT IN (SELECT ...)`` as an anti join: for NULL's sake Spark would hold each row against each other.

    Where it is a condition of WHERE or HAVING, or joined to others there by AND and OR, NULL and false do the same.
    """
    member, above = node.this, node.parent
    while isinstance(above, (exp.And, exp.Or, exp.Paren)):
        above = above.parent
    if not isinstance(member, exp.In) or not member.args.get("query") or not isinstance(above, (exp.Where, exp.Having)):
        return
    value, query = member.this, member.args["query"].unnest()
    if isinstance(value, exp.Tuple):
        return

    def exists(condition: Any) -> Any:
        aliased = exp.alias_(query.copy().subquery(), "listed", table=["one"])
        return exp.Exists(this=exp.select("1").from_(aliased).where(condition, copy=False))

    one = exp.column("one", "listed")
    found, unknown, some = exists(one.eq(value.copy())), exists(one.copy().is_(exp.null())), exists(None)
    node.replace(
        exp.paren(
            exp.and_(
                exp.not_(found),
                exp.not_(unknown),
                exp.or_(exp.not_(value.copy().is_(exp.null())), exp.not_(some)),
            )
        )
    )


def _check_table_function(node: Any) -> None:
    raise _refused(node)


def _java(pattern: Any) -> str:
    if not pattern.is_string:
        raise _refused(pattern, "the pattern must be written out")
    return java_regex(pattern.name)


def _refused(node: Any, why: str = "not known to mean the same in Spark") -> NotPortableError:
    return NotPortableError(f"{node.sql('duckdb')}: {why}")


_CHECKS: Final[tuple[tuple[Any, Callable[[Any], None]], ...]] = (
    (exp.Func, _check_function),
    ((exp.Cast, exp.TryCast), _check_cast),
    (exp.RegexpLike, _check_pattern),
    (exp.RegexpReplace, _check_replacement),
    ((exp.Like, exp.ILike), _check_like),
    (exp.In, _check_membership),
    ((exp.Any, exp.All, exp.SimilarTo, exp.Unnest, exp.Lateral), _check_table_function),
)
