"""The invented hub: the same for the same seed, in the shape of the real one, and with gaps that are known."""

from __future__ import annotations

import doctest
import hashlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from generator import dice, hub_lists
from generator.described_releases import subjects
from generator.gaps import DATASET_FIELDS, FOUND_AS, PLACES, ROLES, TERMS, Planted, found_of_terms
from generator.shards import Descriptions, Hub, change, described, write
from generator.world import Dataset, Mark, Model, World
from prepared_data import prepared
from shape_of_a_hub import shape
from validators import by_osaid_graph

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.readers.hub import stream
from osaid_graph.validation.definition import rulebook


def digest(files: tuple[Path, ...]) -> str:
    whole = hashlib.sha256()
    for path in files:
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


def rules(planted: frozenset[Planted] | set[Planted]) -> set[str]:
    return {rule for rule, _ in planted}


@pytest.fixture(scope="module")
def things() -> list[Dataset | Model]:
    return list(World(100_000))


def models(things: list[Dataset | Model]) -> Iterator[Model]:
    return (thing for thing in things if isinstance(thing, Model))


@pytest.mark.parametrize("module", [dice, hub_lists], ids=["dice", "hub_lists"])
def test_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (Hub(2_000, seed=7), "d52096079993e62370749d298e7bf9a7a2fe81e3b5796b0cb14bd4ce395ad12c"),
        (Descriptions(30, seed=7), "0be3ba56de8bb4c783658e7468d175f780264ac664c33b7bf1f15f975e531e4a"),
    ],
    ids=["hub", "described"],
)
def test_the_same_seed_gives_the_same_bytes_everywhere(what: Hub | Descriptions, expected: str, tmp_path: Path) -> None:
    assert digest(write(tmp_path, what).files) == expected


def test_another_seed_gives_another_hub(tmp_path: Path) -> None:
    first, second = (digest(write(tmp_path / str(seed), Hub(200, seed)).files) for seed in (1, 2))
    assert first != second


def test_both_ways_of_writing_are_of_the_same_world() -> None:
    listed, full = World(3_000, seed=3), World(3_000, seed=3, described=True)
    for one, other in zip(listed, full, strict=True):
        assert type(one) is type(other)
        if isinstance(one, Model) and isinstance(other, Model):
            assert (one.name, one.created, one.license, one.bases, one.data, one.marks) == (
                (other.name, other.created, other.license, other.bases, other.data, other.marks)
            )
        else:
            assert one == other


#: What was measured on the lists of July 2024 (``benchmarks/shape_of_a_hub.py``), and how far a sample may be from it.
MEASURED = {
    "datasets per model": (0.2303, 0.001),
    "models with a base": (0.1542, 0.01),
    "models with data": (0.0998, 0.005),
    "models with either": (0.2211, 0.01),
    "models with a licence": (0.3776, 0.015),
    "datasets with a licence": (0.2763, 0.01),
    "one base, of derived models": (0.9528, 0.01),
    "one dataset, of models with data": (0.8665, 0.01),
    "bases per derived model": (1.081, 0.02),
    "datasets per model with data": (1.562, 0.1),
    "bases that are missing": (0.1678, 0.015),
    "data that is missing": (0.4477, 0.02),
    "bases of one child": (0.5189, 0.03),
    "exponent of children, from 6": (1.92, 0.15),
    "most children, of all models": (0.006283, 0.0035),
    "data used once": (0.6716, 0.03),
    "exponent of uses of data, from 2": (1.83, 0.1),
    "depth 1, of derived models": (0.8878, 0.03),
    "depth 2, of derived models": (0.0669, 0.03),
    "depth over 5, of derived models": (0.0168, 0.01),
    "greatest depth": (40, 6),
    "self-loops, of bases": (0.00525, 0.0015),
    "older than a base": (0.00269, 0.0015),
    "older than data": (0.0505, 0.015),
    "licence kept": (0.6693, 0.05),
    "licence dropped": (0.1978, 0.02),
    "licensed, of bases by child": (0.8896, 0.06),
}


def test_a_hundred_thousand_models_are_in_the_distributions_of_the_real_hub(things: list[Dataset | Model]) -> None:
    listed = [(isinstance(thing, Model), hub_lists.record(thing, 1)) for thing in things]
    found = shape(
        (record for is_model, record in listed if is_model), (record for is_model, record in listed if not is_model)
    )
    outside = {name: found[name] for name, (value, width) in MEASURED.items() if abs(found[name] - value) > width}
    assert not outside


def test_what_something_is_made_from_stands_before_it_circles_apart(things: list[Dataset | Model]) -> None:
    seen: set[str] = set()
    for thing in things:
        seen.add(thing.name)
        if isinstance(thing, Model) and "circle" not in thing.marks:
            assert {each.name for each in chain(thing.bases, thing.data) if each.number is not None} <= seen


def test_what_is_planted_is_marked(things: list[Dataset | Model]) -> None:
    numbers: dict[Mark, int] = dict.fromkeys(("series", "self-loop", "circle", "older-than-base", "older-than-data"), 0)
    for model in models(things):
        for mark in model.marks:
            numbers[mark] += 1
        assert ("self-loop" in model.marks) == any(base.name == model.name for base in model.bases)
    assert numbers == {"series": 461, "self-loop": 87, "circle": 2, "older-than-base": 36, "older-than-data": 370}


def test_every_record_is_read_without_a_refusal_or_a_repair(tmp_path: Path) -> None:
    read = 0
    for path in write(tmp_path, Hub(1_500)).files:
        kind = stream.assumed(path.name, {})
        for record in stream.records(path.read_bytes().splitlines(), kind):
            assert record.id and not record.repairs
            read += 1
    assert read == 1_500 + 345


def test_a_share_of_the_files_changes_and_the_others_stay_as_they_are(tmp_path: Path) -> None:
    what = Hub(3_000, size=100)
    before = {path: path.read_bytes() for path in write(tmp_path, what).files}
    changed = change(tmp_path, what, 0.1).files
    assert len(changed) == round(0.1 * len(before))
    assert {path for path in before if path.read_bytes() != before[path]} == set(changed)
    first = [path.read_bytes() for path in changed]
    assert change(tmp_path, what, 0.1).files == changed
    assert [path.read_bytes() for path in changed] == first


def test_a_later_revision_of_a_description_has_other_gaps(tmp_path: Path) -> None:
    what = Descriptions(20, size=5)
    write(tmp_path, what)
    again = change(tmp_path, what, 0.01)
    assert [path.name for path in again.files] == ["releases-00003.nq"]
    number = next(thing for thing in World(20, described=True) if isinstance(thing, Model) and thing.number == 15)
    assert set(described(number, 1, 1).planted) <= again.planted
    assert set(described(number, 1, 1).planted) != set(described(number, 1).planted)


def test_the_rules_find_every_gap_that_was_planted_and_no_other(tmp_path: Path) -> None:
    planted = write(tmp_path / "descriptions", Descriptions(300, seed=2)).planted
    data = prepared(tmp_path / "descriptions", tmp_path / "prepared", 1 << 30)
    rulebook().shapes.serialize(tmp_path / "shapes.ttl", format="turtle")
    found = [(rule, focus) for rule, focus, _ in by_osaid_graph.load(data.folder, tmp_path / "shapes.ttl")()]
    assert {(rule.rpartition("#")[2], focus) for rule, focus in found} == planted
    assert len(found) == len(planted) > 2_000


def test_a_check_of_a_release_finds_what_was_planted_into_it_and_into_its_data(tmp_path: Path) -> None:
    few = Descriptions(4, seed=3)
    write(tmp_path, few)
    world = list(few.world())
    data = {thing.name: thing for thing in world if isinstance(thing, Dataset)}
    asked = next(model for model in models(world) if model.number == 3)
    system, *others = subjects(asked.name)
    expected = set(described(asked, few.seed).planted)
    for reference in chain(asked.data, asked.upstream):
        if reference.number is not None:
            expected.update(described(data[reference.name], few.seed).planted)
    of_subject = {rule for rule, node in expected if node == system}
    expected = {(rule, node) for rule, node in expected if not (rule in of_subject and node in others)}
    result = assess(load([str(tmp_path)]), subject=system)
    findings = [finding for each in result.results for finding in each.findings]
    assert {(finding.rule.removeprefix("rule:"), finding.focus) for finding in findings} == expected
    assert not asked.bases and len(findings) == len(expected) == 10


def test_every_rule_that_the_generator_names_is_one() -> None:
    named = {f"{requirement}.{why}" for requirement, _ in DATASET_FIELDS.values() for why in ("absent", "conflicting")}
    named |= {f"{requirement}.{why}" for requirement in ROLES.values() for why in FOUND_AS.values()}
    named |= {rule for places in PLACES.values() for rule in places.values()}
    for kind in TERMS:
        for license_ in ("", "refused", "refused too", "two", "other", "llama2", "mit"):
            named.update(found_of_terms(kind, license_))
    assert named <= set(rulebook().definition.rules)


#: Every release has parameters, code and data, no data has a listing, and no word of the Hub for terms forbids to look
#: or to pass on.
NEVER_PLANTED = {
    "data-info-all-data-described.absent",
    "data-info-all-data-described.not-a-dataset",
    "data-info-all-data-described.not-a-model",
    "data-list-public-where.listing-gaps",
    "data-list-public-where.listing-open",
    "data-list-third-party-fee.agreement-conflicting",
    "data-list-third-party-where.listing-gaps",
    "data-list-third-party-where.listing-open",
    "freedom-modify-output.restricted",
    "freedom-share-modified.restricted",
    "freedom-share-unmodified.restricted",
    "freedom-study-how.restricted",
    "freedom-study-inspect.restricted",
    "freedoms-terms.absent",
    "params-available.absent",
    "params-available.conflicting",
    "params-available.not-disclosed",
    "params-terms.conflicting",
    "params-terms.withheld",
    "preferred-form-all-elements.technique-conflicting",
    "scope-uniform.no-element",
}


def test_a_thousand_releases_hold_every_kind_of_gap() -> None:
    planted = {pair for thing in World(1_000, seed=2, described=True) for pair in described(thing, 2).planted}
    assert set(rulebook().definition.rules) - rules(planted) == NEVER_PLANTED
