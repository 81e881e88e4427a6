"""What a profile lets one say of the datasets that are listed, in the terms of the ontology.

Counts are stated, and what follows from them without a guess. How others can come by the data, and where the listing
itself is, nobody can count: that is stated where somebody says it, and else left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rdflib import DCTERMS, RDF, RDFS, Literal, URIRef

from osaid_graph.errors import InputError, UsageError
from osaid_graph.identity import checked_iri, part_of, resolve
from osaid_graph.listings.profile import Counted, Part, Profile, percentage
from osaid_graph.model import Term, Triple
from osaid_graph.vocab import CODE, CODELISTS, OSAID

#: Hosts that the text about a dataset names.
_HOSTS: Final = 5


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says beside the counts.

    ``dataset`` is the reference of what is listed, empty where each source that rows name is a dataset;
    ``availability`` a word of that codelist and ``address`` where the listing can be obtained, or empty.
    """

    dataset: str = ""
    availability: str = ""
    address: str = ""


def statements(profile: Profile, said: Said) -> list[Triple]:
    """Return the statements about the datasets of a listing.

    Args:
        profile: The profile of the listing.
        said: What is said beside it.

    Raises:
        UsageError: The dataset, the availability or the address is none; rows do not say which dataset they are of, or
            there are more datasets than the profile names.
    """
    if said.availability and said.availability not in CODELISTS["Availability"]:
        known = ", ".join(CODELISTS["Availability"])
        raise UsageError(f"--availability cannot be {said.availability!r}", f"one of: {known}")
    if said.dataset:
        return list(_of_all(profile, said))
    parts = profile.parts
    if parts is None:
        hint = "say what is listed with --dataset ID, or name the column that tells datasets apart with --by"
        raise UsageError("no column says which dataset a row is of", hint)
    if parts.rest is not None:
        hint = f"name them all with --top {parts.distinct + 1}, or say what is listed with --dataset ID"
        raise UsageError(f"{parts.column} names {parts.distinct:,} datasets, more than are shown", hint)
    named = [part for part in parts.top if part.dataset]
    if not named:
        hint = "say what is listed with --dataset ID"
        raise UsageError(f"no row says in {parts.column} which dataset it is of", hint)
    named.sort(key=lambda part: str(part.dataset))
    return [triple for part in named for triple in _of_part(profile, part, said)]


def unsaid(profile: Profile, said: Said) -> list[str]:
    """Return what of the listing is in no statement, each in a clause."""
    if said.dataset or profile.parts is None:
        return []
    nameless = sum(part.rows for part in profile.parts.top if not part.dataset)
    left = [f"{_counted(nameless, 'row')} without a dataset"] if nameless else []
    return [*left, *([f"{_counted(profile.set_aside, 'line')} put aside"] if profile.set_aside else [])]


def _of_all(profile: Profile, said: Said) -> Iterator[Triple]:
    node = _dataset(said.dataset, "--dataset")
    yield from _dataset_said(node, said)
    yield node, OSAID.characteristics, Literal(_characteristics(profile))
    licences = profile.licences
    if licences.known == profile.rows and not licences.spdx.rest and not profile.set_aside:
        names = sorted(each.value for each in licences.spdx.top)
        yield node, OSAID.license, Literal(names[0] if len(names) == 1 else " AND ".join(map(_operand, names)))
    # a line that is no row lists something too, and nobody can read of it where that is
    rows, without = profile.rows + profile.set_aside, profile.places.without_place + profile.set_aside
    yield from _listing(profile, node, said, rows, without, "")


def _of_part(profile: Profile, part: Part, said: Said) -> Iterator[Triple]:
    node = _dataset(str(part.dataset), "the dataset of a row")
    yield from _dataset_said(node, said)
    yield node, OSAID.characteristics, Literal(_of_rows(part))
    column = profile.parts.column if profile.parts else ""
    which = f"the rows whose {column} is {part.dataset}"
    yield from _listing(profile, node, said, part.rows, part.rows - part.with_place, which)


def _dataset(reference: str, what: str) -> URIRef:
    try:
        return URIRef(resolve(reference, "datasets"))
    except InputError as error:
        raise UsageError(f"{what}: {error.message}", error.hint) from None


def _dataset_said(node: URIRef, said: Said) -> Iterator[Triple]:
    yield node, RDF.type, OSAID.Dataset
    if said.availability:
        yield node, OSAID.availability, CODE[said.availability]


def _listing(profile: Profile, dataset: URIRef, said: Said, rows: int, without: int, which: str) -> Iterator[Triple]:
    listing = URIRef(part_of(str(dataset), "listing"))
    yield dataset, OSAID.listing, listing
    yield listing, RDF.type, OSAID.Listing
    yield listing, DCTERMS.title, Literal(_name(profile))
    facts: dict[URIRef, Term | None] = {
        OSAID.location: _address(said.address) if said.address else None,
        OSAID.sha256: Literal(profile.sha256) if profile.sha256 else None,
        OSAID.rows: Literal(rows),
        OSAID.rowsWithoutLocation: Literal(without),
    }
    yield from ((listing, predicate, value) for predicate, value in facts.items() if value is not None)
    place = next(column for column in profile.columns if column.role == "location")
    base = f", relative to {place.base}" if place.base else ""
    by = f"counted by osaid-graph {profile.tool_version} on {profile.date}: places in the column {place.column}{base}"
    yield listing, RDFS.comment, Literal(f"{which}; {by}" if which else by)


def _address(text: str) -> URIRef:
    try:
        return URIRef(checked_iri(text))
    except InputError as error:
        raise UsageError(f"--address: {error.message}", "give the address of the listing: https://...") from None


def _name(profile: Profile) -> str:
    names = [each.name.replace("\\", "/").rpartition("/")[2] for each in profile.inputs]
    return names[0] if len(names) == 1 else f"{len(names):,} files, {names[0]} to {names[-1]}"


# -- in words ------------------------------------------------------------------------------------------------------


def _characteristics(profile: Profile) -> str:
    """Return in one sentence what the listing says of the data as a whole."""
    rows, licences, roles = profile.rows, profile.licences, {column.role for column in profile.columns}
    said = [f"a listing has {_counted(rows, 'row')}", _placed(profile.places.with_place, rows)]
    if "license" in roles:
        mix = _mix(licences.spdx.top, rows, licences.spdx.rest)
        other = [
            (licences.unknown, "other words"),
            (licences.refused, "no licence granted"),
            (licences.none, "nothing"),
        ]
        rest = [f"{what} {percentage(count, rows)}" for count, what in other if count]
        said.append("terms by rows: " + ", ".join([*([mix] if mix else []), *rest]))
    if profile.hosts.distinct:
        first = _mix(profile.hosts.top[:_HOSTS], rows, 0)
        said.append(f"{_counted(profile.hosts.distinct, 'host')}, with most rows: {first}")
    if profile.dates.first:
        said.append(_period(profile.dates.first, profile.dates.last))
    if profile.sizes.total:
        said.append(f"{profile.sizes.total:,} bytes by {_rows(profile.sizes.stated, rows)}")
    for what, repeated in (("place", profile.repeated_places), ("digest", profile.repeated_digests)):
        if repeated.groups:
            said.append(f"in more rows than one: {_counted(repeated.groups, what)}, in {repeated.rows:,} rows")
    return "; ".join(said)


def _of_rows(part: Part) -> str:
    said = [f"a listing has {_counted(part.rows, 'row')} of it", _placed(part.with_place, part.rows)]
    if part.known_license:
        said.append(f"{percentage(part.known_license, part.rows)} name terms that are recognised")
    if part.first:
        said.append(_period(part.first, part.last))
    if part.bytes:
        said.append(f"{part.bytes:,} bytes by the rows that say so")
    return "; ".join(said)


def _placed(count: int, rows: int) -> str:
    return f"{percentage(count, rows)} of the rows say where to obtain what they list"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' if count != 1 else ''}"


def _period(first: str, last: str | None) -> str:
    return f"dated {first}" if first == last else f"dated {first} to {last}"


def _rows(count: int, rows: int) -> str:
    return "all rows" if count == rows else f"the {count:,} rows that say so"


def _mix(values: tuple[Counted, ...], rows: int, rest: int) -> str:
    named = [f"{each.value} {percentage(each.rows, rows)}" for each in values]
    return ", ".join([*named, *([f"others {percentage(rest, rows)}"] if rest else [])])


def _operand(expression: str) -> str:
    return f"({expression})" if " OR " in expression else expression
