"""The rules of the house (docs/architecture.md), held with ``ast``: who may import whom, and who owns which library."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
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


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


@cache
def imports(module: str) -> tuple[str, ...]:
    """Return the modules that a file imports, except under ``if TYPE_CHECKING``."""
    nodes = tuple(ast.walk(tree(module)))
    typing_only = {
        id(node)
        for branch in nodes
        if isinstance(branch, ast.If) and isinstance(branch.test, ast.Name) and branch.test.id == "TYPE_CHECKING"
        for node in ast.walk(branch)
    }
    found: list[str] = []
    for node in nodes:
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            found.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
    return tuple(found)


@cache
def called(module: str) -> frozenset[str]:
    """Return the names of the functions that a file calls."""
    calls = (node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call))
    return frozenset(function.id for function in calls if isinstance(function, ast.Name))


def layer(module: str) -> str:
    return module.partition(".")[0]


def test_imports_go_down_only() -> None:
    def may(module: str, imported: str) -> bool:
        package, _, rest = imported.partition(".")
        return package != "osaid_graph" or not rest or layer(rest) in {layer(module), *ALLOWED[layer(module)]}

    assert [(module, name) for module in MODULES for name in imports(module) if not may(module, name)] == []


def test_each_library_has_one_owner() -> None:
    def may(module: str, imported: str) -> bool:
        owners = OWNERS.get(layer(imported))
        return owners is None or module in owners or layer(module) in owners

    assert [(module, name) for module in MODULES for name in imports(module) if not may(module, name)] == []


def test_every_layer_has_a_rule() -> None:
    assert {layer(module) for module in MODULES} == set(ALLOWED)


def test_only_the_command_line_prints_or_exits() -> None:
    functions, attributes = {"print", "exit", "quit", "input"}, {"exit", "argv", "stdout", "stderr"}

    def named(module: str) -> set[str]:
        nodes = (node for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute))
        owned = {(node.value.id, node.attr) for node in nodes if isinstance(node.value, ast.Name)}
        return {f"{owner}.{name}" for owner, name in owned}

    forbidden = {"os.environ", *(f"sys.{name}" for name in attributes)}
    others = [module for module in MODULES if layer(module) != "cli"]
    assert [(module, name) for module in others for name in sorted(called(module) & functions)] == []
    assert [(module, name) for module in others for name in sorted(named(module) & forbidden)] == []


def test_readers_open_neither_files_nor_sockets() -> None:
    network = {"socket", "urllib.request", "http.client", "ssl", "requests"}
    readers = [module for module in MODULES if layer(module) == "readers"]
    assert [module for module in readers if network & set(imports(module)) or "open" in called(module)] == []


def test_one_module_alone_opens_connections_and_one_listens() -> None:
    network = {"socket", "ssl", "http.client", "urllib.request", "urllib.error", "requests", "httpx", "aiohttp"}
    found = {module for module in MODULES if network & set(imports(module))}
    assert found == {"query.endpoint.protocol", "server.run"}


def test_no_file_for_leftovers() -> None:
    assert not {path.stem for path in MODULES.values()} & {"utils", "util", "helpers", "common", "misc", "core"}


def test_files_stay_within_reading_length() -> None:
    lines = {module: len(path.read_text("utf-8").splitlines()) for module, path in MODULES.items()}
    assert {module: number for module, number in lines.items() if number > 350} == {}


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
