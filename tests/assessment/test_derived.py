"""The derived labels: what releases come to under the G7 labels and the MOF, and what the next label lacks."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from edited_releases import RELEASES
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from osaid_graph.assessment.assess import assess, prepare
from osaid_graph.assessment.derived import derive
from osaid_graph.assessment.subject import choose
from osaid_graph.errors import OsaidError
from osaid_graph.graph.conclusions import conclude
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.labels import DerivedLabel
from osaid_graph.lineage.completion import complete
from osaid_graph.model import Triple
from osaid_graph.readers.manifest import reader as manifest
from osaid_graph.terms import policy
from osaid_graph.validation.label_schemes import label_schemes
from osaid_graph.vocab import OSAID, token

REAL = Path(__file__).parent.parent.parent / "data" / "releases"

#: A release that reaches the strongest label of both schemes.
FULL = """
system: {id: https://a.example/atlas, name: Atlas}
parameters:
  license: Apache-2.0
  location: https://a.example/weights
  checkpoints: {location: https://a.example/checkpoints, license: Apache-2.0}
code:
  - {roles: [data-processing], repository: https://a.example/prepare, license: MIT}
  - {roles: [training], repository: https://a.example/train, license: MIT}
  - {roles: [testing], repository: https://a.example/test, license: MIT}
  - {roles: [inference], repository: https://a.example/serve, license: MIT}
  - {roles: [architecture], repository: https://a.example/model, license: MIT}
data-information:
  document: https://a.example/sheet
  roles: [data-card]
  license: CC-BY-4.0
  describes: [https://a.example/web]
documents:
  - {roles: [model-card], document: https://a.example/card, license: CC-BY-4.0}
  - {roles: [evaluation-results], document: https://a.example/results, license: CC0-1.0}
  - {roles: [research-paper], document: https://a.example/paper, license: CC-BY-SA-4.0}
training-data:
  - {id: https://a.example/web, availability: open, location: https://a.example/web, license: CC0-1.0}
evaluation-data:
  - {id: https://a.example/bench, availability: public, location: https://a.example/bench, license: CDLA-Permissive-2.0}
"""
G7 = ("g7-weights-available", "g7-open-weights", "g7-open-source", "g7-open-source-open-data")
MOF = ("mof-class-3", "mof-class-2", "mof-class-1")
WEB = "availability: open, location: https://a.example/web, license: CC0-1.0}"


def derived(graph: Graph, subject: str | None = None, terms: str = "osd-conformant") -> dict[str, DerivedLabel]:
    """Return the labels of a graph by scheme."""
    prepared = prepare(cast(Release, SimpleNamespace(graph=graph)))
    node = choose(prepared, subject)
    conclude(prepared, policy(terms))
    complete(prepared)
    return {each.scheme.id: each for each in derive(prepared, node, policy(terms), label_schemes())}


def described(text: str) -> Graph:
    """Return the graph of a manifest."""
    graph = Graph()
    for statement in manifest.read(text.encode(), "osaid.yaml").statements:
        graph.add(statement.triple)
    return graph


def reached(label: DerivedLabel) -> str | None:
    """Return the id of the label that is reached."""
    return label.reached.id if label.reached else None


def missing(label: DerivedLabel) -> dict[str, str]:
    """Return what keeps a release from the next label, each with its state and reason."""
    return {found.condition.id: f"{found.state}: {found.why}" for found in label.missing}


def edited(*edits: tuple[str, str]) -> str:
    """Return FULL with texts replaced that stand in it once."""
    text = FULL
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


# -- shipped releases --------------------------------------------------------------------------------------------------

NOTHING = "not-evidenced: nothing is said"
NO_TERMS = "not-evidenced: terms not stated"
SHIPPED: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "pythia-12b": (
        "g7-open-weights",
        {"g7-training-data-or-information": "not-evidenced: terms, reason for not sharing not stated"},
        {"mof-evaluation-results": NOTHING, "mof-model-card": NOTHING, "mof-data-card": NO_TERMS},
    ),
    "bloom-176b": (
        "g7-weights-available",
        {"g7-weights-open": "contradicted: other terms: bigscience-bloom-rail-1.0"},
        {
            "mof-final-parameters": "contradicted: other terms: bigscience-bloom-rail-1.0",
            "mof-evaluation-results": NOTHING,
            "mof-model-card": NOTHING,
            "mof-data-card": NOTHING,
        },
    ),
    "llama-2-7b": (
        "g7-weights-available",
        {
            "g7-weights-open": "contradicted: other terms: llama2",
            "g7-deployment-code-open": "contradicted: other terms: llama2",
        },
        {
            "mof-model-architecture": "contradicted: other terms: llama2",
            "mof-final-parameters": "contradicted: other terms: llama2",
            "mof-evaluation-results": NO_TERMS,
            "mof-model-card": NO_TERMS,
            "mof-data-card": NOTHING,
            "mof-technical-report": NO_TERMS,
        },
    ),
    "mixtral-8x7b": (
        "g7-open-weights",
        {
            "g7-training-code-open": "not-evidenced: sources disagree",
            "g7-training-data-or-information": "not-evidenced: place, terms, availability not stated",
        },
        {
            "mof-model-architecture": NOTHING,
            "mof-evaluation-results": NOTHING,
            "mof-model-card": NOTHING,
            "mof-data-card": NOTHING,
            "mof-technical-report": NOTHING,
        },
    ),
    "olmo-7b": (
        "g7-open-source-open-data",
        {},
        {"mof-evaluation-results": NOTHING, "mof-model-card": NOTHING, "mof-data-card": NO_TERMS},
    ),
    "deepseek-r1": (
        "g7-open-weights",
        {
            "g7-training-code-open": "contradicted: refused",
            "g7-training-data-or-information": (
                "not-evidenced: place, terms, availability, reason for not sharing not stated; "
                "DeepSeek-V3-Base: place, terms, availability, reason for not sharing not stated"
            ),
        },
        {"mof-model-card": NOTHING, "mof-data-card": NOTHING, "mof-technical-report": NO_TERMS},
    ),
}


@pytest.mark.parametrize("release", SHIPPED)
def test_a_shipped_release_has_these_labels_and_lacks_this_for_the_next(release: str) -> None:
    label, for_g7, for_mof = SHIPPED[release]
    found = derived(load([str(REAL / f"{release}.yaml")]).graph)
    assert (reached(found["g7-2026"]), missing(found["g7-2026"])) == (label, for_g7)
    assert (reached(found["mof-1.0"]), missing(found["mof-1.0"])) == (None, for_mof)


# -- the boundaries of each scheme -------------------------------------------------------------------------------------


def test_a_release_may_reach_the_strongest_label_of_each_scheme() -> None:
    found = derived(described(FULL))
    assert {reached(label) for label in found.values()} == {G7[-1], MOF[-1]}
    assert all(label.next is None and label.missing == () for label in found.values())


#: What is changed in FULL -> the label that is then reached, and what the next one lacks.
BOUNDARIES: dict[str, tuple[str, tuple[tuple[str, str], ...], str | None, dict[str, str]]] = {
    "G7: data that cannot be shared, with the reason and data information": (
        "g7-2026",
        ((WEB, "availability: unshareable, reason: letters}"),),
        G7[2],
        {"g7-training-data-open": "contradicted: it cannot be shared"},
    ),
    "G7: data from a third party, with the reason and data information": (
        "g7-2026",
        ((WEB, "availability: obtainable, reason: sold by their owner}"),),
        G7[2],
        {"g7-training-data-open": "contradicted: it is to be had from a third party"},
    ),
    "G7: data that cannot be shared, without data information on them": (
        "g7-2026",
        ((WEB, "availability: unshareable, reason: letters}"), ("describes: [https://a.example/web]", "name: sheet")),
        G7[1],
        {"g7-training-data-or-information": "not-evidenced: data information on it not stated"},
    ),
    "G7: data that cannot be shared, whoever knows why": (
        "g7-2026",
        ((WEB, "availability: unshareable}"),),
        G7[1],
        {"g7-training-data-or-information": "not-evidenced: reason for not sharing not stated"},
    ),
    "G7: data that cannot be shared, for a reason that is refused": (
        "g7-2026",
        ((WEB, "availability: unshareable, reason: not-disclosed}"),),
        G7[1],
        {"g7-training-data-or-information": "contradicted: reason for not sharing refused"},
    ),
    "G7: data under a licence that is not open": (
        "g7-2026",
        (("license: CC0-1.0}\nevaluation", "license: CC-BY-NC-4.0}\nevaluation"),),
        G7[1],
        {"g7-training-data-or-information": "not-evidenced: reason for not sharing not stated"},
    ),
    "G7: data that were withdrawn": (
        "g7-2026",
        ((WEB, "withdrawn: 2024-01-01, " + WEB),),
        G7[1],
        {"g7-training-data-or-information": "not-evidenced: reason for not sharing not stated"},
    ),
    "G7: a part of the data is refused": (
        "g7-2026",
        (("training-data:\n", "training-data:\n  - {not-disclosed: news}\n"),),
        G7[1],
        {"g7-training-data-or-information": "contradicted: a part is refused"},
    ),
    "G7: not all data are named": (
        "g7-2026",
        (("location: https://a.example/weights", "location: https://a.example/weights\n  completeness: incomplete"),),
        G7[1],
        {"g7-training-data-or-information": "contradicted: not all of it is named"},
    ),
    "G7: training code is refused": (
        "g7-2026",
        (("{roles: [training], repository: https://a.example/train, license: MIT}",
          "{roles: [training], not-disclosed: withheld}"),),
        G7[1],
        {"g7-training-code-open": "contradicted: refused"},
    ),
    "G7: one of two pieces of training code has no licence": (
        "g7-2026",
        (("code:\n", "code:\n  - {roles: [training], name: tuner, repository: https://a.example/tune}\n"),),
        G7[1],
        {"g7-training-code-open": "not-evidenced: tuner: terms not stated"},
    ),
    "G7: training code that is incomplete": (
        "g7-2026",
        (("/train, license: MIT", "/train, license: MIT, completeness: incomplete"),),
        G7[1],
        {"g7-training-code-open": "contradicted: it is incomplete"},
    ),
    "G7: a base model of which only the name is known": (
        "g7-2026",
        (("parameters:\n", "parameters:\n  derived-from: [{fine-tuned: acme/base}]\n"),),
        G7[1],
        {
            "g7-training-code-open": "not-evidenced: the base acme/base is described nowhere",
            "g7-training-data-or-information": "not-evidenced: the base acme/base is described nowhere",
        },
    ),
    "G7: a base model that is refused": (
        "g7-2026",
        (("parameters:\n", "parameters:\n  derived-from: not-disclosed\n"),),
        G7[1],
        {
            "g7-training-code-open": "contradicted: a base model is refused",
            "g7-training-data-or-information": "contradicted: a base model is refused",
        },
    ),
    "G7: weights under terms with restrictions": (
        "g7-2026",
        (("parameters:\n  license: Apache-2.0", "parameters:\n  license: llama2"),),
        G7[0],
        {"g7-weights-open": "contradicted: other terms: llama2"},
    ),
    "G7: weights under terms that nobody can identify": (
        "g7-2026",
        (("parameters:\n  license: Apache-2.0", "parameters:\n  license: the terms of Acme"),),
        G7[0],
        {"g7-weights-open": "not-evidenced: terms not known: the terms of Acme"},
    ),
    "G7: sources that disagree on the terms of the weights": (
        "g7-2026",
        (("parameters:\n  license: Apache-2.0", "parameters:\n  license: [Apache-2.0, llama2]"),),
        G7[0],
        {"g7-weights-open": "not-evidenced: sources disagree on terms"},
    ),
    "G7: weights without terms": (
        "g7-2026",
        (("parameters:\n  license: Apache-2.0", "parameters:\n  name: weights"),),
        None,
        {"g7-weights-offered": NO_TERMS},
    ),
    "G7: weights whose terms are said to be other ones": (
        "g7-2026",
        (("parameters:\n  license: Apache-2.0", "parameters:\n  license: other"),),
        None,
        {"g7-weights-offered": "not-evidenced: terms not known: other"},
    ),
    "G7: weights under no licence": (
        "g7-2026",
        (("parameters:\n  license: Apache-2.0", "parameters:\n  license: NONE"),),
        None,
        {"g7-weights-offered": "contradicted: other terms: NONE"},
    ),
    "G7: weights whose terms are refused": (
        "g7-2026",
        (("parameters:\n  license: Apache-2.0", "parameters:\n  license: not-disclosed"),),
        None,
        {"g7-weights-offered": "contradicted: terms refused"},
    ),
    "G7: weights without a place": (
        "g7-2026",
        (("  location: https://a.example/weights\n", ""),),
        None,
        {"g7-weights-offered": "not-evidenced: place not stated"},
    ),
    "G7: no deployment code": (
        "g7-2026",
        (("  - {roles: [inference], repository: https://a.example/serve, license: MIT}\n", ""),),
        None,
        {"g7-deployment-code-offered": NOTHING},
    ),
    "G7: deployment code that is waived": (
        "g7-2026",
        (("{roles: [inference], repository: https://a.example/serve, license: MIT}",
          "{roles: [inference], not-applicable: weights alone}"),),
        None,
        {"g7-deployment-code-offered": "not-evidenced: said not to apply, which answers nothing"},
    ),
    "MOF: no research paper, but a technical report": (
        "mof-1.0",
        (("research-paper", "technical-report"),),
        MOF[1],
        {"mof-research-paper": NOTHING},
    ),
    "MOF: data that cannot be had": (
        "mof-1.0",
        ((WEB, "availability: unshareable, reason: letters}"),),
        MOF[1],
        {"mof-datasets": "contradicted: it cannot be shared"},
    ),
    "MOF: no code for the data": (
        "mof-1.0",
        (("roles: [data-processing]", "roles: [tokenizer]"),),
        MOF[1],
        {"mof-data-preprocessing-code": NOTHING},
    ),
    "MOF: no intermediate parameters": (
        "mof-1.0",
        (("checkpoints: {location: https://a.example/checkpoints, license: Apache-2.0}",
          "checkpoints: not-disclosed"),),
        MOF[1],
        {"mof-intermediate-parameters": "contradicted: refused"},
    ),
    "MOF: no evaluation code": (
        "mof-1.0",
        (("roles: [testing]", "roles: [validation]"),),
        MOF[0],
        {"mof-evaluation-code": NOTHING},
    ),
    "MOF: evaluation data known by name only": (
        "mof-1.0",
        (("{id: https://a.example/bench, availability: public, location: https://a.example/bench, "
          "license: CDLA-Permissive-2.0}", "https://a.example/bench"),),
        MOF[0],
        {"mof-evaluation-data": "not-evidenced: known by name only"},
    ),
    "MOF: no inference and no training code": (
        "mof-1.0",
        (("roles: [inference]", "roles: [tokenizer]"), ("roles: [training]", "roles: [validation]")),
        MOF[0],
        {"mof-training-code": NOTHING, "mof-inference-code": NOTHING},
    ),
    "MOF: neither report nor paper": (
        "mof-1.0",
        (("research-paper", "model-metadata"),),
        None,
        {"mof-technical-report": NOTHING},
    ),
    "MOF: a model card that is refused": (
        "mof-1.0",
        (("{roles: [model-card], document: https://a.example/card, license: CC-BY-4.0}",
          "{roles: [model-card], not-disclosed: withheld}"),),
        None,
        {"mof-model-card": "contradicted: refused"},
    ),
    "MOF: a model card that one source refuses": (
        "mof-1.0",
        (("documents:\n", "documents:\n  - {roles: [model-card], not-disclosed: withheld}\n"),),
        None,
        {"mof-model-card": "not-evidenced: sources disagree"},
    ),
    "MOF: a data card under terms that are not open": (
        "mof-1.0",
        (("  license: CC-BY-4.0\n", "  license: CC-BY-ND-4.0\n"),),
        None,
        {"mof-data-card": "contradicted: other terms: CC-BY-ND-4.0"},
    ),
    "MOF: an architecture under a licence for documents": (
        "mof-1.0",
        (("/model, license: MIT", "/model, license: CC-BY-4.0"),),
        None,
        {"mof-model-architecture": "contradicted: other terms: CC-BY-4.0"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BOUNDARIES)
def test_one_change_leads_to_this_label_and_this_is_then_missing(case: str) -> None:
    scheme, edits, label, lacks = BOUNDARIES[case]
    found = derived(described(edited(*edits)))[scheme]
    assert (reached(found), missing(found)) == (label, lacks)


#: Changes of FULL that cost neither label.
HARMLESS: dict[str, tuple[tuple[str, str], ...]] = {
    "MOF takes unlicensed datasets": ((WEB, "availability: open, location: https://a.example/web}"),),
    "one of two model cards is enough": (("documents:\n", "documents:\n  - {roles: [model-card], name: old card}\n"),),
    "a licence of the FSF's list for weights": (
        ("parameters:\n  license: Apache-2.0", "parameters:\n  license: CC-BY-4.0"),
    ),
    "OpenMDW for code": (("/model, license: MIT", "/model, license: OpenMDW-1.0"),),
    "a choice of licences": (("/model, license: MIT", "/model, license: MIT OR LicenseRef-acme"),),
    "a gate before the weights": (("parameters:\n", "parameters:\n  access: gated\n"),),
    "a paper that is the data information": (
        ("roles: [data-card]", "roles: [data-card, research-paper]"),
        ("  - {roles: [research-paper], document: https://a.example/paper, license: CC-BY-SA-4.0}\n", ""),
    ),
    "no base": (("parameters:\n", "parameters:\n  derived-from: {not-applicable: trained from nothing}\n"),),
}  # fmt: skip


@pytest.mark.parametrize("change", HARMLESS)
def test_what_the_framework_does_not_ask_for_costs_no_class(change: str) -> None:
    assert reached(derived(described(edited(*HARMLESS[change])))["mof-1.0"]) == MOF[-1]


def test_a_base_model_that_is_open_throughout_costs_no_label() -> None:
    base = FULL.replace("a.example", "b.example").replace("Atlas", "Base")
    graph = described(edited(("parameters:\n", "parameters:\n  derived-from: [https://b.example/atlas]\n")))
    assert reached(derived(graph + described(base), "https://a.example/atlas")["g7-2026"]) == G7[-1]
    closed = base.replace("/web, license: CC0-1.0}", "/web, license: CC-BY-NC-4.0}")
    found = derived(graph + described(closed), "https://a.example/atlas")["g7-2026"]
    assert (reached(found), missing(found)) == (
        G7[1],
        {"g7-training-data-or-information": "not-evidenced: Base: reason for not sharing not stated"},
    )


def test_the_base_of_a_checkpoint_is_what_it_is_a_stage_of() -> None:
    derived_from = "parameters:\n  derived-from: [https://b.example/atlas#parameters-checkpoints]\n"
    base = FULL.replace("a.example", "b.example").replace("Atlas", "Base")
    graph = described(edited(("parameters:\n", derived_from))) + described(base)
    assert reached(derived(graph, "https://a.example/atlas")["g7-2026"]) == G7[-1]


def test_bases_that_go_in_a_circle_are_asked_once() -> None:
    one = edited(("parameters:\n", "parameters:\n  derived-from: [https://b.example/atlas]\n"))
    other = one.replace("a.example", "c.example").replace("b.example", "a.example").replace("c.example", "b.example")
    graph = described(one) + described(other.replace("Atlas", "Base"))
    assert reached(derived(graph, "https://a.example/atlas")["g7-2026"]) == G7[-1]


@pytest.mark.parametrize("subject", ["system", "parameters"])
def test_the_elements_of_a_release_have_its_labels(subject: str) -> None:
    found = derived(described(FULL), subject)
    assert {reached(label) for label in found.values()} == {G7[-1], MOF[-1]}


@pytest.mark.parametrize("format", ["turtle", "json-ld", "nt"])
def test_the_labels_are_the_same_in_every_format(format: str, tmp_path: Path) -> None:
    suffix = {"turtle": "ttl", "json-ld": "jsonld", "nt": "nq"}[format]
    file = tmp_path / f"release.{suffix}"
    file.write_text(
        described(edited((WEB, "availability: unshareable, reason: letters}"))).serialize(format=format), "utf-8"
    )
    found = derived(load([str(file)]).graph)
    assert (reached(found["g7-2026"]), reached(found["mof-1.0"])) == (G7[2], MOF[1])


def test_the_terms_policy_decides_what_the_g7_labels_take_and_not_what_the_framework_does() -> None:
    found = derived(described(FULL), terms="strict")
    assert reached(found["g7-2026"]) == G7[1], "CC0-1.0 is on no list of the OSI"
    assert reached(found["mof-1.0"]) == MOF[-1]


# -- saying less -------------------------------------------------------------------------------------------------------


def ranks(graph: Graph) -> tuple[int, int]:
    """Return how far a graph gets in each scheme, 0 for no label."""
    found = derived(graph)
    return ((None, *G7).index(reached(found["g7-2026"])), (None, *MOF).index(reached(found["mof-1.0"])))


def without(graph: Graph, *triples: Triple) -> Graph:
    """Return a graph without some of its statements."""
    less = Graph()
    less += graph
    for triple in triples:
        less.remove(triple)
    return less


def raising(graph: Graph) -> set[str]:
    """Return the predicates of the statements whose removal raises a label."""
    before = ranks(graph)
    found: set[str] = set()
    for triple in graph:
        try:
            after = ranks(without(graph, cast(Triple, triple)))
        except OsaidError:  # nothing, or more than one thing, is left to assess
            continue
        if after[0] > before[0] or after[1] > before[1]:
            found.add(token(triple[1]))
    return found


def test_no_statement_of_borealis_keeps_it_from_a_label() -> None:
    assert raising(load([str(RELEASES / "borealis.yaml")]).graph) == set()


def test_only_naming_data_or_a_base_that_is_not_open_costs_a_label() -> None:
    less = edited((WEB, "availability: unshareable, reason: letters}"))
    more = FULL.partition("training-data:\n")[2].partition("evaluation-data")[0].replace("/web", "/more")
    graph = described(less.replace("training-data:\n", f"training-data:\n{more}"))
    assert raising(graph) == {"trainedOn"}


#: What is said of a thing that was named: without it, less is known.
ANSWERS = frozenset((OSAID.license, OSAID.location, OSAID.availability, OSAID.unshareableReason, OSAID.describes))
LETTERS = described(edited((WEB, "availability: unshareable, reason: letters}")))
SAID = sorted(triple for triple in LETTERS if triple[1] in ANSWERS)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(SAID), unique=True, max_size=4), st.sampled_from(SAID))
def test_saying_less_of_what_was_named_never_raises_a_label(gone: list[Triple], further: Triple) -> None:
    before, after = ranks(without(LETTERS, *gone)), ranks(without(LETTERS, *gone, further))
    assert after[0] <= before[0] and after[1] <= before[1]


# -- apart from the verdict --------------------------------------------------------------------------------------------

JUDGED = """
judgements:
  - {requirement: params-terms, outcome: not-met, by: Ada, date: 2026-10-01, definition: 1.0-rc1, reason: r}
"""


def test_a_judgement_moves_the_verdict_and_no_label(tmp_path: Path) -> None:
    found = []
    for name, text in (("plain.yaml", FULL), ("judged.yaml", FULL + JUDGED)):
        (tmp_path / name).write_text(text, "utf-8")
        found.append(assess(load([str(tmp_path / name)])))
    assert [a.outcome for a in found] == ["undetermined", "not-met"]
    assert found[0].derived == found[1].derived
    assert [reached(label) for label in found[0].derived] == [G7[-1], MOF[-1]]
