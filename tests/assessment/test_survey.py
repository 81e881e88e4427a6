"""Many subjects of one graph at once: the same results as each by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from house_profile import DEFINITION, HEAD, SHAPES, profile
from hypothesis import given, settings
from hypothesis import strategies as st
from local_validation import SHARED as LOCAL
from rdflib import SH, Graph, URIRef

from osaid_graph.assessment import assess as of_one
from osaid_graph.assessment.assess import Examination, examine, prepare
from osaid_graph.assessment.survey import survey
from osaid_graph.errors import InputError, NothingToAssessError, UsageError
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.lineage.edges import ELEMENTS
from osaid_graph.validation.definition import rulebook, versions
from osaid_graph.validation.reach import near_and_far
from osaid_graph.validation.rules import rules_of, targeted

ROOT = Path(__file__).parent.parent.parent
RELEASES = ROOT / "data" / "releases"
FAMILY = ROOT / "tests" / "fixtures" / "lineage" / "family.ttl"
#: Two systems on one dataset, which only the documents of the first describe; one has the other's parameters as a part.
SHARING = """@prefix : <https://w3id.org/osaid-graph/ont#> . @prefix ex: <https://example.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix code: <https://w3id.org/osaid-graph/code#> .
ex:a a :AISystem ; dcterms:title "A" ; :hasParameters ex:p ; :hasCode ex:c ; :hasDataInformation ex:i .
ex:b a :AISystem ; dcterms:title "B" ; :hasParameters ex:p .
ex:p a :Parameters ; :trainedOn ex:d ; :license "MIT" .
ex:c a :Code ; :codeRole code:training ; :license "MIT" ; dcterms:title "code" .
ex:i a :DataInformation ; dcterms:title "information" ; :describes ex:d .
ex:d a :Dataset ; dcterms:title "D" ; :provenance "found" .
"""


def equal(found: Examination, release: Release, version: str = "1.0-rc1") -> bool:
    """Tell whether an examination is what its subject comes to by itself."""
    alone = examine(release, subject=found.assessment.subject, version=version)
    return (found.assessment, found.scope, set(found.graph)) == (alone.assessment, alone.scope, set(alone.graph))


def sharing(tmp_path: Path) -> Release:
    (tmp_path / "sharing.ttl").write_text(SHARING, "utf-8")
    return load([str(tmp_path / "sharing.ttl")])


# -- the same as one by one --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def releases() -> Release:
    return load([str(RELEASES)])


def test_sixteen_real_releases_come_out_as_each_by_itself(releases: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    found = survey(releases)
    prepared = prepare(releases)

    def copied(release: Release) -> Graph:
        graph = Graph()
        graph += prepared
        return graph

    monkeypatch.setattr(of_one, "prepare", copied)
    monkeypatch.setattr(of_one, "validate", LOCAL.validate)
    assert len(found) == 16
    for each in found:
        assert equal(each, releases), each.assessment.subject


def test_every_member_of_a_family_comes_out_as_by_itself() -> None:
    release = load([str(FAMILY)])
    prefix = "https://huggingface.co/acme/"
    subjects = [f"{prefix}{name}" for name in ("base", "tuned", "sibling", "merged", "quant", "adapter", "stray")]
    found = survey(release, subjects)
    assert [each.assessment.subject for each in found] == subjects
    assert all(equal(each, release) for each in found)


@settings(max_examples=8)
@given(
    st.sets(
        st.sampled_from(["amber-7b", "grok-1", "phi-2", "t5-11b", "olmo-7b", "mixtral-8x7b"]), min_size=1, max_size=3
    )
)
def test_any_selection_comes_out_as_one_by_one(names: set[str]) -> None:
    release = load([str(RELEASES / f"{name}.yaml") for name in sorted(names)])
    found = survey(release)
    assert len(found) == len(names)
    assert all(equal(each, release) for each in found)


def test_outermost_subjects_are_surveyed_in_the_order_of_their_iris() -> None:
    found = [each.assessment.subject for each in survey(load([str(FAMILY)]))]
    assert found == sorted(found)
    assert {iri.rpartition("/")[2] for iri in found} == {"adapter", "merged", "orphan", "quant", "stray"}


def test_releases_that_share_parameters_do_not_lend_each_other_their_code(tmp_path: Path) -> None:
    release = sharing(tmp_path)
    found = survey(release)
    assert [each.assessment.subject for each in found] == ["https://example.org/a", "https://example.org/b"]
    assert all(equal(each, release) for each in found)
    first, second = (
        {result.requirement.id: result.outcome for result in each.assessment.results}["code-training"] for each in found
    )
    assert (first, second) == ("met", "not-evidenced")


def test_a_subject_named_twice_is_surveyed_once_and_told_of(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    both = ["https://example.org/b", "https://example.org/a", "https://example.org/b"]
    found = survey(sharing(tmp_path), both, progress=lambda done, whole: told.append((done, whole)))
    assert [each.assessment.subject for each in found] == both[:2]
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_what_cannot_be_surveyed_is_told_as_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no system, model or parameters of this release"):
        survey(sharing(tmp_path), ["https://example.org/nobody"])
    monkeypatch.setattr(of_one, "MAX_IN_SCOPE", 2)
    with pytest.raises(InputError, match="5 nodes are in scope of A, more than the 2"):
        survey(sharing(tmp_path), ["https://example.org/a"])
    (tmp_path / "data.ttl").write_text(
        "<https://example.org/d> a <https://w3id.org/osaid-graph/ont#Dataset> .", "utf-8"
    )
    with pytest.raises(NothingToAssessError):
        survey(load([str(tmp_path / "data.ttl")]))


# -- rules that look further -------------------------------------------------------------------------------------

#: Rules of a profile that would see what lies outside the scope of a subject, each in its own way.
FAR = {
    "inverse": "sh:targetClass osaid:Dataset ; sh:path [ sh:inversePath osaid:describes ] ; sh:minCount 1",
    "elements of a part": "sh:targetClass osaid:Parameters ; sh:path osaid:hasCode ; sh:minCount 1",
    "elements of a neighbour": "osaid:onSubject true ; sh:targetClass osaid:AISystem ; sh:path osaid:hasParameters ; "
    "sh:node [ sh:property [ sh:path osaid:hasCode ; sh:minCount 1 ] ]",
    "sequence": "osaid:onSubject true ; sh:targetClass osaid:AISystem ; "
    "sh:path ( osaid:hasParameters osaid:hasCode ) ; sh:minCount 1",
    "closed": "sh:targetClass osaid:Parameters ; sh:path osaid:trainedOn ; sh:node [ sh:closed true ; "
    "sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ) ]",
    "query": "sh:targetClass osaid:Dataset ; sh:path dcterms:title ; sh:sparql [ sh:select "
    '"SELECT $this WHERE { FILTER NOT EXISTS { ?i <https://w3id.org/osaid-graph/ont#describes> $this } }" ]',
    "target": "sh:targetObjectsOf osaid:describes ; sh:path osaid:license ; sh:minCount 1",
}


@pytest.mark.parametrize("shape", FAR.values(), ids=FAR)
def test_a_rule_of_a_profile_that_looks_further_sees_the_scope_of_each_subject_alone(
    shape: str, tmp_path: Path
) -> None:
    shapes = f'{HEAD}my:named.far a sh:PropertyShape ; osaid:requirement my:named ; sh:message "no" ; {shape} .\n'
    version = profile(tmp_path / "house", DEFINITION, shapes)
    book = rulebook(version)
    near, far = near_and_far(book.shapes, ELEMENTS)
    rule = URIRef("https://example.org/my#named.far")
    assert targeted(far) == {rule} and rule not in targeted(near)
    release = sharing(tmp_path)
    assert all(equal(each, release, version) for each in survey(release, version=version))


def test_a_graph_that_defines_classes_is_validated_subject_by_subject(tmp_path: Path) -> None:
    (tmp_path / "classes.ttl").write_text(
        SHARING + "ex:Text <http://www.w3.org/2000/01/rdf-schema#subClassOf> :NotDisclosed . "
        "ex:d :scope [ a ex:Text ] , ex:far . ex:far a ex:Text .",
        "utf-8",
    )
    release = load([str(tmp_path / "classes.ttl")])
    assert all(equal(each, release) for each in survey(release))


@pytest.mark.parametrize("version", versions())
def test_every_shipped_rule_needs_no_more_than_a_node_and_its_neighbours(version: str) -> None:
    shapes = rulebook(version).shapes
    near, far = near_and_far(shapes, ELEMENTS)
    assert targeted(far) == set()
    assert targeted(near) == {rule for rule in rules_of(shapes) if rule in targeted(shapes)}
    assert set(near) == set(shapes) and (None, SH.targetClass, None) not in far


def test_a_profile_of_near_rules_is_validated_at_once(tmp_path: Path) -> None:
    version = profile(tmp_path / "house", DEFINITION, SHAPES)
    assert targeted(near_and_far(rulebook(version).shapes, ELEMENTS)[1]) == set()
    release = sharing(tmp_path)
    assert all(equal(each, release, version) for each in survey(release, version=version))
