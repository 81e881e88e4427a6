"""A lineage that was stored and opened is the one that was stored, to everything that asks."""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numbered_lineages import Drawn, arrows, family, numbered

from osaid_graph.errors import InputError, UsageError
from osaid_graph.lineage.blockers import blockers
from osaid_graph.lineage.circles import circles
from osaid_graph.lineage.difference import difference
from osaid_graph.lineage.dominators import gateways, single_points
from osaid_graph.lineage.ends import roles
from osaid_graph.lineage.gaps import gaps
from osaid_graph.lineage.generations import generations, longest_chains
from osaid_graph.lineage.impact import impact
from osaid_graph.lineage.index import NO_DAY, Adjacency, Columns, Lineage
from osaid_graph.lineage.mapped import TextNumbers, Texts, digest
from osaid_graph.lineage.reached import downstream, upstream
from osaid_graph.lineage.stored import is_stored, open_stored, save

SIZE = 8
TEXTS = st.text(max_size=5)
NUMBERS = st.integers(0, SIZE - 1)


@st.composite
def lineages(draw: st.DrawFn) -> Lineage:
    """Draw a lineage with something in every column, beside what only some artefacts have."""
    iris = draw(st.lists(st.text(min_size=1, max_size=5), min_size=SIZE, max_size=SIZE, unique=True))
    edges: Drawn = draw(arrows(SIZE))
    several = st.lists(TEXTS, min_size=1, max_size=3).map(tuple)
    columns = Columns(
        iris=tuple(iris),
        classes=bytes(draw(st.lists(st.integers(0, 5), min_size=SIZE, max_size=SIZE))),
        described=bytes(draw(st.lists(st.integers(0, 1), min_size=SIZE, max_size=SIZE))),
        issued=array("i", draw(st.lists(st.sampled_from([NO_DAY, 1, 738_000]), min_size=SIZE, max_size=SIZE))),
        licenses=draw(st.dictionaries(NUMBERS, several)),
        withdrawn=draw(st.dictionaries(NUMBERS, TEXTS)),
        labels=draw(st.dictionaries(NUMBERS, TEXTS)),
        versions=draw(st.dictionaries(NUMBERS, TEXTS)),
        aliases=draw(st.dictionaries(st.one_of(TEXTS, st.sampled_from(iris)), NUMBERS, max_size=4)),
    )
    said_by = draw(st.dictionaries(st.integers(0, len(edges) - 1), several)) if edges else {}
    source = tuple(draw(st.lists(TEXTS, max_size=2)))
    return Lineage(columns, Adjacency.of(SIZE, sorted(edges)), said_by, source)


def opened(lineage: Lineage, folder: Path) -> Lineage:
    """Return a lineage after it was stored in a folder."""
    save(lineage, folder)
    return open_stored(folder)


@settings(max_examples=60)
@given(lineages())
def test_everything_that_is_known_is_the_same(lineage: Lineage) -> None:
    with TemporaryDirectory() as folder:
        found = opened(lineage, Path(folder))
        assert len(found) == len(lineage)
        for name in ("iris", "classes", "described", "issued"):
            assert list(getattr(found.columns, name)) == list(getattr(lineage.columns, name))
        for name in ("licenses", "withdrawn", "labels", "versions", "aliases"):
            kept, stored = getattr(lineage.columns, name), getattr(found.columns, name)
            assert (dict(stored), dict(stored.items()), len(stored)) == (kept, kept, len(kept))
            assert all(key in stored and stored.get(key) == kept[key] for key in kept)
        for ours, theirs in ((found.up, lineage.up), (found.down, lineage.down)):
            assert [list(ours.ends(number)) for number in range(SIZE)] == [
                list(theirs.ends(number)) for number in range(SIZE)
            ]
        assert (list(found.arrows()), found.source) == (list(lineage.arrows()), lineage.source)
        assert [found.sources(at) for at in range(len(found.up))] == [
            lineage.sources(at) for at in range(len(found.up))
        ]
        assert (dict(found.numbers), len(found.numbers)) == (lineage.numbers, len(lineage.numbers))
        for number in range(SIZE):
            for name in ("iri", "label", "kind", "is_data", "is_trained", "issued", "licenses"):
                assert getattr(found, name)(number) == getattr(lineage, name)(number)


@settings(max_examples=60)
@given(arrows(), st.lists(st.integers(0, 1), min_size=8, max_size=8), NUMBERS)
def test_every_question_has_the_same_answer(edges: Drawn, described: list[int], start: int) -> None:
    lineage = numbered(edges, described=described, licenses={2: ("MIT",), 5: ("other", "GPL-3.0")})
    node = f"urn:{start}"
    questions: list[Callable[[Lineage], object]] = [
        lambda line: upstream(line, node),
        lambda line: downstream(line, node),
        lambda line: impact(line, [node]),
        lambda line: gateways(line, node),
        single_points,
        lambda line: blockers(line, gaps(line, ["license", "described"])),
        circles,
        generations,
        longest_chains,
        roles,
        lambda line: difference(lineage, line),
    ]
    with TemporaryDirectory() as folder:
        found = opened(lineage, Path(folder))
        for question in questions:
            assert question(found) == question(lineage)
        assert difference(lineage, found) == ()


@pytest.mark.parametrize("name", ["tuned", "acme/books", "Bench, test split", "webmix@2", "our crawl"])
def test_an_artefact_is_found_by_what_it_is_called(tmp_path: Path, name: str) -> None:
    assert opened(family(), tmp_path).find(name) == family().find(name)


def test_what_is_no_name_of_an_artefact_is_told_with_what_is_near(tmp_path: Path) -> None:
    for lineage in (family(), opened(family(), tmp_path)):
        with pytest.raises(UsageError) as raised:
            lineage.find("tunedd")
        assert (raised.value.message, raised.value.hint) == ("no node 'tunedd' here", "did you mean acme/tuned?")


def test_a_lineage_of_nothing_is_stored_too(tmp_path: Path) -> None:
    found = opened(numbered([], 0), tmp_path)
    assert (len(found), len(found.up), dict(found.numbers)) == (0, 0, {})


def test_texts_of_one_digest_are_told_apart() -> None:
    texts = Texts([0, 1, 2, 3], memoryview(b"abc"))
    numbers = TextNumbers(texts, range(3), [7, 7, 7], [2, 0, 1])
    assert "a" not in numbers  # nothing of the digest it really has
    numbers.digests = sorted([_digest("a")] * 3)
    assert (numbers["a"], "b" in numbers) == (0, False)


def _digest(text: str) -> int:
    return digest(text.encode())


def test_an_index_of_texts_stays_as_it_is_on_every_machine() -> None:
    assert _digest("https://huggingface.co/bigscience/bloom") == 3_133_711_674_110_272_257


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    folder = tmp_path / "lineage"
    folder.mkdir()
    save(family(), folder)
    return folder


def test_numbers_are_mapped_and_not_copied(stored: Path) -> None:
    import numpy

    found = open_stored(stored)
    for column in (found.up.targets, found.down.offsets, found.columns.classes, found.columns.issued):
        assert isinstance(column, memoryview) and isinstance(column.obj, numpy.memmap)
        assert all(type(number) is int for number in column)
    assert is_stored(stored) and not is_stored(stored.parent)


def test_every_file_that_is_cut_or_gone_is_told_in_one_line(stored: Path) -> None:
    names = sorted(path.name for path in stored.iterdir() if path.suffix != ".json")
    assert len(names) == len(json.loads((stored / "lineage.json").read_text())["bytes"]) > 30
    for name in names:
        whole = (stored / name).read_bytes()
        (stored / name).write_bytes(whole[:-1])
        with pytest.raises(InputError) as raised:
            open_stored(stored)
        assert str(raised.value) == (
            f"{stored / name}: the stored lineage is damaged: {len(whole) - 1:,} bytes, not {len(whole):,}"
        )
        (stored / name).unlink()
        with pytest.raises(InputError, match="the stored lineage is damaged: cannot be read: No such file"):
            open_stored(stored)
        (stored / name).write_bytes(whole)
    assert len(open_stored(stored)) == len(family())


def _with(stored: Path, **changes: object) -> None:
    head = json.loads((stored / "lineage.json").read_text())
    (stored / "lineage.json").write_text(json.dumps({**head, **changes}))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": 2}, "a lineage of format version 2; this program reads up to version 1"),
        ({"format": "another"}, "no stored lineage"),
        ({"properties": []}, "a lineage of other classes or edges than this program's"),
        ({"artefacts": None}, "the stored lineage is damaged: something in it is missing or of another kind"),
        ({"edges": -1}, "the stored lineage is damaged: something in it is missing or of another kind"),
        ({"artefacts": 3}, "the stored lineage is damaged: "),
        ({"edges": 3}, "the stored lineage is damaged: it does not end where the edges do"),
        ({"bytes": None}, "the stored lineage is damaged: something in it is missing or of another kind"),
        ({"source": 3}, "the stored lineage is damaged: something in it is missing or of another kind"),
    ],
)
def test_a_head_that_does_not_fit_is_told(stored: Path, changes: dict[str, object], message: str) -> None:
    _with(stored, **changes)
    with pytest.raises(InputError) as raised:
        open_stored(stored)
    assert raised.value.message.startswith(message)


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000])
def test_a_head_that_is_no_head_is_told(stored: Path, text: str) -> None:
    (stored / "lineage.json").write_text(text)
    with pytest.raises(InputError):
        open_stored(stored)


def test_an_array_that_is_none_is_told(stored: Path) -> None:
    size = (stored / "classes.npy").stat().st_size
    (stored / "classes.npy").write_bytes(b"\0" * size)
    with pytest.raises(InputError, match=r"classes.npy: the stored lineage is damaged: "):
        open_stored(stored)


def test_without_numpy_it_is_told_what_to_install(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(UsageError) as raised:
        open_stored(stored)
    assert (raised.value.message, raised.value.hint) == (
        "a stored lineage needs numpy",
        "install it with: pip install 'osaid-graph[corpus]'",
    )
