"""What ships: ``ontology/``, ``shapes/`` and ``data/`` are in the wheel, whole, and are found from it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHIPPED = ("ontology", "shapes", "data")


def test_the_wheel_holds_every_shipped_file(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    packed = {name.removeprefix("osaid_graph/_data/") for name in names if name.startswith("osaid_graph/_data/")}
    on_disk = {
        path.relative_to(ROOT).as_posix()
        for folder in SHIPPED
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == on_disk
    assert "osaid_graph/py.typed" in names


def test_the_wheel_works_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    unpacked = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(unpacked)
    release = tmp_path / "osaid.yaml"
    release.write_text("system: {id: acme/atlas, name: Atlas}\n", "utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r})\n"
        f"sys.argv = ['osaid-graph', 'check', '-q', {str(release)!r}]\n"
        "import osaid_graph; assert osaid_graph.__file__.startswith(sys.path[0]), osaid_graph.__file__\n"
        "from osaid_graph.cli import main; main()"
    )
    ran = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert ran.returncode == 1, ran.stderr
    assert "Atlas (system)" in ran.stdout
