"""``osaid-graph init``: a template that can be checked at once, and manifests filled in from other descriptions."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import RDF, Graph

from osaid_graph.readers.manifest import reader as manifest
from osaid_graph.readers.manifest.keys import BLOCKS, LONG_DERIVATIONS, MANIFEST
from osaid_graph.readers.tree import Mapping, Sequence, Value
from osaid_graph.readers.yaml_tree import parse
from osaid_graph.validation.definition import definition
from osaid_graph.vocab import OSAID
from osaid_graph.writers.template import SCHEMA_LINE, template

ROOT = Path(__file__).parent.parent
BLOOM = ROOT / "data" / "releases" / "bloom-176b.yaml"
TWO = """@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://a.example/s> a osaid:AISystem ; dcterms:title "S"@en , "S" .
<https://a.example/o> a osaid:AISystem .
"""

NOTE = "note: your-org/your-model is the template's id: replace it by yours, or give --id\n"
JUDGEMENT = (
    "judgements: [{subject: acme/atlas, requirement: data-info-sufficient, outcome: met, by: Ada, date: 2024-01-01,"
    " definition: 1.0-rc1, reason: r}]\n"
)


def run(folder: Path, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "osaid_graph", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={"SOURCE_DATE_EPOCH": "1795392000", "PATH": "", "PYTHONPATH": str(ROOT)},
        check=False,
    )


def _uncommented(text: str) -> str:
    """Return a template with every commented key uncommented, as an editor does it: one ``# `` less."""
    return re.sub(r"^# (?!yaml-language-server:)", "", text, flags=re.MULTILINE)


def _keys(value: Value) -> set[str]:
    if isinstance(value, Mapping):
        return set(value.values) | {key for child in value.values.values() for key in _keys(child)}
    return {key for child in value.items for key in _keys(child)} if isinstance(value, Sequence) else set()


# -- the template ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("full", [False, True], ids=["short", "full"])
def test_a_template_is_read_as_it_is_and_with_every_key_uncommented(full: bool) -> None:
    text = template("acme/atlas", "Atlas", full=full)
    assert text.startswith(SCHEMA_LINE + "\n")
    assert len(manifest.read(text.encode(), "osaid.yaml").statements) == 2
    assert len(manifest.read(_uncommented(text).encode(), "osaid.yaml").statements) > 50


@pytest.mark.parametrize("full", [False, True], ids=["short", "full"])
def test_a_template_has_every_top_level_key_and_every_key_of_a_dataset(full: bool) -> None:
    tree = parse(_uncommented(template(full=full)))
    assert isinstance(tree, Mapping)
    assert list(tree.values) == [name for name in MANIFEST if full or name != "waivers"]
    datasets = tree.values["datasets"]
    assert isinstance(datasets, Sequence)
    assert isinstance(datasets.items[0], Mapping)
    expected = [key for key in BLOCKS["dataset"] if full or key != "version"]
    assert list(datasets.items[0].values) == expected


@pytest.mark.parametrize("full", [False, True], ids=["short", "full"])
def test_the_references_of_a_template_are_to_the_dataset_it_describes(full: bool) -> None:
    graph = Graph()
    for statement in manifest.read(_uncommented(template(full=full)).encode(), "osaid.yaml").statements:
        graph.add(statement.triple)
    (described,) = graph.subjects(RDF.type, OSAID.Dataset)
    used = {node for key in ("trainedOn", "validatedOn", "evaluatedOn") for node in graph.objects(None, OSAID[key])}
    assert used == {described}
    assert set(graph.objects(None, OSAID.describes)) <= {described}


def test_a_full_template_has_every_key_of_every_block() -> None:
    said = _keys(parse(_uncommented(template(full=True))) or Sequence(1, 0))
    known = {name for keys in BLOCKS.values() for name in keys} - {"not-disclosed", "not-applicable"}
    assert known <= said
    assert set(LONG_DERIVATIONS) <= said


def test_a_template_names_the_requirements_that_a_key_answers() -> None:
    text = template()
    named = set(re.findall(r"[a-z]+(?:-[a-z]+)+", " ".join(re.findall(r"\(([^)]*)\)", text))))
    assert {"data-info-labeling", "data-list-public", "params-optimizer-state", "component-data-info"} <= named
    assert "labeling: TODO  # the labelling procedures (data-info-labeling)" in text
    assert {"data-info-labeling", "params-terms"} <= set(definition().requirements)


def test_a_template_can_be_checked_at_once_and_has_gaps(tmp_path: Path) -> None:
    made = run(tmp_path, "init", "--id", "acme/atlas-7b", "--name", "Atlas: 7B")
    assert (made.returncode, made.stdout) == (0, "")
    assert made.stderr == "wrote osaid.yaml\nnext: osaid-graph check osaid.yaml\n"
    checked = run(tmp_path, "check", "osaid.yaml", "-q")
    assert (checked.returncode, checked.stderr) == (1, "")
    assert checked.stdout.startswith("Atlas: 7B (system), assessed against")


@pytest.mark.parametrize("full", [(), ("--full",)], ids=["short", "full"])
def test_values_that_are_forgotten_are_gaps(tmp_path: Path, full: tuple[str, ...]) -> None:
    text = _uncommented(run(tmp_path, "init", *full, "-o", "-").stdout).replace("imports: [upstream/data.yaml]", "")
    checked = run(tmp_path, "check", "-", "-F", "json", stdin=text)
    assert checked.returncode == 1
    document = json.loads(checked.stdout)
    assert document["outcome"] == "not-met"
    met = {each["id"] for each in document["requirements"] if each["outcome"] == "met"}
    refused = ("data-info", "data-list", "params-terms", "params-available", "code-license", "preferred-form-access")
    assert not [id_ for id_ in met if id_.startswith(refused)]


def test_the_id_of_the_template_is_told_where_none_is_given(tmp_path: Path) -> None:
    assert run(tmp_path, "init").stderr == NOTE + "wrote osaid.yaml\nnext: osaid-graph check osaid.yaml\n"


def test_without_a_name_the_id_is_the_name(tmp_path: Path) -> None:
    made = run(tmp_path, "init", "--id", "https://huggingface.co/acme/atlas", "-o", "-")
    assert "  name: acme/atlas  #" in made.stdout
    assert made.stderr == ""


# -- filled from other descriptions ----------------------------------------------------------------------------------


def test_a_manifest_made_from_a_release_gives_the_same_assessment(tmp_path: Path) -> None:
    made = run(tmp_path, "init", "--from", str(BLOOM), "-o", "copy.yaml")
    assert made.returncode == 0
    assert made.stderr == "wrote copy.yaml\nnext: osaid-graph check copy.yaml\n"
    assert "nothing said: " in (tmp_path / "copy.yaml").read_text("utf-8")
    before, after = (run(tmp_path, "check", name, "-q").stdout for name in (str(BLOOM), "copy.yaml"))
    assert before == after
    assert "met" in after


def test_several_inputs_are_written_together_with_their_sources(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "source: https://a.example/card\nsystem: {id: https://a.example/s, license: MIT}\n", "utf-8"
    )
    (tmp_path / "b.yaml").write_text(
        "source: https://b.example/index\nsystem: {id: https://a.example/s, license: Apache-2.0}\n", "utf-8"
    )
    made = run(tmp_path, "init", "--from", "a.yaml", "--from", "b.yaml", "-o", "-")
    assert "# Written by osaid-graph init from a.yaml, b.yaml.\n" in made.stdout
    assert "source: https://a.example/card\n" in made.stdout
    assert "  license: [MIT, {value: Apache-2.0, source: https://b.example/index}]\n" in made.stdout


def test_what_a_manifest_has_no_words_for_is_told_and_written_as_comments(tmp_path: Path) -> None:
    made = run(tmp_path, "init", "--from", "-", "--id", "https://a.example/s", "-o", "-", stdin=TWO)
    title = '<https://a.example/s> <http://purl.org/dc/terms/title> "S"@en'
    assert made.returncode == 0
    assert made.stderr.splitlines()[:2] == [
        "2 statements have no words in a manifest, comments at its end have them:",
        f"  {title}",
    ]
    assert f"\n# {title}\n" in made.stdout


def test_of_many_statements_left_over_five_are_told(tmp_path: Path) -> None:
    more = "".join(f'<https://a.example/s> <https://a.example/p> "{number}" .\n' for number in range(200))
    made = run(tmp_path, "init", "--from", "-", "--id", "https://a.example/s", "-o", "-", stdin=TWO + more)
    assert made.stderr.splitlines()[0].startswith("202 statements have no words in a manifest")
    assert len(made.stderr.splitlines()) == 6
    assert made.stdout.endswith("# and 102 more\n")


def test_data_alone_makes_a_manifest_of_data(tmp_path: Path) -> None:
    text = "datasets: [{id: acme/web, scope: pages}]\n"
    made = run(tmp_path, "init", "--from", "-", "-o", "-", stdin=text)
    assert made.returncode == 0
    assert "datasets:\n  - id: acme/web\n    scope: pages\n" in made.stdout


# -- what goes wrong -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--id", "atlas"], 2, "--id 'atlas' is neither an absolute IRI nor org/name"),
        (["--id", ""], 2, "--id: an empty reference"),
        (["--id", "https://a.example/a b<"], 2, "--id: invalid IRI"),
        (["--name", " "], 2, "--name is empty"),
        (["--from", "missing.yaml"], 3, "missing.yaml: no such file"),
        (["--from", "two.ttl"], 2, "2 nodes could be the system, model or parameters"),
        (["--from", "two.ttl", "--id", "https://a.example/x"], 2, "is no system, model or parameters"),
        (["--from", "nothing.ttl"], 3, "nothing to assess"),
        (["--from", "two.ttl", "--name", "S"], 2, "--name is for a template"),
        (["--from", "two.ttl", "--full"], 2, "--full is for a template"),
        (["-o", "missing/osaid.yaml"], 2, "missing/osaid.yaml: cannot be written"),
        (["-o", "two.ttl"], 2, "two.ttl: init writes a manifest, which is YAML"),
        (["--from", "two.ttl", "-o", "osaid.json"], 2, "osaid.json: init writes a manifest, which is YAML"),
        (["--from", "judgements.yaml"], 3, "nothing to describe: judgements alone"),
        (["--from", "two.ttl", "-o", "two.ttl", "--force"], 2, "two.ttl: is an input"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_bad_input_is_told_and_nothing_is_written(
    tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    (tmp_path / "two.ttl").write_text(TWO, "utf-8")
    (tmp_path / "judgements.yaml").write_text(JUDGEMENT, "utf-8")
    (tmp_path / "nothing.ttl").write_text("<https://a.example/x> <https://a.example/p> 1 .\n", "utf-8")
    ran = run(tmp_path, "init", *arguments)
    assert (ran.returncode, ran.stdout) == (code, "")
    assert message in ran.stderr
    assert "\nhelp: " in ran.stderr
    assert "--subject" not in ran.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["judgements.yaml", "nothing.ttl", "two.ttl"]
    assert (tmp_path / "two.ttl").read_text("utf-8") == TWO


def test_a_file_that_is_there_is_written_over_only_with_force(tmp_path: Path) -> None:
    (tmp_path / "osaid.yaml").write_text("mine\n", "utf-8")
    refused = run(tmp_path, "init")
    assert (refused.returncode, (tmp_path / "osaid.yaml").read_text("utf-8")) == (2, "mine\n")
    assert refused.stderr == (
        "error: osaid.yaml: is there already\nhelp: write over it with --force, or choose another place with -o\n"
    )
    assert run(tmp_path, "init", "--force").returncode == 0
    assert (tmp_path / "osaid.yaml").read_text("utf-8").startswith(SCHEMA_LINE)
