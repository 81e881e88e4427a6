"""Finding a node by what a person types."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osaid_graph.errors import UsageError
from osaid_graph.graph.lookup import Names

HUB = "https://huggingface.co/"
NODES = [
    (HUB + "bigscience/bloom", "BLOOM"),
    (HUB + "bigscience/bloom#parameters", "BLOOM parameters"),
    (HUB + "cahya/bloomz-7b1", ""),
    (HUB + "bigscience/bloomz-7b1", ""),
    (HUB + "acme/atlas", "Atlas"),
    (HUB + "datasets/acme/atlas", "Atlas data"),
    (HUB + "datasets/acme/webmix#1", "Webmix"),
    (HUB + "datasets/acme/webmix#2.0-beta", "Webmix"),
    (HUB + "datasets/acme/crawl", "The  big\ncrawl"),
    ("https://github.com/acme/trainer", "Trainer"),
    ("urn:osaid:name:our-crawl", ""),
    (HUB + "openai-community/gpt2", ""),
]


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(NODES)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (HUB + "bigscience/bloom", HUB + "bigscience/bloom"),
        (f"<{HUB}bigscience/bloom#parameters>", HUB + "bigscience/bloom#parameters"),
        ("http://www.huggingface.co/bigscience/bloom/tree/main", HUB + "bigscience/bloom"),
        ("bigscience/bloom", HUB + "bigscience/bloom"),
        ("BigScience/Bloom", HUB + "bigscience/bloom"),
        ("bloom", HUB + "bigscience/bloom"),
        ("BLOOM parameters", HUB + "bigscience/bloom#parameters"),
        ("models/acme/atlas", HUB + "acme/atlas"),
        ("datasets/acme/atlas", HUB + "datasets/acme/atlas"),
        ("acme/webmix@1", HUB + "datasets/acme/webmix#1"),
        ("webmix@2.0 beta", HUB + "datasets/acme/webmix#2.0-beta"),
        ("the big crawl", HUB + "datasets/acme/crawl"),
        ("acme/trainer", "https://github.com/acme/trainer"),
        ("Our crawl", "urn:osaid:name:our-crawl"),
        ("gpt2", HUB + "openai-community/gpt2"),
        ("  bloom  ", HUB + "bigscience/bloom"),
    ],
)
def test_a_node_is_found_by_its_iri_hub_id_short_name_or_label(names: Names, typed: str, found: str) -> None:
    assert names.find(typed) == found


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("bloomz-7b1", "'bloomz-7b1' could be 2 nodes", "write one of them: bigscience/bloomz-7b1, cahya/bloomz-7b1"),
        ("atlas", "'atlas' could be 2 nodes", "write one of them: models/acme/atlas, datasets/acme/atlas"),
        ("acme/atlas", "'acme/atlas' could be 2 nodes", "write one of them: models/acme/atlas, datasets/acme/atlas"),
        ("webmix", "'webmix' could be 2 nodes", "write one of them: acme/webmix@1, acme/webmix@2.0-beta"),
        (
            "bigsience/blom",
            "no node 'bigsience/blom' here",
            "did you mean bigscience/bloom, bigscience/bloomz-7b1, bigscience/bloom@parameters?",
        ),
        ("blom", "no node 'blom' here", "did you mean bigscience/bloom?"),
        ("xyzzy", "no node 'xyzzy' here", "write an IRI, a Hub id (org/name) or a label"),
        (" ", "an empty name of a node", "write an IRI, a Hub id (org/name), a short name or a label"),
    ],
)
def test_what_names_no_node_or_several_is_told_with_those_it_could_be(
    names: Names, typed: str, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as raised:
        names.find(typed)
    assert (raised.value.message, raised.value.hint) == (message, hint)


def test_many_candidates_are_counted_not_all_listed() -> None:
    with pytest.raises(UsageError) as raised:
        Names((f"{HUB}org-{n:04}/bloom", "") for n in range(1_234)).find("bloom")
    assert raised.value.message == "'bloom' could be 1,234 nodes"
    assert raised.value.hint.endswith("org-0007/bloom and 1,226 more")


def test_a_name_is_no_pattern() -> None:
    with pytest.raises(UsageError, match="no node"):
        Names(NODES).find("bl..m")


def test_what_is_near_is_never_taken() -> None:
    with pytest.raises(UsageError, match="no node"):
        Names([(HUB + "bigscience/bloom", "")]).find("bigscience/blooms")


@given(st.lists(st.tuples(st.from_regex(r"[a-z]{1,4}/[a-zß.-]{1,5}", fullmatch=True), st.text(max_size=6)), min_size=1))
def test_every_node_is_found_by_its_iri_and_whatever_is_found_is_a_node(pairs: list[tuple[str, str]]) -> None:
    nodes = [(f"https://example.org/{path}", label) for path, label in pairs]
    names = Names(nodes)
    for iri, label in nodes:
        assert names.find(iri) == iri
        with contextlib.suppress(UsageError):
            assert names.find(label) in dict(nodes)


def test_a_million_names_are_searched_while_a_person_waits() -> None:
    names = Names((f"{HUB}org-{n % 999}/model-{n}", "") for n in range(1_000_000))
    start = time.perf_counter()
    assert names.find("org-500/model-500") == f"{HUB}org-500/model-500"
    assert time.perf_counter() - start < 0.1
    assert names.find("model-999999").endswith("/model-999999")
    start = time.perf_counter()
    assert names.find("MODEL-123456").endswith("/model-123456")
    assert time.perf_counter() - start < 0.2
    start = time.perf_counter()
    assert names.nearest("modle-12345x")
    assert time.perf_counter() - start < 6, "about a second on two cores"
