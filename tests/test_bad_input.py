"""Bad input through the command line: one clear line, the next step, exit 3 or 2, and nothing else.

What every reader refuses in detail is in ``readers/``; here is what a person, clumsy or hostile, gets to see.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from osaid_graph.cli import main
from osaid_graph.readers.limits import MAX_BYTES

ROOT = Path(__file__).parent.parent
SYSTEM = "system: {id: acme/atlas, name: Atlas}\n"
CONTEXT = "https://w3id.org/osaid-graph/context.jsonld"
TURTLE = "@prefix osaid: <https://w3id.org/osaid-graph/ont#> .\n"


JUDGED = ("--requirement", "data-info-sufficient", "--outcome", "met", "--by", "Ada", "--reason", "r")


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The line that says what is wrong."""
        return self.err.splitlines()[0].removeprefix("error: ")


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the command in an empty folder, with files made of texts or bytes by name."""
    monkeypatch.chdir(tmp_path)

    def _run(*arguments: str, files: dict[str, str | bytes] | None = None, stdin: bytes = b"") -> Ran:
        for name, content in (files or {}).items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        monkeypatch.setattr(sys, "argv", ["osaid-graph", *arguments])
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        return Ran(left.value.code if isinstance(left.value.code, int) else -1, captured.out, captured.err)

    return _run


def _names() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def _is_clear(ran: Ran, code: int = 3) -> None:
    lines = ran.err.splitlines()
    assert ran.code == code, ran
    assert ran.out == ""
    assert len(lines) == 2, ran.err
    assert lines[0].startswith("error: ")
    assert lines[1].startswith("help: ")
    assert all(line.isprintable() for line in lines)
    assert len(lines[0]) < 400
    assert "Traceback" not in ran.err


# -- the content of a file -------------------------------------------------------------------------------------------

LAUGHS = "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
#: What it is -> (file name, content, what the message starts with after the file name, a part of the rest).
BAD: dict[str, tuple[str, str | bytes, str, str]] = {
    "broken YAML": ("a.yaml", SYSTEM + "code: [\n  {roles: [training]\n", ":3: not valid YAML", ""),
    "YAML with a tab": ("a.yaml", SYSTEM + "parameters:\n\tname: P\n", ":3: not valid YAML", ""),
    "two YAML documents": ("a.yaml", SYSTEM + "---\n" + SYSTEM, ":2: more than one YAML document", ""),
    "a list": ("a.yaml", "- a\n", ":1: a manifest is a block of keys, found a list", ""),
    "an unknown key": ("a.yaml", SYSTEM + "licence: MIT\n", ":2: unknown key 'licence' in the manifest", ""),
    "a misspelt role": (
        "a.yaml",
        SYSTEM + "code:\n  - {roles: [trainning]}\n",
        ":3: 'roles' cannot be 'trainning'",
        "",
    ),
    "a misspelt kind of document": (
        "a.yaml",
        SYSTEM + "documents:\n  - {roles: [modelcard]}\n",
        ":3: 'roles' cannot be 'modelcard'",
        "",
    ),
    "a document without roles": (
        "a.yaml",
        SYSTEM + "documents:\n  - {document: https://a.example}\n",
        ":3: an entry of 'documents' has no 'roles'",
        "",
    ),
    "a document as an address": (
        "a.yaml",
        SYSTEM + "documents: https://a.example\n",
        ":2: an entry of 'documents' must be a block of keys, found a text",
        "",
    ),
    "a duplicate key": ("a.yaml", SYSTEM + SYSTEM, ":2: duplicate key 'system' (first on line 1)", ""),
    "anchors that explode": ("a.yaml", LAUGHS, ":7: YAML aliases expand to more than 1,000,000 values", ""),
    "an anchor in itself": ("a.yaml", SYSTEM + "code: &a [*a]\n", ":2: YAML alias *a contains itself", ""),
    "a tag": ("a.yaml", "system: !!python/name:os.system x\n", ":1: YAML tag", "is not accepted"),
    "an IRI in YAML": ("a.yaml", SYSTEM + "training-data: 'https://a b'\n", ":2: 'training-data': invalid IRI", "' '"),
    "a control character in YAML": ("a.yaml", SYSTEM + "# \x1b[2J\n", ":2: not valid YAML: a control character", ""),
    "deep YAML": ("a.yaml", SYSTEM + "code: " + "[" * 9999, ":2: nested deeper than 64 levels", ""),
    "a judgement without reason": (
        "a.yaml",
        SYSTEM + "judgements:\n  - {requirement: params-terms, outcome: met, by: A, date: 2024-01-01,\n"
        "     definition: 1.0-rc1}\n",
        ":3: a judgement has no 'reason'",
        "",
    ),
    "a judgement without date": (
        "a.yaml",
        SYSTEM + "judgements:\n  - {requirement: params-terms, outcome: met, by: A, reason: b, definition: 1.0-rc1}\n",
        ":3: a judgement has no 'date'",
        "",
    ),
    "a judgement of nothing known": (
        "a.yaml",
        SYSTEM + "judgements:\n  - {requirement: params-trems, outcome: met, by: A, date: 2024-01-01, reason: b,\n"
        "     definition: 1.0-rc1}\n",
        ":3: a judgement of unknown requirement 'params-trems'",
        "",
    ),
    "a judgement of tomorrow": (
        "a.yaml",
        SYSTEM + "judgements:\n  - {requirement: params-terms, outcome: met, by: A, date: 2126-01-01, reason: b,\n"
        "     definition: 1.0-rc1}\n",
        ":3: a judgement dated in the future: 2126-01-01",
        "",
    ),
    "a judgement in Turtle without reason": (
        "a.ttl",
        TURTLE + "<http://e/s> a osaid:AISystem .\n[ a osaid:Judgement ] .\n",
        ":3: a judgement has no requirement",
        "",
    ),
    "Turtle with a mistake on line 7": (
        "a.ttl",
        TURTLE + "<http://e/s> a\n\n osaid:AISystem ;\n osaid:license\n '''\n MIT ''' ; osaid:scope , .\n",
        ":7: Turtle syntax error",
        "at ', .'",
    ),
    "Turtle that never ends": ("a.ttl", TURTLE + "<http://e/s> a osaid:AISystem\n\n\n", ":2: Turtle syntax error", ""),
    "an unbound prefix": (
        "a.ttl",
        "\n<http://e/s> a osaid:AISystem .\n",
        ':2: Turtle syntax error: Prefix "osaid:"',
        "",
    ),
    "an IRI in Turtle": ("a.ttl", TURTLE + "<http://e/s> a <http://e/a b> .\n", ":2: invalid IRI", "character ' '"),
    "an IRI in TriG": ("a.trig", "<http://e/{> { <http://e/s> a <http://e/s> }\n", ":1: invalid IRI", "character '{'"),
    "deep Turtle": (
        "a.ttl",
        TURTLE + "<http://e/s> <http://e/p> " + "[ <http://e/q> " * 5000,
        ":2: Turtle is nested",
        "",
    ),
    "a number without end": (
        "a.ttl",
        "<http://e/s> <http://e/p> '1E999999999'^^<http://www.w3.org/2001/XMLSchema#decimal> .",
        ":1: not an xsd:decimal",
        "",
    ),
    "an IRI in N-Quads": ("a.nq", "\n<http://e/s> <http://e/p> <http://e/a b> .\n", ":2: not an N-Quads statement", ""),
    "an escaped IRI in N-Quads": ("a.nq", "<http://e/\\u0020> <http://e/p> <http://e/a> .\n", ":1: invalid IRI", "' '"),
    "broken JSON": ("a.jsonld", '{\n"a": 1\n"b": 2}', ":3: not valid JSON", ""),
    "a duplicate key in JSON": ("a.json", '{"a": 1,\n "b": {},\n "a": 2}', ":3: duplicate key 'a'", ""),
    "a context elsewhere": (
        "a.jsonld",
        '{"@context": "https://contexts.example.org"}',
        ":1: unknown JSON-LD context",
        "contexts.example.org",
    ),
    "an IRI in JSON-LD": ("a.jsonld", '{"@id": "http://e/s",\n "@type": "http://e/<"}', ":2: invalid IRI", "'<'"),
    "a relative IRI in JSON-LD": ("a.jsonld", '[{"http://e/p":\n {"@id": "a b"}}]', ":2: invalid IRI 'a b'", ""),
    "deep JSON": ("a.json", "[" * 50_000, ": JSON is nested deeper than 64 levels", ""),
    "an empty file": ("a.yaml", "", ": the file is empty", ""),
    "a file of blanks": ("a.ttl", " \n\t\n", ": the file is empty", ""),
    "a file of one comment": ("a.yaml", "# nothing yet\n", ": the file is empty", ""),
    "a file of a byte order mark": ("a.yaml", b"\xef\xbb\xbf", ": the file is empty", ""),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ": a binary file", ""),
    "a picture called YAML": ("a.yaml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ":3: not a text: it holds a NUL byte", ""),
    "UTF-16": ("a.yaml", SYSTEM.encode("utf-16"), ":1: the text is UTF-16 or UTF-32, not UTF-8", ""),
    "Latin-1 in the middle": ("a.yaml", SYSTEM.encode() + b"# caf\xe9\n", ":2: not UTF-8: byte 0xe9 at offset 43", ""),
    "Latin-1 in Turtle": ("a.ttl", TURTLE.encode() + b"# caf\xe9\n", ":2: not UTF-8: byte 0xe9", ""),
    "a NUL byte": ("a.yaml", SYSTEM.encode() + b"# \0\n", ":2: not a text: it holds a NUL byte", ""),
    "an escaped NUL": ("a.yaml", SYSTEM + 'imports: ["a\\0b.yaml"]\n', ":2: an escape for a character", ""),
    "a web page": ("a.html", "<html><body>hello</body></html>\n", ": no reader recognises this file", ""),
    "a letter": ("a.txt", "Dear reader,\n", ": no reader recognises this file", ""),
    "two formats at once": ("a", SYSTEM + TURTLE, ": this could be osaid.yaml or turtle", ""),
    "no system": ("a.yaml", "training-data: [acme/web]\n", ":1: 'training-data' belongs to no release", ""),
    "an import from above": (
        "a.yaml",
        SYSTEM + "imports: [../b.yaml]\n",
        ":2: import '../b.yaml' leaves the folder",
        "",
    ),
    "an import from the root": ("a.yaml", SYSTEM + "imports: [/etc/passwd]\n", ":2: import '/etc/passwd'", "absolute"),
    "an import from the net": ("a.yaml", SYSTEM + "imports: [https://a/b.yaml]\n", ":2: import", "nothing is fetched"),
    "an import of nothing": ("a.yaml", SYSTEM + "imports: [b.yaml]\n", ":2: import 'b.yaml': no such file", ""),
}


@pytest.mark.parametrize(("name", "content", "start", "part"), BAD.values(), ids=BAD)
def test_bad_content_gives_one_clear_line(run: Run, name: str, content: str | bytes, start: str, part: str) -> None:
    before = time.perf_counter()
    ran = run("check", name, "-o", "out.txt", files={name: content})
    _is_clear(ran)
    assert ran.error.startswith(name + start)
    assert part in ran.error
    assert _names() == [name]
    assert time.perf_counter() - before < 5


def test_the_nearest_word_is_named(run: Run) -> None:
    ran = run("check", "a.yaml", files={"a.yaml": SYSTEM + "code: [{roles: [trainning]}]\n"})
    assert "help: did you mean 'training'? known here: architecture, data-processing" in ran.err
    ran = run("check", "a.yaml", files={"a.yaml": SYSTEM + "paramters: {}\n"})
    assert "help: did you mean 'parameters'?" in ran.err


def test_a_file_that_was_written_before_stays_as_it_was(run: Run) -> None:
    ran = run("check", "a.yaml", "-o", "out.txt", files={"a.yaml": "- x\n", "out.txt": "the old report\n"})
    _is_clear(ran)
    assert Path("out.txt").read_text() == "the old report\n"
    assert _names() == ["a.yaml", "out.txt"]


def test_one_bad_input_among_good_ones_stops_all(run: Run) -> None:
    ran = run("check", "a.yaml", "b.ttl", "-F", "json", files={"a.yaml": SYSTEM, "b.ttl": "<http://e/s> .\n"})
    _is_clear(ran)
    assert ran.error.startswith("b.ttl:1: ")


# -- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing.yaml", "missing.yaml: no such file"),
        ("folder", "folder: a folder with no file that a reader recognises"),
        ("a.yaml/b.yaml", "a.yaml/b.yaml: cannot be read: Not a directory"),
        ("round.yaml", "round.yaml: cannot be read"),
        ("missing\x1b[31m.yaml", "missing\\x1b[31m.yaml: no such file"),
        (os.fsdecode(b"missing\xff.yaml"), "missing\\xff.yaml: no such file"),
        ("", "an empty file name"),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_clear_line(run: Run, name: str, words: str) -> None:
    Path("folder").mkdir()
    Path("round.yaml").symlink_to("round.yaml")
    ran = run("check", name, files={"a.yaml": SYSTEM})
    _is_clear(ran)
    assert words in ran.error


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("releases/bloom.yaml", "did you mean releases/bloom-176b.yaml?"),
        ("releases/BLOOM-167b.yml", "did you mean releases/bloom-176b.yaml?"),
        ("releases/olmo.yaml", "check the name"),  # both of them begin so
        ("releases/notes.txt", "check the name"),
        ("nowhere/bloom.yaml", "check the name"),
    ],
)
def test_of_a_file_that_is_not_there_the_nearest_is_named(run: Run, name: str, hint: str) -> None:
    Path("releases").mkdir()
    for stem in ("bloom-176b", "olmo-1-7b-hf", "olmo-2-32b-base"):
        Path(f"releases/{stem}.yaml").write_text(SYSTEM)
    Path("releases/notes-old.log").touch()
    ran = run("check", name)
    _is_clear(ran)
    assert ran.err.splitlines()[1] == f"help: {hint}"


def test_neither_a_folder_nor_a_link_that_leads_nowhere_is_named_as_the_nearest(run: Run) -> None:
    Path("bloom-176b.yaml").mkdir()
    Path("bloom-7b1.yaml").symlink_to("nowhere")
    ran = run("check", "bloom-7b.yaml")
    _is_clear(ran)
    assert ran.err == "error: bloom-7b.yaml: no such file\nhelp: check the name\n"
    Path("bloom-1b7.yaml").write_text(SYSTEM)
    assert run("check", "bloom-7b.yaml").err.splitlines()[1] == "help: did you mean bloom-1b7.yaml?"


def test_a_link_that_leads_nowhere_is_told_as_one(run: Run) -> None:
    Path("a.yaml").symlink_to("nowhere.yaml")
    ran = run("check", "a.yaml")
    _is_clear(ran)
    assert ran.err == "error: a.yaml: a link that leads nowhere\nhelp: name the file itself\n"


def test_the_nearest_is_named_in_one_line_whatever_bytes_it_has(run: Run) -> None:
    Path(os.fsdecode(b"bloom\n\xff.yaml")).write_text(SYSTEM)
    ran = run("check", "bloom.yaml")
    _is_clear(ran)
    assert ran.err.splitlines()[1] == r"help: did you mean bloom\n\xff.yaml?"


def test_in_a_folder_of_too_many_files_no_nearest_is_looked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("bloom-176b.yaml").write_text(SYSTEM)
    assert run("check", "bloom.yaml").err.splitlines()[1] == "help: did you mean bloom-176b.yaml?"
    monkeypatch.setattr("osaid_graph.graph.folder.MAX_FILES", 0)
    assert run("check", "bloom.yaml").err.splitlines()[1] == "help: check the name"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_gives_one_clear_line(run: Run) -> None:
    Path("a.yaml").write_text(SYSTEM)
    Path("a.yaml").chmod(0)
    ran = run("check", "a.yaml")
    _is_clear(ran)
    assert ran.error == "a.yaml: cannot be read: Permission denied"


def test_a_file_over_the_limit_gives_one_clear_line_at_once(run: Run) -> None:
    with Path("big.yaml").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    before = time.perf_counter()
    ran = run("check", "big.yaml")
    _is_clear(ran)
    assert ran.error == "big.yaml: larger than 16 MiB, the limit for one description"
    assert time.perf_counter() - before < 5


def test_standard_input_is_held_to_the_same_limits(run: Run) -> None:
    for stdin, words in (
        (b"x" * (MAX_BYTES + 1), "<stdin>: larger than 16 MiB"),
        (b"", "<stdin>: the file is empty"),
        (b"\x7fELF\0\0", "<stdin>: a binary file"),
        (b"imports: [a.yaml]\n" + SYSTEM.encode(), "<stdin>:1: imports need a file to start from"),
        (SYSTEM.encode() + b"code: x\n", "<stdin>:2: an entry of 'code' must be a block of keys"),
    ):
        ran = run("check", "-", stdin=stdin)
        _is_clear(ran)
        assert ran.error.startswith(words)


# -- usage -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words", "listed"),
    [
        (("--subject", "acme/other"), "'acme/other' is no system, model or parameters", "huggingface.co/acme/atlas"),
        (("--subject", "model"), "no model of this release is described", "huggingface.co/acme/atlas"),
        (("--subject", "https://a b"), "invalid IRI", "%20"),
        (("--terms", "lenient"), "lenient", "osd-conformant"),
        (("--definition", "2.0"), "no version '2.0' of the definition", "1.0-rc1"),
        (("--definition", "1.0rc1"), "no version '1.0rc1' of the definition", "did you mean 1.0-rc1?"),
        (("--definition", "nope/profile"), "nope/profile: no such folder", "versions: 1.0, 1.0-rc1"),
        (("--definition", "./a.yaml"), "./a.yaml: a file, not the folder of a profile", "give its folder: ."),
        (("--from", "docx"), "no reader for format 'docx'", "osaid.yaml, turtle, n-quads, json-ld, rdf-xml"),
        (("--date", "yesterday"), "--date 'yesterday' is not a date", "YYYY-MM-DD"),
        (("-o", "nowhere/out.txt"), "nowhere/out.txt", "--output"),
    ],
)
def test_wrong_usage_exits_with_two_and_lists_what_there_is(
    run: Run, arguments: tuple[str, ...], words: str, listed: str
) -> None:
    ran = run("check", "a.yaml", *arguments, files={"a.yaml": SYSTEM})
    _is_clear(ran, code=2)
    assert words in ran.error
    assert listed in ran.err
    assert _names() == ["a.yaml"]


@pytest.mark.parametrize(
    ("arguments", "words", "hint"),
    [
        (("check",), "missing argument 'INPUT...'", "osaid-graph check --help"),
        (("chekc", "a.yaml"), "no command 'chekc'", "did you mean check?"),
        (("frobnicate",), "no command 'frobnicate'", "commands: check, explain"),
        (("check", "a.yaml", "--wrong"), "no such option", "osaid-graph check --help"),
        (("check", "a.yaml", "--formt", "json"), "no such option", "did you mean --format"),
        (("--wrong",), "no such option", "osaid-graph --help"),
        (("check", "a", "-F", "x"), "'x' is not one of 'text', 'json', 'turtle'", "osaid-graph check --help"),
        (("check", "a", "-F"), "option '-F' requires an argument", "osaid-graph check --help"),
        (("explain", "a", "b"), "unexpected extra argument (b)", "osaid-graph explain --help"),
    ],
)
def test_options_that_do_not_exist_are_one_clear_line(
    run: Run, arguments: tuple[str, ...], words: str, hint: str
) -> None:
    ran = run(*arguments)
    _is_clear(ran, code=2)
    assert words in ran.error
    assert hint in ran.err


def test_a_forced_format_reads_no_other(run: Run) -> None:
    ran = run("check", "a.yaml", "--from", "json-ld", files={"a.yaml": SYSTEM})
    _is_clear(ran)
    assert ran.error.startswith("a.yaml:1: not valid JSON")


def test_two_systems_are_listed_to_choose_from(run: Run) -> None:
    ran = run("check", "a.yaml", "b.yaml", files={"a.yaml": SYSTEM, "b.yaml": "system: {id: acme/boreas}\n"})
    _is_clear(ran, code=2)
    assert "acme/atlas" in ran.err
    assert "acme/boreas" in ran.err


# -- nothing to assess is never a pass -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", "datasets: [{id: acme/web}]\n"),
        ("a.yaml", "source: https://a.example\n"),
        ("a.yaml", "judgements:\n"),
        ("a.ttl", "# nothing\n"),
        ("a.ttl", TURTLE),
        ("a.ttl", TURTLE + "<http://e/s> a osaid:Dataset .\n"),
        ("a.ttl", "<http://e/s> a <https://schema.org/SoftwareApplication> .\n"),
        ("a.nq", "# nothing\n"),
        ("a.json", "{}"),
        ("a.json", "[]"),
        ("a.json", '{"bomFormat": "CycloneDX", "components": []}'),
        ("bom.json", '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "library"}]}'),
        ("a.spdx.json", '{"spdxVersion": "SPDX-2.3", "packages": [{"name": "a"}]}'),
        ("a.spdx.json", '{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": []}'),
    ],
)
@pytest.mark.parametrize("options", [(), ("--exit-zero",), ("-F", "json"), ("-q",)])
def test_nothing_to_assess_exits_with_three(run: Run, name: str, content: str, options: tuple[str, ...]) -> None:
    ran = run("check", name, *options, files={name: content})
    _is_clear(ran)
    assert "nothing to assess" in ran.error or "belongs to no release" in ran.error


JUDGEMENT = (
    "judgements: [{subject: acme/atlas, requirement: data-info-sufficient, outcome: met, by: Ada, date: 2024-01-01,"
    " definition: 1.0-rc1, reason: r}]\n"
)
DATASET = "datasets: [{id: acme/web}]\n"


@pytest.mark.parametrize(
    ("text", "holds", "missing"),
    [
        (JUDGEMENT, "judgements alone", "name the description of what they judge"),
        (DATASET, "datasets alone", "name the description of what was trained on them"),
        (DATASET + JUDGEMENT, "datasets and judgements alone", "name the description of what was trained on them"),
    ],
)
def test_what_is_there_and_what_is_missing_is_told(run: Run, text: str, holds: str, missing: str) -> None:
    ran = run("check", "a.yaml", files={"a.yaml": text})
    _is_clear(ran)
    assert ran.error.startswith(f"a.yaml: nothing to assess: {holds}")
    assert missing in ran.err
    for command in (("diff", "a.yaml", "a.yaml"), ("judge", "a.yaml", *JUDGED)):
        assert holds in run(*command).error


@pytest.mark.parametrize("report", ["json", "turtle"])
def test_a_report_is_no_description(run: Run, report: str) -> None:
    name = {"json": "report.json", "turtle": "report.ttl"}[report]
    run("check", "a.yaml", "-F", report, "-o", name, files={"a.yaml": SYSTEM})
    ran = run("check", name)
    _is_clear(ran)
    assert "nothing to assess: a report" in ran.error
    assert "that it was made from" in ran.err


def test_what_is_wrong_with_json_is_told_with_its_column_and_what_to_do(run: Run) -> None:
    ran = run("check", "a.json", files={"a.json": '{\n  "a": 1,\n  b: 2}'})
    _is_clear(ran)
    assert ran.error.startswith("a.json:3: not valid JSON at column 3: Expecting property name")
    assert "write the key in double quotes" in ran.err


def test_an_address_is_not_fetched(run: Run) -> None:
    ran = run("check", "https://huggingface.co/x/y")
    _is_clear(ran)
    assert "an address, not a file: nothing is fetched" in ran.error
    assert "download the file first" in ran.err


def test_a_folder_that_holds_no_description_says_how_to_start_one(run: Run) -> None:
    assert "osaid-graph init" in run("check", ".").err


def test_an_import_that_is_not_there_tells_where_it_was_looked_for(run: Run) -> None:
    ran = run("check", "up/a.yaml", files={"up/a.yaml": SYSTEM + "imports: [b.yaml]\n"})
    _is_clear(ran)
    assert "imports are relative to the file that imports, so it was looked for in the folder up" in ran.err


# -- what is odd but no error ----------------------------------------------------------------------------------------


def _findings(ran: Ran) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(ran.out)["findings"]
    return found


@pytest.mark.parametrize(
    "edges",
    [
        "  - {id: acme/a, derived-from: acme/b}\n  - {id: acme/b, derived-from: acme/a}\n",
        "  - {id: acme/a, derived-from: [acme/a]}\n",
        "  - {id: acme/a, derived-from: [{filtered: acme/a}, {subset: acme/b}]}\n  - {id: acme/b, subset-of: acme/a}\n",
    ],
)
def test_a_circle_of_derivations_is_assessed_and_reported(run: Run, edges: str) -> None:
    text = SYSTEM + "training-data: [acme/a]\ndatasets:\n" + edges
    ran = run("check", "a.yaml", "-F", "json", files={"a.yaml": text})
    assert (ran.code, ran.err) == (1, "")
    circular = {finding["focus"] for finding in _findings(ran) if str(finding["rule"]).endswith(".circular")}
    assert "https://huggingface.co/datasets/acme/a" in circular


def test_a_dataset_that_is_referred_to_but_never_described_is_one_finding(run: Run) -> None:
    text = SYSTEM + "training-data: [acme/web]\ndatasets:\n  - {id: acme/web, derived-from: [acme/lost, acme/lost]}\n"
    ran = run("check", "a.yaml", "-F", "json", files={"a.yaml": text})
    (lost,) = [f for f in _findings(ran) if f["focus"] == "https://huggingface.co/datasets/acme/lost"]
    assert lost["rule"] == "data-info-all-data-described.unresolved"
    assert lost["location"] == {"source": "a.yaml", "line": 4, "field": None}
    assert ran.code == 1


@pytest.mark.parametrize(
    "said", ["derived-from: [acme/base, acme/atlas-weights]", "fine-tuned-from: acme/atlas-weights"]
)
def test_a_model_derived_from_itself_is_refused(run: Run, said: str) -> None:
    text = SYSTEM + f"parameters: {{id: acme/atlas-weights, {said}}}\n"
    ran = run("check", "a.yaml", "-q", files={"a.yaml": text})
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.splitlines()[0] == (
        "error: a.yaml:2: https://huggingface.co/acme/atlas-weights is derived from itself"
    )


HOSTILE = "\x1b]0;owned\x07\x1b[31m\x9b2J\r\u202egpj"


@pytest.mark.parametrize("options", [(), ("-v",), ("-q",), ("--color", "never")])
def test_what_steers_a_terminal_never_reaches_it(run: Run, options: tuple[str, ...]) -> None:
    word = json.dumps(HOSTILE).replace("\x9b", "\\x9b")
    text = (
        f"system: {{id: acme/atlas, name: {word}, version: {word}, producer: {word}}}\n"
        f"parameters: {{name: {word}, license: {word}, checkpoints: {{not-disclosed: {word}}}}}\n"
        f"code:\n  - {{roles: [training], name: {word}, repository: {word}, license: {word}}}\n"
        f"  - {{roles: [testing], not-disclosed: {word}}}\n"
        f"data-information: {{name: {word}, license: {word}}}\n"
        f"training-data:\n  - {word}\n"
        f"  - {{id: acme/web, name: {word}, cleaning: {{not-disclosed: {word}}}, location: {word}}}\n"
        "judgements:\n  - {requirement: data-info-sufficient, outcome: met, date: 2024-01-01, definition: 1.0-rc1,\n"
        f"     by: {{name: {word}, affiliation: {word}}}, reason: {word}}}\n"
    )
    ran = run("check", "a.yaml", *options, files={"a.yaml": text})
    assert ran.code in (0, 1)
    assert ran.out
    assert all(line.isprintable() for line in ran.out.split("\n"))
    assert ran.err == ""


def test_a_hostile_name_is_kept_whole_for_machines(run: Run) -> None:
    text = f"system: {{id: acme/atlas, name: {json.dumps(HOSTILE.replace(chr(0x9B), ''))}}}\n"
    ran = run("check", "a.yaml", "-F", "json", files={"a.yaml": text})
    assert json.loads(ran.out)["subject"]["label"].startswith("\x1b]0;owned")


@pytest.mark.parametrize("name", ["a.yaml", "a.ttl", "a.nq", "a.jsonld"])
def test_a_byte_order_mark_is_no_mistake(run: Run, name: str) -> None:
    system = (
        "<http://e/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/osaid-graph/ont#AISystem> .\n"
    )
    content = {
        "a.yaml": SYSTEM,
        "a.ttl": TURTLE + "<http://e/s> a osaid:AISystem .\n",
        "a.nq": system,
        "a.jsonld": json.dumps({"@context": CONTEXT, "id": "http://e/s", "type": "AISystem"}, indent=1),
    }[name]
    ran = run("check", name, "-q", files={name: b"\xef\xbb\xbf" + content.replace("\n", "\r\n").encode()})
    assert (ran.code, ran.err) == (1, "")


# -- the process -----------------------------------------------------------------------------------------------------


def test_a_reader_that_hangs_up_is_no_reason_to_complain() -> None:
    command = [sys.executable, "-m", "osaid_graph", "check", "data/releases/llama-2-7b.yaml", "-v"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_closed_standard_input_gives_one_clear_line() -> None:
    script = f"exec '{sys.executable}' -m osaid_graph check - <&-"
    done = subprocess.run(["/bin/sh", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    _is_clear(Ran(done.returncode, done.stdout, done.stderr))


def test_a_name_that_is_no_text_gives_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"a\xff.yaml")).write_text("- x\n")
    command = [sys.executable, "-m", "osaid_graph", "check", os.fsdecode(b"a\xff.yaml")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    _is_clear(Ran(done.returncode, done.stdout, done.stderr))
    assert "a\\xff.yaml:1: " in done.stderr
