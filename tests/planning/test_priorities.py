"""What to fix first for many releases: from assessments, from a lineage, with costs and weights of one's own."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from local_validation import SHARED

from osaid_graph.assessment import survey as surveys
from osaid_graph.assessment.assess import Examination, prepare
from osaid_graph.assessment.survey import survey
from osaid_graph.errors import InputError, UsageError
from osaid_graph.graph.load import load
from osaid_graph.lineage.artifacts import lineage_of
from osaid_graph.planning.backlog import of_assessments, of_lineage
from osaid_graph.planning.price_list import read_prices
from osaid_graph.planning.priorities import Priorities
from osaid_graph.plans import Kind, Point

ROOT = Path(__file__).parent.parent.parent
FAMILY = ROOT / "tests" / "fixtures" / "lineage" / "family.ttl"
NAMES = ("olmo-7b", "pythia-12b", "crystalcoder-7b", "grok-1")


@pytest.fixture(scope="module")
def examined() -> tuple[Examination, ...]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(surveys, "validate", SHARED.validate)
        return survey(load([str(ROOT / "data" / "releases" / f"{name}.yaml") for name in NAMES]))


def told(points: list[Point]) -> list[tuple[int, int, int]]:
    return [(int(point.effort), point.releases, point.freed_now) for point in points]


# -- assessments -------------------------------------------------------------------------------------------------


def test_a_gap_that_releases_share_is_paid_once(examined: tuple[Examination, ...]) -> None:
    backlog = of_assessments(examined, "statement")
    points = Priorities(backlog, "statement").corners()
    assert points[-1].releases == points[-1].freed == 4 and points[-1].share == 1
    fixes = [fix for point in points for fix in point.fixes]
    shared = [(fix.label, fix.what, fix.releases) for fix in fixes if fix.releases > 1]
    assert ("Project Gutenberg", "cleaning", 3) in shared
    assert len(fixes) == points[-1].effort == len({(fix.node, fix.what) for fix in fixes})


def test_a_release_that_needs_another_kind_of_effort_is_told_and_not_freed(examined: tuple[Examination, ...]) -> None:
    documentation: tuple[Kind, ...] = ("documentation",)
    priorities = Priorities(of_assessments(examined, "statement", documentation), "statement")
    plan = priorities.plan(priorities.corners())
    assert [(each.label, each.kinds) for each in plan.barred] == [("Grok-1", ("disclosure",))]
    assert (plan.asked, plan.blocked, plan.points[-1].releases) == (4, 4, 3)
    assert plan.points[-1].share == Fraction(3, 4)
    assert {fix.kind for point in plan.points for fix in point.fixes} == {"documentation"}


def test_a_node_may_count_as_one_piece_of_effort(examined: tuple[Examination, ...]) -> None:
    points = Priorities(of_assessments(examined, "node"), "node").corners()
    fixes = [fix for point in points for fix in point.fixes]
    assert len(fixes) == points[-1].effort == len({fix.node for fix in fixes})
    grok = next(fix for fix in fixes if fix.label == "Grok-1")
    assert ", " in grok.what and grok.kind == "disclosure"


# -- a lineage ---------------------------------------------------------------------------------------------------


def family(criterion: str = "license") -> Priorities:
    release = load([str(FAMILY)])
    graph = prepare(release)
    return Priorities(of_lineage(lineage_of(graph, release), [criterion]), "node")


def test_the_crawl_of_the_family_blocks_most_of_it() -> None:
    """Unlicensed are the crawl, the two names of the stray and the orphan: six models descend from the crawl."""
    priorities = family()
    points = priorities.corners()
    assert told(points) == [(1, 6, 6), (2, 7, 1), (4, 8, 1)]
    assert [[fix.label for fix in point.fixes] for point in points] == [
        ["Crawl"],
        ["Orphan"],
        ["imagefolder", "our-crawl"],
    ]
    assert [point.prices for point in points] == [
        (Fraction(1, 6), Fraction(1)),
        (Fraction(1), Fraction(2)),
        (Fraction(2), None),
    ]


def test_a_budget_between_corners_is_marked_for_what_it_is() -> None:
    priorities = family()
    point = priorities.within(Fraction(3))
    assert (point.effort, point.bound) == (Fraction(2), Fraction(7))
    assert (point.releases, point.exact) == (7, True)
    assert priorities.at(Fraction(3, 2)).releases == 7


def test_there_is_no_plan_for_a_criterion_that_there_is_not() -> None:
    with pytest.raises(UsageError, match="no criterion 'licence'"):
        family("licence")


# -- costs and weights -------------------------------------------------------------------------------------------


def test_costs_and_weights_of_a_file_change_what_comes_first(tmp_path: Path) -> None:
    (tmp_path / "costs.csv").write_text("Node,Cost,why\ndatasets/acme/crawl,20,too big\n", "utf-8")
    (tmp_path / "weights.csv").write_text("node,weight\nacme/orphan,1/2\n", "utf-8")
    costs = read_prices(str(tmp_path / "costs.csv"), "cost")
    weights = read_prices(str(tmp_path / "weights.csv"), "weight")
    release = load([str(FAMILY)])
    backlog = of_lineage(lineage_of(prepare(release), release), ["license"])
    points = Priorities(backlog, "node", costs.cost, weights.weight).corners()
    assert [(point.effort, point.freed) for point in points] == [
        (Fraction(3), Fraction(3, 2)),
        (Fraction(23), Fraction(15, 2)),
    ]


def test_rows_that_name_nothing_of_a_plan_are_known(tmp_path: Path) -> None:
    (tmp_path / "costs.csv").write_text("node,cost\nacme/crawl,2\ndatasets/acme/crawl,3\nacme/orphan,1\n", "utf-8")
    release = load([str(FAMILY)])
    backlog = of_lineage(lineage_of(prepare(release), release), ["license"])
    assert read_prices(str(tmp_path / "costs.csv"), "cost").unused(backlog) == ("https://huggingface.co/acme/crawl",)


def test_a_requirement_has_a_cost(tmp_path: Path, examined: tuple[Examination, ...]) -> None:
    (tmp_path / "costs.csv").write_text("requirement,cost\ndata-info-cleaning,7\n", "utf-8")
    costs = read_prices(str(tmp_path / "costs.csv"), "cost", lambda id_: id_ == "data-info-cleaning")
    points = Priorities(of_assessments(examined, "statement"), "statement", costs.cost).corners()
    found = {fix.what: fix.cost for point in points for fix in point.fixes}
    assert (found["cleaning"], found["license"]) == (Fraction(7), Fraction(1))


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("", "no columns node and cost", 1),
        ("node,price\na/b,1\n", "no columns node and cost", 1),
        ("node,cost\na/b,0\n", "no number above zero", 2),
        ("node,cost\na/b,1e999999999\n", "no number above zero", 2),
        ("node,cost\na/b,nan\n", "no number above zero", 2),
        ("node,cost\na/b\n", "no number above zero", 2),
        ("node,cost\na/b,1\n\na/b,2\n", "is there twice", 4),
        ("node,requirement,cost\na/b,x,1\n", "one node or one requirement", 2),
        ("requirement,cost\nnothing,1\n", "no requirement 'nothing'", 2),
        ('node,cost\n"a/b,1\n', "not CSV", 2),
    ],
)
def test_a_wrong_list_is_told_with_its_line(text: str, message: str, line: int, tmp_path: Path) -> None:
    (tmp_path / "costs.csv").write_text(text, "utf-8")
    with pytest.raises(InputError, match=message) as raised:
        read_prices(str(tmp_path / "costs.csv"), "cost")
    assert raised.value.line == line


def test_a_list_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_prices(str(tmp_path / "none.csv"), "cost")
    (tmp_path / "latin.csv").write_bytes(b"node,cost\n\xe9,1\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read_prices(str(tmp_path / "latin.csv"), "cost")
