"""Every rule against its fixtures: ``fixtures/rules/<requirement>/pass.ttl`` and a ``fail-<why>.ttl`` a rule.

A fixture starts with ``# expect: <why> <focus>`` lines, which state exactly what the rules of its requirement
find in it: a line for every result, the focus by its local name; ``# expect: nothing`` where there is none.
That is what SHACL says; which results count for what is being assessed is not for the rules to say.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml
from pyshacl import validate
from rdflib import RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from osaid_graph.graph.conclusions import conclude
from osaid_graph.graph.ontology import entail, narrower
from osaid_graph.readers.manifest.keys import BLOCKS, MANIFEST, Accepts
from osaid_graph.terms import policy
from osaid_graph.validation.definition import rulebook, versions
from osaid_graph.vocab import BASE, CODE, OSAID, REQ, RULE

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures" / "rules"

#: What the rules may be made of. Engines other than pySHACL are held to give the same results for these.
CORE = {
    *(SH.NodeShape, SH.PropertyShape, SH.targetClass, SH.targetSubjectsOf),
    *(SH.severity, SH.message, SH.Violation, SH.Warning, SH.Info),
    *(SH.path, SH.property, SH.minCount, SH.maxCount, SH.hasValue, SH["class"], SH["in"]),
    *(SH.nodeKind, SH.IRIOrLiteral),
    *(SH.qualifiedValueShape, SH.qualifiedMinCount, SH.qualifiedMaxCount),
    *(SH["and"], SH["or"], SH["not"]),
}
#: The block of the manifest that describes a node of this class.
BLOCK_OF = {
    OSAID.AISystem: "system",
    OSAID.Dataset: "dataset",
    OSAID.Code: "code",
    OSAID.DataInformation: "data-information",
    OSAID.Parameters: "parameters",
    OSAID.Checkpoint: "training-state",
    OSAID.OptimizerState: "training-state",
}
#: What the terms and lineage steps derive from a property, and so does not outlive its statements.
TERMS = (OSAID.approval, OSAID.concludedLicense, OSAID.grants, OSAID.restricts, OSAID.leavesUndecided)
DERIVED = {OSAID.license: TERMS, OSAID.derivedFrom: (OSAID.circular,)}

Result = tuple[str, Node, Node | None]


def _load(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


SHAPES = _load(*sorted((ROOT / "shapes").glob("*.ttl")))
RULES: dict[str, URIRef] = {
    str(rule).removeprefix(RULE): rule
    for rule in sorted({node for node in SHAPES.subjects(OSAID.requirement) if isinstance(node, URIRef)})
}
FILES = sorted(FIXTURES.glob("*/*.ttl"))
FAILING = [path for path in FILES if path.stem != "pass"]


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def _rule(path: Path) -> str:
    """Return the rule that a failing fixture is for."""
    return f"{path.parent.name}.{path.stem.removeprefix('fail-')}"


def _requirement(rule: str) -> str:
    return rule.rpartition(".")[0]


def _one(subject: Node, predicate: URIRef) -> Node:
    values = list(SHAPES.objects(subject, predicate))
    assert len(values) == 1, f"{subject} has {len(values)} values of {predicate}"
    return values[0]


@cache
def _declared() -> Graph:
    return _load(*(ROOT / "ontology" / name for name in ("osaid.ttl", "codelists.ttl", "definition/requirements.ttl")))


@cache
def _hierarchy() -> tuple[tuple[Node, Node, Node], ...]:
    return tuple(_declared().triples((None, RDFS.subClassOf, None)))


@cache
def _version_of(rule: str) -> str:
    """Return the first version of the definition that a rule is in force in: 1.0-RC1 but for what came later."""
    return next(version for version in reversed(versions()) if rule in rulebook(version).definition.rules)


@cache
def _rules_of(requirement: str, version: str) -> Graph:
    """Return the rules of one requirement in a version with all they consist of, and nothing else."""
    found = Graph()
    in_force = rulebook(version).definition.rules
    todo: list[Node] = [rule for name, rule in RULES.items() if _requirement(name) == requirement and name in in_force]
    seen = set(todo)
    while todo:
        for triple in SHAPES.triples((todo.pop(), None, None)):
            found.add(triple)
            part = triple[2]
            if (isinstance(part, BNode) or (part, RDF.type, SH.NodeShape) in SHAPES) and part not in seen:
                seen.add(part)
                todo.append(part)
    return found


def _results(data: Graph, shapes: Graph) -> list[Result]:
    graph = Graph()
    for triple in (*data, *_hierarchy()):
        graph.add(triple)
    entail(graph)
    _, report, text = validate(graph, shacl_graph=shapes, inference="none", advanced=False)
    assert isinstance(report, Graph), text
    found: list[Result] = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        rule, focus = report.value(result, SH.sourceShape), report.value(result, SH.focusNode)
        assert rule is not None and focus is not None
        value = report.value(result, SH.value) if report.value(result, SH.resultPath) else None
        found.append((str(rule).removeprefix(RULE), focus, value))
    return found


def _expected(path: Path) -> Counter[tuple[str, str]]:
    lines = path.read_text("utf-8").splitlines()
    expect = [line.removeprefix("# expect: ") for line in lines if line.startswith("# expect: ")]
    assert expect and lines[: len(expect)] == [f"# expect: {line}" for line in expect], "state first what to expect"
    if expect == ["nothing"]:
        return Counter()
    return Counter((f"{path.parent.name}.{why}", focus) for why, focus in (line.split() for line in expect))


def _local(node: Node) -> str:
    return str(node).replace("#", "/").rpartition("/")[2]


# -- the fixtures --------------------------------------------------------------------------------------------


def test_fixtures_and_rules_are_the_same_set() -> None:
    wanted = {f"{_requirement(rule)}/fail-{rule.rpartition('.')[2]}" for rule in RULES}
    wanted |= {f"{_requirement(rule)}/pass" for rule in RULES}
    assert {_name(path) for path in FILES} == wanted
    assert len(FILES) == len([path for path in FIXTURES.rglob("*") if path.is_file()])
    assert len(RULES) > 100


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_rules_find_exactly_what_the_fixture_states(path: Path) -> None:
    expected = _expected(path)
    of_versions = versions() if path.stem == "pass" else (_version_of(_rule(path)),)
    for version in of_versions:
        rules = _rules_of(path.parent.name, version)
        assert Counter((rule, _local(focus)) for rule, focus, _ in _results(_load(path), rules)) == expected
    if path.stem == "pass":
        assert not expected
    else:
        assert {rule for rule, _ in expected} == {f"{path.parent.name}.{path.stem.removeprefix('fail-')}"}


def test_fixtures_are_all_different() -> None:
    bodies = Counter(
        "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")) for path in FILES
    )
    assert max(bodies.values()) == 1


NOTHING_SAID = ("absent", "unstated", "no-location", "no-repository", "no-document")


@pytest.mark.parametrize("path", [p for p in FAILING if p.stem.removeprefix("fail-") in NOTHING_SAID], ids=_name)
def test_a_blank_node_without_a_class_says_nothing(path: Path) -> None:
    data, shapes = _load(path), _rules_of(path.parent.name, _version_of(_rule(path)))
    before = _results(data, shapes)
    for rule, focus, _ in before:
        predicate = _one(RULES[rule], OSAID.property)
        assert isinstance(predicate, URIRef)
        data.add((focus, predicate, BNode()))
    assert Counter(_results(data, shapes)) == Counter(before)


@pytest.mark.parametrize("path", [p for p in FAILING if p.stem in ("fail-no-reason", "fail-circular")], ids=_name)
def test_a_result_about_one_value_names_it(path: Path) -> None:
    results = _results(_load(path), _rules_of(path.parent.name, _version_of(_rule(path))))
    # Whether a fee is asked for depends on the dataset, so that rule looks at the dataset.
    assert all((value is None) == rule.startswith("data-list-third-party-fee.") for rule, _, value in results)


# -- the rules -----------------------------------------------------------------------------------------------


def _snippet(rule: URIRef, key: URIRef) -> str:
    return str(_one(_one(rule, OSAID.remedy), key))


def _remedy(rule: URIRef, focus: Node) -> Graph:
    prefixes = {
        "osaid": f"{BASE}ont#",
        "code": f"{BASE}code#",
        "req": f"{BASE}requirement#",
        "rdfs": str(RDFS),
    }
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items())
    body = _snippet(rule, OSAID.turtle)
    assert "{focus}" in body
    return Graph().parse(data=head + body.replace("{focus}", f"<{focus}>"), format="turtle")


@pytest.mark.parametrize("name", RULES)
def test_a_rule_carries_all_that_is_known_about_it(name: str) -> None:
    rule = RULES[name]
    assert _one(rule, RDF.type) in (SH.NodeShape, SH.PropertyShape)
    assert _one(rule, OSAID.requirement) == REQ[_requirement(name)]
    assert (REQ[_requirement(name)], RDF.type, OSAID.Requirement) in _declared()
    assert _one(rule, SH.severity) in (SH.Violation, SH.Warning, CODE["needs-judgement"], SH.Info)
    message = _one(rule, SH.message)
    assert isinstance(message, Literal) and message.language == "en"
    assert message[0].islower() and not message.endswith(".") and not set("{}?$\n") & set(message)
    assert isinstance(_one(rule, OSAID.property), URIRef)
    targets = [*SHAPES.objects(rule, SH.targetClass), *SHAPES.objects(rule, SH.targetSubjectsOf)]
    assert targets
    assert SHAPES.value(rule, OSAID.onSubject) in (None, Literal(True))


def test_no_two_rules_say_the_same() -> None:
    messages = Counter(str(_one(rule, SH.message)) for rule in RULES.values())
    assert max(messages.values()) == 1


@pytest.mark.parametrize("name", RULES)
def test_a_remedy_is_yaml_of_the_manifest_and_turtle(name: str) -> None:
    rule = RULES[name]
    remedy = _one(rule, OSAID.remedy)
    assert str(_one(remedy, OSAID.action)) in ("add", "replace")
    assert len(_remedy(rule, URIRef("https://example.org/focus"))) > 0
    said = yaml.safe_load(_snippet(rule, OSAID.yaml))
    under = SHAPES.value(remedy, OSAID.under)
    if under is None:
        targets = set(SHAPES.objects(rule, SH.targetClass))
        block = next((name for kind, name in BLOCK_OF.items() if kind in targets), "dataset")
        assert isinstance(said, dict)
    else:
        key = MANIFEST[str(under)]
        block = key.block
        assert isinstance(said, list) == (key.accepts in (Accepts.BLOCKS, Accepts.DATASETS, Accepts.IMPORTS))
        if key.accepts is Accepts.IMPORTS:
            assert said and all(isinstance(name, str) for name in said)
            return
    for entry in said if isinstance(said, list) else [said]:
        assert set(entry) <= set(BLOCKS[block]), f"not keys of {block}"
        assert isinstance(said, dict) or {"id", "roles"} & set(entry), "an entry of a list says what it is"


@pytest.mark.parametrize("path", FAILING, ids=_name)
def test_a_remedy_removes_its_finding_and_makes_no_other(path: Path) -> None:
    data = _with_terms(_load(path))
    known = set(data.subjects())
    shapes = rulebook(_version_of(_rule(path))).shapes
    results = _results(data, shapes)
    before = _counted(results, known)
    findings = [result for result in results if _requirement(result[0]) == path.parent.name]
    assert findings
    for rule, focus, value in findings:
        after = _counted(_results(_with_terms(_remedied(data, RULES[rule], focus, value)), shapes), known)
        assert after <= before - Counter([(rule, focus)])
        # One statement may also close a gap of another requirement: code that serves training and running.
        gone = [name for name, _ in (before - after).elements() if _requirement(name) == path.parent.name]
        # A circle that is broken at one node is broken for all on it.
        assert set(gone) == {rule} if rule.endswith(".circular") else gone == [rule]


def _counted(results: list[Result], known: set[Node]) -> Counter[tuple[str, Node]]:
    """Count results; what is asked of a subject is not asked of nodes that a remedy brought in."""
    return Counter(
        (rule, focus)
        for rule, focus, _ in results
        if focus in known or SHAPES.value(RULES[rule], OSAID.onSubject) is None
    )


def _with_terms(data: Graph) -> Graph:
    """Return a graph with what the terms step derives, where a fixture does not state that itself."""
    whole = Graph()
    whole += data
    for node in set(data.subjects(OSAID.license)):
        if not any((node, derived, None) in data for derived in TERMS):
            stated = Graph()
            for triple in (*data.triples((node, RDF.type, None)), *data.triples((node, OSAID.license, None))):
                stated.add(triple)
            conclude(stated, policy())
            for triple in stated.triples((node, None, None)):
                whole.add(triple)
    return whole


def _remedied(data: Graph, rule: URIRef, focus: Node, value: Node | None) -> Graph:
    """Paste the Turtle remedy of a rule: add it, or let the statements at fault give way to it."""
    predicate = _one(rule, OSAID.property)
    assert isinstance(predicate, URIRef)
    remedy = _remedy(rule, focus)
    mended = Graph()
    for triple in data:
        mended.add(triple)
    for derived in DERIVED.get(predicate, ()):
        mended.remove((focus, derived, None))
    mended.remove((focus, RDF.type, OSAID.UnresolvedReference))  # derived too: once described, it is resolved
    if _snippet(rule, OSAID.action) == "replace":
        roles = set(remedy.objects(None, OSAID.codeRole))
        entailed = [(name, old) for name in narrower(predicate) for old in data.objects(focus, name)]
        for name, old in entailed:
            silent = set(data.objects(old, RDF.type)) & {OSAID.NotDisclosed, OSAID.NotApplicable}
            other_role = bool(roles) and not (silent and roles & set(data.objects(old, OSAID.codeRole)))
            if not other_role and (value is None or old == value):
                mended.remove((focus, name, old))
    for triple in remedy:
        mended.add(triple)
    return mended


# -- the shapes as a whole -----------------------------------------------------------------------------------


def test_the_shapes_are_well_formed() -> None:
    conforms, _, text = validate(Graph(), shacl_graph=SHAPES, meta_shacl=True, inference="none")
    assert conforms, text


def test_only_the_common_core_of_shacl_is_used() -> None:
    used = {term for triple in SHAPES for term in triple if isinstance(term, URIRef) and term in SH}
    assert used <= CORE
    assert all(isinstance(path, URIRef) for path in SHAPES.objects(None, SH.path)), "paths are single properties"


def test_only_rules_have_targets() -> None:
    targeted = {*SHAPES.subjects(SH.targetClass), *SHAPES.subjects(SH.targetSubjectsOf)}
    assert targeted == set(RULES.values())


def test_rules_about_the_subject_look_at_every_kind_of_subject() -> None:
    kinds = {OSAID.AISystem, OSAID.Model, OSAID.Parameters}
    for name, rule in RULES.items():
        targets = set(SHAPES.objects(rule, SH.targetClass))
        if (rule, OSAID.onSubject, Literal(True)) in SHAPES:
            # Parameters are available when they have a place, which is a rule about every node of that class.
            assert targets == (kinds - {OSAID.Parameters} if name.startswith("params-available.") else kinds)
        elif targets & {OSAID.AISystem, OSAID.Model}:  # a whole has terms and access of its own, beside its elements
            assert targets == kinds | {OSAID.Code, OSAID.DataInformation}
            assert SHAPES.value(rule, OSAID.property) in (OSAID.license, OSAID.accessConditions)


def test_every_term_is_declared() -> None:
    remedies = [_remedy(rule, URIRef("https://example.org/focus")) for rule in RULES.values()]
    used = {term for graph in (SHAPES, *remedies) for triple in graph for term in triple}
    own = {term for term in used if str(term).startswith((str(CODE), f"{BASE}ont#", str(REQ)))}
    assert own - set(_declared().subjects()) == set()


def test_lists_of_codes_are_the_codelists() -> None:
    lists = [frozenset(Collection(SHAPES, head)) for head in SHAPES.objects(None, SH["in"])]
    schemes = {
        name: frozenset(_declared().subjects(SKOS.inScheme, CODE[name])) for name in ("Availability", "CodeRole")
    }
    assert schemes["Availability"] in lists
    for scheme in schemes.values():
        parts = [codes for codes in lists if codes <= scheme]
        assert frozenset().union(*parts) == scheme
    assert all(any(codes <= scheme for scheme in schemes.values()) for codes in lists)
