"""Who is who: one IRI for every spelling of one thing, and never one for two things."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from osaid_graph.errors import InputError
from osaid_graph.identity import (
    MAX_IRI,
    Kind,
    canonical,
    checked_iri,
    is_url,
    part_of,
    resolve,
    short,
    shortened,
    split_version,
    versioned,
)

HUB = "https://huggingface.co/"


@pytest.mark.parametrize(
    ("reference", "kind", "iri"),
    [
        ("acme/web", "datasets", f"{HUB}datasets/acme/web"),
        ("acme/web", "models", f"{HUB}acme/web"),
        ("  acme/web ", "datasets", f"{HUB}datasets/acme/web"),
        ("acme/web@1.5", "datasets", f"{HUB}datasets/acme/web#1.5"),
        ("acme/web@2 beta", "datasets", f"{HUB}datasets/acme/web#2-beta"),
        ("common-crawl", "datasets", "https://commoncrawl.org/"),
        ("Common Crawl", "datasets", "https://commoncrawl.org/"),
        ("c4@en", "datasets", f"{HUB}datasets/allenai/c4#en"),
        ("https://example.org/a", "datasets", "https://example.org/a"),
        ("urn:x:y", "models", "urn:x:y"),
        ("http://www.huggingface.co/datasets/acme/web/tree/main/", "models", f"{HUB}datasets/acme/web"),
        ("https://hf.co/acme/web@1.5", "models", f"{HUB}acme/web#1.5"),
        ("https://example.org/@ada/web", "datasets", "https://example.org/@ada/web"),
        ("https://example.org/web@1.5", "datasets", "https://example.org/web@1.5"),
        ("mailto:ada@example.org", "datasets", "mailto:ada@example.org"),
        ("our web crawl", "datasets", "urn:osaid:name:our-web-crawl"),
        ("Our  web\ncrawl", "datasets", "urn:osaid:name:our-web-crawl"),
        ("our web crawl@2", "datasets", "urn:osaid:name:our-web-crawl#2"),
        ("Crawl: 2023", "datasets", "urn:osaid:name:crawl%3A-2023"),
        ("org/name/part", "datasets", "urn:osaid:name:org%2Fname%2Fpart"),
        ("a@b@c", "datasets", "urn:osaid:name:a%40b%40c"),
        ("name@", "datasets", "urn:osaid:name:name%40"),
    ],
)
def test_a_reference_stands_for_one_iri(reference: str, kind: Kind, iri: str) -> None:
    assert resolve(reference, kind) == iri


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GitHub C++", "GitHub C#"),
        ("GitHub C++", "GitHub C"),
        ("web v1.5", "web v15"),
        ("web v1.5", "web v1-5"),
        ("news (en)", "news en"),
        ("中文语料", "日本語コーパス"),
        ("wiki/en", "wiki en"),
        ("acme/web@1.0", "acme/web@1-0"),
        ("acme/web@a+b", "acme/web@a-b"),
        ("acme/web@1", "acme/web@2"),
        ("acme/web@1", "acme/web"),
    ],
)
def test_what_differs_in_more_than_case_and_spacing_is_never_one(one: str, other: str) -> None:
    assert resolve(one, "datasets") != resolve(other, "datasets")


@pytest.mark.parametrize("name", ["中文语料", "Корпус", "Café", "Cafe\u0301", "عربي", "हिन्दी"])
def test_a_name_may_be_in_any_script_and_is_shown_as_it_is(name: str) -> None:
    iri = resolve(name, "datasets")
    assert iri.isascii()
    assert resolve(name.upper(), "datasets") == iri
    assert short(iri) == short(resolve("Café", "datasets")) if name.startswith("Caf") else short(iri) == name.casefold()


@pytest.mark.parametrize("reference", ["", "  ", "@1.0", "???", "...", "\u202e"])
def test_what_names_nothing_is_refused(reference: str) -> None:
    with pytest.raises(InputError) as raised:
        resolve(reference, "datasets")
    assert raised.value.hint


def test_a_name_of_any_length_is_resolved_or_refused_at_once() -> None:
    for name in ("a@" * 100_000 + "b", "x" * 1_000_000, "x " * 1_000_000, "a/" * 100_000, "é" * 100_000):
        with pytest.raises(InputError, match="invalid IRI"):
            resolve(name, "datasets")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("https://example.org/a b", "character ' '"),
        ("https://example.org/<a>", "character '<'"),
        ("https://example.org/\n", r"character '\\n'"),
        ("https://example.org/\x1b[31m", r"character '\\x1b'"),
        ("https://example.org/\x9b31m", r"character '\\x9b'"),
        ("https://example.org/\u202egpj", r"character '\\u202e'"),
        ("https://example.org/\ufffe", r"character '\\ufffe'"),
        ("https://example.org/\ud800", r"character '\\ud800'"),
        ("example.org/a", "no scheme"),
        ("/etc/passwd", "no scheme"),
        ("1a:b", "no scheme"),
        ("https:/example.org", "no host"),
        ("http://", "no host"),
        ("HTTPS:///a", "no host"),
        ("https://?a", "no host"),
        ("https://" + "a" * MAX_IRI, r"8,200 characters"),
    ],
)
def test_what_cannot_be_an_iri_is_refused(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as raised:
        checked_iri(text)
    assert str(raised.value).isprintable()


@pytest.mark.parametrize(
    "text", ["https://example.org/é", "https://例え.jp/", "urn:a:b", "doi:10.1/x", "a:", "http://[::1]/"]
)
def test_what_can_be_an_iri_is_taken_as_it_is(text: str) -> None:
    assert checked_iri(text) == text


@pytest.mark.parametrize(
    "spelling",
    [
        "https://doi.org/10.5281/zenodo.7",
        "http://doi.org/10.5281/zenodo.7",
        "https://dx.doi.org/10.5281/zenodo.7",
        "https://www.doi.org/10.5281/zenodo.7",
        "doi:10.5281/zenodo.7",
        "DOI:10.5281/zenodo.7",
        "10.5281/zenodo.7",
    ],
)
@pytest.mark.parametrize("kind", ["datasets", "models"])
def test_a_doi_is_one_thing_however_it_is_written(spelling: str, kind: Kind) -> None:
    assert resolve(spelling, kind) == "https://doi.org/10.5281/zenodo.7"


@pytest.mark.parametrize(
    "spelling",
    [
        "https://huggingface.co/acme/web",
        "http://huggingface.co/acme/web/",
        "https://www.huggingface.co/acme/web/tree/main",
        "https://HF.co/acme/web/resolve/main/",
        "https://hf.co/acme/web/blob/main//",
    ],
)
def test_a_hub_page_has_one_spelling(spelling: str) -> None:
    assert canonical(spelling) == f"{HUB}acme/web"


@pytest.mark.parametrize(
    "iri",
    [
        f"{HUB}acme/web/tree/v1",
        f"{HUB}acme/web/blob/main/README.md",
        f"{HUB}acme/web?x=/tree/main&y",
        "https://huggingface.co.example/acme/web/",
        "https://example.org/https://huggingface.co/a/",
        "https://notahf.co/acme/web/",
    ],
)
def test_any_other_page_keeps_its_spelling(iri: str) -> None:
    assert canonical(iri) == iri


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/acme/atlas",
        "https://github.com/acme/atlas/",
        "http://www.github.com/acme/atlas.git",
        "https://ada@GitHub.com/acme/atlas.git/",
        "git+https://github.com/acme/atlas.git",
        "git+https://github.com/acme/atlas",
        "git+ssh://git@github.com/acme/atlas.git",
        "ssh://git@github.com/acme/atlas.git",
        "git://github.com/acme/atlas.git",
        "git@github.com:acme/atlas.git",
    ],
)
def test_whatever_git_fetches_a_repository_by_is_its_page(address: str) -> None:
    assert canonical(address) == "https://github.com/acme/atlas"


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("git+https://example.org/acme/atlas.git", "https://example.org/acme/atlas.git"),
        ("git+https://huggingface.co/acme/atlas/", "https://huggingface.co/acme/atlas"),
        ("https://example.org/?from=git+https://github.com/", "https://example.org/?from=git+https://github.com/"),
        ("https://example.org/acme/atlas.git/", "https://example.org/acme/atlas.git/"),
        ("https://gitlab.com/acme/group/atlas.git", "https://gitlab.com/acme/group/atlas.git"),
        ("http://github.com/acme/atlas/tree/v1/", "https://github.com/acme/atlas/tree/v1/"),
        ("https://github.com/acme/atlas.git#59a53e3", "https://github.com/acme/atlas#59a53e3"),
        ("https://github.com:8443/acme/atlas.git", "https://github.com:8443/acme/atlas.git"),
        ("https://github.com.example/acme/atlas.git", "https://github.com.example/acme/atlas.git"),
        ("https://acme.github.com/acme/atlas.git", "https://acme.github.com/acme/atlas.git"),
        ("https://github.com/", "https://github.com/"),
        ("https://github.com/acme/", "https://github.com/acme/"),
        ("ada@example.org:acme/atlas.git", "ada@example.org:acme/atlas.git"),
    ],
)
def test_nothing_else_of_an_address_is_taken_away(address: str, page: str) -> None:
    assert canonical(address) == page
    assert canonical(page) == page


_PIECES = [
    "git+",
    "https://",
    "http://",
    "git@",
    "github.com",
    "huggingface.co",
    "/",
    ":",
    ".git",
    "a",
    "#",
    "@",
    "www.",
]


@given(st.lists(st.sampled_from(_PIECES)))
def test_the_one_spelling_is_spelt_once(parts: list[str]) -> None:
    assert canonical(canonical("".join(parts))) == canonical("".join(parts))


def test_the_hub_itself_is_not_nothing() -> None:
    assert canonical(HUB) == HUB
    assert short(HUB) == "huggingface.co"


@pytest.mark.parametrize(
    ("iri", "shown"),
    [
        (f"{HUB}datasets/acme/web#1.5", "acme/web@1.5"),
        (f"{HUB}acme/atlas", "acme/atlas"),
        ("https://github.com/acme/atlas#59a53e3", "acme/atlas@59a53e3"),
        ("https://example.org/a/", "example.org/a"),
        ("http://example.org/a#b", "example.org/a@b"),
        ("urn:osaid:name:github-c%2B%2B", "github-c++"),
        ("urn:osaid:name:a%1Bb", "urn:osaid:name:a%1Bb"),
        ("urn:x:y", "urn:x:y"),
        ("https://example.org/%1B", "example.org/%1B"),
    ],
)
def test_an_iri_is_shown_as_people_know_it(iri: str, shown: str) -> None:
    assert short(iri) == shown.removeprefix("urn:osaid:name:")


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("acme/web@1.5", (f"{HUB}datasets/acme/web", "1.5")),
        ("acme/web", (f"{HUB}datasets/acme/web", "")),
        ("c4@en", (f"{HUB}datasets/allenai/c4", "en")),
        ("https://example.org/@ada", ("https://example.org/@ada", "")),
        ("a@b@c", ("urn:osaid:name:a%40b%40c", "")),
    ],
)
def test_a_version_is_told_from_the_name(reference: str, parts: tuple[str, str]) -> None:
    assert split_version(reference, "datasets") == parts
    assert versioned(*parts) == resolve(reference, "datasets")


def test_an_iri_never_gets_a_second_fragment() -> None:
    for iri in ("https://example.org/a", "https://example.org/a#b"):
        assert versioned(part_of(iri, "x"), "1#2").count("#") == 1
        assert part_of(versioned(iri, "1"), "x").count("#") == 1


def test_urls_are_told_from_texts() -> None:
    assert is_url("https://example.org/a")
    assert not is_url("https://example.org/a b")
    assert not is_url("see https://example.org")


def test_a_long_text_is_cut() -> None:
    assert shortened("x" * 100, 10) == "xxxxxxx..."
    assert shortened("x" * 10, 10) == "x" * 10


_NAMES = st.text(st.sampled_from(string.ascii_letters + string.digits + "+#. @:/_-é中\u0301"), min_size=1, max_size=20)


@given(_NAMES, st.sampled_from(["datasets", "models"]))
def test_what_a_reference_stands_for_stands_for_itself(reference: str, kind: Kind) -> None:
    try:
        iri = resolve(reference, kind)
    except InputError:
        return
    assert checked_iri(iri) == iri
    assert canonical(iri) == iri
    assume("@" not in iri.partition("#")[0])
    assert resolve(iri, kind) == iri


@given(st.text(st.sampled_from(["/", "tree", "blob", "main", "/tree/main", "a"]).map(lambda s: s[0])))
def test_the_canonical_spelling_is_its_own(path: str) -> None:
    iri = HUB + path
    assert canonical(canonical(iri)) == canonical(iri)


@given(st.lists(st.sampled_from(["/tree/main", "/blob/main", "/resolve/main", "/", "/a", "main"])))
def test_a_path_of_views_has_one_spelling(pieces: list[str]) -> None:
    iri = "http://hf.co/a/b" + "".join(pieces)
    assert canonical(canonical(iri)) == canonical(iri)


@given(_NAMES, _NAMES)
def test_two_names_are_one_only_if_they_differ_in_case_and_spacing_alone(one: str, other: str) -> None:
    names = [name.casefold().split() for name in (one, other)]
    assume(all("@" not in name and ":" not in name and "/" not in name for name in (one, other)))
    assume("-" not in one + other)
    try:
        iris = [resolve(name, "datasets") for name in (one, other)]
    except InputError:
        return
    assume(all(iri.startswith("urn:osaid:name:") for iri in iris))
    if iris[0] == iris[1]:
        assert unicodedata.normalize("NFC", " ".join(names[0])) == unicodedata.normalize("NFC", " ".join(names[1]))


@pytest.mark.parametrize(
    ("name", "kind", "iri"),
    [
        ("Llama-2-13B", "models", "meta-llama/Llama-2-13b"),
        ("gpt2-medium", "models", "openai-community/gpt2-medium"),
        ("OpenELM-1_1B", "models", "apple/OpenELM-1_1B"),
        ("wmt14", "datasets", "datasets/wmt/wmt14"),
        ("GSM8K", "datasets", "datasets/openai/gsm8k"),
    ],
)
def test_a_name_of_the_hubs_early_days_or_of_one_maker_is_where_the_hub_has_it(name: str, kind: Kind, iri: str) -> None:
    assert resolve(name, kind) == f"https://huggingface.co/{iri}"
