"""The package as notebooks use it: the same answers as the command line, as plain values, frames and graphs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import osaid_graph
from osaid_graph.errors import InputError, UsageError

ROOT = Path(__file__).parent.parent
FAMILY = ROOT / "tests" / "fixtures" / "lineage" / "family.ttl"


@pytest.fixture(scope="module")
def family() -> osaid_graph.Descriptions:
    return osaid_graph.load(FAMILY)


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import osaid_graph, sys; print(sorted({'rdflib', 'click', 'networkx', 'pyoxigraph'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_a_name_that_the_package_does_not_have_is_told() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        osaid_graph.lod  # noqa: B018


def test_a_file_that_is_not_there_is_the_error_of_the_command_line() -> None:
    with pytest.raises(InputError, match=r"nowhere\.yaml: no such file"):
        osaid_graph.load("nowhere.yaml")


def test_a_release_is_assessed() -> None:
    assessment = osaid_graph.load(ROOT / "tests" / "fixtures" / "releases" / "borealis.yaml").assess()
    assert (assessment.subject_label, assessment.has_gaps) == ("Borealis 1.0", False)


def test_all_releases_are_assessed(family: osaid_graph.Descriptions) -> None:
    assert [each.subject_label for each in family.assess_all()] == ["Adapter", "Merged", "Orphan", "Quant", "Stray"]


def test_a_query_gives_a_frame_with_types(family: osaid_graph.Descriptions) -> None:
    answer = family.sparql(
        "SELECT ?data ?issued { ?data a osaid:Dataset ; dcterms:issued ?issued } ORDER BY ?issued ?data LIMIT 2"
    )
    frame = answer.to_pandas()
    assert list(frame.columns) == ["data", "issued"]
    assert [str(day) for day in frame["issued"]] == ["2019-03-01", "2020-02-01"]


def test_the_store_is_built_once(family: osaid_graph.Descriptions) -> None:
    assert family.store() is family.store()
    assert family.store() is not family.store(entailment="none")


def test_the_lineage_is_a_graph_of_networkx(family: osaid_graph.Descriptions) -> None:
    import networkx as nx

    graph = family.digraph("merged")
    merged, crawl = "https://huggingface.co/acme/merged", "https://huggingface.co/datasets/acme/crawl"
    assert set(nx.single_source_shortest_path_length(graph, merged)) - {merged} == {
        each.node for each in family.upstream("merged")
    }
    assert nx.shortest_path_length(graph, merged, crawl) == 4
    assert len(family.digraph()) == len(family.lineage)
    assert set(family.digraph("chat", down=True)) == {
        f"https://huggingface.co/{each}" for each in ("datasets/acme/chat", "acme/tuned", "acme/merged", "acme/quant")
    }


def test_what_falls_is_counted(family: osaid_graph.Descriptions) -> None:
    assert len(family.impact("books").affected) == 8


def test_an_export_tells_what_it_lost(family: osaid_graph.Descriptions) -> None:
    export = family.export("dot", subject="acme/merged")
    assert isinstance(export.content, str) and export.content.startswith("digraph")
    assert "license" in {str(loss.predicate).rpartition("#")[2] for loss in export.losses}


def test_an_unknown_node_is_answered_with_the_nearest(family: osaid_graph.Descriptions) -> None:
    with pytest.raises(UsageError) as error:
        family.upstream("acme/mergd")
    assert "acme/merged" in error.value.hint
