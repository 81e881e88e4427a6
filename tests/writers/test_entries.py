"""One more entry in a list of a manifest: where it goes, and that every other byte stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from rdflib import RDF, URIRef

from osaid_graph.errors import InputError
from osaid_graph.readers.manifest import reader as manifest
from osaid_graph.readers.text import decode
from osaid_graph.readers.tree import Mapping, Scalar, Sequence, Value
from osaid_graph.readers.yaml_tree import parse
from osaid_graph.vocab import OSAID
from osaid_graph.writers.entries import add_entry
from osaid_graph.writers.yaml_text import Word, Written

ROOT = Path(__file__).parent.parent.parent
RELEASES = sorted((ROOT / "data" / "releases").rglob("*.yaml"))
ENTRY: dict[str, Written] = {"a": "b", "c": [{"d": "e"}], "f": Word("true")}
JUDGEMENT: dict[str, Written] = {
    "requirement": "data-info-sufficient",
    "subject": "https://example.org/atlas",
    "outcome": "met",
    "by": {"name": "Ada Reviewer", "affiliation": "University: of # Example"},
    "independent": Word("false"),
    "date": Word("2026-10-01"),
    "definition": "1.0-rc1",
    "reason": 'a "quoted" reason, [with] {signs} and a tab\t',
    "evidence": [{"url": "https://example.org/a,b", "retrieved": Word("2026-10-01"), "sha256": "12e4"}],
}


def _plain(value: Value | None) -> object:
    match value:
        case Scalar():
            return None if value.is_null else value.text
        case Sequence():
            return [_plain(item) for item in value.items]
        case Mapping():
            return {key: _plain(item) for key, item in value.values.items()}
    return {}


def _inserted(old: str, new: str) -> str:
    """Return what is in ``new`` between the longest common start and the rest of ``old``."""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    tail = old[start:]
    while not new.endswith(tail):  # what is inserted may end as what follows begins
        start -= 1
        assert start >= 0, (old, new)
        tail = old[start:]
    return new[start : len(new) - len(tail)]


# -- where it goes ---------------------------------------------------------------------------------------------------

BLOCK = "- a: b\n  c:\n    - {d: e}\n  f: true\n"
INDENTED = "".join(f"  {line}\n" for line in BLOCK.splitlines())
FLOW = "{a: b, c: [{d: e}], f: true}"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        pytest.param("x: 1\n", f"x: 1\nk:\n{INDENTED}", 3, id="a missing key at the end"),
        pytest.param("x: 1", f"x: 1\nk:\n{INDENTED}".rstrip("\n"), 3, id="no final line end stays none"),
        pytest.param("x: 1\n\ny: 2\n", f"x: 1\n\ny: 2\n\nk:\n{INDENTED}", 6, id="spaced as the other keys"),
        pytest.param("x: 1\n\ny: 2\n\n", f"x: 1\n\ny: 2\n\nk:\n{INDENTED}", 6, id="a blank line is there"),
        pytest.param("x: 1\n...\n# end\n", f"x: 1\nk:\n{INDENTED}...\n# end\n", 3, id="before the end mark"),
        pytest.param("---\nx: 1\n", f"---\nx: 1\nk:\n{INDENTED}", 4, id="after a start mark"),
        pytest.param("", f"k:\n{INDENTED}", 2, id="an empty file"),
        pytest.param("# only this\n", f"# only this\nk:\n{INDENTED}", 3, id="comments alone"),
        pytest.param("k: []\n", f"k:\n{INDENTED}", 2, id="an empty list"),
        pytest.param("k: []  # why\nx: 1\n", f"k:  # why\n{INDENTED}x: 1\n", 2, id="an empty list, its comment kept"),
        pytest.param("k:\n\nx: 1\n", f"k:\n{INDENTED}\nx: 1\n", 2, id="no value"),
        pytest.param("k: ~\n", f"k:\n{INDENTED}", 2, id="null"),
        pytest.param("k: null", f"k:\n{INDENTED}".rstrip("\n"), 2, id="null without line end"),
        pytest.param("k:\n- x\nx: 1\n", f"k:\n- x\n{BLOCK}x: 1\n", 3, id="a list at the margin"),
        pytest.param("k:\n  - x\n", f"k:\n  - x\n{INDENTED}", 3, id="an indented list"),
        pytest.param(
            "k:\n  - x\n\n# of x\nx: 1\n", f"k:\n  - x\n{INDENTED}\n# of x\nx: 1\n", 3, id="comment of the next"
        ),
        pytest.param(
            "k:\n  - x\n  # of k\nx: 1\n", f"k:\n  - x\n  # of k\n{INDENTED}x: 1\n", 4, id="comment of the list"
        ),
        pytest.param("k:\n  - x\n# end", f"k:\n  - x\n{INDENTED}# end", 3, id="comment at the end"),
        pytest.param("k:\n  - |\n    # no comment\n", f"k:\n  - |\n    # no comment\n{INDENTED}", 4, id="a block text"),
        pytest.param(
            "k:\n  - |+\n    x\n\nx: 1\n", f"k:\n  - |+\n    x\n{INDENTED}\nx: 1\n", 4, id="a kept blank line"
        ),
        pytest.param(
            "k:\n  - |\n    x\n    # y",
            f"k:\n  - |\n    x\n    # y\n{INDENTED}".rstrip("\n"),
            5,
            id="a block text without line end",
        ),
        pytest.param("k: [x]\n", f"k: [x, {FLOW}]\n", 1, id="a flow list"),
        pytest.param("k: [x, ]\n", f"k: [x, {FLOW} ]\n", 1, id="a flow list with a comma at its end"),
        pytest.param("k: [x] # ]\ny: [1]\n", f"k: [x, {FLOW}] # ]\ny: [1]\n", 1, id="a bracket in a comment"),
        pytest.param("k: [\n  x, # ]\n  y\n]\n", f"k: [\n  x, # ]\n  y, {FLOW}\n]\n", 3, id="a flow list on lines"),
        pytest.param("k: [\n  x # ]\n]\n", f"k: [\n  x # ]\n, {FLOW}]\n", 3, id="a flow list that ends in a comment"),
        pytest.param("k: {x: y}\n", f"k: [{{x: y}}, {FLOW}]\n", 1, id="one block in flow style"),
        pytest.param(
            "k:\n  x: y\n  z: |\n    t\ny: 1\n", f"k:\n  - x: y\n    z: |\n      t\n{INDENTED}y: 1\n", 5, id="one block"
        ),
        pytest.param("k:\n  x: y", f"k:\n  - x: y\n{INDENTED}".rstrip("\n"), 3, id="one block at the end"),
        pytest.param("{x: 1}\n", f"{{x: 1, k: [{FLOW}]}}\n", 1, id="a manifest in flow style"),
        pytest.param("{k: [], x: 1}\n", f"{{k: [{FLOW}], x: 1}}\n", 1, id="an empty list in flow style"),
        pytest.param("{k: , x: 1}\n", f"{{k: [{FLOW}], x: 1}}\n", 1, id="no value in flow style"),
        pytest.param('{"k": ["x"], "y": ["z"]}', f'{{"k": ["x", {FLOW}], "y": ["z"]}}', 1, id="JSON"),
        pytest.param(
            " x: 1\n k:\n  - x\n # y\n y: 1\n", f" x: 1\n k:\n  - x\n{INDENTED} # y\n y: 1\n", 4, id="all indented"
        ),
    ],
)
def test_the_entry_comes_last_and_all_else_stays(old: str, new: str, line: int) -> None:
    edited = add_entry(old.encode(), "k", ENTRY)
    assert edited.data.decode() == new
    assert edited.line == line


def test_a_flow_list_with_items_as_blocks_is_read_as_before() -> None:
    edited = add_entry(b'k: ["]", "}"]\n', "k", {"a": "]"})
    assert edited.data == b'k: ["]", "}", {a: "]"}]\n'


def test_a_block_text_that_gets_a_line_end_says_what_it_said() -> None:
    old = b"model:\n  id: a\ntraining-data:\n- id: https://e.org/x\n  provenance: |\n    drawn\n    # by hand"
    said = {statement.triple for statement in manifest.read(old, "x").statements}
    edited = add_entry(old, "training-data", {"id": "https://e.org/y"})
    added = {statement.triple for statement in manifest.read(edited.data, "x").statements} - said
    assert len(said) > 3
    assert {triple[0] for triple in added if triple[1] == RDF.type} == {URIRef("https://e.org/y")}
    assert said < {statement.triple for statement in manifest.read(edited.data, "x").statements}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(newline: str, mark: str) -> None:
    old = mark + newline.join(["k:", "  - x", "y: 1", ""])
    edited = add_entry(old.encode(), "k", {"a": "b", "c": "d"}).data.decode()
    assert edited == mark + newline.join(["k:", "  - x", "  - a: b", "    c: d", "y: 1", ""])


# -- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "line"),
    [
        ("k: text\n", 1),
        ("x: &x [1]\nk: *x\n", 2),
        ("x: 1\nk: &x []\ny: *x\n", 2),
    ],
    ids=["a text", "an alias", "an anchor that something else is"],
)
def test_a_list_that_cannot_grow_alone_is_refused(old: str, line: int) -> None:
    with pytest.raises(InputError, match="no place under 'k' for one more entry") as raised:
        add_entry(old.encode(), "k", ENTRY)
    assert raised.value.line == line
    assert "a list of its own" in raised.value.hint


@pytest.mark.parametrize("old", [b"- a\n", b"text\n"])
def test_what_is_no_block_of_keys_is_refused(old: bytes) -> None:
    with pytest.raises(InputError, match="a manifest is a block of keys"):
        add_entry(old, "k", ENTRY)


@pytest.mark.parametrize("old", [b"k: [\n", b"k: \xff\n", b"a: 1\n---\nb: 2\n"])
def test_what_is_no_yaml_is_refused(old: bytes) -> None:
    with pytest.raises(InputError):
        add_entry(old, "k", ENTRY)


# -- real and generated manifests -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_a_real_manifest_says_what_it_said_and_the_judgement(path: Path, newline: bytes) -> None:
    old = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", newline)
    edited = add_entry(old, "judgements", JUDGEMENT)
    said = {statement.triple for statement in manifest.read(edited.data, "x").statements}
    before = {statement.triple for statement in manifest.read(old, "x").statements}
    alone = add_entry(b"", "judgements", JUDGEMENT).data
    added = {statement.triple for statement in manifest.read(alone, "x").statements}
    assert said == before | added
    assert not before & added
    assert sum(triple[1] == OSAID.judges for triple in said) == 1
    text, inserted = edited.data.decode(), _inserted(old.decode(), edited.data.decode())
    assert text.replace(inserted, "", 1) == old.decode()
    assert text.count("\n") == text.count(newline.decode())


@pytest.mark.parametrize("key", ["code", "training-data", "datasets", "imports"])
@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_any_top_level_list_takes_an_entry(path: Path, key: str) -> None:
    old = path.read_bytes()
    tree = parse(decode(old))
    if isinstance(tree, Mapping) and isinstance(tree.values.get(key), Scalar):
        with pytest.raises(InputError, match="no place under"):
            add_entry(old, key, {"a": "b"})
        return
    edited = add_entry(old, key, {"a": "b"}).data
    new = parse(decode(edited))
    assert isinstance(new, Mapping)
    entries = new.values[key]
    assert isinstance(entries, Sequence)
    assert _plain(entries.items[-1]) == {"a": "b"}


_WORDS = st.sampled_from(
    ["x", "'it''s'", '"a: # b"', "https://example.org/a#b", "{a: [b, c]}", "[p, q]", "|\n{pad}  t # t"]
)
_COMMENTS = st.sampled_from(["", "", "# ] } -", "", "  # - indented"])


@st.composite
def _manifests(draw: st.DrawFn) -> str:
    """Draw a manifest: keys with texts and lists of all styles, comments and blank lines anywhere between."""
    lines = []
    for name in draw(st.permutations(["k", "m", "n"]))[: draw(st.integers(1, 3))]:
        lines += [draw(_COMMENTS) for _ in range(draw(st.integers(0, 2)))]
        pad = " " * draw(st.sampled_from([0, 2, 4]))
        items = [draw(_WORDS) for _ in range(draw(st.integers(0, 3)))]
        match draw(st.sampled_from(["block", "flow", "lines", "text"] if name != "k" else ["block", "flow", "lines"])):
            case "block":
                lines.append(f"{name}:{draw(st.sampled_from(['', '  # c']))}")
                for item in items:
                    lines += [f"{pad}- {item}".replace("{pad}", pad), draw(_COMMENTS)]
            case "flow":
                flat = [item for item in items if "|" not in item]
                lines.append(f"{name}: [{', '.join(flat)}]{draw(st.sampled_from(['', ' # ]']))}")
            case "lines":
                flat = [item for item in items if "|" not in item]
                lines += [f"{name}: [", *(f"  {item}, # ] {item[:1]}" for item in flat), "  ]"]
            case "text":
                lines.append(f"{name}: some text")
    return "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n", "\n# end\n", "\n...\n"]))


@example("k:\n- |\n  t # t\n  # - indented", "\n", "")  # it gets a line end, of which no reader takes notice
@given(_manifests(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_whatever_the_layout_the_tree_is_the_old_one_and_the_entry(text: str, newline: str, mark: str) -> None:
    old = (mark + text.replace("\n", newline)).encode()
    try:
        before = _plain(parse(decode(old)))
    except InputError:
        assume(False)
        return
    assert isinstance(before, dict)
    edited = add_entry(old, "k", {"a": "b: c"})
    after = _plain(parse(decode(edited.data)))
    assert isinstance(after, dict)
    kept = before.pop("k", None) or []
    assert _without_line_ends(after.pop("k")) == _without_line_ends([*kept, {"a": "b: c"}])
    assert _without_line_ends(after) == _without_line_ends(before)
    assert edited.data.startswith(mark.encode())
    if b"\n" in old:
        assert edited.data.count(b"\n") == edited.data.count(newline.encode())
    if kept or b"k:" not in old:
        rest = iter(edited.data)
        assert all(byte in rest for byte in old), "a byte is gone"


def _without_line_ends(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_line_ends(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_line_ends(item) for item in value]
    return value.rstrip("\n") if isinstance(value, str) else value
