"""The four exports of provenance alike: each is what it was, and what is read back is the same and assessed alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from exported import BOREALIS, EXPORTED, ROOT, WORKSHOP, assert_golden, written

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.model import Triple
from osaid_graph.writers import writer
from osaid_graph.writers.prov.relations import canonical


def _as_it_stands(triple: Triple) -> Triple:
    return triple


#: Format -> a statement as it gives it back: a relation of PROV is told from one of its ends alone.
GIVEN_BACK: dict[str, Callable[[Triple], Triple]] = {
    "prov-json": canonical,
    "prov-n": canonical,
    "prov-trig": _as_it_stands,
    "prov-jsonld": _as_it_stands,
}
ALL = pytest.mark.parametrize("name", GIVEN_BACK)


def _read_back(name: str, text: str, folder: Path) -> Release:
    copy = folder / f"copy{writer(name).SUFFIX}"
    copy.write_text(text, "utf-8")
    return load([str(copy)])


@ALL
@pytest.mark.parametrize("path", EXPORTED, ids=lambda path: path.stem)
def test_every_statement_is_read_back_with_who_says_it(path: Path, name: str, tmp_path: Path) -> None:
    exported, text = written(path, name)
    first, second = exported.release, _read_back(name, text, tmp_path)
    for triple, _ in first.claims():
        assert set(second.attributed_to(GIVEN_BACK[name](triple))) == set(first.attributed_to(triple)), triple


@ALL
def test_what_is_read_back_is_assessed_alike(name: str, tmp_path: Path) -> None:
    exported, text = written(WORKSHOP, name)
    before, after = assess(exported.release), assess(_read_back(name, text, tmp_path))
    assert [(r.requirement.id, r.outcome) for r in after.results] == [
        (r.requirement.id, r.outcome) for r in before.results
    ]
    if GIVEN_BACK[name] is _as_it_stands:
        assert [finding.id for finding in after.findings] == [finding.id for finding in before.findings]


@ALL
@pytest.mark.parametrize("path", [BOREALIS, WORKSHOP], ids=lambda path: path.stem)
def test_the_export_is_what_it_was(path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert_golden(f"{path.stem}.{name}{writer(name).SUFFIX}", written(path.relative_to(ROOT), name)[1])
