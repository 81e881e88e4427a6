"""A folder as an INPUT: which of its files are read, and which are passed over with a word."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from osaid_graph.errors import InputError
from osaid_graph.graph.load import load
from osaid_graph.readers import limits
from osaid_graph.vocab import OSAID

SYSTEM = "system: {id: https://a.example/atlas, name: Atlas}\n"
DATA = "@prefix o: <https://w3id.org/osaid-graph/ont#> .\n<https://a.example/d> a o:Dataset .\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "atlas").mkdir()
    return tmp_path / "atlas"


def names(input_: str = "atlas") -> list[tuple[str, str]]:
    return [(source.name, source.format) for source in load([input_]).sources]


def test_every_file_that_a_reader_recognises_is_read_by_name(folder: Path) -> None:
    (folder / "osaid.yaml").write_text(SYSTEM)
    (folder / "data.ttl").write_text(DATA)
    (folder / "LICENSE").write_text("MIT License\n\nPermission is hereby granted\n")
    (folder / "README.md").write_text("# Atlas\n\nInstall it.\n")
    (folder / "config.json").write_text('{"hidden_size": 4096}')
    (folder / "model.safetensors").write_bytes(b"\0" * 64)
    assert names() == [
        ("atlas/LICENSE", "license-file"),
        ("atlas/data.ttl", "turtle"),
        ("atlas/osaid.yaml", "osaid.yaml"),
    ]
    assert names("atlas/") == names()


def test_a_bill_of_software_beside_a_description_is_no_obstacle(folder: Path) -> None:
    (folder / "osaid.yaml").write_text(SYSTEM)
    (folder / "bom.json").write_text('{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": []}')
    (folder / "old.spdx.json").write_text('{"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT"}')
    assert [format_ for _, format_ in names()] == ["cyclonedx", "spdx3", "osaid.yaml"]


def test_a_folder_inside_and_hidden_files_are_another_matter(folder: Path) -> None:
    (folder / "osaid.yaml").write_text(SYSTEM)
    (folder / ".hidden.yaml").write_text("system: {id: https://a.example/other}\n")
    (folder / "base").mkdir()
    (folder / "base" / "osaid.yaml").write_text("system: {id: https://a.example/other}\n")
    assert names() == [("atlas/osaid.yaml", "osaid.yaml")]


def test_what_a_manifest_of_the_folder_imports_is_read_once(folder: Path) -> None:
    (folder / "osaid.yaml").write_text(SYSTEM + "imports: [a.ttl, deep/b.ttl]\n")
    (folder / "a.ttl").write_text(DATA)
    (folder / "deep").mkdir()
    (folder / "deep" / "b.ttl").write_text(DATA)
    assert names() == [("atlas/a.ttl", "turtle"), ("atlas/osaid.yaml", "osaid.yaml"), ("atlas/deep/b.ttl", "turtle")]


def test_a_link_out_of_the_folder_is_not_followed_and_told(folder: Path) -> None:
    (folder / "osaid.yaml").write_text(SYSTEM)
    (folder.parent / "secret.ttl").write_text(DATA)
    (folder / "data.ttl").symlink_to("../secret.ttl")
    (folder / "gone.ttl").symlink_to("nowhere.ttl")
    release = load(["atlas"])
    assert [source.name for source in release.sources] == ["atlas/osaid.yaml"]
    assert [(note.location.source, note.text) for note in release.remarks] == [
        ("atlas/data.ttl", "not read: a link that leads out of the folder; name the file itself to read it"),
        ("atlas/gone.ttl", "not read: a link that leads nowhere; name the file itself to read it"),
    ]


def test_links_inside_the_folder_and_inside_a_cached_repository_are_followed(folder: Path) -> None:
    cache = folder / "models--acme--atlas"
    (cache / "snapshots" / "abc").mkdir(parents=True)
    (cache / "blobs").mkdir()
    (cache / "blobs" / "1234").write_text(SYSTEM)
    (cache / "snapshots" / "abc" / "osaid.yaml").symlink_to("../../blobs/1234")
    (folder / "a.ttl").write_text(DATA)
    (folder / "b.ttl").symlink_to("a.ttl")
    assert names("atlas") == [("atlas/a.ttl", "turtle")]  # the link is the same document
    assert names("atlas/models--acme--atlas/snapshots/abc") == [
        ("atlas/models--acme--atlas/snapshots/abc/osaid.yaml", "osaid.yaml")
    ]


def test_a_file_that_is_too_large_for_a_description_is_told_and_not_opened(folder: Path) -> None:
    (folder / "osaid.yaml").write_text(SYSTEM)
    with (folder / "shard.json").open("wb") as file:
        file.truncate(limits.MAX_BYTES + 1)
    release = load(["atlas"])
    assert [note.text for note in release.remarks] == [
        "not read: too large for a description; name the file itself to read it"
    ]


def test_a_file_that_cannot_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "osaid.yaml").write_text(SYSTEM)
    (folder / "weights.json").write_text("{}")
    opened = Path.open

    def guarded(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.name == "weights.json":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", guarded)
    assert [note.text for note in load(["atlas"]).remarks] == [
        "not read: cannot be read: Permission denied; name the file itself to read it"
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_what_is_no_file_is_not_opened(folder: Path) -> None:
    (folder / "osaid.yaml").write_text(SYSTEM)
    os.mkfifo(folder / "croissant.json")
    (folder / "codemeta.json").symlink_to("croissant.json")
    (folder / "bom.json").symlink_to("bom.json")
    assert names() == [("atlas/osaid.yaml", "osaid.yaml")]
    assert len(load(["atlas"]).remarks) == 2


def test_a_folder_with_nothing_to_read_is_refused(folder: Path) -> None:
    (folder / "README.md").write_text("# Atlas\n")
    with pytest.raises(InputError, match="a folder with no file that a reader recognises") as error:
        load(["atlas"])
    assert error.value.source == "atlas"
    assert error.value.hint.startswith("osaid-graph init")


@pytest.mark.parametrize("name", ["osaid.yaml", "CITATION.cff", "ro-crate-metadata.json"])
@pytest.mark.parametrize("content", ["", " \n"])
def test_an_empty_file_whose_name_a_format_claims_is_told(folder: Path, name: str, content: str) -> None:
    (folder / name).write_text(content, "utf-8")
    with pytest.raises(InputError, match="the file is empty") as told:
        load(["atlas"])
    assert told.value.source == f"atlas/{name}"


def test_an_empty_file_whose_suffix_alone_is_known_is_passed_over(folder: Path) -> None:
    (folder / "settings.yaml").touch()
    with pytest.raises(InputError, match="a folder with no file that a reader recognises"):
        load(["atlas"])


def test_a_folder_of_shards_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("osaid_graph.graph.folder.MAX_FILES", 3)
    for number in range(4):
        (folder / f"{number}.json").write_text("{}")
    with pytest.raises(InputError, match="a folder of 4 files"):
        load(["atlas"])


def test_a_licence_text_is_evidence_with_its_title(folder: Path) -> None:
    (folder / "osaid.yaml").write_text(SYSTEM)
    (folder / "LICENSE").write_text("\n          Apache License\n     Version 2.0, January 2004\n\n1. ..")
    release = load(["atlas"])
    (node,) = release.graph.subjects(None, OSAID.License)
    said = {(str(p), str(o)) for p, o in release.graph.predicate_objects(node)}
    assert ("http://purl.org/dc/terms/title", "Apache License Version 2.0, January 2004") in said
    assert not list(release.graph.subjects(None, node))
