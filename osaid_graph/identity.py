"""Who is who: Hub ids, versions and known names become one IRI each; nothing is ever matched by similarity."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from typing import Final, Literal
from urllib.parse import quote, unquote, urlsplit

from osaid_graph.errors import InputError
from osaid_graph.resources import root

Kind = Literal["datasets", "models"]

HUB = "https://huggingface.co/"
_EXAMPLES: Final = ("example.org", "example.com", "example.net")
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
#: Characters of one IRI. Servers refuse longer ones (RFC 9110 asks them to take 8,000).
MAX_IRI: Final = 8_192
NAMED = "urn:osaid:name:"
#: What stands for a blank node in formats that know none (RDF 1.1, section 3.5).
BLANK = "urn:osaid:blank:"
# RFC 3987: section 2.2 has no place for control characters, spaces and these delimiters, nor for code points that are
# no characters; section 4.1 bans the formatting characters of bidirectional text, which disguise one IRI as another.
_NOT_IN_IRI = re.compile(
    r'[\x00-\x20<>"{}|\\^`\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]'
)
_WITHOUT_HOST = re.compile(r"https?:(?!//[^/?#])", re.IGNORECASE)
_HUB_PREFIX = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/", re.IGNORECASE)
_HUB_VIEWS = ("/tree/main", "/blob/main", "/resolve/main")
_DOI = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:)(?P<doi>10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE)
_BARE_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
# What tools write for the address of a repository: git+ of pip and npm, git's own protocols, its short form of ssh.
_GIT_PREFIX = re.compile(r"^(?:git\+)+(?=(?:https?|ssh)://)", re.IGNORECASE)
_GIT_HOST = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[\w.-]+@)?(?:www\.)?|git@)"
    r"(?P<host>github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)(?::(?!\d+/)|/)(?P<path>.+)",
    re.IGNORECASE | re.DOTALL,
)


@cache
def _aliases() -> dict[Kind, dict[str, str]]:
    import yaml

    document = yaml.safe_load((root() / "data" / "aliases.yaml").read_text("utf-8"))
    return {kind: {name.casefold(): iri for name, iri in document[kind].items()} for kind in ("datasets", "models")}


@cache
def _placeholders() -> dict[str, str]:
    import yaml

    document = yaml.safe_load((root() / "data" / "placeholders.yaml").read_text("utf-8"))
    return {name.casefold(): group["why"] for group in document.values() for name in group["names"]}


def placeholder_words() -> frozenset[str]:
    """Return the words that stand for a name and name nothing, in lower case (``data/placeholders.yaml``)."""
    return frozenset(_placeholders())


def placeholder(iri: str) -> str:
    """Return why the name that an IRI is made of names nothing, a clause; empty where it may name something.

    >>> placeholder("urn:osaid:name:generator").partition(", ")[0]
    'is the name of a loader of the library datasets'
    """
    if not iri.startswith(NAMED):
        return ""
    return _placeholders().get(unquote(iri.removeprefix(NAMED)).casefold(), "")


def checked_iri(text: str) -> str:
    """Return ``text`` if it can be an absolute IRI.

    Raises:
        InputError: It cannot be an IRI reference, has no scheme, or is an http(s) IRI without a host (RFC 9110,
            section 4.2).
    """
    checked_reference(text)
    if not _ABSOLUTE.match(text):
        raise InputError(f"invalid IRI {shortened(text)!r}: it has no scheme", "write an absolute IRI, https://...")
    if _WITHOUT_HOST.match(text):
        raise InputError(f"invalid IRI {shortened(text)!r}: it names no host", "write https://<host>/...")
    return text


def checked_reference(text: str) -> str:
    """Return ``text`` if it can be an IRI, absolute or relative.

    Raises:
        InputError: It holds characters that no IRI may hold (RFC 3987), or is longer than ``MAX_IRI``.
    """
    if len(text) > MAX_IRI:
        raise InputError(
            f"invalid IRI {shortened(text)!r}: it has {len(text):,} characters",
            f"name the document by an IRI of at most {MAX_IRI:,}",
        )
    bad = _NOT_IN_IRI.search(text)
    if bad:
        raise InputError(
            f"invalid IRI {shortened(text)!r}: character {bad.group()!r} is not allowed",
            "write it percent-encoded, for example %20 for a space",
        )
    return text


def shortened(text: str, limit: int = 60) -> str:
    """Return ``text`` cut to ``limit`` characters for a message."""
    return str(text) if len(text) <= limit else text[: limit - 3] + "..."


def is_url(text: str) -> bool:
    """Tell whether ``text`` as a whole is an http(s) URL, and so names a document rather than being a text."""
    return text.startswith(("http://", "https://")) and not _NOT_IN_IRI.search(text)


def is_example(iri: str) -> bool:
    """Tell whether an address is at a host reserved for examples (RFC 2606, section 3), and so of nothing real.

    >>> is_example("https://www.example.org/webmix"), is_example("https://example-models.org/")
    (True, False)
    """
    if "example." not in iri.casefold() or not is_url(iri):
        return False
    try:
        host = urlsplit(iri).hostname or ""
    except ValueError:  # an address that is none, such as https://[
        return False
    return any(host == known or host.endswith(f".{known}") for known in _EXAMPLES)


def resolve(reference: str, kind: Kind) -> str:
    """Return the IRI a reference stands for.

    An absolute IRI stands for itself (:func:`canonical` has the one spelling of Hub pages, repositories and DOIs), a
    DOI without a scheme for its page, ``org/name`` for the Hub repository, a
    name of ``data/aliases.yaml`` for what that table says, and ``<repository or name>@<version>`` for that version.
    Any other name becomes a node of its own under ``urn:osaid:name:``, which stays unresolved unless it is described.
    Names that differ in more than case and spacing are never taken for each other.

    >>> resolve("allenai/c4", "datasets")
    'https://huggingface.co/datasets/allenai/c4'
    >>> resolve("allenai/dolma@1.5", "datasets")
    'https://huggingface.co/datasets/allenai/dolma#1.5'
    >>> resolve("Our web crawl", "datasets")
    'urn:osaid:name:our-web-crawl'
    >>> resolve("https://huggingface.co/gpt2", "models")
    'https://huggingface.co/openai-community/gpt2'
    >>> resolve("GitHub C++", "datasets")
    'urn:osaid:name:github-c%2B%2B'

    Raises:
        InputError: The reference is empty, an invalid IRI, or holds neither a letter nor a digit.
    """
    text = reference.strip()
    if not text:
        raise InputError("an empty reference", "name what is meant, or leave the entry out")
    known = _aliases()[kind].get(text.casefold())
    if known:
        return known
    name, at, version = text.rpartition("@")
    if _ABSOLUTE.match(text) and ("://" in text or " " not in (name or text)):
        iri = _moved(canonical(checked_iri(text)), kind)
        # A Hub id holds no "@"; in other IRIs it is a character like any other.
        if at and version and iri.startswith(HUB) and "#" not in iri and "/" not in version:
            return versioned(canonical(name), version)
        return iri
    if at and not name:
        raise InputError(f"{shortened(text)!r} has no name before '@'", "write <name>@<version>")
    if name and version.strip() and "@" not in name:
        return versioned(resolve(name, kind), version)
    if _BARE_DOI.fullmatch(text):
        return f"https://doi.org/{text}"
    if _HUB_ID.fullmatch(text):
        return HUB + ("datasets/" if kind == "datasets" else "") + text
    if not any(character.isalnum() for character in text):
        raise InputError(f"{shortened(text)!r} cannot be a name", "use letters and digits, or an absolute IRI")
    return checked_iri(NAMED + _fragment(unicodedata.normalize("NFC", text.casefold())))


def _moved(iri: str, kind: Kind) -> str:
    """Return where the Hub has moved a page from before every repository had an organisation, if the aliases tell."""
    name = iri.removeprefix(HUB + ("datasets/" if kind == "datasets" else ""))
    return iri if name == iri or "/" in name else _aliases()[kind].get(name.casefold(), iri)


def unnamed(data: bytes) -> str:
    """Return the IRI of what a document describes without saying which thing in the world it is.

    >>> unnamed(b"# A card")
    'urn:osaid:document:922e4a31a1709b45'
    """
    return f"urn:osaid:document:{hashlib.sha256(data).hexdigest()[:16]}"


def split_version(reference: str, kind: Kind) -> tuple[str, str]:
    """Return the IRI of what a reference names without its version, and that version (empty if it has none).

    >>> split_version("allenai/dolma@1.5", "datasets")
    ('https://huggingface.co/datasets/allenai/dolma', '1.5')

    Raises:
        InputError: The reference is empty or an invalid IRI.
    """
    iri = resolve(reference, kind)
    name, at, version = reference.strip().rpartition("@")
    if at and name and version.strip() and "@" not in name:
        whole = resolve(name, kind)
        if versioned(whole, version) == iri:
            return whole, version.strip()
    return iri, ""


def versioned(iri: str, version: str) -> str:
    """Return the IRI of one version of what ``iri`` names: versions are nodes of their own.

    >>> versioned("https://example.org/corpora#web", "2 beta")
    'https://example.org/corpora#web@2-beta'
    """
    if not version.strip():
        return iri
    return f"{iri}{'@' if '#' in iri else '#'}{_fragment(version)}"


def part_of(iri: str, name: str) -> str:
    """Return the IRI of a part of what ``iri`` names that has none of its own.

    >>> part_of("https://example.org/atlas", "parameters")
    'https://example.org/atlas#parameters'
    """
    return f"{iri}{'-' if '#' in iri else '#'}{name}"


def within(iri: str, whole: str) -> str | None:
    """Return what stands after the IRI of ``whole`` in that of it, its versions and its parts; None for any other.

    >>> within("https://example.org/atlas#parameters", "https://example.org/atlas")
    '#parameters'
    >>> within("https://example.org/atlas-base", "https://example.org/atlas") is None
    True
    """
    rest = iri.removeprefix(whole)
    ends = ("/", "-", "@") if "#" in whole else ("/", "#")
    return rest if iri.startswith(whole) and (not rest or rest.startswith(ends)) else None


def _fragment(text: str) -> str:
    """Return ``text`` as it can stand in a fragment or URN: spaces as hyphens, all but letters and digits encoded."""
    return quote("-".join(text.split()), safe="-._~", errors="replace")


def canonical(iri: str) -> str:
    """Return the one spelling of the IRI of a Hub page, a repository of code or a DOI; any other is returned unchanged.

    >>> canonical("http://www.huggingface.co/datasets/allenai/c4/tree/main")
    'https://huggingface.co/datasets/allenai/c4'
    >>> canonical("git+ssh://git@github.com/acme/atlas.git"), canonical("git@github.com:acme/atlas.git")
    ('https://github.com/acme/atlas', 'https://github.com/acme/atlas')
    >>> canonical("http://dx.doi.org/10.5281/zenodo.7"), canonical("doi:10.5281/zenodo.7")
    ('https://doi.org/10.5281/zenodo.7', 'https://doi.org/10.5281/zenodo.7')
    """
    iri = _GIT_PREFIX.sub("", iri)
    prefix = _HUB_PREFIX.match(iri)
    if not prefix:
        doi = _DOI.fullmatch(iri)
        return f"https://doi.org/{doi['doi']}" if doi else _repository(iri)
    path, shorter = "", iri[prefix.end() :]
    while path != shorter:
        path = shorter
        shorter = path.rstrip("/")
        for view in _HUB_VIEWS:
            shorter = shorter.removesuffix(view)
    return HUB + path


def _repository(iri: str) -> str:
    """Return the one spelling of an address at a host of repositories: its page, whatever git is told to fetch it by.

    Only the repository itself loses ``.git`` and a slash at its end; below it, addresses stay what they are.
    """
    hosted = _GIT_HOST.fullmatch(iri)
    if not hosted:
        return iri
    address, mark, fragment = hosted["path"].partition("#")
    path = address.strip("/")
    if path.count("/") == 1:
        path = re.sub(r"(?:\.git)+$", "", path)
    elif address.endswith("/"):
        path += "/"
    return f"https://{hosted['host'].lower()}/{path}{mark}{fragment}"


def short(iri: str) -> str:
    """Return a name for an IRI that a person recognises: the Hub id, the repository, or the IRI without its scheme.

    >>> short("https://huggingface.co/datasets/allenai/dolma#1.5")
    'allenai/dolma@1.5'
    """
    text, _, version = iri.partition("#")
    for prefix in (HUB + "datasets/", HUB, "https://github.com/", NAMED, "https://", "http://"):
        name = text.removeprefix(prefix).rstrip("/")
        if text.startswith(prefix) and name:
            break
    else:
        name = text
    shown = f"{name}@{version}" if version else name
    words = f"{unquote(name) if iri.startswith(NAMED) else name}{'@' if version else ''}{unquote(version)}"
    return words if words.isprintable() else shown
