"""Model cards and dataset cards: what is said of a repository, where, what is not modelled, and broken cards."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, FOAF, RDF, RDFS, Literal, URIRef

from osaid_graph.errors import InputError
from osaid_graph.readers import candidates, detect
from osaid_graph.readers.cards import dataset_card as hf_dataset_card
from osaid_graph.readers.cards import model_card as hf_model_card
from osaid_graph.readers.cards.front_matter import MAX_KEYS
from osaid_graph.readers.cards.markdown import MAX_HEADINGS, sections
from osaid_graph.readers.cards.text import MAX_TEXT, links
from osaid_graph.reading import Reading
from osaid_graph.vocab import CODE, OSAID

FORMATS = Path(__file__).parent.parent / "fixtures" / "formats"
EXPECTED = FORMATS.parent / "expected"
FIXTURES = sorted(FORMATS.glob("hf-*-card/*.md"))
READERS = {"hf-model-card": hf_model_card, "hf-dataset-card": hf_dataset_card}
ONT, WORDS_OF = OSAID.Model.removesuffix("Model"), CODE["open"].removesuffix("open")
SHORT = {ONT: "", WORDS_OF: "code:", RDF.type: "type", DCTERMS.title: "title", RDFS.comment: "comment"}


def model(text: str | bytes) -> Reading:
    return hf_model_card.read(text.encode() if isinstance(text, str) else text, "README.md")


def dataset(text: str | bytes) -> Reading:
    return hf_dataset_card.read(text.encode() if isinstance(text, str) else text, "README.md")


def shown(reading: Reading) -> list[str]:
    """Return a reading a line each: ``line | field | subject predicate object``, then unread, then repairs."""

    def short(term: str) -> str:
        for base, prefix in {str(reading.unnamed[0].node): "it", **SHORT}.items():
            term = term.replace(base, prefix)
        return term

    said = [f"{s.line} | {s.field} | {short(' '.join(term.n3() for term in s.triple))}" for s in reading.statements]
    unread = [f"unread | {each.line} | {each.field} | {each.count}" for each in reading.unread]
    repairs = [f"repair | {each.line} | {each.field} | {each.text}" for each in reading.repairs]
    return said + unread + repairs


def places(reading: Reading) -> dict[str, str]:
    """Return where things are that a reading gives a place of."""
    return {str(s.triple[0]): str(s.triple[2]) for s in reading.statements if s.triple[1] == OSAID.location}


def of(reading: Reading, *predicates: URIRef) -> list[str]:
    """Return what a reading says under predicates, the object alone; ``refused: words`` for what is not disclosed."""
    comments = {str(s.triple[0]): str(s.triple[2]) for s in reading.statements if s.triple[1] == RDFS.comment}
    silent = {OSAID.NotDisclosed: "refused", OSAID.NotApplicable: "waived"}
    kinds = {str(s.triple[0]): silent.get(URIRef(s.triple[2])) for s in reading.statements if s.triple[1] == RDF.type}
    values = [str(s.triple[2]) for s in reading.statements if s.triple[1] in predicates]
    return [f"{kinds[value]}: {comments[value]}" if kinds.get(value) else value for value in values]


# -- whole cards -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_card_says_exactly_this_at_these_places(path: Path) -> None:
    expected = (EXPECTED / path.parent.name / f"{path.stem}.txt").read_text("utf-8").splitlines()
    assert expected == shown(detect(path.read_bytes(), path.name).read(path.read_bytes(), path.name))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_card_names_no_thing_in_the_world_but_tells_its_kind_and_title(path: Path) -> None:
    (unnamed,) = READERS[path.parent.name].read(path.read_bytes(), path.name).unnamed
    assert unnamed.kind == {"hf-model-card": "models", "hf-dataset-card": "datasets"}[path.parent.name]
    assert unnamed.title == {
        "hf-model-card-full": "Borealis 7B",
        "hf-model-card-of-2020": "Borealis small",
        "hf-dataset-card-full": "Harbour Logs",
        "hf-dataset-card-of-2022": "Tide Tables",
    }.get(f"{path.parent.name}-{path.stem}", "")


@pytest.mark.parametrize("name", READERS)
def test_what_a_reader_states_is_what_the_fixtures_make_it_say(name: str) -> None:
    said: set[URIRef] = set()
    for path in FORMATS.joinpath(name).glob("*.md"):
        for statement in READERS[name].read(path.read_bytes(), path.name).statements:
            _, predicate, value = statement.triple
            said.add(predicate)
            if predicate == OSAID.codeRole:
                said.add(URIRef(value))
    assert {each for each in said if str(each).startswith((ONT, WORDS_OF))} == READERS[name].STATES


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Tides\n## Use\n", "Tides"),
        ("# Model Card for `a/tides`\n", "a/tides"),
        ("# Tides Model Card\n", "Tides"),
        ("# **[Tides](https://tides.example)** #\n", "Tides"),
        ("Words.\n# Model Card: Tides\n", "Tides"),
        ("Words.\n# Prompt format\n", ""),
        ("## Prompt format\n", ""),
        ("# Model Card for {{ model_id }}\n", ""),
        ("# Model Card for Model ID\n", ""),
        ("---\nmodel-index: [{name: Ebb}]\n---\n# Tides\n", "Ebb"),
        ("---\nmodel-index: [{name: '{model_id}'}]\n---\n# Tides\n", "Tides"),
    ],
)
def test_the_title_is_the_name_in_the_results_or_the_heading_of_the_whole(text: str, title: str) -> None:
    reading = model(text)
    assert reading.unnamed[0].title == title
    assert of(reading, DCTERMS.title) == ([title] if title else [])


def test_text_before_the_first_heading_is_told_as_unread() -> None:
    assert [(each.field, each.line) for each in model("\nWords.\n# A\n").unread] == [("(before the first heading)", 1)]


# -- which of the two it is ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("---\nlicense: mit\n---\n", ["hf-model-card"]),
        ("---\nlanguage: fr\ntags: [a]\n---\nWords.\n", ["hf-model-card"]),
        ("---\nlicense: mit\nbase_model: a/b\n---\n", ["hf-model-card"]),
        ("---\nlicense: mit\n---\n# Dataset Card for Tides\n", ["hf-dataset-card"]),
        ("---\nlicense: mit\n---\n# Tides Dataset Card\n", ["hf-dataset-card"]),
        ("---\nlicense: mit\ndataset_info: {}\n---\n", ["hf-dataset-card"]),
        ("\ufeff---\r\nsource_datasets:\r\n- original\r\n---\r\n", ["hf-dataset-card"]),
        ("\n\n---\npretty_name: x\n---\n", ["hf-dataset-card"]),
        ("# Model Card for Borealis\n", ["hf-model-card"]),
        ("Words.\n\n## Dataset Description\n\n## Dataset Structure\n", ["hf-dataset-card"]),
        ("---\nbase_model: a/b\nlicense: mit\n# Borealis\nno line closed it\n", ["hf-model-card"]),
        ("---\ndatasets: [a/b]\npretty_name: x\n---\n# Dataset Card for x\n", ["hf-dataset-card"]),
        ("---\ndatasets: [a/b]\npretty_name: x\n---\n# x\n", ["hf-model-card"]),
        ("# A tool\n\nIt reads model cards.\n\n## Model Card\n", []),
        ("---\ntags: [a]\n---\n# A note\n", []),
        ("---\ntitle: Demo\nemoji: x\nsdk: gradio\nlicense: mit\n---\n", []),
        ("---\nlicense: mit\nauthor: Ada\n---\n# A post\n", []),
        ("---\nlicense: mit\nsystem: {id: a/b}\n", []),
        ("```\n# Model Card for x\n```\n", []),
        ("plain words", []),
    ],
)
@pytest.mark.parametrize("name", ["README.md", "card.markdown"])
def test_the_content_tells_model_from_dataset_and_either_from_a_plain_readme(
    text: str, formats: list[str], name: str
) -> None:
    assert candidates(text.encode(), name) == formats


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_card_is_recognised_without_a_name_and_by_no_other_reader(path: Path) -> None:
    assert candidates(path.read_bytes(), "<stdin>") == [path.parent.name]


# -- terms and access ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "said", "unread"),
    [
        ("license: mit", ["mit"], []),
        ("license: [mit, cc-by-4.0]", ["mit", "cc-by-4.0"], []),
        ("licenses:\n- unknown", ["unknown"], []),
        ("license:\n  small: [mit]\n  large: apache-2.0", ["mit", "apache-2.0"], []),
        ("license: other", ["other"], []),
        ("license: other\nlicense_name: sea", ["sea"], []),
        ("license: other\nlicense_link: https://sea.example/l", ["https://sea.example/l"], []),
        ("license: Other\nlicense_name: sea\nlicense_link: ./LICENSE v2", ["sea", "it/blob/main/LICENSE%20v2"], []),
        ("license_name: sea", ["sea"], []),
        ("license: mit\nlicense_name: MIT\nlicense_link: LICENSE", ["mit"], ["license_link"]),
        ("license: mit\nlicense_name: sea", ["mit"], ["license_name"]),
        ("license: '[More Information Needed]'", ["refused: [More Information Needed]"], []),
        ("license: {license}", [], []),
        ("license: '<LICENSE>'", [], []),
    ],
)
def test_the_terms_are_the_words_of_the_card_or_what_stands_in_for_other(
    keys: str, said: list[str], unread: list[str]
) -> None:
    for read in (model, dataset):
        reading = read(f"---\n{keys}\n---\n")
        node = str(reading.unnamed[0].node)
        assert [each.replace(node, "it") for each in of(reading, OSAID.license)] == said
        assert [each.field for each in reading.unread] == unread


def test_the_body_states_terms_only_where_the_front_matter_does_not() -> None:
    body = "## Additional Information\n### Licensing Information\n{}\n"
    assert of(dataset(body.format("CC BY 4.0")), OSAID.license) == ["CC BY 4.0"]
    assert of(dataset(body.format("[MIT](https://mit.example)")), OSAID.license) == ["https://mit.example"]
    assert of(dataset(body.format("[More Information Needed]")), OSAID.license) == [
        "refused: [More Information Needed]"
    ]
    assert of(dataset(body.format("long " * 50)), OSAID.license) == []
    both = dataset("---\nlicense: mit\n---\n" + body.format("CC BY 4.0"))
    assert of(both, OSAID.license) == ["mit"]
    assert [each.field for each in both.unread] == ["## Additional Information / Licensing Information"]


@pytest.mark.parametrize(
    ("keys", "manners"),
    [
        ("gated: auto", ["click-through"]),
        ("gated: true", ["click-through"]),
        ("gated: manual", ["gated"]),
        ("gated: false", ["ungated"]),
        ("extra_gated_fields: {Name: text}", ["click-through"]),
        ("extra_gated_description: Read it.", ["click-through"]),
        ("extra_gated_eu_disallowed: true", ["region-restricted"]),
        ("extra_gated_eu_disallowed: false", []),
        ("gated: {}", []),
        ("license: mit", []),
    ],
)
def test_a_gate_is_the_manner_of_access_that_the_keys_tell(keys: str, manners: list[str]) -> None:
    for read in (model, dataset):
        assert of(read(f"---\n{keys}\n---\n"), OSAID.accessManner) == [str(CODE[each]) for each in manners]


# -- derivation ------------------------------------------------------------------------------------------------------

HUB = "https://huggingface.co/"


@pytest.mark.parametrize(
    ("word", "predicate", "unread"),
    [
        ("finetune", OSAID.fineTunedFrom, []),
        ("Adapter", OSAID.adapterOf, []),
        ("quantized", OSAID.quantizedFrom, []),
        ("merge", OSAID.mergedFrom, []),
        ("mix", OSAID.derivedFrom, ["base_model_relation"]),
    ],
)
def test_the_relation_to_the_bases_is_what_the_card_says_and_never_inferred(
    word: str, predicate: URIRef, unread: list[str]
) -> None:
    reading = model(f"---\nbase_model:\n- a/b\n- gpt-old\nbase_model_relation: {word}\ntags: [merge]\n---\n")
    assert of(reading, predicate) == [HUB + "a/b", HUB + "gpt-old"]
    assert [each.field for each in reading.unread] == [*unread, "tags"]
    assert of(model("---\nbase_model: a/b\ntags: [merge, gguf]\n---\n"), OSAID.derivedFrom) == [HUB + "a/b"]


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("acme/web", HUB + "datasets/acme/web"),
        ("wnut_17", HUB + "datasets/wnut_17"),
        ("squad", HUB + "datasets/rajpurkar/squad"),
        ("Indonesian Wikipedia", "urn:osaid:name:indonesian-wikipedia"),
        ("private", "urn:osaid:name:private"),
        (HUB + "datasets/acme/web", HUB + "datasets/acme/web"),
    ],
)
def test_a_name_in_small_letters_is_the_hubs_and_any_other_stays_a_name(name: str, iri: str) -> None:
    assert of(model(f"---\ndatasets:\n- {name}\n---\n"), OSAID.trainedOn) == [iri]


@pytest.mark.parametrize("name", ["imagefolder", "generator", "None", "unknown", "''"])
def test_the_name_of_a_loader_is_no_dataset(name: str) -> None:
    assert of(model(f"---\ndatasets: [{name}]\n---\n"), OSAID.trainedOn) == []


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ("[original]", ["waived: source_datasets: original"]),
        ("original", ["waived: source_datasets: original"]),
        ("[original, extended|snli_old]", [HUB + "datasets/snli_old"]),
        ("[extended|other-Common-Crawl]", ["https://commoncrawl.org/"]),
        ("[extended|other-old almanacs]", ["urn:osaid:name:old-almanacs"]),
        ("[acme/web]", [HUB + "datasets/acme/web"]),
        ("[extended]", []),
        ("[unheard|x]", []),
        ("[]", []),
    ],
)
def test_source_datasets_are_what_it_derives_from(entries: str, said: list[str]) -> None:
    assert of(dataset(f"---\nsource_datasets: {entries}\n---\n"), OSAID.derivedFrom) == said


def test_results_on_a_dataset_that_is_an_id_are_an_evaluation_and_other_words_are_not() -> None:
    text = "---\nmodel-index:\n- results:\n" + "".join(
        f"  - dataset: {{type: {each}}}\n" for each in ("acme/bench", "glue", "mixed", "'?'", "[a]")
    )
    assert of(model(f"{text}---\n"), OSAID.evaluatedOn) == [
        HUB + "datasets/acme/bench",
        HUB + "datasets/nyu-mll/glue",
    ]


def test_the_weights_are_in_the_repository_where_a_library_can_load_them_from_it() -> None:
    reading = model("---\nlibrary_name: timm\n---\n")
    node = str(reading.unnamed[0].node)
    assert places(reading) == {f"{node}#document-model-card": node, f"{node}#parameters": node}
    unloadable = model("---\nlicense: mit\n---\n")
    node = str(unloadable.unnamed[0].node)
    assert places(unloadable) == {f"{node}#document-model-card": node}


@pytest.mark.parametrize("name", ["Homepage", "Repository", "Paper"])
def test_a_placeholder_that_leads_to_how_to_fill_it_is_no_document(name: str) -> None:
    line = f"- **{name}:** [More Information Needed](https://acme.example/how-to-write-cards)\n"
    data = dataset(f"---\nlicense: mit\n---\n## Dataset Description\n{line}")
    assert "https://acme.example" not in " ".join(str(term) for s in data.statements for term in s.triple)
    assert data.unread == ()
    card = model(f"---\nlicense: mit\n---\n## Model Details\n{line}")
    assert "https://acme.example" not in " ".join(str(term) for s in card.statements for term in s.triple)


# -- sections --------------------------------------------------------------------------------------------------------


def test_a_placeholder_withholds_a_statement_unless_another_section_makes_it() -> None:
    text = "## Annotations\n### Annotation process\n{}\n### Who are the annotators?\n{}\n"
    gap = "[More Information Needed](https://example.org/how#to)"
    assert of(dataset(text.format(gap, "Ada.")), OSAID.labeling) == ["Ada."]
    assert of(dataset(text.format(gap, "[Needs More Information]")), OSAID.labeling) == [
        "refused: More Information Needed",
        "refused: [Needs More Information]",
    ]


def test_not_applicable_without_a_reason_is_left_unread() -> None:
    reading = dataset("## Annotations\n### Annotation process\n[N/A]\n")
    assert of(reading, OSAID.labeling) == []
    assert [each.field for each in reading.unread] == ["## Annotations / Annotation process"]


def test_words_of_the_front_matter_stand_beside_a_placeholder_but_no_labels_explain_it() -> None:
    text = "---\nannotations_creators: [{}]\n---\n## Annotation process\n[More Information Needed]\n"
    assert of(dataset(text.format("found")), OSAID.labeling) == [
        "annotations_creators: found",
        "refused: [More Information Needed]",
    ]
    assert of(dataset(text.format("no-annotation")), OSAID.labeling) == ["waived: annotations_creators: no-annotation"]


@pytest.mark.parametrize(
    ("line", "code", "unread"),
    [
        ("https://github.com/a/b", ["https://github.com/a/b"], False),
        ("[code](https://github.com/a/b)", ["https://github.com/a/b"], False),
        (
            "<https://github.com/a/b>, https://github.com/a/c.",
            ["https://github.com/a/b", "https://github.com/a/c"],
            False,
        ),
        ("https://huggingface.co/a/b", [], True),
        ("https://hf.co/a/b", [], True),
        ("data of Ada, https://doi.org/10.1/1", [], True),
        ("[More Information Needed]", [], False),
        ('{{ repo | default("[More Information Needed]", true)}}', [], False),
    ],
)
def test_a_repository_is_code_where_the_line_is_its_address_and_not_that_of_the_model(
    line: str, code: list[str], unread: bool
) -> None:
    reading = model(f"## Model Sources\n- **Repository:** {line}\n")
    assert of(reading, OSAID.hasCode) == code
    assert [each.field for each in reading.unread] == ["## Model Sources / Repository"] * unread


@pytest.mark.parametrize(
    ("line", "name", "iri"),
    [
        ("Ada and Grace", ["Ada and Grace"], False),
        ("[Ada]", ["Ada"], False),
        ("[Acme](https://acme.example)", ["Acme"], True),
        ("https://acme.example", [], True),
        ("[Acme](https://acme.example) and Ada", ["Acme and Ada"], False),
        ("{{ developers }}", [], False),
    ],
)
def test_who_developed_a_model_published_it_under_the_name_or_address_given(
    line: str, name: list[str], iri: bool
) -> None:
    reading = model(f"## Model Details\n- **Developed by:** {line}\n")
    assert of(reading, FOAF.name) == name
    assert (of(reading, DCTERMS.publisher) == ["https://acme.example"]) == iri


@pytest.mark.parametrize(
    ("line", "bases"),
    [
        ("[b](https://huggingface.co/a/b)", ["https://huggingface.co/a/b"]),
        ("`a/b`", ["https://huggingface.co/a/b"]),
        ("Llama", []),
        ("a/b or so", []),
        ("https://example.org/b", []),
    ],
)
def test_the_model_that_was_tuned_further_is_an_id_or_a_page_of_the_hub(line: str, bases: list[str]) -> None:
    reading = model(f"## Model Details\n- **Finetuned from model [optional]:** {line}\n")
    assert of(reading, OSAID.fineTunedFrom) == bases


def test_a_long_text_is_cut_with_an_ellipsis_at_a_word() -> None:
    (said,) = of(dataset("## Curation Rationale\n" + "word " * MAX_TEXT), OSAID.selection)
    assert len(said) <= MAX_TEXT + 2
    assert said.endswith("word …")


def test_a_text_that_is_but_a_link_is_a_document() -> None:
    said = dataset("## Curation Rationale\n[the paper](https://example.org/p_(2))\n").statements
    assert (OSAID.selection, URIRef("https://example.org/p_(2)")) in [s.triple[1:] for s in said]


def test_headings_in_code_and_comments_are_none() -> None:
    text = (
        "# A\n```py\n# no\n```\n<!-- x\n# no\n-->\n    # no\n~~~\n```\n# no\n~~~\n#no\n## B ##\n"
        "> ```\n> # no\n> ```\nC\n=\nD\n-\n"
    )
    assert [(each.title, each.level, each.line) for each in sections(text.split("\n"))[1:]] == [
        ("A", 1, 1),
        ("B", 2, 14),
        ("C", 1, 18),
        ("D", 2, 20),
    ]


def test_a_rule_below_a_list_table_or_paragraph_underlines_nothing() -> None:
    text = "- a\n---\n| t |\n---\n\na\nb\n---\n\n---\n"
    assert [each.title for each in sections(text.split("\n"))] == [""]


def test_links_are_found_once_in_order_with_the_words_they_are_behind() -> None:
    text = "[A b](https://a.example/x) and https://b.example. <https://c.example> https://a.example/x [c](#c)"
    assert [(each.words, each.url) for each in links(text)] == [
        ("A b", "https://a.example/x"),
        ("", "https://b.example"),
        ("", "https://c.example"),
    ]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing_but_the_digest() -> None:
    for path in FIXTURES:
        data = path.read_bytes()
        read = READERS[path.parent.name].read
        assert shown(read(data, "a")) == shown(read(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"), "a"))


# -- broken cards ----------------------------------------------------------------------------------------------------

LEFT_OUT = "of the front matter left out"
OPEN = "found unexpected end of stream"


@pytest.mark.parametrize(
    ("text", "repairs", "license_"),
    [
        (
            "---\nlicense: mit\nlicense: other\n---\n",
            [(3, "duplicate key 'license' (first on line 2): the first is kept")],
            ["mit"],
        ),
        (
            "---\nlicense: mit\ntitle: a: b\n---\n",
            [(3, f"not valid YAML: mapping values are not allowed in this context: 'title' {LEFT_OUT}")],
            ["mit"],
        ),
        (
            "---\nmodel-index:\n\t- name: x\nlicense:\n- mit\n---\n",
            [(2, "tabs in the front matter taken for two spaces each")],
            ["mit"],
        ),
        (
            '---\npretty_name: "x\nlicense: mit\n---\n',
            [(2, f"not valid YAML: while scanning a quoted scalar {OPEN}: 'pretty_name' {LEFT_OUT}")],
            ["mit"],
        ),
        (
            "---\nlicense: mit\n# Title\nwords: many\n",
            [(1, "the front matter has no closing '---': taken to end before line 3")],
            ["mit"],
        ),
        (
            "---\nlicense: mit\n\n# Title\nwords\n\n---\n\nmore\n",
            [(1, "the front matter has no closing '---': taken to end before line 4")],
            ["mit"],
        ),
        ("---\nlicense: mit\n# a comment\ntags: [a]\n---\n", [], ["mit"]),
        (
            "---\n{}\n---\nlicense: mit\ntags: [a]\n\n---\n\n# Model Card for x\n",
            [(1, "an empty front matter stands before the one that says something: the second is read")],
            ["mit"],
        ),
        (
            "---\nlicense: mit\nx: !!python/object:os.system y\n---\n",
            [(3, f"YAML tag 'tag:yaml.org,2002:python/object:os.system' is not accepted: 'x' {LEFT_OUT}")],
            ["mit"],
        ),
        (
            "---\nlicense: mit\nbase_model: <ORG>/<NAME>\n---\n",
            [(3, "'<ORG>/<NAME>' is a place of a template that was not filled in: left out")],
            ["mit"],
        ),
    ],
)  # fmt: skip
def test_a_broken_front_matter_is_mended_where_that_is_safe_and_told(
    text: str, repairs: list[tuple[int, str]], license_: list[str]
) -> None:
    reading = model(text)
    assert [(each.line, each.text) for each in reading.repairs] == repairs
    assert of(reading, OSAID.license) == license_


def test_three_hyphens_over_plain_text_are_a_rule() -> None:
    reading = model("---\nwords and words\n\n# A title\n")
    assert not reading.repairs
    assert [each.field for each in reading.unread] == ["(before the first heading)"]


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", None, "the file is empty"),
        (b"\xef\xbb\xbf \n\n", None, "the file is empty"),
        (b"# a\n\xff", 2, "not UTF-8: byte 0xff at offset 4"),
        (b"# a\n\0", 2, "not a text: it holds a NUL byte"),
        ("# a".encode("utf-16"), 1, "the text is UTF-16 or UTF-32"),
        (b"---\n- a\n- b\n---\n", 2, "the front matter is no block of keys"),
        (b"---\n{{card_data}}\n---\n# x\n", 2, "front matter: a key must be a plain word"),
        (b"---\nlicense: [\n---\n# x\n", 2, "front matter: not valid YAML"),
        (b"---\n" + b"a: b: c\n" * (MAX_KEYS + 1) + b"---\n", None, "front matter: not valid YAML"),
        (b"# a\n" * (MAX_HEADINGS + 1), MAX_HEADINGS + 1, "more than 20,000 headings"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(data: bytes, line: int | None, message: str) -> None:
    for read in (hf_model_card.read, hf_dataset_card.read):
        with pytest.raises(InputError) as raised:
            read(data, "README.md")
        assert raised.value.message.startswith(message)
        assert raised.value.hint
        assert line is None or raised.value.line == line


# -- real cards ------------------------------------------------------------------------------------------------------


def _samples(folder: str) -> list[Path]:
    paths = sorted((SHARED / "samples" / folder).glob("*.md"))
    if not paths:
        pytest.skip(f"no samples/{folder} in {SHARED}")
    return paths


def test_every_real_model_card_is_read_and_all_but_those_without_a_sign_are_recognised() -> None:
    paths = _samples("hf-model-cards")
    recognised = Counter(tuple(candidates(path.read_bytes(), path.name)) for path in paths)
    assert recognised == {("hf-model-card",): 15, (): 3}
    readings = {path.stem: model(path.read_bytes()) for path in paths}
    assert len(readings) == 18
    assert {name: [each.line for each in reading.repairs] for name, reading in readings.items() if reading.repairs} == {
        "huggingface--hub-docs-modelcard-spec": [31],
        "ibm-granite--gguf-resources-template": [9],
    }
    kev = readings["jaredpalmer--kev-27b"]
    assert of(kev, OSAID.adapterOf) == [HUB + "Qwen/Qwen3.8-27B"]
    assert len(of(kev, OSAID.trainedOn)) == 10
    assert of(kev, OSAID.evaluatedOn) == []
    assert len(of(readings["unknown--Famino"], OSAID.derivedFrom)) == 4
    merged = readings["unknown--Qwen3.8-27B-GSQ-RCO-IQ3_S-ninfer-v3"]
    assert of(merged, OSAID.mergedFrom) == [
        HUB + "ISTA-DASLab/Qwen3.8-27B-GSQ-RCO-GGUF",
        HUB + "z-lab/Qwen3.8-27B-DFlash2",
    ]
    trained = readings["unknown--bert-finetuned-targetexpression"]
    assert of(trained, OSAID.hasDataInformation) == ["refused: More information needed"]
    assert len(of(trained, OSAID.hasConfiguration)) == 1


def test_every_real_dataset_card_is_recognised_and_read() -> None:
    paths = _samples("hf-dataset-cards")
    recognised = Counter(tuple(candidates(path.read_bytes(), path.name)) for path in paths)
    assert recognised == {("hf-dataset-card",): 387}
    readings = {path.stem: dataset(path.read_bytes()) for path in paths}
    assert len(readings) == 387
    assert not any(reading.repairs for reading in readings.values())
    sources = [each for reading in readings.values() for each in of(reading, OSAID.derivedFrom)]
    assert Counter(each.split(":")[0] for each in sources) == {"waived": 305, "https": 88, "urn": 6}
    acronyms = readings["acronym_identification"]
    assert of(acronyms, OSAID.license) == ["mit"]
    (rationale,) = [s for s in acronyms.statements if s.triple[1] == OSAID.selection]
    assert (rationale.line, rationale.field) == (124, "## Dataset Creation / Curation Rationale")
    assert (acronyms.unnamed[0].node, DCTERMS.title, Literal("Acronym Identification Dataset")) in [
        s.triple for s in acronyms.statements
    ]


# -- anything at all -------------------------------------------------------------------------------------------------

KEYS = re.findall(
    r"\S+",
    "license license_name license_link licenses base_model base_model_relation datasets tags gated extra_gated_fields "
    "extra_gated_prompt extra_gated_eu_disallowed model-index library_name source_datasets annotations_creators "
    "language configs dataset_info pretty_name license_details",
)
WORDS = st.sampled_from(
    ["a/b", "other", "original", "extended|squad", "[More Information Needed]", "arxiv:2401.00001", "no", "{x}", "<a>"]
)
VALUES = st.recursive(
    WORDS | st.text(max_size=12) | st.integers() | st.none() | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["results", "dataset", "type", "name", "features", "splits"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)
LINES = st.sampled_from(
    [
        *("# Dataset Card for x", "## Dataset Description", "## Training Data", "### Annotation process", "## License"),
        *(
            "- **Paper:** [a](https://e.org/a) <https://[",
            "- **Developed by:** [x](https://e e)",
            "[More Information Needed]",
        ),
        *(
            "```",
            "~~~",
            "<!--",
            "-->",
            "---",
            "===",
            "words",
            "",
            "- **Repository:** http://",
            "# ",
            "\t# x",
            "- **License:**",
        ),
    ]
) | st.text(max_size=20)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6), st.lists(LINES, max_size=20))
def test_no_card_makes_a_reader_fail_otherwise_than_by_an_input_error(keys: dict[str, object], body: list[str]) -> None:
    import yaml

    data = f"---\n{yaml.safe_dump(keys)}---\n{chr(10).join(body)}".encode("utf-8", "replace")
    for reader in READERS.values():
        try:
            assert reader.read(data, "a") == reader.read(data, "a")
        except InputError as error:
            assert error.hint
    assert not (hf_model_card.sniff(data) and hf_dataset_card.sniff(data))


@given(st.sampled_from(FIXTURES), st.data())
def test_no_change_to_a_card_makes_a_reader_fail_otherwise_than_by_an_input_error(
    path: Path, data: st.DataObject
) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        piece = st.sampled_from([b"---\n", b"```\n", b"\t", b": ", b"\xff", b'"', b"[", b"<!--", b"# ", b"\0", b""])
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(piece)
    for reader in READERS.values():
        try:
            assert reader.read(bytes(content), "a") == reader.read(bytes(content), "a")
        except InputError as error:
            assert error.hint


TUNED = "This model is a fine-tuned version of [acme/base](https://huggingface.co/acme/base)"
BASE = ("fineTunedFrom", "acme/base")


@pytest.mark.parametrize(
    ("sentence", "edges"),
    [
        (f"{TUNED} on the acme/talk dataset.", {BASE, ("trainedOn", "datasets/acme/talk")}),
        (f"{TUNED} on an unknown dataset.", {BASE}),
        (f"{TUNED} on the None dataset.", {BASE}),
        (f"{TUNED}.", {BASE}),
        (f"{TUNED.replace('huggingface.co', 'example.org')} on the acme/talk dataset.", set()),
        (f"{TUNED.replace('This model is', 'It is like')}.", set()),
        (f"```\n{TUNED}.\n```", set()),
    ],
)
def test_the_sentence_of_the_trainer_tells_the_base_and_the_data(sentence: str, edges: set[tuple[str, str]]) -> None:
    card = f"---\nlibrary_name: transformers\n---\n# Tuned\n\n{sentence}\nIt achieves a loss of 0.1.\n"
    reading = hf_model_card.read(card.encode(), "card.md")
    found = {
        (str(predicate).rpartition("#")[2], str(value).removeprefix("https://huggingface.co/"))
        for statement in reading.statements
        for _, predicate, value in [statement.triple]
        if predicate in (OSAID.fineTunedFrom, OSAID.trainedOn)
    }
    assert found == edges
    assert {s.line for s in reading.statements if s.triple[1] == OSAID.fineTunedFrom} == ({6} if edges else set())
