"""The GitHub Action and the pre-commit hook: valid, and what their steps do is what ``check`` does.

The shell steps of ``action.yml`` are run by bash as GitHub runs them, with the environment that it would set. The step
that installs is left out: it needs a package index, and what it installs stands in its place.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
RELEASE = "data/releases/bloom-176b.yaml"
#: How GitHub calls bash for a step of ``shell: bash``.
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
needs_bash = pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="needs bash")


def action() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    return found


def steps() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = action()["runs"]["steps"]
    return found


@dataclass(frozen=True)
class Ran:
    """What the steps left behind: the code of the last, the outputs by step, the log, and the summary of the job."""

    code: int
    outputs: dict[str, dict[str, str]]
    log: str
    summary: str


class Runner:
    """Runs the shell steps in a folder that stands for the workspace."""

    def __init__(self, folder: Path) -> None:
        self.workspace, self.temp = folder / "work space", folder / "temp"
        self.bin = self.temp / "osaid-graph" / "bin"
        for each in (self.workspace, self.bin):
            each.mkdir(parents=True)
        python = shlex.quote(sys.executable)
        self._program("osaid-graph", f'exec {python} -m osaid_graph "$@"')
        self._program("python", f'exec {python} "$@"')

    def _program(self, name: str, line: str) -> None:
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        path.chmod(0o755)

    def run(self, **given: str) -> Ran:
        inputs = {name: str(each.get("default", "")) for name, each in action()["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        outputs: dict[str, dict[str, str]] = {"install": {"bin": str(self.bin)}}
        summary = self.temp / "summary.md"
        summary.write_text("", "utf-8")
        code, log = 0, []
        for step in steps():
            if "run" not in step or step.get("id") == "install" or (code and step.get("if") != "always()"):
                continue
            output = self.temp / "output"
            output.write_text("", "utf-8")
            environment = {
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "PYTHONUTF8": "1",
                "SOURCE_DATE_EPOCH": "1795392000",
                "RUNNER_TEMP": str(self.temp),
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_WORKSPACE": str(self.workspace),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(summary),
                **{name: _expanded(text, inputs, outputs) for name, text in step["env"].items()},
            }
            script = self.temp / "step.sh"
            script.write_text(step["run"], "utf-8")
            ran = subprocess.run(
                [*BASH, str(script)],
                cwd=self.workspace,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                check=False,
                timeout=240,
            )
            log.append(ran.stdout)
            code = code or ran.returncode
            if "id" in step:
                told = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())
                outputs[step["id"]] = told
        return Ran(code, outputs, "".join(log), summary.read_text("utf-8"))


def _expanded(text: str, inputs: dict[str, str], outputs: dict[str, dict[str, str]]) -> str:
    """Return a value of ``env`` with its expressions as GitHub would evaluate those that stand in the file."""

    def value(found: re.Match[str]) -> str:
        match found[1].split("."):
            case ["inputs", name]:
                return inputs[name]
            case ["steps", id_, "outputs", name]:
                return outputs.get(id_, {}).get(name, "")
        raise AssertionError(f"an expression that no test evaluates: {found[0]}")

    return EXPRESSION.sub(value, text)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    made = Runner(tmp_path)
    shutil.copytree(ROOT / "data" / "releases", made.workspace / "data" / "releases")
    return made


def checked(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``check`` itself, as a person would."""
    environment = {"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1795392000", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "osaid_graph", "check", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=120)


# -- the files are what they should be -------------------------------------------------------------------------------


def _module(name: str, *arguments: str) -> None:
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"needs {name.replace('_', '-')}")
    ran = subprocess.run(
        [sys.executable, "-m", name, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_action_fits_the_schema_of_actions() -> None:
    _module("check_jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")


def test_the_hooks_are_those_of_pre_commit() -> None:
    _module("pre_commit", "validate-manifest", ".pre-commit-hooks.yaml")


def test_no_expression_stands_in_a_script_and_every_input_is_used() -> None:
    scripts = [step["run"] for step in steps() if "run" in step]
    assert len(scripts) == 3
    assert [script for script in scripts if EXPRESSION.search(script)] == []
    told = json.dumps([{key: value for key, value in step.items() if key != "run"} for step in steps()])
    used = set(re.findall(r"inputs\.([\w-]+)", told + json.dumps(action()["outputs"])))
    assert used == set(action()["inputs"])


def test_every_variable_of_a_script_is_set_by_its_step_or_by_github() -> None:
    for step in (step for step in steps() if "run" in step):
        named = set(re.findall(r"\$\{?([A-Z][A-Z_]+)", step["run"]))
        assert named - set(step.get("env", {})) <= {
            *("RUNNER_TEMP", "GITHUB_ACTION_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"),
        }


# -- the steps do what check does ------------------------------------------------------------------------------------


@needs_bash
def test_the_steps_leave_the_reports_and_the_exit_code_of_check(runner: Runner) -> None:
    ran = runner.run(paths=RELEASE, args="--date\n2026-11-23")
    sarif = checked(runner.workspace, RELEASE, "-F", "sarif")
    markdown = checked(runner.workspace, RELEASE, "-F", "markdown")
    text = checked(runner.workspace, RELEASE, "--color", "always")
    assert ran.code == sarif.returncode == 1
    assert (runner.workspace / "osaid-graph.sarif").read_bytes() == sarif.stdout
    assert ran.summary == markdown.stdout.decode()
    assert text.stdout.decode() in ran.log
    assert ran.outputs["check"]["exit-code"] == "1"
    assert json.loads(Path(ran.outputs["check"]["upload"]).read_text("utf-8")) == json.loads(sarif.stdout)


@needs_bash
def test_gaps_that_the_baseline_knows_do_not_fail_and_what_is_gone_is_not_uploaded(runner: Runner) -> None:
    report = json.loads(checked(runner.workspace, RELEASE, "-F", "json").stdout)
    report["findings"].append(report["findings"][0] | {"id": "0123456789ab"})
    (runner.workspace / "before.json").write_text(json.dumps(report), "utf-8")
    ran = runner.run(paths=RELEASE, baseline="before.json", sarif_file="out.sarif")
    assert (ran.code, ran.outputs["check"]["exit-code"]) == (0, "0")
    whole = json.loads((runner.workspace / "out.sarif").read_text("utf-8"))["runs"][0]["results"]
    uploaded = json.loads(Path(ran.outputs["check"]["upload"]).read_text("utf-8"))["runs"][0]["results"]
    states = [result["baselineState"] for result in whole]
    assert states.count("absent") == 1
    assert uploaded == [result for result in whole if result["baselineState"] != "absent"]


@needs_bash
def test_gaps_need_not_fail_the_step_and_what_cannot_be_read_does(runner: Runner) -> None:
    assert runner.run(paths=RELEASE, fail="false").code == 0
    ran = runner.run(paths="none.yaml", fail="false")
    assert (ran.code, ran.outputs["check"]) == (3, {"exit-code": "3"})
    assert "none.yaml" in ran.log
    assert ran.summary == ""
    assert runner.run(paths=RELEASE, terms="no-such-policy").code == 2


@needs_bash
def test_no_value_of_an_input_is_run_or_taken_for_an_option(runner: Runner) -> None:
    attack = '$(touch "owned") `touch owned`; touch owned #'
    for name in ("paths", "subject", "definition", "terms", "baseline", "sarif_file"):
        values = {"paths": RELEASE} | {name: attack}
        ran = runner.run(**values)
        assert ran.code in (1, 2, 3), name
    assert runner.run(paths="--exit-zero").code == 3
    assert not list(runner.workspace.rglob("owned"))


@needs_bash
def test_several_paths_are_read_together(runner: Runner) -> None:
    shutil.copytree(ROOT / "data" / "reviews", runner.workspace / "data" / "reviews")
    both = ["data/releases/pythia-12b.yaml", "data/reviews/osi-2024/pythia-12b.yaml"]
    ran = runner.run(paths="\n".join(both) + "\n")
    assert (ran.code, checked(runner.workspace, *both).returncode) == (0, 0)


# -- the hook --------------------------------------------------------------------------------------------------------


def hook() -> dict[str, Any]:
    (found,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return dict(found)


def test_the_hook_runs_on_manifests_and_is_the_command() -> None:
    runs_on = re.compile(hook()["files"])
    files = ["osaid.yaml", "models/a/osaid.yaml", "my-osaid.yaml", "osaid.yaml.txt", "README.md"]
    assert [file for file in files if runs_on.search(file)] == ["osaid.yaml", "models/a/osaid.yaml"]
    assert hook()["entry"] == "osaid-graph check"


def test_the_arguments_of_the_hook_check_the_manifest(tmp_path: Path) -> None:
    (tmp_path / "osaid.yaml").write_text("system: {id: acme/atlas, name: Atlas}\n", "utf-8")
    ran = checked(tmp_path, *hook()["args"])
    assert ran.returncode == 1
    assert ran.stdout.startswith(b"Atlas (system), assessed against")


@pytest.mark.skipif(
    not os.environ.get("OSAID_GRAPH_TRY_REPO"),
    reason="pre-commit installs from a package index: OSAID_GRAPH_TRY_REPO=1",
)
def test_pre_commit_runs_the_hook_of_this_checkout(tmp_path: Path) -> None:
    (tmp_path / "osaid.yaml").write_text("system: {id: acme/atlas, name: Atlas}\n", "utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "osaid.yaml"], cwd=tmp_path, check=True)
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "osaid-graph", "--all-files", "--verbose"]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment["PRE_COMMIT_HOME"] = str(tmp_path / "home")
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "Atlas (system), assessed against" in ran.stdout
