"""What single statements come to (spellings, expressions, words, hostile texts), and what holds of all."""

from __future__ import annotations

import time
from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osaid_graph.errors import UsageError
from osaid_graph.terms import Element, Policy, catalogue, evaluate, license_iri, normalise, policies, policy
from osaid_graph.terms.expression import MAX_DEPTH, MAX_LENGTH, ExpressionError, Leaf, parse

RANK = {"not-approved": 0, "unknown": 1, "approved": 2}
ELEMENTS: tuple[Element, ...] = ("code", "data-information", "parameters", "dataset")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("  apache   license\n2.0 ", "Apache-2.0"),
        ("MIT License", "MIT"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("CC-BY-NC-SA 4.0", "CC-BY-NC-SA-4.0"),
        ("Creative Commons Attribution Non Commercial 4.0", "CC-BY-NC-4.0"),
        ("http://creativecommons.org/licenses/by/3.0/deed.en_US", "CC-BY-3.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0/legalcode", "CC-BY-SA-4.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0/legalcode.txt", "CC-BY-SA-4.0"),
        ("https://creativecommons.org/licenses/by/3.0/us/", "CC-BY-3.0-US"),
        ("https://choosealicense.com/licenses/odc-by/", "ODC-By-1.0"),
        ("https://choosealicense.com/licenses/gpl-3.0/", "GPL-3.0-only"),
        ("https://spdx.org/licenses/MIT.html", "MIT"),
        ("http://spdx.org/licenses/MIT", "MIT"),
        ("https://opensource.org/licenses/BSD-3-Clause", "BSD-3-Clause"),
        ("https://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
        (
            "https://huggingface.co/datasets/choosealicense/licenses/blob/main/markdown/apache-2.0.md",
            "Apache-2.0",
        ),
        ("https://www.llama.com/llama3_1/license/", "LicenseRef-scancode-llama-3.1-license-2024"),
        ("Llama 3 Community License", "LicenseRef-osaid-llama3"),
        ("mit OR apache-2.0", "MIT OR Apache-2.0"),
        ("mit or apache-2.0 and bsd-2-clause", "MIT OR Apache-2.0 AND BSD-2-Clause"),
        ("(MIT or Apache-2.0) and (ISC and (Zlib))", "(MIT OR Apache-2.0) AND ISC AND Zlib"),
        ("apache-2.0 with llvm-exception", "Apache-2.0 WITH LLVM-exception"),
        ("GPL-2.0+ OR MIT", "GPL-2.0-or-later OR MIT"),
        ("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("wxWindows AND MIT", "LGPL-2.0-or-later WITH WxWindows-exception-3.1 AND MIT"),
        ("GPL-2.0 WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("Apache-2.0+", "Apache-2.0+"),
        ("LicenseRef-acme-1", "LicenseRef-acme-1"),
        ("licenseref-scancode-LLAMA-2-license-2023", "LicenseRef-scancode-llama-2-license-2023"),
        ("DocumentRef-x:LicenseRef-y OR MIT", "DocumentRef-x:LicenseRef-y OR MIT"),
        ("NONE", "NONE"),
        ("unlicensed", "NONE"),
        ("No  License", "NONE"),
        ("Unlicense", "Unlicense"),
        ("NOASSERTION", "NOASSERTION"),
        ("free-by-nature", "LicenseRef-osaid-free-by-nature"),
        ("bsl-1.0", "BSL-1.0"),
        ("Business Source License 1.1", "BUSL-1.1"),
    ],
)
def test_exact_spellings_are_recognised(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "other",
        "BSD-3",
        "GPL",
        "Apache",
        "Apach\u0435-2.0",  # a Cyrillic letter
        "Apache-2.0.",
        "MIT-ish",
        "MIT or similar",
        "MIT, Apache-2.0",
        "MIT/Apache-2.0",
        "MIT Apache-2.0",
        "NOT MIT",
        "MIT WITH Commons-Clause",
        "MIT WITH LicenseRef-scancode-commons-clause",
        "GPL-2.0-with-classpath-exception WITH LLVM-exception",
        "GPL-2.0-with-classpath-exception+",
        "(MIT OR Apache-2.0) WITH LLVM-exception",
        "MIT OR",
        "AND",
        "MIT)",
        "()",
        "MIT\0",
        "M\u200bIT",
        "\u202eMIT",
        "LicenseRef-",
        "LicenseRef-ümlaut",
        "see https://spdx.org/licenses/MIT",
        "https://spdx.org/licenses/MIT?x=1",
        "https://spdx.org/licenses/MIT#text",
        "https://spdx.org/licenses/",
        "https://example.org/licenses/MIT",
        "https://choosealicense.com/licenses/undefined/",
        "https://github.com/acme/atlas/blob/main/LICENSE",
        "https://creativecommons.org/licenses/by/9.9/",
        "ftp://spdx.org/licenses/MIT",
        "https://w3id.org/osaid-graph/license#https%3A%2F%2Fspdx.org%2Flicenses%2FMIT",
    ],
)
def test_similar_strings_are_not_guessed(text: str) -> None:
    assert normalise(text) is None
    for element in ELEMENTS:
        assert evaluate(text, element, policy()).status == "unknown"


@pytest.mark.parametrize(
    "text", ["NONE", "none", "unlicensed", "UNLICENSED", "no license", "no licence", "proprietary"]
)
def test_no_licence_is_not_approved(text: str) -> None:
    for each in policies():
        result = evaluate(text, "parameters", each)
        assert (result.expression, result.status, result.licenses) == ("NONE", "not-approved", ())
        assert "no licence" in result.reason


@pytest.mark.parametrize(
    ("text", "element", "name", "status"),
    [
        ("MIT OR CC-BY-NC-4.0", "code", "strict", "approved"),
        ("MIT AND CC-BY-NC-4.0", "code", "strict", "not-approved"),
        ("MIT AND LicenseRef-acme", "code", "strict", "unknown"),
        ("MIT OR LicenseRef-acme", "code", "strict", "approved"),
        ("CC-BY-NC-4.0 OR LicenseRef-acme", "code", "strict", "unknown"),
        ("CC-BY-NC-4.0 AND LicenseRef-acme", "code", "strict", "not-approved"),
        ("MIT AND NOASSERTION", "code", "strict", "unknown"),
        ("MIT AND NONE", "code", "strict", "not-approved"),
        ("MIT OR NONE", "code", "strict", "approved"),
        ("Apache-2.0 AND CC-BY-4.0", "code", "osd-conformant", "not-approved"),
        ("Apache-2.0 AND CC-BY-4.0", "parameters", "osd-conformant", "approved"),
        ("Apache-2.0 AND (CC-BY-NC-4.0 OR MIT)", "code", "strict", "approved"),
        ("CC-BY-NC-4.0 WITH LLVM-exception", "code", "strict", "not-approved"),
        ("free-by-nature", "parameters", "strict", "not-approved"),
        ("free-by-nature", "parameters", "osd-conformant", "not-approved"),
        ("free-by-nature", "parameters", "free-by-nature", "approved"),
        ("free-by-nature", "data-information", "free-by-nature", "not-approved"),
        ("free-by-nature", "code", "free-by-nature", "not-approved"),
    ],
)
def test_operators_and_policies(text: str, element: Element, name: str, status: str) -> None:
    assert evaluate(text, element, policy(name)).status == status


def test_reasons_are_plain_sentences() -> None:
    strict, default = policy("strict"), policy()
    assert evaluate("Apache-2.0", "code", strict).reason == "Apache-2.0 is OSI-approved"
    assert evaluate("bigscience-bloom-rail-1.0", "parameters", strict).reason == (
        "BigScience BLOOM RAIL License 1.0 is not OSI-approved, and restricts use, modification and sharing"
    )
    assert evaluate("LGPLLR", "data-information", default).reason == (
        "LGPLLR is neither OSI-approved nor accepted for data information by the policy osd-conformant"
    )
    assert (
        evaluate("MIT OR gemma", "parameters", strict).reason == "MIT is OSI-approved, and the recipient may choose it"
    )
    assert evaluate("MIT AND NONE", "code", strict).reason == "no licence is granted"
    assert evaluate("LicenseRef-x", "code", strict).reason == (
        "LicenseRef-x is not in the catalogue, so what it grants is not known"
    )
    assert evaluate("MIT OR Foo", "code", strict).reason == (
        '"MIT OR Foo" names no licence exactly: "Foo" is neither on the SPDX list 3.29.0 nor in the catalogue'
    )


def test_restrictions_are_those_that_bind() -> None:
    def restricting(text: str) -> set[str]:
        return {each.license for each in evaluate(text, "parameters", policy("strict")).restrictions}

    llama, gemma = normalise("llama2"), normalise("gemma")
    assert restricting("llama2 AND gemma") == {llama, gemma}
    assert restricting("MIT AND gemma") == {gemma}
    assert restricting("MIT OR gemma") == set()
    assert restricting("grok2-community OR llama2") == {normalise("grok2-community")}, "the less restricting choice"
    assert restricting("LicenseRef-x OR llama2") == set()


def test_rewriting_and_exceptions_are_noted() -> None:
    notes = evaluate("GPL-2.0-with-classpath-exception", "code", policy()).notes
    assert notes == (
        "GPL-2.0-with-classpath-exception is a deprecated identifier, read as "
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "the exception Classpath-exception-2.0 adds permissions and is not evaluated",
    )
    assert evaluate("MIT", "code", policy()).notes == ()
    assert [facts.id for facts in evaluate("mit OR isc OR MIT", "code", policy()).licenses] == ["MIT", "ISC"]


def test_a_restriction_has_the_fields_of_the_report_model_in_order() -> None:
    from osaid_graph.model import Restriction

    found = evaluate("CC-BY-ND-4.0", "parameters", policy()).restrictions[0]
    assert astuple(Restriction(*astuple(found))) == astuple(found)


def test_an_unknown_policy_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError) as refused:
        policy("lenient")
    assert refused.value.message == "there is no terms policy 'lenient'"
    assert refused.value.hint == "policies: strict, osd-conformant, free-by-nature (default: osd-conformant)"


@pytest.mark.parametrize(
    ("expression", "iri"),
    [
        ("CC-BY-4.0", "https://spdx.org/licenses/CC-BY-4.0"),
        ("LicenseRef-osaid-llama3", "https://w3id.org/osaid-graph/license#LicenseRef-osaid-llama3"),
        ("NONE", "https://w3id.org/osaid-graph/license#NONE"),
        ("Apache-2.0+", "https://w3id.org/osaid-graph/license#Apache-2.0%2B"),
        ("MIT OR (ISC AND Zlib)", "https://w3id.org/osaid-graph/license#MIT%20OR%20%28ISC%20AND%20Zlib%29"),
        ("DocumentRef-a:LicenseRef-b", "https://w3id.org/osaid-graph/license#DocumentRef-a%3ALicenseRef-b"),
    ],
)
def test_licence_iris(expression: str, iri: str) -> None:
    assert license_iri(expression) == iri
    assert normalise(iri) == normalise(expression)


HOSTILE = [
    "x" * 10_000,
    "(" * 5_000 + "MIT" + ")" * 5_000,
    "(MIT OR " * 240 + "MIT" + ")" * 240,
    "(MIT AND (ISC OR " * 80 + "MIT" + "))" * 80,
    " OR ".join(["MIT"] * 5_000),
    "(" * 1_900,
    ")" * 1_900,
    "() " * 600,
    "MIT WITH " * 200,
    "OR " * 600,
    "+" * 1_900,
    "\ud800",
    "\x00\x01\x02",
    "http://" + "a/" * 900,
    "https://w3id.org/osaid-graph/license#" + "%28" * 600,
    "https://w3id.org/osaid-graph/license#" + "https%3A%2F%2Fw3id.org%2Fosaid-graph%2Flicense%23" * 20,
    "https://spdx.org/licenses/" + "../" * 500,
    "https://[::1/MIT",
    "${jndi:ldap://x}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_unknown_at_once(text: str) -> None:
    begin = time.perf_counter()
    assert normalise(text) is None
    result = evaluate(text, "code", policy())
    assert result.status == "unknown"
    assert len(result.reason) < 250 and result.reason.isprintable()
    assert time.perf_counter() - begin < 1


def test_the_limits_are_exact() -> None:
    deep = "(" * MAX_DEPTH + "MIT" + ")" * MAX_DEPTH
    assert normalise(deep) == "MIT"
    with pytest.raises(ExpressionError, match="nests more than 25 parentheses"):
        parse(f"({deep})")
    assert normalise("MIT".ljust(MAX_LENGTH)) == "MIT"
    with pytest.raises(ExpressionError, match="longer than 2000 characters"):
        parse("MIT".ljust(MAX_LENGTH + 1))
    with pytest.raises(ExpressionError, match="it is empty"):
        parse("")
    alternating = "MIT"
    for depth in range(MAX_DEPTH):
        alternating = f"({alternating}) {'AND' if depth % 2 else 'OR'} ISC"
    assert normalise(normalise(alternating) or "") == normalise(alternating) is not None


IDS = st.sampled_from(
    [
        *catalogue().ids(),
        "NONE",
        "NOASSERTION",
        "LicenseRef-unheard-of",
        "Apache-2.0+",
        "Apache-2.0 WITH LLVM-exception",
    ]
)
EXPRESSIONS = st.recursive(
    IDS,
    lambda inner: st.builds(
        lambda operator, parts: "(" + f" {operator} ".join(parts) + ")",
        st.sampled_from(["AND", "OR", "and", "or"]),
        st.lists(inner, min_size=2, max_size=3),
    ),
    max_leaves=8,
)
ANY_POLICY = st.sampled_from(policies())
ANY_ELEMENT = st.sampled_from(ELEMENTS)


@given(EXPRESSIONS, EXPRESSIONS, ANY_ELEMENT, ANY_POLICY)
def test_or_is_the_best_and_and_the_worst(left: str, right: str, element: Element, chosen: Policy) -> None:
    ranks = [RANK[evaluate(text, element, chosen).status] for text in (left, right)]
    assert RANK[evaluate(f"({left}) OR ({right})", element, chosen).status] == max(ranks)
    assert RANK[evaluate(f"({left}) AND ({right})", element, chosen).status] == min(ranks)


@given(EXPRESSIONS)
def test_the_normal_form_is_its_own_and_survives_its_iri(text: str) -> None:
    expression = normalise(text)
    assert expression is not None
    assert normalise(expression) == expression
    assert normalise(license_iri(expression)) == expression
    assert str(parse(expression)) == expression


@given(EXPRESSIONS, ANY_ELEMENT)
def test_a_wider_policy_never_approves_less(text: str, element: Element) -> None:
    ranks = [RANK[evaluate(text, element, each).status] for each in policies()]
    assert ranks == sorted(ranks)


@given(st.text(max_size=300) | st.text(alphabet="()+ ANDORWITHmit-2.0:/#%", max_size=120), ANY_ELEMENT)
def test_any_text_has_an_evaluation(text: str, element: Element) -> None:
    result = evaluate(text, element, policy())
    assert result.stated == text
    assert result.expression == normalise(text)
    assert result.reason and "\n" not in result.reason
    if result.expression is None:
        assert result.status == "unknown"
    else:
        assert normalise(result.expression) == result.expression


@given(st.sampled_from(catalogue().ids()), ANY_ELEMENT, ANY_POLICY)
def test_a_known_licence_is_never_unknown(text: str, element: Element, chosen: Policy) -> None:
    result = evaluate(text, element, chosen)
    assert result.status != "unknown"
    assert result.licenses
    assert isinstance(parse(result.expression or ""), Leaf)
