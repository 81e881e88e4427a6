"""Whatever the bytes are, every reader gives statements or one clear line, in bounded time, and opens nothing.

Documents made to harm (each with the format that it is made for), and a fuzz run: fixtures of every format, mutated by
Hypothesis. ``OSAID_GRAPH_FUZZ=20000`` runs it longer; what it finds goes to the documents above.
"""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import checked_iri
from osaid_graph.readers import FORMATS, detect, reader, statements
from osaid_graph.reading import Reading
from osaid_graph.vocab import OSAID

FIXTURES = ROOT / "tests" / "fixtures" / "formats"
#: Seconds of processor time within which a document of a few hundred kilobytes must be read or refused.
LIMIT = 30.0

LAUGHS = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + n, 98 + n, b", ".join([b"*%c" % (97 + n)] * 9)) for n in range(12)
)
DEEP = 100_000
XML_BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE bom [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components>&c;</components></bom>"""
XML_EXTERNAL = b"""<?xml version="1.0"?>
<!DOCTYPE rdf [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&x;</rdf:RDF>"""

HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "white space": b" \n\t\r\n",
    "a NUL byte": b"license: mit\0\n",
    "only NUL bytes": b"\0" * 100_000,
    "not UTF-8": b'{"name": "caf\xe9"}',
    "half a character": b'{"@context": "https://schema.org", "name": "\\ud800"}',
    "UTF-16": '{"bomFormat": "CycloneDX"}'.encode("utf-16"),
    "billion laughs": LAUGHS,
    "billion laughs in front matter": b"---\n" + LAUGHS + b"---\n# Card\n",
    "an anchor in itself": b"a: &a [*a]\n",
    "a YAML tag": b"license: !!python/object/apply:os.system ['true']\n",
    "deep JSON arrays": b"[" * DEEP + b"]" * DEEP,
    "deep JSON objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "deep JSON with a context": b'{"@context": "https://schema.org", "a":' + b'{"a":' * 5000 + b"1" + b"}" * 5001,
    "deep YAML": b"- " * 50_000 + b"x\n",
    "deep YAML flow": b"a: " + b"[" * DEEP + b"]" * DEEP,
    "deep Turtle": b"@prefix o: <https://w3id.org/osaid-graph/ont#> .\n<urn:a:b> o:hasCode " + b"[ o:hasCode " * 5000,
    "deep Markdown lists": b"# Card\n" + b"".join(b" " * n + b"- a\n" for n in range(2000)),
    "many headings": b"---\nlicense: mit\n---\n" + b"## A\n" * 50_000,
    "an open code fence": b"---\nlicense: mit\n---\n```\n" + b"## A\n" * 50_000,
    "many brackets in Markdown": b"---\nlicense: mit\n---\n# a\n" + b"[" * 50_000 + b"](" * 1000,
    "many stars in Markdown": b"---\nlibrary_name: x\n---\n# a\n" + b"*a **b " * 20_000,
    "HTML comments that never end": b"---\nlibrary_name: x\n---\n" + b"<!--" * 20_000,
    "a remote context": b'{"@context": "https://evil.example/context.jsonld", "@id": "urn:a:b"}',
    "a remote context like a known one": b'{"@context": "https://schema.org.evil.example/", "@id": "urn:a:b"}',
    "a context that imports": b'{"@context": {"@import": "https://schema.org/"}, "@id": "urn:a:b"}',
    "a context in a context": b'{"@context": '
    + b'{"a": {"@id": "urn:a:b", "@context": ' * 500
    + b"{}"
    + b"}}" * 500
    + b"}",
    "a term defined by itself": b'{"@context": {"a": "b:x", "b": "a:x"}, "a": "1"}',
    "a term that is a keyword": b'{"@context": {"@id": "urn:a:b", "@type": "x"}, "@id": "urn:c:d", "@type": "y"}',
    "a context of wrong kinds": b'{"@context": [1, true, {"@vocab": 5, "@base": [], "x": 7}], "x": 1}',
    "XML entities that grow": XML_BOMB,
    "an external XML entity": XML_EXTERNAL,
    "deep XML": b'<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.6">' + b"<a>" * DEEP,
    "ids with spaces and control characters": (
        b'{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "machine-learning-model", '
        b'"bom-ref": "a b\\u0007\\u202e", "name": "x\\u001b[31m", "purl": "pkg:huggingface/a b/\\u0007@"}]}'
    ),
    "addresses that run": (
        b"---\nlicense: other\nlicense_link: javascript:alert(1)\nbase_model: 'data:text/html,<script>'\n"
        b"datasets: ['javascript:alert(1)', '../../etc/passwd', '//evil.example/x']\nlibrary_name: x\n---\n"
    ),
    "a crate that climbs": (
        b'{"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": ['
        b'{"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}}, '
        b'{"@id": "./", "@type": "Dataset", "name": "x", "hasPart": [{"@id": "../../etc/passwd"}, '
        b'{"@id": "file:///etc/passwd"}, {"@id": "C:\\\\secret"}]}, '
        b'{"@id": "../../etc/passwd", "@type": "File", "contentUrl": "javascript:alert(1)"}]}'
    ),
    "a number of a million digits": b'{"bomFormat": "CycloneDX", "version": ' + b"9" * 1_000_000 + b"}",
    "a YAML number of a million digits": b"---\nlicense: " + b"9" * 1_000_000 + b"\n---\n",
    "a date that is none": b"cff-version: 1.2.0\ntitle: x\ndate-released: 2024-99-99\nauthors: [1, {}, null]\n",
    "lists where texts belong": b"system: [[], {}]\nweights_basemodel: []\nlicenses: {class: {a: b}, link: {}}\n",
    "texts where blocks belong": b"framework: x\nrelease: [y]\n",
    "duplicate keys": b'{"bomFormat": "CycloneDX", "bomFormat": "CycloneDX"}',
    "NaN": b'{"bomFormat": "CycloneDX", "components": [NaN, Infinity, -Infinity]}',
    "PROV-N that never ends": b"document\n" + b"entity(" * 20_000,
    "gzip of zeros": gzip.compress(b"\0" * 50_000_000, mtime=0),
}


def read(name: str, data: bytes) -> Reading | None:
    """Read a document with the reader of a format; None where it is refused."""
    started = time.process_time()
    try:
        reading = reader(name).read(data, "hostile")
    except InputError as error:
        assert error.message
        assert "\n" not in error.message
        assert len(error.message) < 1000
        return None
    finally:
        assert time.process_time() - started < LIMIT
    for statement in reading.statements:
        for term in statement.triple:
            if term.__class__.__name__ == "URIRef":
                checked_iri(str(term))
    return reading


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_document_is_read_or_refused_in_one_line(name: str, case: str) -> None:
    read(name, HOSTILE[case])


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("suffix", ["", ".md", ".yaml", ".json", ".jsonld", ".xml", ".rdf", ".ttl", ".provn", ".cff"])
def test_a_hostile_document_is_detected_or_refused_in_one_line(case: str, suffix: str) -> None:
    try:
        detect(HOSTILE[case], f"hostile{suffix}").read(HOSTILE[case], f"hostile{suffix}")
    except InputError as error:
        assert error.message
        assert error.hint


@pytest.mark.parametrize("name", FORMATS)
def test_an_address_that_runs_or_climbs_never_becomes_a_place(name: str) -> None:
    for case in ("addresses that run", "a crate that climbs"):
        reading = read(name, HOSTILE[case])
        for statement in reading.statements if reading else ():
            value = str(statement.triple[2])
            if statement.triple[1].startswith(str(OSAID._NS)) and isinstance(statement.triple[2], URIRef):
                assert not re.match(r"(?i)(javascript|data|file|vbscript):", value), (statement, value)
                assert "/../" not in value


def test_no_reader_reaches_for_a_socket_or_a_file_outside_the_package() -> None:
    """Run every reader over its fixtures under an audit hook, which nothing in the process can get around."""
    code = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from osaid_graph.readers import FORMATS, detect, reader, statements
from osaid_graph.errors import InputError
documents = [(name, path.name, path.read_bytes()) for name in FORMATS
             for path in sorted(Path({str(FIXTURES)!r}, name).glob("*")) if path.is_file()]
for name, file, data in documents:  # imports, and data that is read once
    reader(name).read(data, file)
opened = []
def hook(event, args):
    if event.startswith("socket.") or event in ("urllib.Request", "subprocess.Popen", "os.system"):
        opened.append((event, str(args)))
    if event == "open" and isinstance(args[0], str) and not args[0].endswith((".py", ".pyc", ".so")):
        opened.append((event, args[0]))
sys.addaudithook(hook)
for name, file, data in documents:
    reader(name).read(data, file)
print(len(documents), opened)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    count, _, opened = done.stdout.strip().partition(" ")
    assert int(count) > 20
    assert opened == "[]"


# -- documents made to be slow -----------------------------------------------------------------------------------------

#: Repetitions: what is quadratic takes minutes.
MANY = 40_000
SCHEMA_ORG = '{"@context": "https://schema.org", '
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="https://schema.org/">'
    '<s:Dataset rdf:about="urn:a:b"><s:name rdf:parseType="Literal">'
)
SLOW: dict[str, tuple[str, Callable[[], str]]] = {
    "a key as long as all else, JSON": (
        "json-ld",
        lambda: SCHEMA_ORG + '"@id": "urn:a:b", "' + "k" * 1_000_000 + '": [' + '{"a": [1]},' * MANY + "0]}",
    ),
    "a key as long as all else, records": (
        "hub-list",
        lambda: '[{"id": "a/b", "sha": "x", "tags": [], "' + "k" * 1_000_000 + '": [' + '{"a": 1},' * MANY + "0]}]",
    ),
    "a heading as long as all else": (
        "hf-model-card",
        lambda: "# T\n## " + "x" * 1_000_000 + "\n" + "### a\n- **License:** mit\n" * 15_000,
    ),
    "a tag behind spaces": ("license-file", lambda: "SPDX-License-Identifier:" + " " * 200_000 + "x" * 600 + " y\n"),
    "many tags": ("license-file", lambda: "SPDX-License-Identifier: MIT\n" * MANY),
    "a context read over and over": (
        "json-ld",
        lambda: (
            '{"@context": [' + ", ".join(['"https://w3id.org/ro/crate/1.1/context"'] * MANY) + '], "@id": "urn:a:b"}'
        ),
    ),
    "a context in every block": (
        "json-ld",
        lambda: (
            '{"@context": {"p": {"@id": "urn:p:p", "@context": {'
            + ", ".join(f'"t{n}": "urn:t:{n}"' for n in range(MANY))
            + '}}}, "p": ['
            + ", ".join(f'{{"@id": "urn:b:{n}"}}' for n in range(MANY))
            + "]}"
        ),
    ),
    "many names for a keyword": (
        "json-ld",
        lambda: '{"@context": {' + ", ".join(f'"t{n}": "@id"' for n in range(MANY)) + '}, "@id": "urn:a:b"}',
    ),
    "terms that lead to each other": (
        "json-ld",
        lambda: (
            '{"@context": {"t0": "urn:t:", ' + ", ".join(f'"t{n + 1}": "t{n}:x"' for n in range(MANY)) + '}, "t1": "x"}'
        ),
    ),
    "a literal of much markup": ("rdf-xml", lambda: RDF + "<b>a</b>" * MANY + "</s:name></s:Dataset></rdf:RDF>"),
    "a long prefix, JSON": (
        "fair4ml",
        lambda: (
            '{"@context": {"p": "urn:'
            + "x" * 1_000_000
            + ':"}, "@graph": ['
            + ", ".join(f'{{"@id": "p:{n}", "@type": "p:x"}}' for n in range(MANY))
            + "]}"
        ),
    ),
    "a long base, JSON": (
        "fair4ml",
        lambda: (
            '{"@context": {"@base": "https://x.example/'
            + "x" * 1_000_000
            + '/"}, "@graph": ['
            + ", ".join(f'{{"@id": "{n}", "@type": "urn:a:x"}}' for n in range(MANY))
            + "]}"
        ),
    ),
    "a long prefix, Turtle": (
        "turtle",
        lambda: "@prefix p: <urn:" + "x" * 1_000_000 + "> .\n" + "".join(f"p:a{n} a p:b .\n" for n in range(MANY)),
    ),
    "a long prefix, PROV-JSON": (
        "prov-json",
        lambda: (
            '{"prefix": {"p": "urn:'
            + "x" * 1_000_000
            + '"}, "entity": {'
            + ", ".join(f'"p:{n}": {{}}' for n in range(MANY))
            + "}}"
        ),
    ),
}


@pytest.mark.parametrize("case", SLOW)
def test_a_document_made_to_be_slow_is_read_or_refused_in_time(case: str) -> None:
    name, text = SLOW[case]
    read(name, text().encode())


def test_what_one_node_says_for_many_is_written_so_often_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "MAX_STATEMENTS", 1_000)
    text = (
        "@prefix d: <http://www.w3.org/ns/dcat#> .\n"
        + "".join(f"<urn:a:{n}> a d:Dataset ; d:distribution <urn:d:d> .\n" for n in range(50))
        + "<urn:d:d> a d:Distribution ; d:downloadURL "
        + ", ".join(f"<https://d.example/{n}>" for n in range(50))
        + " .\n"
    )
    with pytest.raises(InputError, match="more than 1,000 statements"):
        reader("turtle").read(text.encode(), "hostile")


@pytest.mark.parametrize("head", ['{"' + '\\"' * 150_000, '[{"' + '\\"' * 150_000, "<bom " * 60_000, "/* " * 100_000])
def test_no_beginning_of_a_document_takes_long_to_recognise(head: str) -> None:
    started = time.process_time()
    for name in FORMATS:
        reader(name).sniff(head.encode())
    assert time.process_time() - started < LIMIT / 2


def test_a_context_read_again_in_every_block_is_no_other_name() -> None:
    inner = '{"@context": {"id": "@id", "type": "@type"}, "id": "urn:a:b%d", "type": "https://a.example/T"}'
    text = '{"@graph": [' + ", ".join(inner % number for number in range(500)) + "]}"
    reading = reader("json-ld").read(text.encode(), "hostile")
    assert len(reading.statements) == 500


# -- fuzz --------------------------------------------------------------------------------------------------------------


@cache
def corpus() -> tuple[tuple[str, bytes], ...]:
    """Return the fixtures of every format, and the hostile documents that are small."""
    found = [
        (name, path.read_bytes())
        for name in FORMATS
        for path in sorted((FIXTURES / name).glob("*"))
        if path.is_file() and path.stat().st_size < 20_000
    ]
    found += [
        ("rdf-xml" if path.suffix == ".rdf" else "turtle", path.read_bytes())
        for path in sorted((FIXTURES / "rdf").glob("*"))
    ]
    small = [data for data in HOSTILE.values() if len(data) < 2_000]
    return (*found, *((name, data) for name in FORMATS for data in small))


WORDS = [
    *(b'"', b"{", b"}", b"[", b"]", b":", b",", b"\n", b"---\n", b"null", b"-1", b"@id", b"@context", b"@type", b"../"),
    *(b"\0", b"\xff", b"\xed\xa0\x80", b"&a", b"*a", b"<", b">", b"https://", b"\\u0000", b"\\ud800", b" ", b"\t"),
    *(b"other", b"[More Information Needed]", b"# ", b"|", b"!", b"%", b"\xe2\x80\xae"),
]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    name, data = draw(st.sampled_from(corpus()))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        kind = draw(st.sampled_from(("word", "bytes", "twice", "gone", "other")))
        match kind:
            case "word":
                put = draw(st.sampled_from(WORDS))
            case "bytes":
                put = draw(st.binary(max_size=8))
            case "twice":
                put = data[start:end] * 2
            case "other":
                put = draw(st.sampled_from(corpus()))[1][:200]
            case _:
                put = b""
        data = data[:start] + put + data[end:]
    return name, data


@settings(
    max_examples=int(os.environ.get("OSAID_GRAPH_FUZZ", "1500")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(mutated())
def test_a_mutated_document_is_read_the_same_twice_or_refused_in_one_line(case: tuple[str, bytes]) -> None:
    name, data = case
    first = read(name, data)
    second = read(name, data)
    assert first == second


def test_every_format_has_a_corpus() -> None:
    own = {"osaid.yaml", "turtle", "n-quads", "json-ld", "license-file", "rdf-xml"}
    missing = {name for name in FORMATS if name not in own and not list(Path(FIXTURES, name).glob("*"))}
    assert missing == set()
