"""Real files of every format: all are read, and docs/samples.md says what that came to."""

from __future__ import annotations

from functools import cache

import pytest
from conftest import ROOT, SHARED
from read_samples import HEAD, Tally, rows, tally

SAMPLES = SHARED / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="no folder of real files")


@cache
def found() -> dict[tuple[str, str], Tally]:
    return tally(SAMPLES)


def test_every_real_file_is_read() -> None:
    refused = {name: why for one in found().values() for name, why in one.refused}
    assert refused == {}
    assert sum(one.files for one in found().values()) == 740


def test_every_collection_is_read_as_what_it_is() -> None:
    assert {collection: {f for c, f in found() if c == collection} for collection, _ in found()} == {
        "croissant": {"croissant"},
        "cyclonedx": {"cyclonedx"},
        "data-provenance": {"data-provenance"},
        "hf-dataset-cards": {"hf-dataset-card"},
        "hf-model-cards": {"hf-model-card"},
        "mldcat-ap": {"mldcat-ap", "turtle"},
        "mot": {"mot"},
        "osai-index": {"osai-index"},
        "spdx3": {"spdx3"},
    }


def test_the_page_on_samples_has_the_counts_of_today() -> None:
    page = (ROOT / "docs" / "samples.md").read_text("utf-8")
    for line in (HEAD, *rows(found())):
        assert "| " + " | ".join(line) + " |" in page
