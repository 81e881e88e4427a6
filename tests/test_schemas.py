"""The shipped JSON Schemas: generated from the reader's tables, and true of what is read and written."""

from __future__ import annotations

import copy
import importlib.util
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from osaid_graph.assessment.assess import assess
from osaid_graph.assessment.judgements import JUDGEABLE
from osaid_graph.errors import InputError
from osaid_graph.graph.load import load
from osaid_graph.identity import checked_iri
from osaid_graph.readers.manifest import reader as manifest
from osaid_graph.readers.manifest import schema as manifest_schema
from osaid_graph.readers.manifest.keys import BLOCKS, LONG_DERIVATIONS, MANIFEST, Key
from osaid_graph.reports import render
from osaid_graph.validation.definition import definition
from osaid_graph.vocab import BASE, OSAID

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "data" / "schema"
RELEASES = sorted(path for folder in ("releases", "reviews") for path in (ROOT / "data" / folder).rglob("*.yaml"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


class _Core(yaml.SafeLoader):
    """YAML as editors read it (the core schema of YAML 1.2): dates and words such as ``no`` are texts."""


_Core.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


def _yaml(text: str) -> Any:
    return yaml.load(text, Loader=_Core)  # noqa: S506 - a SafeLoader with fewer implicit types


@cache
def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / name).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return schema


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(_schema(name), format_checker=FormatChecker())


def _errors(name: str, document: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:300]}" for error in _validator(name).iter_errors(document)]


@cache
def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_schema", ROOT / "tools" / "generate_schema.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _manifest_keys() -> Iterator[tuple[str, str, Key]]:
    for block, keys in {**BLOCKS, "manifest": MANIFEST}.items():
        for name, key in keys.items():
            yield block, name, key


# -- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.name)
def test_a_schema_is_valid_and_named_by_its_iri(path: Path) -> None:
    assert _schema(path.name)["$id"] == f"{BASE}schema/{path.name}"


def test_the_schema_of_the_manifest_is_current() -> None:
    current = _generator().schema_text()
    assert (SCHEMAS / "osaid.schema.json").read_text("utf-8") == current, "python tools/generate_schema.py"


def test_the_tables_of_the_manifest_page_are_current() -> None:
    page = (ROOT / "docs" / "manifest.md").read_text("utf-8")
    assert page == _generator().page(page), "python tools/generate_schema.py"


def test_the_manifest_page_has_a_table_for_every_block() -> None:
    page = (ROOT / "docs" / "manifest.md").read_text("utf-8")
    shown = re.findall(r"<!-- keys: ([\w-]+) -->", page)
    distinct = {tuple(keys) for keys in BLOCKS.values()}
    assert {tuple(BLOCKS[name]) for name in shown if name != "manifest"} == distinct
    assert shown.count("manifest") == 1
    sections = {f"#{re.sub('[^a-z0-9 -]', '', head.casefold()).replace(' ', '-')}" for head in _headings(page)}
    assert set(re.findall(r"\]\((#[\w-]+)\)", page)) <= sections


def _headings(page: str) -> list[str]:
    return re.findall(r"^#+ (.+)$", page, re.MULTILINE)


def test_every_key_is_explained_in_the_schema() -> None:
    schema = manifest_schema.schema()
    for block, name, key in _manifest_keys():
        holder = schema if block == "manifest" else schema["$defs"][f"{block}-block"]
        assert holder["additionalProperties"] is False
        assert key.meaning[1:] in holder["properties"][name]["description"]
        assert key.accepts.value in holder["properties"][name]["description"]


def test_the_schema_is_a_function_without_side_effects() -> None:
    first = manifest_schema.schema(("a",))
    again = copy.deepcopy(first)
    first["$defs"].clear()
    assert manifest_schema.schema(("a",)) == again


def test_what_a_reviewer_may_find_is_the_same_in_schema_and_assessment() -> None:
    assert manifest_schema.JUDGEABLE == JUDGEABLE


# -- the manifest ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_a_shipped_description_fits_the_schema(path: Path) -> None:
    assert _errors("osaid.schema.json", _yaml(path.read_text("utf-8"))) == []


def _examples() -> list[tuple[str, str]]:
    blocks = []
    for page in PAGES:
        for number, block in enumerate(
            re.findall(r"^```yaml\n(# osaid\.yaml.*?)^```$", page.read_text("utf-8"), re.S | re.M)
        ):
            blocks.append((f"{page.stem}-{number}", block))
    return blocks


@pytest.mark.parametrize("text", [text for _, text in _examples()], ids=[name for name, _ in _examples()])
def test_an_example_of_the_documentation_fits_the_schema(text: str) -> None:
    assert _errors("osaid.schema.json", _yaml(text)) == []


SYSTEM = "system: {id: acme/atlas, name: Atlas}\n"
JUDGEMENT = "by: A, date: 2026-01-01, definition: 1.0-rc1"
#: Every way of writing that the reader takes, so that the schema is not narrower than it.
RIGHT = {
    "short and long statements": SYSTEM + "training-data:\n"
    "  - id: acme/web\n"
    "    license: [{value: MIT, source: https://a.example}, Apache-2.0]\n"
    "    scope: not-disclosed\n"
    "    cleaning: {not-applicable: taken as it came, source: https://a.example}\n"
    "    selection: {not-disclosed: , source: https://a.example}\n"
    "    characteristics: [not-disclosed, 40 GB]\n"
    "    fee: 1200\n"
    "    version: 1.5\n",
    "references": SYSTEM + "training-data: [acme/web@1.5, common-crawl, {ref: acme/x, source: https://a.example}]\n",
    "a reference alone": SYSTEM + "training-data: acme/web\n",
    "training data not disclosed": SYSTEM + "training-data: not-disclosed\n",
    "a part not disclosed": SYSTEM
    + "training-data: [acme/web, {not-disclosed: licensed news, source: https://a.example}]\n",
    "derivations": SYSTEM
    + "parameters: {derived-from: [acme/base, {fine-tuned: [a/b, c/d], source: https://a.example}],\n"
    "  adapter-of: [e/f]}\n"
    "datasets: [{id: x, derived-from: {filtered: c4}, subset-of: acme/y}]\n",
    "derivations not disclosed": SYSTEM + "parameters: {derived-from: not-disclosed}\n"
    "datasets: [{id: x, derived-from: [{not-disclosed: a, source: https://a.example}]}, {id: y, derived-from: []}]\n",
    "an availability that a source refuses": SYSTEM
    + "datasets: [{id: x, availability: {value: not-disclosed, source: https://a.example}}]\n",
    "code refused in a list": SYSTEM + "code: [not-disclosed]\n",
    "keys without entries": SYSTEM + "code:\nimports:\n",
    "code": SYSTEM + "code:\n"
    "  - {roles: training, repository: https://a.example/t, arguments: [https://a.example/c, {location: https://a.example/d}]}\n"
    "  - {roles: [tokenizer, inference], arguments: {not-applicable: takes none}}\n"
    "  - {roles: [testing], not-disclosed: withheld, source: https://a.example}\n"
    "  - {roles: [hyperparameter-search], not-applicable: one run}\n",
    "documents": SYSTEM + "documents:\n"
    "  - {roles: model-card, document: https://a.example/c, license: [MIT, CC-BY-4.0], access: gated}\n"
    "  - {roles: [evaluation-results, data-card], not-disclosed: withheld, source: https://a.example}\n"
    "  - {roles: [sample-outputs], not-applicable: none are made}\n"
    "data-information: {document: https://a.example/i, roles: [research-paper, data-card]}\n",
    "no documents": SYSTEM + "documents: not-disclosed\n",
    "no code": SYSTEM + "code: not-disclosed\n",
    "one code entry without a list": SYSTEM + "code: {roles: [training]}\n",
    "parameters not disclosed": SYSTEM + "parameters: not-disclosed\n",
    "parameters refused with words": SYSTEM + "parameters: {not-disclosed: on request, source: https://a.example}\n",
    "parameters with everything": SYSTEM
    + "parameters: {completeness: {value: incomplete, source: https://a.example}, checkpoints: not-disclosed,\n"
    "  optimizer-state: {name: final, location: https://a.example}, access: {manner: gated, comment: a form}}\n",
    "several manners of access": SYSTEM + "parameters: {access: [gated, {manner: account}]}\n",
    "data information": SYSTEM
    + "data-information: [https://a.example, {document: https://b.example, describes: c4}]\n",
    "a model alone": "model: {id: acme/atlas}\n",
    "parameters alone": "parameters: {id: acme/atlas, location: https://a.example}\n",
    "shared datasets": "imports: upstream/web.yaml\nsource: {url: https://a.example, title: A, retrieved: 2026-01-01}\n"
    "datasets: [{id: x}]\n",
    "nothing under datasets and judgements": SYSTEM + "datasets:\njudgements:\n",
    "a judgement": SYSTEM + "judgements:\n"
    "  - {requirement: data-info-sufficient, outcome: met, by: {name: A, affiliation: B, id: https://a.example/a},\n"
    "     independent: true, date: 2026-01-01, definition: 1.0-rc1, reason: read it, subject: acme/atlas,\n"
    "     evidence: [https://a.example, {url: https://a.example/b, retrieved: 2026-01-01, sha256: abc}, a letter]}\n",
    "judgements alone": "judgements:\n"
    "  - {requirement: data-info-sufficient, outcome: met, by: A, date: 2026-01-01, definition: 1.0-rc1,\n"
    "     reason: read it, subject: acme/atlas}\n",
    "a producer with an identity": "system: {id: acme/atlas, producer: {name: Acme, id: https://acme.example}}\n",
}
WRONG = {
    "a list": "- a\n",
    "a model without id before parameters with one": "model: {name: Atlas}\nparameters: {id: acme/atlas}\n",
    "parameters as a list": SYSTEM + "parameters: [{license: MIT}]\n",
    "an empty list of data": SYSTEM + "training-data: []\n",
    "an empty list of roles": SYSTEM + "code: [{roles: []}]\n",
    "an empty list of a statement": SYSTEM + "datasets: [{id: x, scope: []}]\n",
    "a silence with more": SYSTEM + "training-data: [{not-disclosed: a, id: x}]\n",
    "parameters refused and described": SYSTEM + "parameters: {not-disclosed: a, license: MIT}\n",
    "code refused and named": SYSTEM + "code: [{roles: [training], not-disclosed: a, repository: https://a.example}]\n",
    "code refused and waived": SYSTEM + "code: [{roles: [training], not-disclosed: a, not-applicable: b}]\n",
    "a reference to a silence": SYSTEM
    + "data-information: {document: https://a.example, describes: [not-disclosed]}\n",
    "a source without host": "source: https:///a\n" + SYSTEM,
    "a statement that is only not applicable": SYSTEM + "datasets: [{id: x, scope: Not applicable}]\n",
    "an unknown key": SYSTEM + "licence: MIT\n",
    "a misspelt key of a dataset": SYSTEM + "training-data: [{id: x, licence: MIT}]\n",
    "a system that is a text": "system: acme/atlas\n",
    "a system without id": "system: {name: Atlas}\n",
    "parameters without system or id": "parameters: {license: MIT}\n",
    "code without a release": "code: [{roles: [training]}]\n",
    "a dataset without id": SYSTEM + "datasets: [{name: x}]\n",
    "a dataset that is a text": SYSTEM + "datasets: [x]\n",
    "datasets as a text": SYSTEM + "datasets: x\n",
    "code without roles": SYSTEM + "code: [{repository: https://a.example}]\n",
    "code as a text": SYSTEM + "code: https://a.example\n",
    "a document without roles": SYSTEM + "documents: [{document: https://a.example}]\n",
    "a document as an address": SYSTEM + "documents: https://a.example\n",
    "a document of no known kind": SYSTEM + "documents: [{roles: [modelcard]}]\n",
    "a document of a role of code": SYSTEM + "documents: [{roles: [training]}]\n",
    "a refused document that says more": SYSTEM
    + "documents: [{roles: [model-card], not-disclosed: withheld, license: MIT}]\n",
    "an unknown role": SYSTEM + "code: [{roles: [traning]}]\n",
    "an unknown class of availability": SYSTEM + "datasets: [{id: x, availability: private}]\n",
    "a claimed availability without value": SYSTEM + "datasets: [{id: x, availability: {source: https://a.example}}]\n",
    "an unknown completeness": SYSTEM + "parameters: {completeness: partial}\n",
    "an unknown manner of access": SYSTEM + "parameters: {access: free}\n",
    "access without manner": SYSTEM + "parameters: {access: {comment: a form}}\n",
    "not-applicable without reason": SYSTEM + "datasets: [{id: x, labeling: not-applicable}]\n",
    "not-applicable with an empty reason": SYSTEM + "datasets: [{id: x, labeling: {not-applicable: }}]\n",
    "a statement with two answers": SYSTEM + "datasets: [{id: x, scope: {value: a, not-disclosed: b}}]\n",
    "a statement with none": SYSTEM + "datasets: [{id: x, scope: {source: https://a.example}}]\n",
    "a statement with an unknown key": SYSTEM + "datasets: [{id: x, scope: {value: a, from: https://a.example}}]\n",
    "a statement that is a list of lists": SYSTEM + "datasets: [{id: x, scope: [[a]]}]\n",
    "an empty statement": SYSTEM + "datasets: [{id: x, scope: }]\n",
    "an empty text": SYSTEM + 'datasets: [{id: x, scope: "  "}]\n',
    "a document with a bad address": SYSTEM + 'datasets: [{id: x, scope: "https://a.example/<b>"}]\n',
    "a source that is no address": "source: a letter\n" + SYSTEM,
    "a source without url": "source: {title: A}\n" + SYSTEM,
    "a source with a bad date": "source: {url: https://a.example, retrieved: 1 May 2024}\n" + SYSTEM,
    "a date that is none": SYSTEM + "datasets: [{id: x, withdrawn: 2024-02-30}]\n",
    "a date written otherwise": SYSTEM + "datasets: [{id: x, withdrawn: 20240131}]\n",
    "a derivation of no known kind": SYSTEM + "datasets: [{id: x, derived-from: [{fine-tuned: y}]}]\n",
    "a derivation of two kinds": SYSTEM + "datasets: [{id: x, derived-from: [{filtered: y, subset: z}]}]\n",
    "references that are blocks": SYSTEM + "data-information: {document: https://a.example, describes: [{id: x}]}\n",
    "a version as a list": "system: {id: acme/atlas, version: [1]}\n",
    "an agent without name": "system: {id: acme/atlas, producer: {id: https://acme.example}}\n",
    "a judgement without reason": SYSTEM
    + f"judgements: [{{requirement: data-info-scope, outcome: met, {JUDGEMENT}}}]\n",
    "a judgement of no known outcome": SYSTEM
    + f"judgements: [{{requirement: data-info-scope, outcome: fine, {JUDGEMENT}, reason: b}}]\n",
    "independence that is neither": SYSTEM
    + f"judgements: [{{requirement: data-info-scope, outcome: met, {JUDGEMENT}, reason: b, independent: maybe}}]\n",
    "evidence without url": SYSTEM
    + f"judgements: [{{requirement: data-info-scope, outcome: met, {JUDGEMENT}, reason: b,\n"
    "  evidence: [{retrieved: 2026-01-01}]}]\n",
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_schema_and_reader_take_what_is_right(text: str) -> None:
    manifest.read(text.encode(), "osaid.yaml")
    assert _errors("osaid.schema.json", _yaml(text)) == []


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_schema_and_reader_refuse_what_is_wrong(text: str) -> None:
    with pytest.raises(InputError):
        manifest.read(text.encode(), "osaid.yaml")
    assert _errors("osaid.schema.json", _yaml(text)) != []


def test_a_judgement_can_name_the_requirements_of_the_definition_alone() -> None:
    named = manifest_schema.schema(("x",))["$defs"]["judgement-block"]["properties"]["requirement"]["enum"]
    assert named == ["x"]
    shipped = _schema("osaid.schema.json")["$defs"]["judgement-block"]["properties"]
    assert set(shipped["requirement"]["enum"]) >= set(definition().requirements)


@pytest.mark.parametrize(
    ("version", "fits"), [("1.0-rc1", True), ("0.0.8", True), ("draft of June", False), ("", False)]
)
def test_a_judgement_can_name_a_draft_and_the_shipped_versions_are_offered(version: str, fits: bool) -> None:
    judgement = f"requirement: code-license, outcome: met, by: A, date: 2024-06-14, reason: r, definition: '{version}'"
    text = f"judgements: [{{{judgement}}}]"
    assert (_errors("osaid.schema.json", _yaml(text)) == []) == fits
    block = _schema("osaid.schema.json")["$defs"]["judgement-block"]["properties"]
    assert "1.0-rc1" in block["definition"]["anyOf"][0]["enum"]


# -- the manifest, the ontology and the context -----------------------------------------------------------------------

#: Keys that are no statement about a node, and the class of node that JSON-LD writes in their place, if any.
STRUCTURE = {
    "imports": None,
    "system": OSAID.AISystem,
    "not-disclosed": OSAID.NotDisclosed,
    "not-applicable": OSAID.NotApplicable,
}


@cache
def _ontology() -> Graph:
    return Graph().parse(ROOT / "ontology" / "osaid.ttl", format="turtle")


@cache
def _context() -> dict[str, Any]:
    context: dict[str, Any] = json.loads((ROOT / "ontology" / "context.jsonld").read_text("utf-8"))["@context"]
    return context


def _expanded(name: str, within: str = "") -> str:
    scopes = [_context()]
    scoped = _context().get(within)
    if isinstance(scoped, dict) and isinstance(scoped.get("@context"), dict):
        scopes.insert(0, scoped["@context"])
    term = next(scope[name] for scope in scopes if name in scope)
    if isinstance(term, dict):
        term = term.get("@id") or term["@reverse"]
    prefix, colon, rest = term.partition(":")
    return _context()[prefix] + rest if colon and prefix in _context() else str(term)


@pytest.mark.parametrize(
    "iri", sorted({key.iri for *_, key in _manifest_keys() if key.iri} | set(LONG_DERIVATIONS.values()))
)
def test_a_property_that_a_key_writes_is_declared(iri: URIRef) -> None:
    if not iri.startswith(BASE):
        assert checked_iri(str(iri))
        return
    kinds = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    assert kinds & set(_ontology().objects(iri, RDF.type))
    assert (iri, RDFS.label, None) in _ontology()


@pytest.mark.parametrize(("block", "name", "key"), list(_manifest_keys()))
def test_a_key_is_a_term_of_the_context(block: str, name: str, key: Key) -> None:
    if name in STRUCTURE:
        kind = STRUCTURE[name]
        assert key.iri is None
        assert kind is None or _expanded(kind.rpartition("#")[2]) == str(kind)
        return
    within = {
        "judgement": "judgements",
        "waiver": "waivers",
        "document": "Document",
        "data-information": "DataInformation",
    }
    expanded = _expanded(name, within=within.get(block, ""))
    if name == "judgements":
        assert expanded == str(OSAID.subject)
    elif key.iri is not None:
        assert expanded == str(key.iri)


# -- the report ------------------------------------------------------------------------------------------------------

JUDGED = """
system: {id: acme/atlas, name: Atlas}
parameters: {license: llama2, location: https://a.example}
training-data: [acme/web]
judgements:
  - {requirement: data-info-sufficient, outcome: met, by: {name: A, affiliation: B}, independent: true,
     date: 2026-01-01, definition: 1.0-rc1, reason: read it, evidence: [https://a.example]}
  - {requirement: data-info-sufficient, outcome: not-met, by: C, date: 2026-01-02, definition: 1.0-rc1, reason: read it}
  - {requirement: code-spec-training, outcome: not-applicable, by: C, date: 2026-01-02, definition: "1.0", reason: old}
"""


def _report(*names: str, subject: str | None = None) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(render(assess(load(names), subject=subject), "json"))
    return report


@pytest.mark.parametrize(
    "path", [path for path in RELEASES if path.parent.name == "releases"], ids=lambda path: path.stem
)
@pytest.mark.parametrize("subject", ["system", "parameters"])
def test_the_report_of_a_shipped_release_fits_the_schema(path: Path, subject: str) -> None:
    report = _report(str(path), subject=subject)
    assert _errors("report.schema.json", report) == []
    known = {finding["id"] for finding in report["findings"]}
    assert {id_ for requirement in report["requirements"] for id_ in requirement["findings"]} == known


def test_a_report_with_judgements_fits_the_schema(tmp_path: Path) -> None:
    file = tmp_path / "osaid.yaml"
    file.write_text(JUDGED, "utf-8")
    report = _report(str(file))
    assert _errors("report.schema.json", report) == []
    judged = {r["id"]: r["judgements"] for r in report["requirements"] if r["judgements"]}
    assert [len(found) for found in judged.values()] == [2, 1]
    assert judged["code-spec-training"][0]["counted"] is False


def test_a_report_on_json_ld_has_lines_and_fields_and_fits_the_schema(tmp_path: Path) -> None:
    file = tmp_path / "osaid.jsonld"
    document = {
        "@context": f"{BASE}context.jsonld",
        "id": "https://a.example/atlas",
        "type": "AISystem",
        "code": {"type": "NotDisclosed", "roles": ["training"], "comment": "withheld"},
    }
    file.write_text(json.dumps(document, indent=1), "utf-8")
    report = _report(str(file))
    found = next(finding for finding in report["findings"] if finding["requirement"] == "code-training")
    assert found["location"] == {"source": str(file), "line": 5, "field": "code"}
    assert _errors("report.schema.json", report) == []


@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "passed"},
        {"schema_version": "2.0"},
        {"certified": True},
        {"date": "today"},
        {"inputs": []},
        {"subject": {"id": "acme/atlas", "label": "Atlas", "kind": "system"}},
        {"summary": {"met": 1}},
        {"findings": [{}]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_schema_of_the_report_refuses_what_no_report_is(change: dict[str, Any]) -> None:
    report = _report(str(ROOT / "data" / "releases" / "bloom-176b.yaml"))
    assert _errors("report.schema.json", {**report, **change}) != []


def test_every_object_of_the_report_is_closed_and_has_all_its_keys() -> None:
    schema = _schema("report.schema.json")
    closed = [node for node in _objects(schema) if node.get("type") == "object"]
    assert all(node["additionalProperties"] is False for node in closed)
    assert all(set(node["required"]) == set(node["properties"]) for node in closed)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)
