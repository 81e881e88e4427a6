"""What every engine does alike: the same plan gives the same rows on DuckDB and on Spark."""

from __future__ import annotations

from typing import Any

import pytest

from osaid_graph.engines import Engine

#: Edges of a graph, NULL among them.
EDGES = [(1, 2), (1, 3), (2, 4), (3, None), (None, 5), (5, 1)]
WORDS = ["a", "B", "b", "é", "Z", None, "a\\b", "it's", "x_y", "50%", "😀", "a\nb", '"', "\t", "b\n", "", "ab\r"]
#: The first and the last id that an IRI may have.
IRIS = (1 << 62, (1 << 63) - 1)

#: Queries over the edges ``e(a, b)`` and the words ``w(s)``, and what they give; in any order where none is asked for.
QUERIES: list[tuple[str, list[tuple[Any, ...]]]] = [
    # numbers
    ("SELECT 7 // 2, -7 // 2, 7 / 2, -7 % 3", [(3, -3, 3.5, -1)]),
    ("SELECT '12'::BIGINT, 12::VARCHAR, true::VARCHAR, 3::DOUBLE", [(12, "12", "true", 3.0)]),
    ("SELECT 4611686018427387904, -9223372036854775808", [(IRIS[0], -(1 << 63))]),
    ("SELECT TRY_CAST('x' AS BIGINT), TRY_CAST('99999999999999999999' AS BIGINT)", [(None, None)]),
    (
        "SELECT TRY_CAST('INF' AS DOUBLE), TRY_CAST('.5' AS DOUBLE), TRY_CAST('+5.' AS DOUBLE), TRY_CAST('' AS DOUBLE)",
        [(float("inf"), 0.5, 5.0, None)],
    ),
    ("SELECT TRY_CAST('1.50' AS DECIMAL(38, 10)) = TRY_CAST('1.5' AS DECIMAL(38, 10))", [(True,)]),
    # NULL
    ("SELECT a IS NOT DISTINCT FROM b, a IS DISTINCT FROM 1 FROM e WHERE b = 2", [(False, False)]),
    ("SELECT a FROM e WHERE a NOT IN (SELECT b FROM e)", []),
    ("SELECT b FROM e WHERE b NOT IN (SELECT a FROM e WHERE a IS NOT NULL)", [(4,)]),
    ("SELECT a FROM e WHERE a NOT IN (SELECT b FROM e WHERE b > 9) AND b > 3", [(2,), (None,)]),
    ("SELECT a FROM e WHERE a NOT IN (SELECT b FROM e WHERE b < 5)", [(5,)]),
    ("SELECT a FROM e WHERE a IN (SELECT b FROM e WHERE b NOT IN (SELECT a FROM e WHERE a < 3))", [(3,), (5,)]),
    ("SELECT a FROM e WHERE b NOT IN (SELECT a FROM e) OR a = 3", [(3,)]),
    ("SELECT a FROM e WHERE b NOT IN (SELECT a FROM e WHERE a < 4) OR a = 3", [(2,), (3,), (None,)]),
    ("SELECT a, b FROM e WHERE NOT (a IN (SELECT b FROM e) AND b IN (SELECT a FROM e))", []),
    (
        "SELECT a, b FROM e WHERE NOT (a IN (SELECT b FROM e WHERE b < 4) AND b IN (SELECT a FROM e WHERE a < 9))",
        [(2, 4), (5, 1)],
    ),
    ("SELECT a, b FROM e WHERE NOT (a IN (SELECT b FROM e WHERE b < 4) OR NOT (b > 2 AND a = 2))", []),
    ("SELECT a, b FROM e WHERE NOT (b IN (SELECT a FROM e) AND a = 1)", [(2, 4), (3, None), (5, 1)]),
    ("SELECT a FROM e WHERE NOT a = 1", [(2,), (3,), (5,)]),
    ("SELECT count(*), count(a), count(DISTINCT a), sum(a), max(b) FROM e", [(6, 5, 4, 12, 5)]),
    ("SELECT a, count(*) FROM e GROUP BY a", [(1, 2), (2, 1), (3, 1), (None, 1), (5, 1)]),
    ("SELECT a FROM e WHERE b IS NULL UNION ALL SELECT NULL AS a", [(3,), (None,)]),
    ("SELECT coalesce(a, b), nullif(a, 1), greatest(a, b), least(a, b) FROM e WHERE a IS NULL", [(5, None, 5, 5)]),
    # order
    ("SELECT a FROM e ORDER BY a", [(1,), (1,), (2,), (3,), (5,), (None,)]),
    ("SELECT a FROM e ORDER BY a DESC LIMIT 2", [(5,), (3,)]),
    ("SELECT a FROM e ORDER BY a OFFSET 4", [(5,), (None,)]),
    ("SELECT a, b FROM e ORDER BY b DESC NULLS FIRST, a LIMIT 3", [(3, None), (None, 5), (2, 4)]),
    (
        "SELECT s FROM w ORDER BY s",
        [(word,) for word in sorted(word for word in WORDS if word is not None)] + [(None,)],
    ),
    ("SELECT b, row_number() OVER (PARTITION BY a ORDER BY b) FROM e WHERE a = 1", [(2, 1), (3, 2)]),
    ("SELECT a, row_number() OVER (ORDER BY b DESC) FROM e WHERE a > 2", [(5, 1), (3, 2)]),
    # of several rows
    (
        "SELECT count(*) FILTER (WHERE a > 1), bool_or(a = 1), bool_and(a = 1), count_if(a > 1) FROM e",
        [(3, True, False, 3)],
    ),
    ("SELECT count(*) FILTER (WHERE b NOT IN (SELECT a FROM e WHERE a IS NOT NULL)) FROM e", [(1,)]),
    ("SELECT a, string_agg(b::VARCHAR, ' ' ORDER BY b DESC) FROM e WHERE a = 1 GROUP BY a", [(1, "3 2")]),
    ("SELECT string_agg(DISTINCT a::VARCHAR, ',' ORDER BY a::VARCHAR) FROM e", [("1,2,3,5",)]),
    ("SELECT string_agg(s, '' ORDER BY s) FROM w WHERE length(s) = 1 AND s >= 'A'", [("BZabé😀",)]),
    (
        "SELECT bit_or(a), bit_and(a), bit_or(a) FILTER (WHERE a > 9), max(a | 8), min(a & 4) FROM e",
        [(7, 0, None, 13, 0)],
    ),
    ("SELECT arg_min(a, b), arg_max(a, b) FROM e WHERE a > 1", [(5, 2)]),
    ("SELECT a AS x, count(*) AS n FROM e GROUP BY x HAVING count(*) > 1", [(1, 2)]),
    ("SELECT count(DISTINCT (a, b)) FROM e WHERE a IS NOT NULL AND b IS NOT NULL", [(4,)]),
    # of several tables
    (
        "SELECT a, b FROM e WHERE EXISTS (SELECT 1 FROM e f WHERE f.a = e.b) OR a = 3",
        [(1, 2), (1, 3), (3, None), (None, 5), (5, 1)],
    ),
    ("SELECT a FROM e WHERE NOT EXISTS (SELECT 1 FROM e f WHERE f.a = e.b)", [(2,), (3,)]),
    ("SELECT a FROM e WHERE EXISTS (SELECT 1 FROM e f WHERE f.a = e.b AND f.b <> e.a)", [(1,), (5,)]),
    (
        "SELECT a FROM e WHERE EXISTS (SELECT 1 FROM e f WHERE f.a = e.b AND NOT EXISTS "
        "(SELECT 1 FROM e g WHERE g.a = f.b))",
        [(1,), (1,)],
    ),
    ("SELECT a, EXISTS (SELECT 1 FROM e f WHERE f.a = e.b) FROM e WHERE a IN (2, 5)", [(2, False), (5, True)]),
    (
        "SELECT b, CASE WHEN b IN (SELECT a FROM e) OR b = 4 THEN 1 ELSE 0 END FROM e WHERE a > 1",
        [(4, 1), (None, 0), (1, 1)],
    ),
    ("SELECT a, CASE WHEN EXISTS (SELECT 1 FROM e f WHERE f.a = e.b) THEN 1 END FROM e WHERE a = 2", [(2, None)]),
    ("SELECT a, (SELECT count(*) FROM e f WHERE f.a = e.b) AS n FROM e WHERE a > 1", [(2, 0), (3, 0), (5, 2)]),
    ("SELECT a FROM e WHERE (SELECT count(DISTINCT f.b) FROM e f WHERE f.a = e.b) < 1", [(1,), (2,), (3,)]),
    ("SELECT a FROM e UNION SELECT b FROM e", [(1,), (2,), (3,), (4,), (5,), (None,)]),
    ("SELECT b FROM e EXCEPT SELECT a FROM e", [(4,)]),
    ("SELECT a FROM e INTERSECT SELECT b FROM e", [(1,), (2,), (3,), (5,), (None,)]),
    (
        "SELECT e.a, f.b FROM e LEFT JOIN e f ON f.a = e.b AND f.b > 1 WHERE e.a = 5 OR e.a = 2",
        [(5, 2), (5, 3), (2, None)],
    ),
    ("SELECT e.a FROM e ANTI JOIN e f ON f.a = e.b", [(2,), (3,)]),
    ("SELECT e.a FROM e SEMI JOIN e f ON f.a = e.b WHERE e.a = 1", [(1,), (1,)]),
    (
        "SELECT x.a, y.c FROM (SELECT a, b FROM e) x FULL JOIN (SELECT a AS c FROM e) y ON x.b = y.c "
        "WHERE x.a = 2 OR y.c = 5",
        [(2, None), (None, 5)],
    ),
    (
        "WITH x AS (SELECT a FROM e WHERE a > 1), y AS (SELECT a FROM x) SELECT a FROM y JOIN x USING (a)",
        [(2,), (3,), (5,)],
    ),
    ("SELECT * FROM (VALUES (1, 'a'), (2, NULL)) AS t(i, s)", [(1, "a"), (2, None)]),
    ("SELECT * EXCLUDE (b) FROM e WHERE a = 2", [(2,)]),
    (
        "SELECT a, b FROM e QUALIFY row_number() OVER (PARTITION BY a ORDER BY b) = 1",
        [(1, 2), (2, 4), (3, None), (None, 5), (5, 1)],
    ),
    ("SELECT DISTINCT ON (a) a, b FROM e WHERE a = 1 ORDER BY a, b", [(1, 2)]),
    # texts
    ("SELECT s FROM w WHERE s IN ('a\\b', 'it''s', '\"', '50%')", [("a\\b",), ("it's",), ('"',), ("50%",)]),
    ("SELECT s FROM w WHERE s LIKE '%\\%' OR s LIKE '%\\_%' ESCAPE '\\'", [("a\\b",), ("x_y",)]),
    ("SELECT s || '!', length(s), strlen(s), upper(s), substr(s, 1, 1) FROM w WHERE s = 'é'", [("é!", 1, 2, "É", "é")]),
    ("SELECT s FROM w WHERE starts_with(s, 'a') AND ends_with(s, 'b') AND contains(s, '\\')", [("a\\b",)]),
    ("SELECT replace(s, 'x', '\\'), split_part(s, '_', 2), strpos(s, '_') FROM w WHERE s = 'x_y'", [("\\_y", "y", 2)]),
    ("SELECT s FROM w WHERE regexp_matches(s, '^a.b$')", [("a\\b",)]),
    ("SELECT s FROM w WHERE regexp_matches(s, 'b$')", [("b",), ("a\\b",), ("a\nb",)]),
    ("SELECT s FROM w WHERE regexp_full_match(s, 'b|a..?')", [("b",), ("a\\b",), ("ab\r",)]),
    ("SELECT s FROM w WHERE regexp_full_match(s, '[$%0-9\\\\]+')", [("50%",)]),
    ("SELECT regexp_replace(s, '[a-z$]', '-', 'g') FROM w WHERE s = 'x_y'", [("-_-",)]),
]


@pytest.fixture(scope="module")
def tables(engine: Engine) -> Engine:
    engine.values("e", {"a": "BIGINT", "b": "BIGINT"}, EDGES)
    engine.values("w", {"s": "VARCHAR"}, [(word,) for word in WORDS])
    return engine


@pytest.mark.parametrize(("query", "expected"), QUERIES, ids=[query for query, _ in QUERIES])
def test_a_query_gives_the_same_rows(tables: Engine, query: str, expected: list[tuple[Any, ...]]) -> None:
    rows = tables.rows(query)
    if " OVER " not in query and " ORDER BY " in query:
        assert rows == expected
    else:
        assert sorted(rows, key=repr) == sorted(expected, key=repr)
