"""What the reader of the Model Openness Tool takes from a release, and what it leaves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st
from written_statements import plain, written

from osaid_graph.errors import InputError
from osaid_graph.readers import candidates
from osaid_graph.readers.indexes import mot
from osaid_graph.readers.indexes.mot_components import COMPONENTS
from osaid_graph.reading import Reading
from osaid_graph.sources import Unread
from osaid_graph.vocab import CODE, OSAID

FIXTURES = Path(__file__).parent.parent / "fixtures" / "formats" / "mot"
EXPECTED = FIXTURES.parents[1] / "expected" / FIXTURES.name
SAMPLES = sorted((SHARED / "samples" / "mot").glob("*.yml"))


def fixture(name: str) -> Reading:
    return mot.read((FIXTURES / name).read_bytes(), name)


def release(*lines: str) -> Reading:
    text = "\n".join(("framework: {name: Model Openness Framework}", "release:", *(f"  {line}" for line in lines)))
    return mot.read(text.encode(), "a.yml")


@pytest.mark.parametrize("name", ["atlas", "closed"])
def test_every_statement_with_its_place_and_source(name: str) -> None:
    assert written(fixture(f"{name}.yml")) == (EXPECTED / f"{name}.txt").read_text("utf-8").splitlines()


def test_what_is_not_modelled_is_listed() -> None:
    assert fixture("atlas.yml").unread == (
        Unread("release.date", 1, 7),
        Unread("release.type", 1, 8),
        Unread("release.components[].license", 1, 38),
    )
    assert fixture("closed.yml").unread == (Unread("release.version", 1, 4),)


def test_what_was_put_right_is_told_at_its_place() -> None:
    assert [(each.text, each.line, each.field) for each in fixture("atlas.yml").repairs] == [
        ("the licence says that the component is not included", 26, "release.components[2].license"),
        ("the path 'the usual place' is no place: left out", 31, "release.components[7].component_path"),
        ("the licence says that the component is not included", 34, "release.components[10].license"),
    ]


def test_it_states_what_it_says_it_does() -> None:
    said = [each.triple for name in ("atlas.yml", "closed.yml") for each in fixture(name).statements]
    terms = {term for triple in said for term in triple[1:2] if term in OSAID}
    roles = {value for _, predicate, value in said if predicate == OSAID.codeRole}
    assert terms - {OSAID.codeRole} | roles == mot.STATES
    assert {each.role for each in COMPONENTS.values()} >= {str(role).removeprefix(str(CODE)) for role in roles}


@pytest.mark.parametrize(
    ("lines", "edge"),
    [
        (("name: A", "origin: acme/base"), "osaid:derivedFrom hub:acme/base"),
        (("name: A", "origin: https://hf.co/acme/base/tree/main"), "osaid:derivedFrom hub:acme/base"),
        (("name: A", "origin: Base 7B", "treatment: pre-trained"), "osaid:derivedFrom <urn:osaid:name:base-7b>"),
        (
            ("name: A", "origin: Base 7B", "treatment: Instruct fine-tuned"),
            "osaid:fineTunedFrom <urn:osaid:name:base-7b>",
        ),
        (("name: A", "origin: GPT, some differences"), "osaid:derivedFrom <urn:osaid:name:gpt%2C-some-differences>"),
    ],
)
def test_an_origin_is_a_model_however_it_is_named(lines: tuple[str, ...], edge: str) -> None:
    assert f"<urn:osaid:name:a#parameters> {edge}" in plain(release(*lines))
    assert not release(*lines).repairs


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("name: A", "origin: a"), "the origin is the release itself: it says nothing of a parent"),
        (
            ("name: A", "huggingface: https://huggingface.co/acme/a", "origin: acme/a"),
            "the origin is the release itself: it says nothing of a parent",
        ),
        (
            ("name: Atlas", "huggingface: https://huggingface.co/acme/Atlas-7B-Base", "origin: atlas-7b-base"),
            "the origin is the release itself: it says nothing of a parent",
        ),
        (("name: A", "producer: Acme", "origin: acme "), "the origin is the producer, not a model: left out"),
        (
            ("name: A", "origin: mit", "components: [{name: Model card, license: MIT}]"),
            "the origin is a licence of the release, not a model: left out",
        ),
        (
            ("name: A", "origin: mit", "license: {distribution: {name: MIT}}"),
            "the origin is a licence of the release, not a model: left out",
        ),
        (("name: A", "origin: '***'"), "'***' cannot be a name: left out"),
    ],
)
def test_an_origin_that_is_no_model_makes_no_edge(lines: tuple[str, ...], told: str) -> None:
    reading = release(*lines)
    assert [each.text for each in reading.repairs] == [told]
    assert not any("derivedFrom" in each for each in plain(reading))


def test_a_licence_is_the_components_own_before_its_kinds_before_the_distributions() -> None:
    reading = release(
        "name: A",
        "license: {distribution: {name: D}, document: {name: ''}, data: {name: E}}",
        "components:",
        "- {name: Model card}",
        "- {name: Datasets}",
        "- {name: Evaluation data, license: F}",
        "- {name: Data card, license: ''}",
    )
    assert {each for each in plain(reading) if "osaid:license" in each} == {
        '<urn:osaid:name:a#document-model-card> osaid:license "D"',
        '<urn:osaid:name:a#training-data> osaid:license "E"',
        '<urn:osaid:name:a#evaluation-data> osaid:license "F"',
        '<urn:osaid:name:a#document-data-card> osaid:license "D"',
    }


@pytest.mark.parametrize("written_as", ["acme/a", "https://huggingface.co/acme/a · Hugging Face"])
def test_a_page_on_the_hub_is_known_by_its_id_or_with_its_title(written_as: str) -> None:
    reading = release("name: A", f"huggingface: {written_as}", "components: [{name: Model parameters (Final)}]")
    assert plain(reading) >= {
        "hub:acme/a rdf:type osaid:Model",
        "hub:acme/a#parameters osaid:location hub:acme/a",
    }
    assert [each.text for each in reading.repairs] == ["'huggingface' is read as https://huggingface.co/acme/a"]


def test_a_release_without_a_name_waits_for_one() -> None:
    (only,) = release("name: ''").unnamed
    assert (only.kind, only.title) == ("models", "")


def test_a_component_that_is_not_listed_is_not_spoken_of() -> None:
    assert plain(release("name: A")) == {
        "<urn:osaid:name:a> rdf:type osaid:Model",
        '<urn:osaid:name:a> dcterms:title "A"',
    }


@pytest.mark.parametrize(
    ("text", "line", "start"),
    [
        ("", None, "no description of a release: there is no block 'release'"),
        ("- a\n", 1, "no description of a release"),
        ("framework: {}\nrelease: Atlas\n", 2, "no description of a release"),
        ("framework: {}\n", 1, "no description of a release"),
        ("release: {name: A, name: B}\n", 1, "duplicate key 'name' (first on line 1)"),
        ("release: {name: A\n", 1, "not valid YAML"),
        ("release:\n  a: !!python/none x\n", 2, "YAML tag"),
    ],
)
def test_what_is_no_release_is_one_clear_line(text: str, line: int | None, start: str) -> None:
    with pytest.raises(InputError) as raised:
        mot.read(text.encode(), "a.yml")
    assert raised.value.message.startswith(start)
    assert raised.value.line == line
    assert raised.value.hint


_WORDS = st.sampled_from(
    ["", "A", "acme/a", "https://huggingface.co/acme/a", "https://", "http://a b", "Undisclosed", "not included", "MIT"]
) | st.text("a/:#@ %é\u202e", max_size=8)
_ANY = st.recursive(_WORDS | st.none(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner))
_COMPONENT = st.fixed_dictionaries(
    {"name": st.sampled_from(sorted(COMPONENTS))},
    optional=dict.fromkeys(("license", "license_path", "component_path", "description", "location"), _ANY),
)
_KEYS = ("name", "version", "architecture", "treatment", "origin", "producer", "repository", "huggingface", "license")
_RELEASE = st.fixed_dictionaries(
    {}, optional={**dict.fromkeys(_KEYS, _ANY), "components": st.lists(_COMPONENT, max_size=4) | _ANY}
)


@given(_RELEASE)
def test_any_values_are_read_or_refused_and_always_the_same(values: dict[str, object]) -> None:
    import yaml

    data = yaml.safe_dump({"framework": {}, "release": values}, allow_unicode=False).encode()
    outcomes = []
    for _ in range(2):
        try:
            outcomes.append(mot.read(data, "a.yml"))
        except InputError as error:
            outcomes.append(str(error))  # type: ignore[arg-type]
    assert outcomes[0] == outcomes[1]


@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    document = (FIXTURES / "atlas.yml").read_bytes()
    start = data.draw(st.integers(0, len(document)))
    end = data.draw(st.integers(start, min(start + 40, len(document))))
    damaged = document[:start] + data.draw(st.binary(max_size=6)) + document[end:]
    try:
        mot.read(damaged, "a.yml")
    except InputError as error:
        assert error.message


# -- the real files --------------------------------------------------------------------------------------------------

needs_samples = pytest.mark.skipif(not SAMPLES, reason=f"no sample files in {SHARED}")


@needs_samples
def test_every_real_release_is_read_and_is_this_format_alone() -> None:
    readings = {}
    for path in SAMPLES:
        data = path.read_bytes()
        assert candidates(data, path.name) == candidates(data, "<stdin>") == ["mot"]
        readings[path.stem] = mot.read(data, path.name)
    assert len(readings) == 142
    assert not any(each.unnamed for each in readings.values())
    assert Counter(each.field for reading in readings.values() for each in reading.unread) == {
        "release.date": 142, "release.type": 102, "release.version": 5, "release.contact": 1,
    }  # fmt: skip
    assert Counter(each.text for reading in readings.values() for each in reading.repairs) == {
        "the origin is the release itself: it says nothing of a parent": 20,
        "the origin is the producer, not a model: left out": 8,
        "the origin is a licence of the release, not a model: left out": 5,
        "the licence says that the component is not included": 5,
        "the path 'arxiv license' is no place: left out": 1,
        "'huggingface' is no address: left out": 1,
        "'repository' is read as https://github.com/fairseq/examples/xglm": 1,
        "'huggingface' is read as https://huggingface.co/HuggingFaceH4/zephyr-orpo-141b-A35...": 1,
        "'huggingface' is read as https://huggingface.co/facebook/xglm-7.5B": 1,
        "'huggingface' is read as https://huggingface.co/mistralai/Mistral-7B-v0.1": 1,
        "'huggingface' is read as https://huggingface.co/mistralai/Mixtral-8x22B-v0.1": 1,
        "'huggingface' is read as https://huggingface.co/mistralai/Mixtral-8x22B-Instruct-v0.1": 1,
        "'huggingface' is read as https://huggingface.co/mistralai/Mixtral-8x7B-Instruct-v0.1": 1,
        "'huggingface' is read as https://huggingface.co/xai-org/grok-1": 1,
        "'huggingface' is read as https://huggingface.co/xverse/XVERSE-65B-Chat-GGUF": 1,
    }
    derived = [each for reading in readings.values() for each in plain(reading) if "derivedFrom" in each]
    assert len(derived) == 34
    assert "hub:Qwen/Qwen2.5-7B-Instruct#parameters osaid:derivedFrom <urn:osaid:name:qwen2.5-7b>" in derived
    assert '<urn:osaid:name:claude-1#parameters> osaid:license "MIT"' in plain(readings["Claude-1"])
    assert "hub:LLM360/Amber#parameters osaid:trainedOn hub:LLM360/Amber#training-data" in plain(readings["Amber"])
