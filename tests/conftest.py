"""What all tests share: no network, a fixed day, and the folders of real files that may be absent."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
#: Third-party files (samples, the definition's text) beside the checkout; tests that need them skip without them.
SHARED = Path(os.environ.get("OSAID_GRAPH_SHARED", ROOT.parent / "shared"))

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("dev", deadline=None)
settings.register_profile("bounded", settings.get_profile("ci"), max_examples=25)
settings.load_profile("bounded" if os.environ.get("OSAID_GRAPH_BOUNDED") else "ci" if os.environ.get("CI") else "dev")


#: Files, and tests in them, with many cases of one kind: of how many one is run where ``OSAID_GRAPH_BOUNDED`` is set,
#: as CI does, whose time is limited. Of every test one case at least is run; without it all are.
ONE_OF = {
    "assessment/test_determinism.py": 2,
    "assessment/test_policies.py": 3,
    "assessment/test_survey.py::test_a_rule_of_a_profile_that_looks_further_sees_the_scope_of_each_subject_alone": 3,
    "compiler/test_shipped_rules.py": 2,
    "corpus/test_assess.py": 5,
    "corpus/test_outcomes.py": 6,
    "corpus/test_prepare.py": 2,
    "corpus/test_sparql_index.py::test_a_named_query_has_the_answer_it_has_in_memory": 3,
    "planning/test_of_corpus.py::test_a_corpus_waits_for_what_its_releases_one_by_one_do": 2,
    "planning/test_statements.py": 4,
    "readers/test_hostile.py": 4,
    "reports/test_reports.py::test_every_format_shows_the_same_findings": 4,
    "server/test_api.py": 4,
    "server/test_as_checked.py": 3,
    "server/test_browser.py": 3,
    "server/test_pages.py": 4,
    "server/test_reporting.py": 4,
    "server/test_serve_command.py::test_documents_are_read_assessed_and_served_and_nothing_is_left": 2,
    "test_action.py": 5,
    "test_diff.py::test_every_gap_is_a_loss_one_way_and_a_gain_the_other_and_explained": 5,
    "test_docs.py": 5,
    "test_extras.py": 8,
    "test_formats_agree.py": 8,
    "test_ground_truth.py": 4,
    "test_help.py": 10,
    "test_mutations.py": 4,
    "test_profiles.py::test_the_faq_asks_more_of_data_than_the_definition": 3,
    "test_progress.py": 6,
    "test_releases.py::test_every_release_resolves_all_it_refers_to_and_leaves_the_judgements_open": 4,
    "test_remedies.py": 12,
    "test_reviews.py::test_every_judgement_is_on_the_system_of_the_release_and_on_nothing_else": 4,
    "test_rules.py::test_a_remedy_removes_its_finding_and_makes_no_other": 3,
    "test_schemas.py::test_the_report_of_a_shipped_release_fits_the_schema": 4,
    "writers/test_croissant.py::test_what_is_carried_is_what_is_read_back": 4,
    "writers/test_cyclonedx_declarations.py::test_a_citation_points_to_fields_and_names_the_source_that_says_them": 4,
    "writers/test_prov.py::test_every_statement_is_read_back_with_who_says_it": 4,
}
#: Files, and tests in them, that take minutes together and are not run there.
MINUTES = frozenset(
    {
        "assessment/test_survey.py::test_any_selection_comes_out_as_one_by_one",
        "assessment/test_survey.py::test_sixteen_real_releases_come_out_as_each_by_itself",
        "corpus/test_assess.py::test_what_is_known_after_a_change_is_what_an_assessment_of_all_finds",
        "engines/test_assess.py",
        "engines/test_listings.py::test_spark_counts_what_duckdb_counts",
        "planning/test_of_corpus.py::test_any_corpus_has_the_frontier_of_its_releases",
        "test_python_docs.py::test_the_tutorial_on_the_whole_hub",
        "test_python_docs.py::test_the_page_on_notebooks",
        "corpus/test_assess.py::test_layers_are_written_together_when_they_are_many",
    }
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not os.environ.get("OSAID_GRAPH_BOUNDED"):
        return
    here = Path(__file__).parent
    cases: dict[str, dict[str, int]] = {}
    chosen: dict[str, list[tuple[pytest.Item, bool]]] = {}  # of each test the cases, and whether each may be left out
    for item in items:
        if not isinstance(item, pytest.Function) or not item.path.is_relative_to(here):
            continue
        file, name = item.path.relative_to(here).as_posix(), item.originalname
        test = f"{file}::{name}"
        if not MINUTES.isdisjoint({file, test}):
            item.add_marker(pytest.mark.skip(reason="it takes minutes, and OSAID_GRAPH_BOUNDED is set"))
        kind = test if test in ONE_OF else file
        if kind in ONE_OF and item.name != name:
            known = cases.setdefault(kind, {})
            is_left = known.setdefault(item.name.removeprefix(name), len(known)) % ONE_OF[kind] > 0
            chosen.setdefault(test, []).append((item, is_left))
    for those in chosen.values():
        first = 0 if all(is_left for _, is_left in those) else None  # of every test, one case at least is run
        for number, (item, is_left) in enumerate(those):
            if is_left and number != first:
                reason = "of many cases some are run where OSAID_GRAPH_BOUNDED is set"
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every attempt to reach a network fail the test."""

    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise AssertionError("a test reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


_CONNECT, _GETADDRINFO = socket.socket.connect, socket.getaddrinfo


@pytest.fixture
def loopback_only(no_network: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test reach servers that it started on this machine, over no proxy, and nothing else."""

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        assert address[0] in ("127.0.0.1", "::1"), f"a test reached for {address}"
        _CONNECT(self, address)

    def getaddrinfo(host: str, *arguments: Any, **more: Any) -> Any:
        assert host in ("127.0.0.1", "::1"), f"a test looked for {host}"
        return _GETADDRINFO(host, *arguments, **more)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    for scheme in ("http", "https", "all"):
        monkeypatch.delenv(f"{scheme}_proxy", raising=False)
        monkeypatch.delenv(f"{scheme.upper()}_PROXY", raising=False)


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every assessment one of 2026-11-23."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built
