"""What the site needs beyond ``docs/``: a hook of MkDocs, named in ``mkdocs.yml``.

Pages link to files of the repository beside them, as a forge shows them. Such files are brought into the site, below
``repository/``, and the links follow; a folder becomes a list of its files. The README is the first page. Headings have
the anchors that forges give them, so a link to a section leads there in both.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT: Final = Path(__file__).resolve().parent.parent
#: Where the files of the repository are in the site.
BESIDE: Final = "repository"
_CODE_OR_LINK: Final = re.compile(
    r"(?P<code>^(?P<fence>`{3,}).*?^(?P=fence)`*$|(?<!`)(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`))|\]\((?P<target>[^)\s]+)\)",
    re.DOTALL | re.MULTILINE,
)
_NOT_A_SLUG: Final = re.compile(r"[^\w\- ]")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Have headings get the anchors of forges."""
    config.mdx_configs.setdefault("toc", {})["slugify"] = _slug
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the first page, and every file of the repository that a page leads to."""
    files.append(_added("README.md", config))
    pending = [file for file in files if file.src_uri.endswith(".md")]
    known: set[str] = set()
    while pending:
        page = pending.pop()
        path = _path_of(page.src_uri)
        for target in _targets(page.content_string):
            found = _resolved(path, target)
            if found is None or found in known or found.startswith("docs/"):
                continue
            known.add(found)
            file = _added(found, config)
            files.append(file)
            if file.src_uri.endswith(".md"):
                pending.append(file)
    return files


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Have the links of a page lead to where their files are in the site."""
    uri = page.file.src_uri
    path = _path_of(uri)

    def moved(found: re.Match[str]) -> str:
        target = found["target"]
        resolved = _resolved(path, target) if target else None
        if resolved is None:
            return found[0]
        there = posixpath.relpath(_uri_of(resolved), posixpath.dirname(uri) or ".")
        _, hash_, section = target.partition("#")
        return f"]({there}{hash_}{section})"

    return _CODE_OR_LINK.sub(moved, markdown)


def _targets(markdown: str) -> list[str]:
    return [found["target"] for found in _CODE_OR_LINK.finditer(markdown) if found["target"]]


def _resolved(path: str, target: str) -> str | None:
    """Return the path in the repository that a link of a file leads to; None where it leads elsewhere or nowhere."""
    file = target.partition("#")[0]
    if not file or re.match(r"[a-z]+:", file):
        return None
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
    return None if found.startswith("..") or not (ROOT / found).exists() else found


def _path_of(uri: str) -> str:
    """Return where a file of the site is in the repository; the list of a folder has a slash at its end."""
    if uri == "index.md":
        return "README.md"
    beside = uri.removeprefix(f"{BESIDE}/")
    return beside.removesuffix("index.md") if beside != uri else f"docs/{uri}"


def _uri_of(path: str) -> str:
    """Return where a file of the repository is in the site."""
    if path == "README.md":
        return "index.md"
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    return f"{BESIDE}/{path}/index.md" if (ROOT / path).is_dir() else f"{BESIDE}/{path}"


def _added(path: str, config: MkDocsConfig) -> File:
    place = ROOT / path
    if not place.is_dir():
        return File.generated(config, _uri_of(path), content=place.read_bytes())
    names = sorted(each.name for each in place.iterdir() if each.is_file())
    links = (f"- [`{name}`]({name})" for name in names)
    return File.generated(config, _uri_of(path), content="\n".join([f"# {path}", "", *links, ""]))


def _slug(heading: str, separator: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return _NOT_A_SLUG.sub("", heading.casefold()).replace(" ", separator)
