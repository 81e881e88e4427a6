"""Each network format reads back as the network that was written, whatever the names are, and is what it says it is."""

from __future__ import annotations

import csv
import inspect
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from dot_language import parsed as parsed_dot
from exported import BOREALIS, FAMILY, HOSTILE, SAMPLES, material

from osaid_graph.writers import writer
from osaid_graph.writers.network import mermaid
from osaid_graph.writers.network.graph import network

Said = dict[str, Any]
Found = tuple[dict[str, Said], Counter[tuple[str, str, str, str]]]
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://gexf.net/1.3}"


def text(format_name: str, sample: Path) -> str:
    content = writer(format_name).write(material(sample))
    assert isinstance(content, str)
    return content


def expected(sample: Path, *, visible: bool = False) -> Found:
    """Return the network of a sample; ``visible``: with what XML cannot hold as escapes."""
    graph = network(material(sample))

    def shown(value: object) -> object:
        return value.replace("\x01", "\\x01") if visible and isinstance(value, str) else value

    nodes = {node: {key: shown(value) for key, value in said.items()} for node, said in graph.nodes(data=True)}
    return nodes, Counter((s, t, said["property"], said["kind"]) for s, t, said in graph.edges(data=True))


def found(graph: nx.MultiDiGraph, *, without: tuple[str, ...] = (), names: dict[str, str] | None = None) -> Found:
    name = (names or {}).get if names else (lambda node: node)
    nodes = {
        str(name(node)): {key: value for key, value in said.items() if key not in without}
        for node, said in graph.nodes(data=True)
    }
    return nodes, Counter(
        (str(name(s)), str(name(t)), said["property"], said["kind"]) for s, t, said in graph.edges(data=True)
    )


# -- read back --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_graphml_reads_back_as_it_was_written(sample: Path) -> None:
    graph = nx.read_graphml(io.BytesIO(text("graphml", sample).encode()), force_multigraph=True)
    names = dict(zip(graph, network(material(sample)), strict=True))
    assert found(graph, names=names) == expected(sample, visible=True)
    assert graph.graph.items() >= network(material(sample)).graph.items()


@pytest.mark.skipif("1.3" not in nx.readwrite.gexf.GEXF.versions, reason="this networkx reads GEXF up to 1.2 alone")
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_gexf_reads_back_as_it_was_written(sample: Path) -> None:
    graph = nx.read_gexf(io.BytesIO(text("gexf", sample).encode()), version="1.3")
    assert graph.is_directed()
    assert found(graph) == expected(sample, visible=True)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_node_link_reads_back_as_it_was_written(sample: Path) -> None:
    read: Callable[..., nx.MultiDiGraph] = nx.node_link_graph
    edges = "edges" if "edges" in inspect.signature(read).parameters else "link"  # before networkx 3.4
    graph = read(json.loads(text("node-link", sample)), **{edges: "edges"})
    written = network(material(sample))
    assert isinstance(graph, nx.MultiDiGraph)
    assert (dict(graph.nodes(data=True)), graph.graph) == (dict(written.nodes(data=True)), written.graph)
    assert sorted(graph.edges(keys=True, data=True), key=str) == sorted(written.edges(keys=True, data=True), key=str)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_cytoscape_reads_back_as_it_was_written(sample: Path) -> None:
    document = json.loads(text("cytoscape", sample))
    assert found(nx.cytoscape_graph(document), without=("id", "value", "name")) == expected(sample)
    ids = [each["data"]["id"] for kind in ("nodes", "edges") for each in document["elements"][kind]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_dot_is_read_by_its_grammar_as_it_was_written(sample: Path) -> None:
    document = parsed_dot(text("dot", sample))
    nodes, edges = expected(sample)
    assert list(document.nodes) == list(nodes)
    assert Counter((s, t, said["label"]) for s, t, said in document.edges) == Counter(
        {(s, t, label): count for (s, t, label, _), count in edges.items()}
    )
    for node, said in document.nodes.items():
        assert ("URL" in said) == node.startswith(("http://", "https://"))


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("sample", [BOREALIS, FAMILY, HOSTILE], ids=lambda path: path.stem)
def test_graphviz_draws_every_node_and_edge(sample: Path) -> None:
    dot = shutil.which("dot") or ""
    ran = subprocess.run([dot, "-Tsvg"], input=text("dot", sample), capture_output=True, encoding="utf-8", check=True)
    assert ran.stderr == ""
    drawn = Counter(each.get("class", "").split()[0] for each in ET.fromstring(ran.stdout).iter() if each.get("class"))  # noqa: S314
    nodes, edges = expected(sample)
    assert (drawn["node"], drawn["edge"]) == (len(nodes), edges.total())


# -- tables -----------------------------------------------------------------------------------------------------


def as_row(said: Said, columns: list[str]) -> Said:
    return {column: said.get(column) for column in columns}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_parquet_holds_nodes_and_edges_as_they_are(sample: Path) -> None:
    import pyarrow.parquet as pq

    nodes, edges = expected(sample)
    tables = [
        pq.read_table(io.BytesIO(bytes(writer(name).write(material(sample)))))  # type: ignore[arg-type]
        for name in ("nodes-parquet", "edges-parquet")
    ]
    columns = tables[0].column_names
    assert tables[0].to_pylist() == [as_row({"id": node, **said}, columns) for node, said in nodes.items()]
    rows = tables[1].to_pylist()
    assert Counter((row["source"], row["target"], row["property"], row["kind"]) for row in rows) == edges
    assert all(row["source_label"] == nodes[row["source"]]["label"] for row in rows)
    assert str(tables[0].schema.field("not_met").type) == "int64"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_csv_has_the_rows_of_the_network_in_one_line_each(sample: Path) -> None:
    nodes, edges = expected(sample)
    content = text("nodes-csv", sample)
    assert content.count("\n") == content.count("\r\n") == len(nodes) + 1
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [row["id"] for row in rows] == list(nodes)
    rows = list(csv.DictReader(io.StringIO(text("edges-csv", sample), newline="")))
    assert Counter((row["source"], row["target"], row["property"], row["kind"]) for row in rows) == edges


def test_no_cell_of_csv_is_a_formula_and_ids_are_left_alone() -> None:
    rows = list(csv.DictReader(io.StringIO(text("nodes-csv", HOSTILE), newline="")))
    labels = {row["id"]: row["label"] for row in rows}
    assert labels["urn:x:6"] == '\'=HYPERLINK("http://x")'
    assert labels["urn:x:5"] == "'- list"
    assert labels["urn:x:2"] == "line\\nbreak    tab"
    assert labels["urn:x:3"] == "\\u202eevil \\x01 \N{GRINNING FACE}"
    (long,) = [row for row in rows if row["id"].startswith("https:")]
    assert (long["license"], long["withdrawn"]) == ('\'-- "MIT", & more', "'@SUM(1+1)")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_what_was_not_assessed_has_no_count_rather_than_zero() -> None:
    rows = csv.DictReader(io.StringIO(text("nodes-csv", BOREALIS), newline=""))
    counts = {row["id"]: row["not_met"] for row in rows}
    assert counts["https://example.org/borealis"] == "0"
    assert counts["https://example.org/data/held-out"] == ""


# -- what the standards ask for ---------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", [BOREALIS, FAMILY, HOSTILE], ids=lambda path: path.stem)
def test_graphml_follows_its_schema(sample: Path) -> None:
    """Ids are unique name tokens, keys are declared before use, once, for what they are used on."""
    root = ET.fromstring(text("graphml", sample))  # noqa: S314 - our own text
    assert [child.tag for child in root][-1] == f"{GRAPHML}graph"
    keys = {key.attrib["id"]: key.attrib for key in root.findall(f"{GRAPHML}key")}
    ids = [each.attrib["id"] for each in root.iter() if "id" in each.attrib]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[\w.:-]+", id_, re.ASCII) for id_ in ids)
    nodes = {each.attrib["id"] for each in root.iter(f"{GRAPHML}node")}
    for each in root.iter():
        assert each.tag.removeprefix(GRAPHML) in {"graphml", "key", "graph", "node", "edge", "data"}
        if each.tag == f"{GRAPHML}edge":
            assert {each.attrib["source"], each.attrib["target"]} <= nodes
        used = [data.attrib["key"] for data in each.findall(f"{GRAPHML}data")]
        assert len(used) == len(set(used))
        assert all(keys[key]["for"] == each.tag.removeprefix(GRAPHML) for key in used)
    assert {key["attr.type"] for key in keys.values()} <= {"string", "int"}


@pytest.mark.parametrize("sample", [BOREALIS, FAMILY, HOSTILE], ids=lambda path: path.stem)
def test_gexf_declares_its_attributes_and_sets_parallel_edges_apart(sample: Path) -> None:
    root = ET.fromstring(text("gexf", sample))  # noqa: S314 - our own text
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.3")
    for domain in ("node", "edge"):
        (declared,) = [each for each in root.iter(f"{GEXF}attributes") if each.get("class") == domain]
        known = {each.get("id") for each in declared}
        used = {value.get("for") for each in root.iter(f"{GEXF}{domain}") for value in each.iter(f"{GEXF}attvalue")}
        assert used == known
    ends = [(each.get("source"), each.get("target"), each.get("kind")) for each in root.iter(f"{GEXF}edge")]
    assert len(ends) == len(set(ends))


_MERMAID = re.compile(
    r"""flowchart\ LR
    |\ \ n\d+(?:\["(?P<box>[^"]*)"\]|\("(?P<round>[^"]*)"\)):::[a-z]+
    |\ \ n\d+\ (?:-->|==>|-\.->)\|[A-Za-z]+\|\ n\d+
    |\ \ click\ n\d+\ href\ "https?://[^\s"<>\\`;^{|}]+"
    |\ \ classDef\ [A-Za-z]+\ [a-z]+(?:-[a-z]+)*:[#\w ]+(?:,[a-z-]+:[#\w ]+)*
    |\ \ class\ n\d+(?:,n\d+)*\ [A-Za-z]+""",
    re.VERBOSE,
)
_LABEL = re.compile(r"(?:[^\W_]|[ /,.:()+-]|#\d+;)*")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_mermaid_is_made_of_lines_that_no_name_can_break(sample: Path) -> None:
    lines = text("mermaid", sample).splitlines()
    matches = [_MERMAID.fullmatch(line) for line in lines]
    assert [line for line, match in zip(lines, matches, strict=True) if match is None] == []
    labels = [match["box"] or match["round"] for match in matches if match and (match["box"] or match["round"])]
    nodes, edges = expected(sample)
    assert len(labels) == len(nodes)
    assert all(_LABEL.fullmatch(part) for label in labels for part in label.split("<br/>"))
    assert sum("|" in line for line in lines) == edges.total()
    written = [re.sub(r"#(\d+);", lambda code: chr(int(code[1])), label.split("<br/>")[0]) for label in labels]
    plain = [said["label"] for said in nodes.values()]
    if sample != HOSTILE:
        assert written == plain


def test_mermaid_starts_no_list_and_no_formula() -> None:
    content = text("mermaid", HOSTILE)
    assert '("1#46; first #96;code#96;' in content
    assert '("#45; list' in content
    assert "#36;#36;" not in content


def test_mermaid_beyond_what_is_drawn_by_default_is_whole_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = text("mermaid", FAMILY)
    monkeypatch.setattr(mermaid, "MAX_EDGES", 10)
    first, _, rest = text("mermaid", FAMILY).partition("\n")
    assert rest == whole
    assert first.startswith("%% 37 edges, ") and "maxEdges 10" in first


@pytest.mark.parametrize(
    "name", ["dot", "mermaid", "graphml", "gexf", "cytoscape", "node-link", "nodes-csv", "edges-csv"]
)
def test_no_text_steers_a_terminal_or_holds_a_script_as_such(name: str) -> None:
    content = text(name, HOSTILE)
    assert "\u202e" not in content and "\x01" not in content
    if name in ("graphml", "gexf"):
        assert "<script>" not in content
    assert re.search(r"(?:URL=|href )\"javascript", content) is None


@pytest.mark.parametrize(
    "name", ["dot", "mermaid", "graphml", "gexf", "cytoscape", "node-link", "nodes-parquet", "edges-parquet"]
)
def test_the_same_release_gives_the_same_bytes(name: str) -> None:
    write: Callable[..., str | bytes] = writer(name).write
    assert write(material(BOREALIS)) == write(material(BOREALIS))
