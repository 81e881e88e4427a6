"""The W3C test suite of SHACL: the shapes of Core give the reports it expects, the others are refused by name.

The suite is not a part of the project. ``OSAID_GRAPH_SHACL_TESTS`` names the folder with its ``core/manifest.ttl``;
pySHACL's source distribution has it under ``test/resources/sht_tests``.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from compiled_shapes import Found, by_engine, by_pyshacl, results_of
from rdflib import BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from osaid_graph.compiler.read import read_shapes
from osaid_graph.compiler.refusal import Refused
from osaid_graph.engines import Engine

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
FOLDER = Path(os.environ.get("OSAID_GRAPH_SHACL_TESTS", "not-there"))
#: Tests that expect something else of pySHACL too: rdflib reads "1"^^xsd:boolean as true, which is not the term true.
AS_PYSHACL = ("property/uniqueLang-002",)


@cache
def _read(path: Path) -> Graph:
    return Graph().parse(path, format="turtle", publicID=path.as_uri())


def _manifests(path: Path) -> list[Path]:
    included = sorted(Path(str(each).removeprefix("file://")) for each in _read(path).objects(None, MF.include))
    return [path, *(inner for each in included for inner in _manifests(each))]


def _tests(part: str) -> dict[str, tuple[Path, Node]]:
    if not FOLDER.is_dir():
        return {}
    found = {}
    for path in _manifests((FOLDER / part / "manifest.ttl").resolve()):
        graph = _read(path)
        for head in graph.objects(None, MF.entries):
            for entry in Collection(graph, cast(BNode, head)):
                found[f"{path.parent.name}/{str(entry).rpartition('/')[2]}"] = (path, entry)
    return found


CORE, SPARQL = _tests("core"), _tests("sparql")
pytestmark = pytest.mark.skipif(not CORE, reason="OSAID_GRAPH_SHACL_TESTS names no folder of the W3C tests")


def _graph(test: tuple[Path, Node], which: URIRef) -> Graph:
    path, entry = test
    manifest = _read(path)
    action = manifest.value(entry, MF.action)
    return _read(Path(str(manifest.value(action, which)).removeprefix("file://")))


def _expected(test: tuple[Path, Node]) -> Counter[Found]:
    path, entry = test
    report, whole = Graph(), _read(path)
    waiting = [cast(Node, whole.value(entry, MF.result))]
    for head in waiting:
        for triple in whole.triples((head, None, None)):
            report.add(triple)
            if isinstance(triple[2], BNode) and triple[2] not in waiting:
                waiting.append(triple[2])
    return results_of(report)


@pytest.mark.parametrize("name", sorted(set(CORE) - set(AS_PYSHACL)))
def test_compiled_shapes_give_the_report_the_w3c_expects(name: str, engine: Engine) -> None:
    data, shapes = _graph(CORE[name], SHT.dataGraph), _graph(CORE[name], SHT.shapesGraph)
    assert by_engine(engine, data, shapes) == _expected(CORE[name])


@pytest.mark.parametrize("name", AS_PYSHACL)
def test_where_rdflib_reads_a_shape_its_own_way_so_does_the_compiler(name: str, engine: Engine) -> None:
    data, shapes = _graph(CORE[name], SHT.dataGraph), _graph(CORE[name], SHT.shapesGraph)
    found = by_engine(engine, data, shapes)
    assert found != _expected(CORE[name])
    assert found == by_pyshacl(data, shapes)


@pytest.mark.parametrize("name", sorted(SPARQL))
def test_what_is_not_core_is_refused_by_name(name: str) -> None:
    with pytest.raises(Refused, match=r"shape <.*> (has sh:(sparql|prefixes), |uses <.*>, a parameter of a constr)"):
        read_shapes(_graph(SPARQL[name], SHT.shapesGraph))


def test_the_suite_is_complete() -> None:
    assert (len(CORE), len(SPARQL)) == (98, 23)
    assert set(AS_PYSHACL) <= set(CORE)
