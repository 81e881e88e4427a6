"""The rules of the house (docs/architecture.md), held with ``ast``: who may import whom, and who owns which library."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "osaid_graph"

#: Layer -> the layers it may import, besides itself.
FOUNDATION = {
    *(
        "errors",
        "resources",
        "vocab",
        "labels",
        "sources",
        "tolerated",
        "model",
        "standing",
        "reading",
        "comparison",
        "identity",
        "escapes",
        "plans",
        "tables",
        "term_ids",
        "corpus_folder",
        "__init__",
    ),
    "rdf_report",
}
ALLOWED: dict[str, set[str]] = {
    "__init__": set(),
    "errors": set(),
    "resources": {"errors"},
    "vocab": set(),
    "escapes": set(),
    "labels": set(),
    "sources": set(),
    "tolerated": {"sources"},
    "model": {"labels", "sources", "tolerated"},
    "standing": {"model", "tolerated"},
    "reading": {"identity", "model", "sources"},
    "comparison": {"model", "sources"},
    "plans": {"model", "sources"},
    "tables": {"errors"},
    "term_ids": {"model"},
    "corpus_folder": set(),
    "engines": {"errors"},
    "compiler": FOUNDATION | {"validation"},
    "listings": FOUNDATION | {"engines", "terms"},
    "corpus": FOUNDATION
    | {"engines", "compiler", "readers", "graph", "terms", "lineage", "validation", "assessment", "query", "listings"},
    "identity": {"errors", "resources"},
    "rdf_report": {"errors", "identity", "model", "sources", "standing", "tolerated", "vocab"},
    "readers": FOUNDATION,
    "terms": FOUNDATION,
    "graph": FOUNDATION | {"readers", "terms"},
    "lineage": FOUNDATION | {"graph", "terms"},
    "validation": FOUNDATION | {"graph", "readers", "terms"},
    "assessment": FOUNDATION | {"graph", "lineage", "terms", "validation"},
    "reports": FOUNDATION | {"corpus", "lineage", "listings", "writers"},
    "writers": FOUNDATION | {"corpus", "graph", "readers", "terms", "lineage", "validation", "assessment"},
    "analyses": FOUNDATION | {"graph", "terms", "validation", "lineage", "assessment", "query"},
    "query": FOUNDATION | {"graph", "terms", "validation", "lineage", "assessment"},
    "planning": FOUNDATION
    | {"graph", "terms", "readers", "lineage", "validation", "assessment", "writers", "corpus", "engines"},
    "cli": FOUNDATION
    | {"graph", "terms", "lineage", "validation", "assessment", "query", "analyses", "planning", "reports", "writers"}
    | {"corpus", "engines", "listings", "readers", "server"},
    "server": FOUNDATION
    | {"graph", "lineage", "validation", "assessment", "query", "reports", "writers", "corpus", "engines", "planning"},
    "api": FOUNDATION | {"graph", "lineage", "validation", "assessment", "query", "analyses", "writers"},
    "__main__": {"cli"},
}
#: Library -> the only layers, or modules, that may import it.
OWNERS: dict[str, set[str]] = {
    "click": {"cli"},
    "pyshacl": {"validation"},
    "owlrl": {"graph.reasoning"},
    "pyoxigraph": {"query", "analyses", "corpus.sparql_index", "server"},
    "starlette": {"server"},
    "uvicorn": {"server"},
    "jinja2": {"server"},
    "markupsafe": {"server"},
    "networkx": {"lineage", "writers"},
    "prov": {"writers"},
    "duckdb": {"engines"},
    "pyspark": {"engines"},
    "sqlglot": {"compiler", "engines"},
    "filelock": {"corpus"},
    "pyarrow": {"tables", "corpus", "listings"},
    "numpy": {"lineage.stored"},
    "pandas": {"tables"},
    "yaml": {"readers", "identity", "writers", "listings"},
}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE).with_suffix("")
        parts = [part for part in relative.parts if part != "__init__"] or ["__init__"]
        yield ".".join(parts), path


MODULES = dict(modules())


def imports(path: Path) -> Iterator[str]:
    """Yield the modules a file imports, except under ``if TYPE_CHECKING``."""
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and isinstance(branch.test, ast.Name) and branch.test.id == "TYPE_CHECKING"
        for node in ast.walk(branch)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def layer(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down_only(module: str) -> None:
    for imported in imports(MODULES[module]):
        if imported == "osaid_graph":
            continue
        if imported.startswith("osaid_graph."):
            target = layer(imported.removeprefix("osaid_graph."))
            assert target == layer(module) or target in ALLOWED[layer(module)], f"{module} imports {imported}"


@pytest.mark.parametrize("module", MODULES)
def test_each_library_has_one_owner(module: str) -> None:
    for imported in imports(MODULES[module]):
        owners = OWNERS.get(layer(imported))
        if owners is not None:
            assert module in owners or layer(module) in owners, f"{module} imports {imported}"


def test_every_layer_has_a_rule() -> None:
    assert {layer(module) for module in MODULES} == set(ALLOWED)


@pytest.mark.parametrize("module", [m for m in MODULES if layer(m) != "cli"])
def test_only_the_command_line_prints_or_exits(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"print", "exit", "quit", "input"}
    attributes = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not attributes & {"sys.exit", "sys.argv", "os.environ", "sys.stdout", "sys.stderr"}


@pytest.mark.parametrize("module", [m for m in MODULES if layer(m) == "readers"])
def test_readers_open_neither_files_nor_sockets(module: str) -> None:
    assert not set(imports(MODULES[module])) & {"socket", "urllib.request", "http.client", "ssl", "requests"}
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert "open" not in called


def test_one_module_alone_opens_connections_and_one_listens() -> None:
    network = {"socket", "ssl", "http.client", "urllib.request", "urllib.error", "requests", "httpx", "aiohttp"}
    found = {module for module, path in MODULES.items() if network & set(imports(path))}
    assert found == {"query.endpoint.protocol", "server.run"}


def test_no_file_for_leftovers() -> None:
    assert not {path.stem for path in MODULES.values()} & {"utils", "util", "helpers", "common", "misc", "core"}


@pytest.mark.parametrize("module", MODULES)
def test_files_stay_within_reading_length(module: str) -> None:
    assert len(MODULES[module].read_text("utf-8").splitlines()) <= 350


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_imports_click_and_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; sys.argv = ['osaid-graph', *sys.argv[1:]]\n"
        "from osaid_graph.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'rdflib', 'pyshacl', 'owlrl', 'networkx', 'yaml'} & set(sys.modules)\n"
        "sys.stderr.write(','.join(sorted(heavy)))"
    )
    ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert ran.stdout
    assert ran.stderr == ""
