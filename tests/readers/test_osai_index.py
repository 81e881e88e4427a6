"""What the reader of the European Open Source AI Index takes from an entry, and what it leaves."""

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
from osaid_graph.readers.indexes import osai_index
from osaid_graph.readers.yaml_kinds import INDEX_BLOCKS
from osaid_graph.reading import Reading
from osaid_graph.sources import Unread
from osaid_graph.vocab import OSAID

FIXTURES = Path(__file__).parent.parent / "fixtures" / "formats" / "osai-index"
EXPECTED = FIXTURES.parents[1] / "expected" / FIXTURES.name
SAMPLES = sorted((SHARED / "samples" / "osai-index").glob("*.yaml"))


def fixture(name: str) -> Reading:
    return osai_index.read((FIXTURES / name).read_bytes(), name)


def entry(system: str, *blocks: str) -> Reading:
    return osai_index.read("\n".join((f"system: {{{system}}}", *blocks)).encode(), "a.yaml")


@pytest.mark.parametrize("name", ["atlas", "silent"])
def test_every_statement_with_its_place_and_source(name: str) -> None:
    assert written(fixture(f"{name}.yaml")) == (EXPECTED / f"{name}.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("page", "told"), [("A-Chat", True), ("A-Base", False), ("B", False)])
def test_names_in_each_others_place_are_put_right_where_all_links_say_so(page: str, told: bool) -> None:
    reading = entry(
        f"link: https://hf.co/acme/{page}, endmodelname: A-Base, basemodelname: A-Chat, endmodellicense: MIT",
        "weights_endmodel: {class: open, link: https://huggingface.co/acme/A-Chat}",
        "weights_basemodel: {class: open, link: https://huggingface.co/acme/A-Base}",
    )
    chat, base = "hub:acme/A-Chat", "hub:acme/A-Base"
    release, other = (chat, base) if told else (base, chat)
    assert {line for line in plain(reading) if "derivedFrom" in line or "license" in line} == {
        f"{release}#parameters osaid:derivedFrom {other}",
        f'{release}#parameters osaid:license "MIT"',
    }
    words = "it and 'basemodelname' are read as each other: so say the links"
    assert [(each.text, each.field) for each in reading.repairs] == [(words, "system.endmodelname")] * told


def test_what_is_not_modelled_is_listed() -> None:
    assert fixture("atlas.yaml").unread == (
        Unread("system.type", 1, 5),
        Unread("hardware_architecture", 2, 45),
        Unread("paper", 2, 55),
    )
    assert fixture("silent.yaml").unread == (
        Unread("system.basemodelname", 1, 4),
        Unread("weights_endmodel.class", 1, 9),
    )


def test_what_was_put_right_is_told_at_its_place() -> None:
    assert [(each.text, each.line, each.field) for each in fixture("atlas.yaml").repairs] == [
        ("the class 'opem' is read as 'open'", 26, "weights_basemodel.class"),
        ("the class 'parial' is read as 'partial'", 36, "trainingcode.class"),
        ("the key is read as 'endmodellicense'", 8, "system.endmodel license"),
    ]
    assert [(each.text, each.line) for each in fixture("silent.yaml").repairs] == [
        ("'half' is no class of the index: left out", 9)
    ]


def test_it_states_what_it_says_it_does() -> None:
    said = [each.triple for name in ("atlas.yaml", "silent.yaml") for each in fixture(name).statements]
    terms = {predicate for _, predicate, _ in said if predicate in OSAID}
    assert (
        terms - {OSAID.codeRole} | {value for _, predicate, value in said if predicate == OSAID.codeRole}
        == osai_index.STATES
    )


# -- which model is meant --------------------------------------------------------------------------------------------

HUB = "https://huggingface.co/acme"


@pytest.mark.parametrize(
    ("system", "blocks", "model"),
    [
        ("endmodelname: A", (f"weights_endmodel: {{class: open, link: {HUB}/a/tree/main}}",), "hub:acme/a"),
        ("endmodelname: B", (f"weights_endmodel: {{class: open, link: {HUB}/a}}",), "hub:acme/a"),
        (
            f"endmodelname: B, link: '{HUB}/b'",
            (f"weights_endmodel: {{class: open, link: {HUB}/a}}",),
            "hub:acme/b",
        ),
        (f"endmodelname: B, link: '{HUB}/a'", ("weights_endmodel: {class: open}",), "hub:acme/a"),
        (
            "endmodelname: B",
            ("weights_endmodel: {class: open, link: https://huggingface.co/docs/b}",),
            "<urn:osaid:name:b>",
        ),
        (
            "endmodelname: B",
            ("weights_endmodel: {class: open, link: https://huggingface.co/datasets/acme/b}",),
            "<urn:osaid:name:b>",
        ),
        ("name: C, endmodelname: ''", ("paper: {class: open}",), "<urn:osaid:name:c>"),
    ],
)
def test_the_end_model_is_its_page_on_the_hub_else_its_name(system: str, blocks: tuple[str, ...], model: str) -> None:
    assert f"{model} rdf:type osaid:Model" in plain(entry(system, *blocks))


@pytest.mark.parametrize(
    ("system", "blocks", "base"),
    [
        # named, and the name is where a link leads, be it in the wrong block
        (
            "endmodelname: A-Chat, basemodelname: A-Base",
            (
                f"weights_endmodel: {{class: open, link: {HUB}/A-Base}}",
                f"weights_basemodel: {{class: open, link: {HUB}/A-Chat}}",
            ),
            "hub:acme/A-Base",
        ),
        (
            "endmodelname: A, basemodelname: Base",
            (f"weights_basemodel: {{class: open, link: {HUB}/b}}",),
            "hub:acme/b",
        ),
        (
            "endmodelname: A, basemodelname: Base",
            ("weights_basemodel: {class: partial, link: https://e.org}",),
            "<urn:osaid:name:base>",
        ),
        # not named, and held to be withheld
        (
            "endmodelname: A, basemodelname: unknown",
            ("weights_basemodel: {class: closed}",),
            "<urn:osaid:name:a#base-model>",
        ),
        # no other than the model itself
        ("endmodelname: A, basemodelname: a", ("weights_basemodel: {class: open}",), None),
        (
            "endmodelname: A",
            (
                f"weights_endmodel: {{class: open, link: {HUB}/a}}",
                f"weights_basemodel: {{class: open, link: {HUB}/a}}",
            ),
            None,
        ),
        ("endmodelname: A", ("paper: {class: closed}",), None),
        ("name: X, basemodelname: A", ("weights_basemodel: {class: open}",), None),
    ],
)  # fmt: skip
def test_a_base_model_is_what_is_named_or_linked_as_one(system: str, blocks: tuple[str, ...], base: str | None) -> None:
    found = [line.partition("osaid:derivedFrom ")[2] for line in plain(entry(system, *blocks)) if "derivedFrom" in line]
    assert found == ([] if base is None else [base])


def test_an_entry_of_a_base_model_alone_is_about_that_model() -> None:
    reading = entry(
        "name: X, basemodelname: A, endmodelname: ''",
        "weights_basemodel: {class: open, link: https://e.org/a}",
        "weights_endmodel: {class: closed, notes: None.}",
    )
    assert plain(reading) >= {
        "<urn:osaid:name:a> rdf:type osaid:Model",
        "<urn:osaid:name:a#parameters> osaid:location <https://e.org/a>",
    }
    assert reading.unread == (Unread("weights_endmodel", 2, 3),)


def test_an_entry_without_any_name_waits_for_one() -> None:
    assert [each.kind for each in entry("name: ''", "paper: {class: open}").unnamed] == ["models"]


def test_partial_code_is_incomplete_and_a_page_of_a_model_is_not_its_code() -> None:
    said = plain(entry("endmodelname: A", f"trainingcode: {{class: partial, link: [{HUB}/a, {HUB}/b]}}"))
    assert said >= {
        "<urn:osaid:name:a> osaid:hasCode hub:acme/a#code-training",
        "hub:acme/a#code-training osaid:location hub:acme/a",
        "hub:acme/b#code-training osaid:completeness code:incomplete",
    }


def test_code_that_is_open_without_a_link_is_code_without_a_place() -> None:
    said = plain(entry("endmodelname: A", "trainingcode: {class: open, notes: On request.}"))
    assert "<urn:osaid:name:a#code-training> osaid:codeRole code:training" in said
    assert '<urn:osaid:name:a#code-training> rdfs:comment "On request."' in said


def test_empty_values_say_nothing() -> None:
    reading = entry("endmodelname: A", *(f"{key}: {{class: , link: , notes: }}" for key in INDEX_BLOCKS))
    assert plain(reading) == {
        "<urn:osaid:name:a> rdf:type osaid:Model",
        '<urn:osaid:name:a> dcterms:title "A"',
    }
    assert not reading.unread
    assert not reading.repairs


def test_an_organisation_without_a_scheme_keeps_its_name() -> None:
    reading = entry("endmodelname: A", "org: {name: Acme, link: acme.ai}")
    assert [each.text for each in reading.repairs] == [
        "the address 'acme.ai' of the organisation names no scheme: left out"
    ]
    assert any('foaf:name "Acme"' in each for each in plain(reading))


@pytest.mark.parametrize(
    ("text", "line", "start"),
    [
        ("", None, "no description of a system: there is no block 'system'"),
        ("paper: {class: open}\n", 1, "no description of a system"),
        ("# ours\nsystem: Atlas\n", 2, "no description of a system"),
        ("- a\n", 1, "no description of a system"),
        ("system: {name: A}\nsystem: {name: A}\n", 2, "duplicate key 'system' (first on line 1)"),
        ("system: {name: A\npaper: [", 2, "not valid YAML"),
    ],
)
def test_what_is_no_entry_is_one_clear_line(text: str, line: int | None, start: str) -> None:
    with pytest.raises(InputError) as raised:
        osai_index.read(text.encode(), "a.yaml")
    assert raised.value.message.startswith(start)
    assert raised.value.line == line
    assert raised.value.hint


_WORDS = st.sampled_from(
    ["", "A", "open", "partial", "closed", "unknown", f"{HUB}/a", "https://huggingface.co/datasets/acme/a",
     "https://github.com/acme/a", "https://", "http://[", "http://a b"]
) | st.text("a/:#@ %é\u202e", max_size=8)  # fmt: skip
_ANY = st.recursive(_WORDS | st.none(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner))
_BLOCK = st.fixed_dictionaries({}, optional={"class": _WORDS, "link": _ANY, "notes": _ANY}) | _ANY
_ENTRY = st.fixed_dictionaries(
    {
        "system": st.fixed_dictionaries(
            {},
            optional=dict.fromkeys(("name", "link", "basemodelname", "endmodelname", "endmodellicense", "notes"), _ANY),
        )
    },
    optional={
        "org": st.fixed_dictionaries({}, optional={"name": _ANY, "link": _ANY}),
        "code": _BLOCK,
        **dict.fromkeys(INDEX_BLOCKS, _BLOCK),
    },
)


@given(_ENTRY)
def test_any_values_are_read_or_refused_and_always_the_same(values: dict[str, object]) -> None:
    import yaml

    data = yaml.safe_dump(values, allow_unicode=False).encode()
    outcomes: list[object] = []
    for _ in range(2):
        try:
            outcomes.append(osai_index.read(data, "a.yaml"))
        except InputError as error:
            outcomes.append(str(error))
    assert outcomes[0] == outcomes[1]


@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    document = (FIXTURES / "atlas.yaml").read_bytes()
    start = data.draw(st.integers(0, len(document)))
    end = data.draw(st.integers(start, min(start + 40, len(document))))
    damaged = document[:start] + data.draw(st.binary(max_size=6)) + document[end:]
    try:
        osai_index.read(damaged, "a.yaml")
    except InputError as error:
        assert error.message


# -- the real files --------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SAMPLES, reason=f"no sample files in {SHARED}")
def test_every_real_entry_is_read_and_is_this_format_alone() -> None:
    readings = {}
    for path in SAMPLES:
        data = path.read_bytes()
        assert candidates(data, path.name) == candidates(data, "<stdin>") == ["osai-index"]
        readings[path.stem] = osai_index.read(data, path.name)
    assert len(readings) == 98
    assert not any(each.unnamed for each in readings.values())
    assert Counter(each.field for reading in readings.values() for each in reading.unread) == {
        "system.type": 98, "system.performanceclass": 98, "system.releasedate": 98, "org.notes": 97, "code": 59,
        "hardware_architecture": 44, "paper": 40, "org.link": 4, "system.basemodelname": 3,
        "datasources_endmodel": 1, "weights_endmodel": 1,
    }  # fmt: skip
    assert Counter(each.text for reading in readings.values() for each in reading.repairs) == {
        "the key is read as 'endmodellicense'": 1,
        "the address 'tilde.ai' of the organisation names no scheme: left out": 1,
        "it and 'basemodelname' are read as each other: so say the links": 2,
    }
    said = {name: plain(reading) for name, reading in readings.items()}
    assert "hub:BramVanroy/fietje-2-chat#parameters osaid:derivedFrom hub:microsoft/phi-2" in said["Fietje"]
    assert "hub:amd/AMD-OLMo-1B#parameters osaid:trainedOn hub:datasets/allenai/dolma" in said["AMD OLMo"]
    assert "hub:LLM360/guru-32B#parameters osaid:derivedFrom hub:Qwen/Qwen2.5-32B" in said["Guru"]
    assert "hub:LumiOpen/Viking-33B rdf:type osaid:Model" in said["viking"]
    nous = "hub:togethercomputer/StripedHyena-Nous-7B#parameters osaid:derivedFrom "
    assert nous + "hub:togethercomputer/StripedHyena-Hessian-7B" in said["StripedHyena"]
