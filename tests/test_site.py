"""The documentation as a site: built without a warning, asking for nothing from elsewhere, with no link to nothing."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
#: Elements whose addresses a browser fetches by itself, and links of these kinds.
_FETCHED = {"script", "img", "iframe", "source", "video", "audio", "embed", "object", "track", "use", "image"}
_FETCHED_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
    "modulepreload",
}
_ADDRESSES = ("src", "href", "srcset", "data", "poster", "xlink:href")

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("mkdocs") is None or importlib.util.find_spec("material") is None,
    reason="MkDocs is not installed: pip install -e '.[docs]'",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Build the site; return its folder, and what was told meanwhile."""
    site = tmp_path_factory.mktemp("site")
    ran = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    return site, ran.stdout + ran.stderr


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.anchors |= {told[name] for name in ("id", "name") if name in told}
        addresses = [told[name] for name in _ADDRESSES if told.get(name)]
        if tag in _FETCHED or (tag == "link" and _FETCHED_LINKS & set(told.get("rel", "").split())):
            self.fetched += addresses
        if tag == "a":
            self.links += addresses


@cache
def _parsed(file: Path) -> _Page:
    page = _Page()
    page.feed(file.read_text("utf-8"))
    return page


def pages(site: Path) -> Iterator[Path]:
    # A page of errors is served at any address, so its own are those of a server.
    yield from (file for file in sorted(site.rglob("*.html")) if file != site / "404.html")


def test_it_is_built_without_a_warning(built: tuple[Path, str]) -> None:
    assert [line for line in built[1].splitlines() if re.match(r"(WARNING|ERROR)\b|.*[Dd]eprecat", line)] == []


def test_no_page_asks_for_anything_from_elsewhere(built: tuple[Path, str]) -> None:
    away = {
        f"{file.relative_to(built[0])}: {address}"
        for file in built[0].rglob("*.html")
        for address in _parsed(file).fetched
        if urlsplit(address).netloc
    }
    assert away == set()
    styles = [file.read_text("utf-8") for file in built[0].rglob("*.css")]
    assert styles
    assert [
        found for style in styles for found in re.findall(r"(?:url\(|@import)[\s\"']*(?:https?:)?//[^)\s]+", style)
    ] == []


def test_every_link_within_it_leads_to_a_file_and_a_section_of_it(built: tuple[Path, str]) -> None:
    broken = []
    for file in pages(built[0]):
        for link in (*_parsed(file).links, *_parsed(file).fetched):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            anchor = unquote(parts.fragment)
            if not target.is_file() or (
                anchor and target.suffix == ".html" and anchor not in _parsed(target).anchors | {"__skip"}
            ):
                broken.append(f"{file.relative_to(built[0])}: {link}")
    assert broken == []


def test_files_of_the_repository_that_pages_lead_to_are_there_as_they_are(built: tuple[Path, str]) -> None:
    for name in ("ontology/osaid.ttl", "data/schema/report.schema.json", "data/releases/bloom-176b.yaml"):
        assert (built[0] / "repository" / name).read_bytes() == (ROOT / name).read_bytes()


def test_a_list_below_a_paragraph_and_a_table_are_what_a_forge_shows(built: tuple[Path, str]) -> None:
    """Markdown differs between forges and MkDocs: what is a list or a table there must be none of our text here."""
    raw = []
    for file in pages(built[0]):
        text = re.sub(r"<(pre|code)\b.*?</\1>", "", file.read_text("utf-8"), flags=re.DOTALL)
        body = text.partition("<article")[2].partition("</article>")[0]
        raw += [
            f"{file.name}: {found}"
            for found in re.findall(r"<p>(?:(?!</p>).)*?\n((?:- |\d+\. |\|)[^\n]{0,60})", body, re.DOTALL)
        ]
    assert raw == []


def test_every_page_stands_in_the_navigation_under_one_of_four_kinds() -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]
    kinds = {name: entries for each in nav for name, entries in each.items()}
    assert list(kinds) == ["Home", "Tutorials", "How to", "Reference", "Explanation"]
    listed = [page for name in kinds if name != "Home" for entry in kinds[name] for page in entry.values()]
    assert len(listed) == len(set(listed))
    on_disk = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").glob("*.md")}
    assert set(listed) == on_disk | {"requirements/README.md"}
