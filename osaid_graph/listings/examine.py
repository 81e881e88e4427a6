"""Profile a listing: find its files, read what they have, let an engine count, and put the answers together."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from osaid_graph import __version__
from osaid_graph.engines import Engine
from osaid_graph.errors import InputError, UsageError
from osaid_graph.listings.columns import ROLES, Chosen, Column, Role, choose, pick, union
from osaid_graph.listings.files import Progress, digest_of_all, digests, find
from osaid_graph.listings.gaps import gaps
from osaid_graph.listings.kinds import is_address
from osaid_graph.listings.licences import summary
from osaid_graph.listings.measure import Asked, Measurement
from osaid_graph.listings.profile import ColumnRead, FileRead, Profile
from osaid_graph.listings.sources import FileColumns, look_at, sources_of
from osaid_graph.listings.table import LISTING, Source, make_table

#: What rows are told apart by, beside the roles.
_PART: Final = "part"
#: Columns that are named in one remark.
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a listing is to be read.

    Attributes:
        columns: Names of columns by role; an empty one says that there is none.
        by: The column that rows are told apart by; None for that of the source.
        base: What paths are relative to; None for what convention says of the column, empty for nothing.
        names: What the columns of CSV and TSV without a line of names are called; None where they have one.
        top: How many values of a kind are named.
        approximate: Not to count exactly what repeats.
        digests: Whether files are to be digested.
    """

    columns: Mapping[Role, str] = field(default_factory=dict)
    by: str | None = None
    base: str | None = None
    names: Sequence[str] | None = None
    top: int = 20
    approximate: bool = False
    digests: bool = True


def profile(
    inputs: Sequence[str],
    engine: Engine,
    engine_name: str,
    *,
    wishes: Wishes | None = None,
    today: datetime.date | None = None,
    spill: Path | None = None,
    watch: Callable[[str], Progress | None] | None = None,
) -> Profile:
    """Return what a listing says.

    Args:
        inputs: Its files, and folders of them.
        engine: What counts.
        engine_name: What the engine is called.
        wishes: How it is to be read.
        today: The day of the profile; None for the current one.
        spill: The folder for what texts become, which the engine must reach; None for a temporary one.
        watch: Gives, for a kind of work (digesting, reading, counting), what is told how much of how much is done.

    Raises:
        InputError: There is no such file, or it cannot be read; there are no rows; no column can be a location.
        UsageError: There is no such column, or the base is no address.
        EngineError: There is too little memory or disk.
    """
    asked, progress = wishes or Wishes(), watch or (lambda _: None)
    if asked.base and not is_address(asked.base):
        hint = "give what paths are relative to: https://example.org/data/"
        raise UsageError(f"--base {asked.base!r} is no address", hint)
    found, skipped = find(inputs)
    files = [look_at(file, asked.names) for file in found]
    every = union(each.every() for each in files)
    if not every and any(each.aside.count for each in files):
        raise _no_rows(files)
    chosen = choose(every, asked.columns)
    by = _by(every, chosen, asked.by)
    each_digest = digests(found, progress("digesting")) if asked.digests else []
    wanted = {role: chosen[role].key if role in chosen else "" for role in ROLES} | {_PART: by}
    with tempfile.TemporaryDirectory(prefix="osaid-graph-", dir=spill) as folder:
        sources = sources_of(files, wanted, asked.names, Path(folder), progress("reading"))
        if not any(each.rows for each in files):
            raise _no_rows(files)
        with _damage_named(engine, sources):
            make_table(engine, sources, list(wanted))
            counted = _Counted(engine, asked, chosen, every[by][0].name if by else "", progress("counting"))
            totals, licences = counted.totals, counted.licences
            first = gaps(counted.measured, totals, licences, chosen, sources, [each.aside for each in files])
    return Profile(
        tool_version=__version__,
        date=(today or datetime.date.today()).isoformat(),
        engine=engine_name,
        inputs=tuple(_files(files, each_digest, chosen)),
        sha256=digest_of_all(each_digest) if each_digest else None,
        columns=tuple(_column(each, asked.base) for each in chosen.values()),
        unused=tuple(forms[0].name for key, forms in every.items() if key not in {*wanted.values()}),
        rows=totals.rows,
        set_aside=sum(each.aside.count for each in files),
        places=totals.places,
        licences=licences,
        sources=totals.sources,
        digests=totals.digests,
        dates=totals.dates,
        sizes=totals.sizes,
        hosts=counted.hosts,
        repeated_places=counted.repeated_places,
        repeated_digests=counted.repeated_digests,
        parts=counted.parts,
        gaps=tuple(first),
        notes=tuple(_notes(files, chosen, skipped)),
    )


class _Counted:
    """The answers to the queries over all rows."""

    def __init__(
        self, engine: Engine, asked: Wishes, chosen: Mapping[Role, Chosen], by: str, progress: Progress | None
    ) -> None:
        digest = chosen["digest"].convention if "digest" in chosen else None
        wish = Asked(bool(_base(chosen, asked.base)), digest.digest if digest else "", asked.top, asked.approximate)
        self.measured = measured = Measurement(engine, wish)
        steps = iter(range(1, 6))

        def done() -> None:
            if progress:
                progress(next(steps), 5)

        measured.group()
        self.totals = measured.totals()
        self.licences = summary(measured.licences(), self.totals.rows, asked.top)
        done()
        self.hosts = measured.hosts()
        done()
        self.repeated_places = measured.repeated_places()
        done()
        self.repeated_digests = measured.repeated_digests()
        done()
        self.parts = measured.parts(by) if by else None
        done()


def _by(every: dict[str, list[Column]], chosen: Mapping[Role, Chosen], name: str | None) -> str:
    """Return the key of the column that rows are told apart by; empty for none."""
    if name:
        return pick(every, name, ("text", "number", "list", "day"), "--by")
    return chosen["source"].key if "source" in chosen else ""


def _base(chosen: Mapping[Role, Chosen], given: str | None) -> str:
    """Return what paths are relative to: as given, else as the convention says that the column is named by."""
    convention = chosen["location"].convention
    return given if given is not None else convention.base if convention else ""


@contextmanager
def _damage_named(engine: Engine, sources: Sequence[Source]) -> Iterator[None]:
    """Find the file that an engine could not read, and name it.

    Raises:
        InputError: A file is damaged.
    """
    try:
        yield
    except InputError as error:
        if not error.source:
            for source in sources:
                try:
                    make_table(engine, [source], list(source.held))
                    engine.rows(f"SELECT {', '.join(f'max({name})' for name in source.held)} FROM {LISTING}")
                except InputError as found:
                    raise InputError(found.message, found.hint, source=source.file.name) from None
        raise


# -- what is told of the input -------------------------------------------------------------------------------------


def _no_rows(files: Sequence[FileColumns]) -> InputError:
    """Return the error of files without a row, which names the first line that is none."""
    hint = "a listing has a row for each part of the data"
    what = "no rows" if len(files) == 1 else f"no rows in {len(files):,} files"
    broken = next((each for each in files if each.aside.first), None)
    if broken is None:
        return InputError(what, hint, source=files[0].file.name)
    line, why = broken.aside.first[0]
    others = sum(each.aside.count for each in files) - 1
    more = f", and {others:,} more such line{'' if others == 1 else 's'}" if others else ""
    return InputError(f"{why}; {what}{more}", hint, source=broken.file.name, line=line)


def _files(files: Sequence[FileColumns], digest: Sequence[str], chosen: Mapping[Role, Chosen]) -> Iterator[FileRead]:
    for number, each in enumerate(files):
        yield FileRead(
            name=each.file.name,
            format=each.file.form,
            bytes=each.file.bytes,
            sha256=digest[number] if digest else None,
            rows=each.rows,
            set_aside=each.aside.count,
            without=tuple(role.name for role in chosen.values() if role.key not in {c.key for c in each.every()}),
        )


def _column(chosen: Chosen, base: str | None) -> ColumnRead:
    convention = chosen.convention if not chosen.given else None
    known = _base({"location": chosen}, base) if chosen.role == "location" else ""
    whose, says = (convention.whose, convention.says) if convention else (None, None)
    return ColumnRead(chosen.role, chosen.name, whose, says, known or None)


def _notes(files: Sequence[FileColumns], chosen: Mapping[Role, Chosen], skipped: Sequence[str]) -> Iterator[str]:
    if skipped:
        yield f"{_several(skipped, 'file')} in the folders {'are' if len(skipped) > 1 else 'is'} no listing, or empty"
    for role, each in chosen.items():
        lacking = [file.file.name for file in files if not _has(file, each.key)]
        if lacking:
            count = f"{len(lacking):,} of {len(files):,} files"
            yield f"{count} have no column {each.name} ({role}), and count as empty there: {_several(lacking)}"
    late = sorted({column.name for each in files for column in each.late})
    if late:
        yield f"columns that the first lines do not have were not looked at: {_several(late)}"


def _has(file: FileColumns, key: str) -> bool:
    return key in file.columns or key in file.said


def _several(names: Sequence[str], what: str = "") -> str:
    shown = ", ".join(names[:_NAMED]) + (", ..." if len(names) > _NAMED else "")
    return f"{len(names):,} {what}{'s' if len(names) > 1 else ''} ({shown})" if what else shown
