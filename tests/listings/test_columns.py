"""Which columns a listing has, and which of them says what."""

from __future__ import annotations

import pyarrow as pa
import pytest

from osaid_graph.errors import InputError, UsageError
from osaid_graph.listings.columns import Column, Role, choose, of_arrow, union


def _columns(*names: str, **values: str) -> dict[str, list[Column]]:
    texts = [Column(tuple(name.split(".")), "text") for name in names]
    others = [Column(tuple(name.split("__")), kind) for name, kind in values.items()]  # type: ignore[arg-type]
    return union([[*texts, *others]])


def _chosen(columns: dict[str, list[Column]], **given: str) -> dict[str, str]:
    return {role: each.name for role, each in choose(columns, given).items()}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        # Common Crawl's index; FineWeb; C4
        (
            "url_surtkey url fetch_time content_digest content_mime_type warc_filename warc_record_length crawl subset",
            "location=url source=crawl digest=content_digest bytes=warc_record_length date=fetch_time",
        ),
        ("text id dump url date file_path language", "location=url source=dump date=date"),
        ("text timestamp url", "location=url date=timestamp"),
        # OSCAR, Dolma, SlimPajama: fields of nested columns
        (
            "content metadata.warc_headers.warc-target-uri metadata.warc_headers.warc-date "
            "metadata.warc_headers.warc-block-digest",
            "location=metadata.warc_headers.warc-target-uri digest=metadata.warc_headers.warc-block-digest "
            "date=metadata.warc_headers.warc-date",
        ),
        (
            "id text source added created metadata.url metadata.license",
            "location=metadata.url license=metadata.license source=source date=created",
        ),
        ("text meta.redpajama_set_name meta.url", "location=meta.url source=meta.redpajama_set_name"),
        # The Stack, its second version; LAION; shards with checksums
        (
            "hexsha size ext max_stars_repo_path max_stars_repo_name max_stars_repo_licenses",
            "location=max_stars_repo_name license=max_stars_repo_licenses digest=hexsha bytes=size",
        ),
        (
            "blob_id path detected_licenses repo_name length_bytes visit_date",
            "location=repo_name license=detected_licenses digest=blob_id bytes=length_bytes date=visit_date",
        ),
        ("SAMPLE_ID URL TEXT LICENSE", "location=URL license=LICENSE"),
        ("path sha256 bytes", "location=path digest=sha256 bytes=bytes"),
    ],
)
def test_well_known_columns_are_recognised(names: str, chosen: str) -> None:
    assert _chosen(_columns(*names.split())) == dict(pair.split("=") for pair in chosen.split())


def test_a_column_is_preferred_to_a_field_and_the_better_name_to_both() -> None:
    assert _chosen(_columns("meta.url", "url"))["location"] == "url"
    assert _chosen(_columns("path", "meta.url"))["location"] == "meta.url"
    assert _chosen(_columns("a.b.url", "c.url"))["location"] == "c.url"


def test_a_dot_in_the_name_of_a_column_counts_as_a_field() -> None:
    columns = union([[Column(("meta.url",), "text"), Column(("a.b.license",), "text"), Column(("x.license",), "text")]])
    assert _chosen(columns) == {"location": "meta.url", "license": "x.license"}


def test_what_a_column_holds_must_fit() -> None:
    found = _chosen(_columns("url", hash="number", licenses="list", date="number", size="day", source="other"))
    assert found == {"location": "url", "license": "licenses", "date": "date"}


def test_a_column_that_is_given_goes_before_what_is_known() -> None:
    columns = _columns("url", "mirror", "license", "meta.SHA256")
    assert _chosen(columns, location="MIRROR", license="", digest="meta.sha256") == {
        "location": "mirror",
        "digest": "meta.SHA256",
    }


def test_a_given_column_keeps_what_its_name_is_known_for() -> None:
    columns = _columns("url", "warc_filename")
    chosen = choose(columns, {"location": "warc_filename"})["location"]
    assert chosen.given and chosen.convention is not None
    assert chosen.convention.base == "https://data.commoncrawl.org/"


@pytest.mark.parametrize(
    ("role", "name", "message", "hint"),
    [
        ("location", "ulr", "a column for location: there is no column 'ulr'", "did you mean url?"),
        ("license", "q", "a column for license: there is no column 'q'", "columns: url, pages, meta.n"),
        ("digest", "pages", "a column for digest: 'pages' holds lists", "name one that holds texts, or a field"),
        ("license", "meta.n", "a column for license: 'meta.n' holds numbers", "name one that holds texts, or a field"),
    ],
)
def test_a_column_that_is_not_there_or_does_not_fit_is_refused(role: Role, name: str, message: str, hint: str) -> None:
    columns = _columns("url", pages="list", meta__n="number")
    with pytest.raises(UsageError) as raised:
        choose(columns, {role: name})
    assert raised.value.message == message and raised.value.hint.startswith(hint)


def test_a_listing_without_a_column_for_places_is_refused() -> None:
    with pytest.raises(InputError, match=r"no column is known to be a location; columns: a, b[.]c$") as raised:
        choose(_columns("a", "b.c"), {})
    assert raised.value.hint.endswith("--column location=NAME")


def test_columns_of_parquet_are_told_by_their_types() -> None:
    inner = pa.struct([("url", pa.string()), ("tags", pa.list_(pa.large_string()))])
    schema = pa.schema(
        [
            ("a", pa.dictionary(pa.int8(), pa.string())),
            ("b", pa.decimal128(9, 2)),
            ("c", pa.timestamp("ns", "UTC")),
            ("d", pa.binary(32)),
            ("e", pa.list_(pa.int64())),
            ("f", pa.map_(pa.string(), pa.string())),
            ("g", pa.bool_()),
            ("h", inner),
        ]
    )
    assert [(column.name, column.values) for column in of_arrow(schema)] == [
        *(("a", "text"), ("b", "number"), ("c", "day"), ("d", "bytes"), ("e", "other"), ("f", "other")),
        *(("g", "other"), ("h.url", "text"), ("h.tags", "list")),
    ]


def test_columns_of_several_files_are_one_whatever_their_case() -> None:
    found = union([[Column(("URL",), "text")], [Column(("url",), "text"), Column(("n",), "number")]])
    assert {key: [column.name for column in forms] for key, forms in found.items()} == {
        "url": ["URL", "url"],
        "n": ["n"],
    }
