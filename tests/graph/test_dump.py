"""Dumps: what is read of them for one subject, how far memory grows, and what ends in one clear line."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import SHARED
from rdflib import RDF, URIRef

from osaid_graph.errors import InputError, NothingToAssessError, OsaidError, UsageError
from osaid_graph.graph.dump import upstream
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.identity import HUB
from osaid_graph.readers.limits import MAX_LINE
from osaid_graph.vocab import OSAID

DUMPS = SHARED / "hub-2024-07"


def _line(id_: str, *tags: str, **fields: object) -> str:
    return json.dumps({"id": id_, "tags": [*tags, "region:us"], "likes": 0, **fields})


MODELS = [
    _line("acme/atlas", "safetensors", "license:mit", "dataset:acme/webmix", pipeline_tag="text-generation"),
    _line("acme/atlas-lora", "base_model:adapter:acme/atlas", "base_model:adapter:acme/atlas-gguf"),
    _line("acme/atlas-gguf", "gguf", "base_model:quantized:acme/atlas-lora", "base_model:quantized:gone/away"),
    _line("acme/other", "gguf", "base_model:acme/atlas"),
    _line("acme/bare"),
]
DATASETS = [
    _line("acme/webmix", "source_datasets:acme/crawl", "language:en", gated=False),
    _line("acme/crawl", gated=False),
    _line("acme/elsewhere", "format:csv", gated=False),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("models.jsonl").write_text("\n".join(MODELS) + "\n", "utf-8")
    Path("datasets.jsonl.gz").write_bytes(gzip.compress("\n".join(DATASETS).encode(), mtime=0))
    return tmp_path


def _described(release: Release) -> set[str]:
    kinds = (OSAID.Model, OSAID.Dataset)
    return {str(n).removeprefix(HUB) for kind in kinds for n in release.graph.subjects(RDF.type, kind)}


def _refused(*inputs: str, subject: str | None = None, kind: type[OsaidError] = InputError) -> OsaidError:
    with pytest.raises(kind) as raised:
        load(inputs, subject=subject)
    assert raised.value.hint
    assert "\n" not in str(raised.value)
    return raised.value


# -- what is read ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", ["acme/atlas-lora", f"{HUB}acme/atlas-lora", f"{HUB}acme/atlas-lora#parameters"])
def test_a_subject_is_read_with_all_it_was_made_from_and_nothing_else(subject: str) -> None:
    release = load(["models.jsonl", "datasets.jsonl.gz"], subject=subject)
    models = {"acme/atlas-lora", "acme/atlas", "acme/atlas-gguf"}
    assert _described(release) == models | {"datasets/acme/webmix", "datasets/acme/crawl"}
    assert [(s.name, s.format) for s in release.sources] == [
        ("models.jsonl", "hub-list"),
        ("datasets.jsonl.gz", "hub-list"),
    ]


def test_a_dump_is_named_by_the_digest_of_its_file_and_statements_by_their_lines() -> None:
    release = load(["models.jsonl", "datasets.jsonl.gz"], subject="acme/atlas")
    for source in release.sources:
        assert source.sha256 == hashlib.sha256(Path(source.name).read_bytes()).hexdigest()
    place = release.location(URIRef(HUB + "acme/atlas"), RDF.type, OSAID.Model)
    assert place is not None
    assert (place.source, place.line, release.line(place)) == ("models.jsonl", 1, MODELS[0])
    place = release.location(URIRef(HUB + "datasets/acme/crawl"), RDF.type, OSAID.Dataset)
    assert place is not None
    assert (place.source, place.line, release.line(place)) == ("datasets.jsonl.gz", 2, DATASETS[1])
    assert release.sources[1].repairs[0].text.startswith("a record does not tell")
    assert {each.field: each.count for each in release.sources[0].unread} == {
        "likes": 1,
        "pipeline_tag": 1,
        "tags[region:]": 1,
    }


def test_what_other_inputs_describe_is_looked_for() -> None:
    Path("mine.ttl").write_text(
        "@prefix osaid: <https://w3id.org/osaid-graph/ont#> .\n"
        f"<{HUB}me/mine> a osaid:Model ; osaid:derivedFrom <{HUB}acme/other#parameters> .\n"
    )
    release = load(["models.jsonl", "mine.ttl"])
    assert _described(release) == {"me/mine", "acme/other", "acme/atlas"}
    assert _described(load(["models.jsonl", "mine.ttl"], subject="me/mine")) == _described(release)


@pytest.mark.parametrize("word", [None, "model", "system", "parameters"])
def test_the_only_model_needs_no_name(word: str | None) -> None:
    Path("mixed.jsonl").write_text("\n".join([MODELS[0], *DATASETS]))
    assert _described(load(["mixed.jsonl"], subject=word)) == {
        "acme/atlas",
        "datasets/acme/webmix",
        "datasets/acme/crawl",
    }
    Path("bare-models.jsonl").write_text(MODELS[-1])
    assert _described(load(["bare-models.jsonl"], subject=word)) == {"acme/bare"}


def test_an_array_is_read_whole_and_compressed_as_well() -> None:
    Path("models.json.gz").write_bytes(gzip.compress(f"[{','.join(MODELS)}]".encode(), mtime=0))
    release = load(["models.json.gz"])
    assert len(_described(release)) == len(MODELS)
    assert release.sources[0].sha256 == hashlib.sha256(Path("models.json.gz").read_bytes()).hexdigest()


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_standard_input_may_be_a_dump(monkeypatch: pytest.MonkeyPatch, pack: type[bytes]) -> None:
    data = pack("\n".join(MODELS).encode())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    release = load(["-"], subject="acme/other")
    assert _described(release) == {"acme/other", "acme/atlas"}
    assert release.sources[0].sha256 == hashlib.sha256(data).hexdigest()


def test_parts_packed_one_after_the_other_and_padding_are_one_file() -> None:
    parts = [gzip.compress((line + "\r\n").encode(), mtime=0) for line in MODELS]
    Path("models.jsonl.gz").write_bytes(b"".join(parts) + b"\0" * 512)
    assert _described(load(["models.jsonl.gz"], subject="acme/other")) == {"acme/other", "acme/atlas"}


def test_many_empty_parts_before_a_packed_file_do_not_hold_it_up() -> None:
    Path("models.jsonl.gz").write_bytes(
        gzip.compress(b"", mtime=0) * 200_000 + gzip.compress("\n".join(MODELS).encode(), mtime=0)
    )
    started = time.monotonic()
    assert _described(load(["models.jsonl.gz"], subject="acme/other")) == {"acme/other", "acme/atlas"}
    assert time.monotonic() - started < 20


def test_progress_is_told_in_bytes_and_ends_with_all() -> None:
    told: list[tuple[int, int]] = []
    load(
        ["models.jsonl", "datasets.jsonl.gz"],
        subject="acme/atlas",
        progress=lambda read, whole: told.append((read, whole)),
    )
    whole = 2 * sum(Path(name).stat().st_size for name in ("models.jsonl", "datasets.jsonl.gz"))
    assert told == sorted(told)
    assert told[-1] == (whole, whole)


def test_the_way_upstream_ends_in_a_circle() -> None:
    assert upstream(["a"], {"a": ("b", "c#1"), "b": ("a", "a"), "c": ("d",), "x": ("y",)}) == {"a", "b", "c", "d"}


# -- what is not clear -----------------------------------------------------------------------------------------------


def test_one_of_many_models_has_to_be_named() -> None:
    error = _refused("models.jsonl", kind=UsageError)
    assert str(error) == "models.jsonl: 5 models, of which none is named"
    assert error.hint.startswith("name the one to assess with --subject ORG/NAME")
    error = _refused("models.jsonl", "datasets.jsonl.gz", kind=UsageError)
    assert str(error) == "5 models and 3 datasets, of which none is named"


def test_datasets_alone_are_nothing_to_assess() -> None:
    error = _refused("datasets.jsonl.gz", kind=NothingToAssessError)
    assert str(error) == "datasets.jsonl.gz: nothing to assess: 3 datasets"


@pytest.mark.parametrize("subject", ["acme/Atlas", "acme/webmix"])
def test_a_model_that_is_not_there_is_not_guessed(subject: str) -> None:
    error = _refused("models.jsonl", "datasets.jsonl.gz", subject=subject, kind=UsageError)
    assert str(error) == f"no {subject!r} among the 5 models and 3 datasets"


# -- what is broken --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("m.jsonl", b"{}\n{oops}\n", "m.jsonl:2: not valid JSON at column 2"),
        ("m.jsonl", b'{"id": "a/b"}\n\0\0\0\n', "m.jsonl:2: not valid JSON at column 1"),
        (
            "m.jsonl.gz",
            gzip.compress(b'{"id": "a/b"}\n\n{"id": 1 "b"}', mtime=0),
            "m.jsonl.gz:3: not valid JSON at column 10",
        ),
        (
            "m.jsonl.gz",
            gzip.compress(MODELS[0].encode() * 20, mtime=0)[:-9],
            "m.jsonl.gz:1: the gzip file ends too early",
        ),
        ("m.jsonl.gz", gzip.compress(b"{}\n", mtime=0) + b"more", "m.jsonl.gz:2: not valid gzip"),
        ("m.json.gz", gzip.compress(b"[1, 2]" * 99, mtime=0)[:-9], "m.json.gz: the gzip file ends too early"),
        ("m.json.gz", b"\x1f\x8b" + b"\xff" * 99, "m.json.gz: not valid gzip"),
        ("m.jsonl", b'{"id": "' + b"a" * MAX_LINE + b'"}', "m.jsonl:1: a line longer than 16 MiB"),
        ("m.jsonl", b"{}\n" * 3 + b" " * (MAX_LINE + 1), "m.jsonl:4: a line longer than 16 MiB"),
        ("m.jsonl", b"\n" * 3_000_000, "m.jsonl:"),
    ],
)
def test_a_broken_dump_ends_in_one_line(name: str, data: bytes, message: str) -> None:
    Path(name).write_bytes(data)
    assert str(_refused(name, subject="acme/atlas")).startswith(message)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("models.jsonl.gz", "models.jsonl.gz:1: a line longer than 16 MiB"),
        ("models.json.gz", "models.json.gz: larger than 16 MiB, the limit for one description"),
    ],
)
def test_a_gigabyte_of_packed_zeros_ends_at_once(name: str, message: str) -> None:
    Path(name).write_bytes(gzip.compress(bytes(1 << 26), mtime=0) * 16)
    start = time.process_time()
    assert str(_refused(name, subject="acme/atlas")) == message
    assert time.process_time() - start < 2


def test_a_gigabyte_of_packed_line_ends_ends_at_once() -> None:
    Path("models.jsonl.gz").write_bytes(gzip.compress(b"\n" * (1 << 26), mtime=0) * 16)
    start = time.process_time()
    assert "more than 1,000,000 empty lines" in str(_refused("models.jsonl.gz", subject="acme/atlas"))
    assert time.process_time() - start < 3


# -- memory and real dumps -------------------------------------------------------------------------------------------

_MEASURED = """
import gzip, resource, sys
from osaid_graph.graph.load import load
from osaid_graph.graph.packed import lines
from osaid_graph.readers.hub import stream as hub_stream

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

load(["few-models.jsonl"])
before = peak()
with open("many-models.jsonl.gz", "rb") as file:
    count = sum(len(r.statements) > 0 for r in hub_stream.records(lines(file, lambda read: None), "models"))
streamed = peak() - before
release = load(["many-models.jsonl.gz"], subject="org7/model-9")
print(count, streamed, peak() - before, len(release.graph))
"""


def test_memory_does_not_grow_with_a_dump() -> None:
    with gzip.open("many-models.jsonl.gz", "wt", compresslevel=1) as file:
        for number in range(200_000):
            base = f'"base_model:org{number % 97}/model-{number // 2}"' if number % 4 == 0 else '"license:mit"'
            file.write(f'{{"id":"org{number % 97}/model-{number}","tags":["region:us",{base}],"likes":1}}\n')
        file.write('{"id":"org7/model-9","tags":["base_model:org1/model-1"],"likes":1}\n')
    Path("few-models.jsonl").write_text(MODELS[0])
    package = str(Path(__file__).parent.parent.parent)
    ran = subprocess.run(
        [sys.executable, "-c", _MEASURED], capture_output=True, text=True, check=True, env={"PYTHONPATH": package}
    )
    count, streamed, loaded, statements = map(int, ran.stdout.split())
    assert count == 200_001
    assert statements > 3
    assert streamed < 40  # MiB, of which a buffer and the caches of names are the most
    assert loaded < 80  # the ways upstream of 50,000 models


@pytest.mark.skipif(not DUMPS.is_dir(), reason="no dump of the Hub beside the checkout")
def test_a_model_of_the_real_dump_is_read_with_the_forty_it_was_made_from() -> None:
    """Every one of them is the model before with a layer less: the deepest line of descent in the dump."""
    start = time.process_time()
    release = load([str(DUMPS / "models.jsonl.gz")], subject="Citaman/command-r-1-layer")
    assert time.process_time() - start < 60
    layers = {f"Citaman/command-r-{number}-layer" for number in range(1, 40)}
    assert _described(release) == layers | {"CohereForAI/c4ai-command-r-v01"}
    assert release.sources[0].sha256.startswith("65f90b4711cefc03")
