"""A lineage in a folder: arrays in files that are mapped into memory, so that opening one reads next to nothing.

A file is an array of NumPy (``.npy``, format 1.0) and can be opened by anything that reads these. ``lineage.json`` says
what the numbers of classes and properties stand for, and how long each file is. Whoever keeps the folder keeps digests
of the files; here it is looked at that they are all there and whole.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from osaid_graph.errors import InputError, UsageError
from osaid_graph.graph.lookup import Names, index
from osaid_graph.lineage.index import CLASSES, Adjacency, Columns, Lineage, called, properties
from osaid_graph.lineage.mapped import Called, Groups, Sparse, TextNumbers, Texts, digest

FORMAT: Final = "osaid-graph lineage"
#: The newest version of the format that this program reads, and the one it writes.
VERSION: Final = 1
_HEAD: Final = "lineage.json"
#: The names of all artefacts as one text, to be searched (:func:`osaid_graph.graph.lookup.index`).
_NAMES: Final = "names.txt"
_AGAIN: Final = "derive it again from what it was made of"
#: The columns of texts that few artefacts have, and those of tuples of texts.
_TEXTS: Final = ("withdrawn", "labels", "versions")
#: How numbers are stored: those of artefacts, of bytes and edges, of classes, of days, of digests.
_NUMBER, _PLACE, _SMALL, _DAY, _DIGEST = "<i4", "<i8", "|u1", "<i4", "<u8"


def save(lineage: Lineage, folder: Path) -> None:
    """Write a lineage into a folder that is empty.

    Raises:
        UsageError: numpy is not installed.
        InputError: It has more than 2**31 artefacts.
        OSError: Something cannot be written.
    """
    _Saving(lineage, folder).save()


def is_stored(folder: Path) -> bool:
    """Tell whether there is a lineage in a folder, whole or not."""
    return (folder / _HEAD).is_file()


def open_stored(folder: Path) -> Lineage:
    """Return the lineage in a folder; its files are mapped, and must stay as they are while it is used.

    Raises:
        InputError: There is none, it is of a newer version, was made with other classes or properties, or a file is
            missing or has been cut.
        UsageError: numpy is not installed.
    """
    return _Opening(folder).lineage()


def _numpy() -> Any:
    try:
        return import_module("numpy")
    except ImportError:
        hint = "install it with: pip install 'osaid-graph[corpus]'"
        raise UsageError("a stored lineage needs numpy", hint) from None


class _Saving:
    """Writes the files of a lineage."""

    def __init__(self, lineage: Lineage, folder: Path) -> None:
        self.lineage, self.folder, self.np = lineage, folder, _numpy()
        self.sizes: dict[str, int] = {}
        self.shadowed = 0

    def save(self) -> None:
        line, columns = self.lineage, self.lineage.columns
        if len(line) >= 1 << 31:
            raise InputError(f"{len(line):,} artefacts are more than a stored lineage holds", "store it in parts")
        for name, adjacency in (("up", line.up), ("down", line.down)):
            self._array(f"{name}-offsets", adjacency.offsets, _PLACE)
            self._array(f"{name}-targets", adjacency.targets, _NUMBER)
            self._array(f"{name}-kinds", adjacency.kinds, _SMALL)
        self._array("classes", columns.classes, _SMALL)
        self._array("described", columns.described, _SMALL)
        self._array("issued", columns.issued, _DAY)
        self._indexed("iris", columns.iris)
        aliases = dict(columns.aliases)
        self._indexed("aliases", list(aliases))
        self._array("aliases-numbers", list(aliases.values()), _NUMBER)
        self.shadowed = len(aliases.keys() & set(columns.iris)) if aliases else 0
        for name in _TEXTS:
            rare: Mapping[int, str] = getattr(columns, name)
            keys = sorted(rare)
            self._array(f"{name}-keys", keys, _NUMBER)
            self._texts(name, [rare[key] for key in keys])
        self._groups("licenses", columns.licenses, _NUMBER)
        self._groups("said-by", line.said_by, _PLACE)
        text, starts = index(called(columns))
        (self.folder / _NAMES).write_bytes(text)
        self.sizes[_NAMES] = len(text)
        self._array("names-starts", starts, _PLACE)
        self._head()

    def _head(self) -> None:
        document = {
            "format": FORMAT,
            "version": VERSION,
            "artefacts": len(self.lineage),
            "edges": len(self.lineage.up),
            "classes": _class_names(),
            "properties": list(map(str, properties())),
            "shadowed": self.shadowed,
            "source": list(self.lineage.source),
            "bytes": self.sizes,
        }
        (self.folder / _HEAD).write_text(json.dumps(document, indent=1) + "\n", "utf-8")

    def _array(self, name: str, numbers: Sequence[int], kind: str) -> None:
        self._write(name, self.np.fromiter(numbers, dtype=kind, count=len(numbers)))

    def _write(self, name: str, array: Any) -> None:
        path = self.folder / f"{name}.npy"
        with path.open("wb") as file:
            self.np.lib.format.write_array(file, array, version=(1, 0), allow_pickle=False)
            self.sizes[path.name] = file.tell()

    def _texts(self, name: str, texts: Iterable[str]) -> list[bytes]:
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        offsets = self.np.zeros(len(encoded) + 1, dtype=_PLACE)
        self.np.cumsum(self.np.fromiter(map(len, encoded), dtype=_PLACE, count=len(encoded)), out=offsets[1:])
        self._write(f"{name}-offsets", offsets)
        self._write(f"{name}-text", self.np.frombuffer(b"".join(encoded), dtype=_SMALL))
        return encoded

    def _indexed(self, name: str, texts: Sequence[str]) -> None:
        encoded = self._texts(name, texts)
        digests = self.np.fromiter(map(digest, encoded), dtype=_DIGEST, count=len(encoded))
        places = self.np.argsort(digests, kind="stable")
        self._write(f"{name}-digests", digests[places])
        self._write(f"{name}-places", places.astype(_NUMBER))

    def _groups(self, name: str, rare: Mapping[int, tuple[str, ...]], kind: str) -> None:
        keys = sorted(rare)
        groups: dict[tuple[str, ...], int] = {}
        of = [groups.setdefault(rare[key], len(groups)) for key in keys]
        members: dict[str, int] = {}
        flat = [members.setdefault(text, len(members)) for group in groups for text in group]
        ends = [0]
        for group in groups:
            ends.append(ends[-1] + len(group))
        self._array(f"{name}-keys", keys, kind)
        self._array(f"{name}-of", of, _NUMBER)
        self._array(f"{name}-group-offsets", ends, _PLACE)
        self._array(f"{name}-members", flat, _NUMBER)
        self._texts(name, members)


def _class_names() -> list[str]:
    return ["" if each is None else str(each) for each in CLASSES]


def _count(number: object) -> int:
    if not isinstance(number, int) or number < 0:
        raise TypeError(number)
    return number


class _Opening:
    """Maps the files of a lineage."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.head = self._read_head()
        self.np = _numpy()

    def lineage(self) -> Lineage:
        try:
            count, edges, shadowed = (_count(self.head[name]) for name in ("artefacts", "edges", "shadowed"))
            source = tuple(map(str, self.head["source"]))
            same = self.head["classes"] == _class_names() and self.head["properties"] == list(map(str, properties()))
        except (KeyError, TypeError):
            raise self._damaged(_HEAD, "something in it is missing or of another kind") from None
        if not same:
            raise InputError("a lineage of other classes or edges than this program's", _AGAIN, source=str(self.folder))
        self._check_files()
        aliases = self._indexed("aliases", self._numbers("aliases-numbers"))
        iris = self._texts("iris")
        columns = Columns(
            iris=iris,
            classes=self._numbers("classes", count),
            described=self._numbers("described", count),
            issued=self._numbers("issued", count),
            licenses=self._groups("licenses"),
            withdrawn=self._rare("withdrawn"),
            labels=self._rare("labels"),
            versions=self._rare("versions"),
            aliases=aliases,
        )
        numbers = self._indexed("iris", range(count), aliases, shadowed)
        up, down = self._adjacency("up", count, edges), self._adjacency("down", count, edges)
        return Lineage(
            columns, up, self._groups("said-by"), source, numbers, down, self._names(columns, aliases, numbers)
        )

    def _read_head(self) -> dict[str, Any]:
        try:
            document = json.loads((self.folder / _HEAD).read_text("utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            raise InputError("no stored lineage", "name a folder that has one", source=str(self.folder)) from None
        except (ValueError, RecursionError):
            raise self._damaged(_HEAD, "it is cut off or no JSON") from None
        except OSError as error:
            raise self._damaged(_HEAD, f"cannot be read: {error.strerror}") from None
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise InputError("no stored lineage", "name a folder that has one", source=str(self.folder))
        version = document.get("version")
        if not isinstance(version, int) or version > VERSION:
            what = f"a lineage of format version {version}; this program reads up to version {VERSION}"
            raise InputError(what, "use a newer osaid-graph", source=str(self.folder))
        return document

    def _check_files(self) -> None:
        sizes = self.head.get("bytes")
        if not isinstance(sizes, dict):
            raise self._damaged(_HEAD, "something in it is missing or of another kind")
        for name, expected in sizes.items():
            try:
                size = (self.folder / str(name)).stat().st_size
            except OSError as error:
                raise self._damaged(name, f"cannot be read: {error.strerror}") from None
            if size != expected:
                raise self._damaged(name, f"{size:,} bytes, not {expected:,}")

    def _numbers(self, name: str, count: int | None = None) -> memoryview:
        """Return an array as Python has it: its elements are plain integers, and none is copied."""
        file = f"{name}.npy"
        try:
            array = self.np.load(self.folder / file, mmap_mode="r", allow_pickle=False)
            found = memoryview(array)
        except (OSError, ValueError, EOFError) as error:
            raise self._damaged(file, " ".join(str(error).split())) from None
        if found.ndim != 1 or (count is not None and len(found) != count):
            raise self._damaged(file, f"{len(found):,} numbers, not {count:,}")
        return found

    def _adjacency(self, name: str, count: int, edges: int) -> Adjacency:
        offsets = self._numbers(f"{name}-offsets", count + 1)
        if offsets[0] != 0 or offsets[count] != edges:
            raise self._damaged(f"{name}-offsets.npy", "it does not end where the edges do")
        return Adjacency(offsets, self._numbers(f"{name}-targets", edges), self._numbers(f"{name}-kinds", edges))

    def _texts(self, name: str, count: int | None = None) -> Texts:
        offsets, text = (
            self._numbers(f"{name}-offsets", None if count is None else count + 1),
            self._numbers(f"{name}-text"),
        )
        if not len(offsets) or offsets[0] != 0 or offsets[len(offsets) - 1] != len(text):
            raise self._damaged(f"{name}-offsets.npy", "it does not end where the text does")
        return Texts(offsets, text)

    def _indexed(
        self, name: str, numbers: Sequence[int], more: Mapping[str, int] | None = None, shadowed: int = 0
    ) -> TextNumbers:
        count = len(numbers)
        digests, places = self._numbers(f"{name}-digests", count), self._numbers(f"{name}-places", count)
        return TextNumbers(self._texts(name, count), numbers, digests, places, more, shadowed)

    def _rare(self, name: str) -> Sparse[str]:
        keys = self._numbers(f"{name}-keys")
        return Sparse(keys, self._texts(name, len(keys)))

    def _groups(self, name: str) -> Sparse[tuple[str, ...]]:
        keys = self._numbers(f"{name}-keys")
        offsets, members = self._numbers(f"{name}-group-offsets"), self._numbers(f"{name}-members")
        return Sparse(keys, Groups(self._numbers(f"{name}-of", len(keys)), offsets, members, self._texts(name)))

    def _names(self, columns: Columns, aliases: TextNumbers, numbers: TextNumbers) -> Names:
        starts = self._numbers("names-starts", len(columns.iris) + len(aliases.texts) + 1)
        with (self.folder / _NAMES).open("rb") as file:
            empty = not starts[len(starts) - 1]  # which cannot be mapped
            text = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return Names.indexed(Called(columns, aliases.texts), numbers, text, starts)

    def _damaged(self, file: str, why: str) -> InputError:
        return InputError(f"the stored lineage is damaged: {why}", _AGAIN, source=str(self.folder / file))
