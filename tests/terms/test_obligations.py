"""The table of what licences oblige to, and what statements come to by it."""

from __future__ import annotations

import json

import pytest

from osaid_graph.resources import root
from osaid_graph.terms import catalogue
from osaid_graph.terms.obligations import Obligation, at_odds, meets, table, terms_of

DOCUMENT = json.loads((root() / "data" / "licenses" / "obligations.json").read_text("utf-8"))


def kinds(*texts: str) -> list[str]:
    return [each.kind for each in terms_of(texts).obligations]


def test_every_licence_of_the_table_is_in_the_catalogue() -> None:
    named = {
        each for row in (*DOCUMENT["rows"], *DOCUMENT["free"]) for each in (*row["licenses"], *row.get("met_by", ()))
    }
    assert [each for each in sorted(named) if catalogue().license(each) is None] == []


def test_every_row_says_where() -> None:
    for row in (*DOCUMENT["rows"], *DOCUMENT["free"]):
        assert row["clause"]
        assert row["source"].startswith(("https://", "http://"))
    assert {row["kind"] for row in DOCUMENT["rows"]} == set(DOCUMENT["kinds"])


def test_no_licence_is_both_free_and_bound() -> None:
    free = {each for row in DOCUMENT["free"] for each in row["licenses"]}
    assert all(not table()[each] for each in free)


def test_what_asks_for_the_same_terms_is_met_by_itself() -> None:
    for rows in table().values():
        for each in rows:
            if each.kind in ("share-alike", "same-licence"):
                assert each.license in each.met_by, each
            else:
                assert not each.met_by
            assert bool(each.begins) == (each.kind == "naming")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("cc0-1.0",), []),
        (("cc-by-nc-sa-4.0",), ["attribution", "non-commercial", "share-alike"]),
        (("cc-by-nc-nd-4.0",), ["attribution", "no-derivatives", "non-commercial"]),
        (("llama3",), ["attribution", "naming", "same-licence", "use-restrictions"]),
        (("gpl-3.0 OR cc0-1.0",), []),
        (("CC-BY-4.0 AND CC-BY-NC-4.0",), ["attribution", "attribution", "non-commercial"]),
        (("mit", "gpl-3.0"), ["attribution", "attribution", "share-alike"]),
        (("other",), []),
    ],
)
def test_what_statements_oblige_to(texts: tuple[str, ...], expected: list[str]) -> None:
    assert kinds(*texts) == expected


@pytest.mark.parametrize(
    ("texts", "stated", "known"),
    [
        ((), False, False),
        (("other",), False, False),
        (("unlicensed",), False, False),
        (("artistic-2.0",), True, False),
        (("mit", "other"), True, False),
        (("mit OR artistic-2.0",), True, True),
        (("mit AND artistic-2.0",), True, False),
        (("wtfpl",), True, True),
    ],
)
def test_what_is_not_in_the_table_is_unknown(texts: tuple[str, ...], stated: bool, known: bool) -> None:
    terms = terms_of(texts)
    assert (terms.stated, terms.known) == (stated, known)


def of(license: str, kind: str) -> Obligation:
    return next(each for each in table()[license] if each.kind == kind)


@pytest.mark.parametrize(
    ("one", "other", "odds"),
    [
        (("GPL-3.0-only", "share-alike"), ("CC-BY-NC-4.0", "non-commercial"), True),
        (("CC-BY-NC-SA-4.0", "share-alike"), ("CC-BY-NC-4.0", "non-commercial"), False),
        # one way compatible: what is under CC-BY-SA may go under the GPL
        (("CC-BY-SA-4.0", "share-alike"), ("GPL-3.0-only", "share-alike"), False),
        (("CC-BY-SA-4.0", "share-alike"), ("ODbL-1.0", "share-alike"), True),
        (("GPL-2.0-only", "share-alike"), ("GPL-3.0-only", "share-alike"), True),
        (("GPL-2.0-or-later", "share-alike"), ("GPL-3.0-only", "share-alike"), False),
        (("GPL-3.0-only", "share-alike"), ("Apache-2.0", "attribution"), False),
        # both may bind: nothing forbids to add to either
        (("CC-BY-NC-4.0", "non-commercial"), ("LicenseRef-osaid-llama3", "use-restrictions"), False),
    ],
)
def test_which_obligations_no_licence_can_keep_both_of(
    one: tuple[str, str], other: tuple[str, str], odds: bool
) -> None:
    assert at_odds(of(*one), of(*other)) is odds
    assert at_odds(of(*other), of(*one)) is odds


def test_terms_meet_what_they_state() -> None:
    assert meets("GPL-3.0-only", of("CC-BY-SA-4.0", "share-alike"))
    assert not meets("MIT", of("CC-BY-NC-4.0", "non-commercial"))
    assert meets("MIT", of("CC-BY-4.0", "attribution"))


@pytest.mark.parametrize(
    ("later", "earlier", "met"),
    [
        # the list of compatible licences names version 3 of the GPL and no later one
        ("GPL-3.0-only", "CC-BY-SA-4.0", True),
        ("GPL-3.0-or-later", "CC-BY-SA-4.0", False),
        # section 3 of the LGPL 2.1 leads to any version of the GPL, section 13 to the LGPL 3 only where that was said
        ("GPL-3.0-only", "LGPL-2.1-only", True),
        ("LGPL-3.0-only", "LGPL-2.1-only", False),
        ("LGPL-3.0-only", "LGPL-2.1-or-later", True),
        # a secondary licence of the EPL 2.0 is one only where a notice names it, which the identifier does not say
        ("GPL-3.0-or-later", "EPL-2.0", False),
        ("EUPL-1.2", "EUPL-1.1", True),
    ],
)
def test_which_licence_a_derivative_may_be_passed_on_under(later: str, earlier: str, met: bool) -> None:
    assert meets(later, of(earlier, "share-alike")) is met


def test_what_reaches_models_made_from_the_output_is_what_the_texts_extend_to_it() -> None:
    reached = {each.license for rows in table().values() for each in rows if each.outputs}
    assert "LicenseRef-scancode-bigcode-open-rail-m-v1" in reached  # "Modifications of the Model" are made from Output
    assert "LicenseRef-osaid-opt-175b" in reached  # section 2.a: "any data produced by the Software"
    assert "LicenseRef-scancode-llama-2-license-2023" not in reached
    assert "LicenseRef-osaid-llama3" not in reached


@pytest.mark.parametrize("license", ["LicenseRef-osaid-apple-amlr", "LicenseRef-osaid-opt-175b"])
def test_research_licences_ask_for_their_notice_too(license: str) -> None:
    assert "attribution" in {each.kind for each in table()[license]}
