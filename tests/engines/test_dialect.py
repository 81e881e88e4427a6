"""What is translated for Spark, and what is refused because it would give other rows there."""

from __future__ import annotations

import pytest

from osaid_graph.engines.dialect import NotPortableError, java_regex, translate


@pytest.mark.parametrize(
    ("query", "translated"),
    [
        ("SELECT a::BIGINT AS a FROM t ORDER BY a", "SELECT CAST(a AS BIGINT) AS a FROM t ORDER BY a NULLS LAST"),
        ("SELECT a FROM t ORDER BY a DESC", "SELECT a FROM t ORDER BY a DESC"),
        ('SELECT "a b" FROM "t"', "SELECT `a b` FROM `t`"),
        ("SELECT 'it''s', 'a\\b'", "SELECT 'it\\'s', 'a\\\\b'"),
        ("SELECT a FROM t WHERE object < 1 AND object >= 0", "SELECT a FROM t WHERE object < 1 AND object >= 0"),
        (
            "SELECT CASE WHEN a IN (SELECT b FROM t) OR c THEN 1 END FROM t",
            "SELECT CASE WHEN a IN (SELECT b FROM t) OR c THEN 1 END FROM t",
        ),
        ("SELECT strlen(a) FROM t", "SELECT OCTET_LENGTH(a) FROM t"),
        ("SELECT a LIKE '\\_%' FROM t", "SELECT a LIKE '\\\\\\\\_%' FROM t"),
        ("SELECT regexp_matches(a, 'x$') FROM t", "SELECT a RLIKE '(?d)x\\\\z' FROM t"),
        ("SELECT regexp_full_match(a, 'x|y') FROM t", "SELECT a RLIKE '\\\\A(?:(?d)x|y)\\\\z' FROM t"),
    ],
)
def test_translated(query: str, translated: str) -> None:
    assert translate(query).sql == translated


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("SELECT list(a) FROM t", "ARRAY_AGG"),
        ("SELECT round(a, 2) FROM t", "ROUND"),
        ("SELECT hash(a) FROM t", "HASH"),
        ("SELECT current_date", "CURRENT_DATE"),
        ("SELECT unnest([1, 2])", "UNNEST"),
        ("SELECT x FROM range(3) AS r(x)", "RANGE"),
        ("SELECT {'a': 1}", "'a'"),
        ("SELECT TRY_CAST(a AS DATE) FROM t", "DATE"),
        ("SELECT a::HUGEINT FROM t", "INT128"),
        ("SELECT a = ANY (SELECT b FROM t) FROM t", "ANY"),
        ("SELECT a FROM t WHERE a SIMILAR TO 'x'", "SIMILAR TO"),
        ("SELECT a IN (SELECT b FROM t) FROM t", "write EXISTS"),
        ("SELECT a FROM t WHERE (a IN (SELECT b FROM t)) IS NULL", "write EXISTS"),
        ("SELECT CASE WHEN a NOT IN (SELECT b FROM t) THEN 1 END FROM t", "write EXISTS"),
        ("SELECT a FROM t WHERE (a, b) NOT IN (SELECT b, a FROM t)", "write NOT EXISTS"),
        ("SELECT CASE WHEN a THEN b IN (SELECT b FROM t) END FROM t", "write EXISTS"),
        ("SELECT a FROM t WHERE regexp_matches(a, b)", "must be written out"),
        ("SELECT a FROM t WHERE a LIKE b", "must be written out"),
        ("SELECT regexp_replace(a, 'x', 'y') FROM t", "REGEXP_REPLACE"),
        ("SELECT regexp_replace(a, '(x)', '\\1', 'g') FROM t", "REGEXP_REPLACE"),
        ("DROP TABLE t", "only queries"),
        ("SELECT 1; SELECT 2", "only queries"),
        ("SELECT FROM WHERE", "cannot be parsed"),
    ],
)
def test_refused(query: str, word: str) -> None:
    with pytest.raises(NotPortableError, match=word):
        translate(query)


@pytest.mark.parametrize(
    ("pattern", "java"),
    [
        ("a.b", "(?d)a.b"),
        ("^a$", "(?d)^a\\z"),
        ("[$^]\\$", "(?d)[$^]\\$"),
        ("\\\\$", "(?d)\\\\\\z"),
        ("[]$]$", "(?d)[]$]\\z"),
    ],
)
def test_regular_expressions_of_java_find_what_those_of_re2_find(pattern: str, java: str) -> None:
    assert java_regex(pattern) == java


def test_only_the_order_of_the_whole_query_counts() -> None:
    assert translate("SELECT a FROM t UNION SELECT b FROM t ORDER BY a").ordered
    assert not translate("SELECT a, row_number() OVER (ORDER BY a) FROM (SELECT a FROM t ORDER BY a) AS t").ordered


def test_tables_that_are_read_are_told_wherever_they_stand() -> None:
    query = (
        "WITH x AS (SELECT a FROM T) SELECT a FROM x, u WHERE EXISTS (SELECT 1 FROM v WHERE v.a IN (SELECT a FROM w))"
    )
    assert translate(query).reads == {"t", "u", "v", "w"}
