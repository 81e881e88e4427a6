"""The man pages: those of the help as it is, shown without a warning, and where the system looks for them."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tools import generate_man
from tools.command_lines import commands, described

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "man").glob("*.1"))
IDS = [page.name for page in PAGES]
GROFF = ["groff", "-man", "-ww", "-Tutf8", "-P-cbou", "-rLL=200n"]


def test_every_page_is_current() -> None:
    assert generate_man.stale(generate_man.pages()) == [], "python tools/generate_man.py"


def test_a_changed_a_missing_and_a_superfluous_page_are_each_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generate_man, "MAN", tmp_path)
    (tmp_path / "changed.1").write_text("edited by hand\n", "utf-8")
    (tmp_path / "gone.1").write_text("no command any more\n", "utf-8")
    (tmp_path / "kept.1").write_text("kept\n", "utf-8")
    wrong = generate_man.stale({"changed.1": "a\n", "missing.1": "b\n", "kept.1": "kept\n"})
    assert wrong == ["changed.1", "gone.1", "missing.1"]


def test_there_is_a_page_for_each_command_and_no_other() -> None:
    assert sorted(f"{path.replace(' ', '-')}.1" for path, _ in commands()) == IDS


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="no mandoc here")
@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_mandoc_has_nothing_to_warn_of(page: Path) -> None:
    checked = ["mandoc", "-T", "lint", "-W", "warning", str(page)]
    ran = subprocess.run(checked, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("groff") is None, reason="no groff here")
@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_groff_shows_all_of_the_help_without_a_warning(page: Path) -> None:
    ran = subprocess.run([*GROFF, str(page)], capture_output=True, encoding="utf-8", check=True)
    assert ran.stderr == ""
    shown = " ".join(ran.stdout.split())
    (command,) = (each for each in described() if f"{each.path.replace(' ', '-')}.1" == page.name)
    texts = [*command.paragraphs, *(text for row in (*command.options, *command.commands) for text in row)]
    assert [text for text in texts if " ".join(text.split()) not in shown] == []
    lines = [line.strip() for example in command.examples for line in example.split("\n")]
    assert [line for line in lines if " ".join(line.split()) not in shown] == []


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_a_page_has_the_sections_that_man_pages_have_in_their_order(page: Path) -> None:
    found = re.findall(r'^\.SH "?([A-Z ]+?)"?$', page.read_text("utf-8"), re.MULTILINE)
    order = ["NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "EXAMPLES", "EXIT STATUS", "ENVIRONMENT"]
    assert found == [each for each in [*order, "SEE ALSO"] if each in found]
    assert set(found) >= {*order, "SEE ALSO"} - {"COMMANDS"}


def test_what_a_page_refers_to_is_a_page() -> None:
    for page in PAGES:
        named = re.findall(r"^\.BR (\S+) \(1\)", page.read_text("utf-8"), re.MULTILINE)
        assert named
        assert {f"{name}.1".replace("\\-", "-") for name in named} <= set(IDS)


def test_the_wheel_brings_the_pages_to_where_man_looks(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert sorted(Path(name).name for name in names if ".data/data/share/man/man1/" in name) == IDS
