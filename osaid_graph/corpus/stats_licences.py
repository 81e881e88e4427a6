"""Which terms the models and datasets of a corpus state, as SPDX identities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from rdflib import RDF

from osaid_graph.corpus.batches import batches, gather
from osaid_graph.corpus.folding import FOLDED
from osaid_graph.corpus.stats_graph import ARTEFACTS, DATA, MODEL
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine, Type
from osaid_graph.graph.conclusions import says_nothing
from osaid_graph.terms import Element, Policy, evaluate, policy
from osaid_graph.vocab import OSAID

#: Terms that are named one by one.
TOP: Final = 12
#: Characters of terms that are no identifier and are named.
_LONG: Final = 120
_STATED: Final = "stated_by_artefacts"
_EVALUATED: Final = "evaluated_texts"
_COLUMNS: Final[dict[str, Type]] = {"value": "BIGINT", "sort": "VARCHAR", "license": "VARCHAR", "status": "VARCHAR"}
_ELEMENTS: Final[dict[str, Element]] = {MODEL: "parameters", DATA: "dataset"}
_STATUSES: Final = ("approved", "not-approved", "unknown")


@dataclass(frozen=True, slots=True)
class License:
    """How many artefacts state some terms, and what these come to under the policy (None where there is none)."""

    license: str
    artefacts: int
    status: str | None


@dataclass(frozen=True, slots=True)
class LicenseMix:
    """The terms of the models, or of the datasets, that sources describe.

    An artefact that states several terms counts for each of them in ``top`` and ``rest``, and once in the rest.

    Attributes:
        artefacts: How many there are.
        stated: How many state terms.
        unclear: How many say no more than a word that names none, such as "other".
        refused: How many say that they do not tell.
        unstated: How many say nothing.
        top: The terms that most state, as SPDX expressions or else as stated.
        others: How many other terms are stated.
        rest: How many artefacts state one of these.
        policy: The terms policy; None where the corpus was not assessed.
        approval: What the terms of those that state some come to under the policy: ``approved``, ``not-approved``,
            ``disputed`` (terms differ), ``unknown``.
    """

    artefacts: int
    stated: int
    unclear: int
    refused: int
    unstated: int
    top: tuple[License, ...]
    others: int
    rest: int
    policy: str | None
    approval: dict[str, int] | None


def license_rows(mix: LicenseMix) -> tuple[tuple[str, int, str], ...]:
    """Return what a mix is shown as: words, how many artefacts, and what terms come to or an empty text."""
    rest = (
        (f"{mix.others:,} others", mix.rest, ""),
        ("(a word that names none)", mix.unclear, ""),
        ("(refused)", mix.refused, ""),
        ("(not stated)", mix.unstated, ""),
    )
    named = tuple((each.license, each.artefacts, each.status or "") for each in mix.top)
    return (*named, *(row for row in rest if row[1]))


def license_mixes(engine: Engine, facts: Vertical, policy_name: str | None) -> dict[str, LicenseMix]:
    """Return the terms of models and of datasets; the keys are ``models`` and ``datasets``.

    Args:
        engine: Where the tables of :func:`~osaid_graph.corpus.stats_graph.make_artefacts` are.
        facts: What that returned.
        policy_name: The terms policy; None for not saying what terms come to.
    """
    engine.table(
        _STATED,
        "SELECT DISTINCT artefacts.node, artefacts.sort, stated.object AS value "
        f"FROM {facts[OSAID.license]} AS stated LEFT JOIN {FOLDED} AS folded ON folded.node = stated.subject "
        f"JOIN {ARTEFACTS} AS artefacts ON artefacts.node = COALESCE(folded.whole, stated.subject) "
        "WHERE artefacts.described",
    )
    chosen = policy(policy_name) if policy_name else policy()
    gather(engine, _EVALUATED, _COLUMNS, _evaluated(engine, chosen))
    refusal = facts.ids(OSAID.NotDisclosed)
    engine.table(
        "states",
        "SELECT stated.node, MAX(stated.sort) AS sort, MAX(CASE WHEN found.license <> '' THEN 3 "
        "WHEN found.license = '' THEN 2 WHEN refusals.subject IS NOT NULL THEN 1 ELSE 0 END) AS state, "
        + ", ".join(
            f"MAX(CASE WHEN found.license <> '' AND found.status = '{status}' THEN 1 ELSE 0 END) AS s{at}"
            for at, status in enumerate(_STATUSES)
        )
        + f" FROM {_STATED} AS stated LEFT JOIN {_EVALUATED} AS found "
        "ON found.value = stated.value AND found.sort = stated.sort LEFT JOIN "
        f"(SELECT DISTINCT subject FROM {facts[RDF.type]} WHERE object = {refusal}) AS refusals "
        "ON refusals.subject = stated.value GROUP BY stated.node",
    )
    mixes = {f"{sort}s": _mix(engine, sort, policy_name) for sort in (MODEL, DATA)}
    engine.drop(_STATED, _EVALUATED, "states")
    return mixes


def _evaluated(engine: Engine, chosen: Policy) -> Iterator[list[tuple[Any, ...]]]:
    """Yield what each text names, empty for a word that names nothing, and what that comes to."""
    texts = f"(SELECT id, value FROM terms WHERE kind <> 'blank' AND id IN (SELECT value FROM {_STATED})) AS texts"
    for rows in batches(engine, texts, "id, value"):
        found = []
        for id_, text in rows:
            for sort, element in _ELEMENTS.items():
                evaluation = evaluate(text, element, chosen)
                name = "" if says_nothing(evaluation) else evaluation.expression or _short(text)
                found.append((id_, sort, name, evaluation.status))
        yield found


def _short(text: str) -> str:
    line = " ".join(text.split()) or "(empty)"
    return line if len(line) <= _LONG else f"{line[: _LONG - 1]}…"


def _mix(engine: Engine, sort: str, policy_name: str | None) -> LicenseMix:
    artefacts = int(engine.rows(f"SELECT COUNT(*) FROM {ARTEFACTS} WHERE described AND sort = '{sort}'")[0][0])
    states = dict(engine.rows(f"SELECT state, COUNT(*) FROM states WHERE sort = '{sort}' GROUP BY state"))
    stated, unclear, refused = (int(states.get(state, 0)) for state in (3, 2, 1))
    pairs = (
        f"SELECT DISTINCT stated.node, found.license, found.status FROM {_STATED} AS stated JOIN {_EVALUATED} AS found "
        f"ON found.value = stated.value AND found.sort = stated.sort "
        f"WHERE found.license <> '' AND stated.sort = '{sort}'"
    )
    ranked = (
        "SELECT license, MIN(status) AS status, COUNT(DISTINCT node) AS artefacts, "
        "ROW_NUMBER() OVER (ORDER BY COUNT(DISTINCT node) DESC, license) AS place "
        f"FROM ({pairs}) AS pairs GROUP BY license"
    )
    rows = engine.rows(
        f"SELECT license, artefacts, status FROM ({ranked}) AS ranked WHERE place <= {TOP} ORDER BY place"
    )
    others = f"SELECT license FROM ({ranked}) AS ranked WHERE place > {TOP}"
    rest = engine.rows(
        f"SELECT COUNT(DISTINCT license), COUNT(DISTINCT node) FROM ({pairs}) AS pairs WHERE license IN ({others})"
    )[0]
    return LicenseMix(
        artefacts,
        stated,
        unclear,
        refused,
        artefacts - stated - unclear - refused,
        tuple(License(name, int(count), status if policy_name else None) for name, count, status in rows),
        int(rest[0]),
        int(rest[1]),
        policy_name,
        _approval(engine, sort) if policy_name else None,
    )


def _approval(engine: Engine, sort: str) -> dict[str, int]:
    """Return what terms come to: what those that are known agree on, as in a check."""
    rows = engine.rows(
        "SELECT CASE WHEN s0 = 1 AND s1 = 1 THEN 'disputed' WHEN s0 = 1 THEN 'approved' "
        "WHEN s1 = 1 THEN 'not-approved' ELSE 'unknown' END AS approval, COUNT(*) "
        f"FROM states WHERE sort = '{sort}' AND state = 3 GROUP BY 1"
    )
    counts = dict(rows)
    return {word: int(counts.get(word, 0)) for word in ("approved", "not-approved", "disputed", "unknown")}
