"""Write ``data/schema/osaid.schema.json``, the tables of keys in ``docs/manifest.md``, and ``listing.schema.json``.

The first two follow from the tables of ``osaid_graph/readers/manifest/keys.py``, the schema of the profile of a listing
from the classes of ``osaid_graph/listings/profile.py``. A table of the page stands between
``<!-- keys: NAME -->`` and ``<!-- end -->``, where NAME is a block of the manifest, or ``manifest`` for its top level.

    python tools/generate_schema.py            write them
    python tools/generate_schema.py --check    exit 1 if a file on disk is not what would be written
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

from osaid_graph.listings import schema as listing
from osaid_graph.readers.manifest.keys import BLOCKS, MANIFEST, Accepts, Key
from osaid_graph.readers.manifest.schema import JUDGEABLE, REQUIRED, schema
from osaid_graph.validation.definition import definition, versions
from osaid_graph.vocab import CODELISTS

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "data" / "schema" / "osaid.schema.json"
LISTING = ROOT / "data" / "schema" / "listing.schema.json"
PAGE = ROOT / "docs" / "manifest.md"

_TABLE = re.compile(r"(<!-- keys: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
#: How the page names what a key accepts; the links are sections of the page.
_ACCEPTS = {
    Accepts.STATEMENT: "[statement](#statements-and-their-sources)",
    Accepts.PLAIN: "text",
    Accepts.DATE: "date, YYYY-MM-DD",
    Accepts.ACCESS: "{words}; `{{manner, comment}}`",
    Accepts.AGENT: "name; `{{name, id}}`",
    Accepts.DATASETS: "[datasets](#datasets)",
    Accepts.DERIVATIONS: "[derivations](#derivation)",
    Accepts.REFERENCES: "[references](#references-and-identity)",
    Accepts.NODES: "URL, text or [block](#{block}), [silence](#three-ways-of-saying-nothing); list",
    Accepts.SOURCE: "URL; `{{url, title, retrieved}}`",
    Accepts.BLOCK: "[block](#{block})",
    Accepts.PART: "[block](#{block})",
    Accepts.BLOCKS: "list of [blocks](#{block})",
    Accepts.IMPORTS: "list of file names",
    Accepts.FLAG: "`true` or `false`",
    Accepts.COUNT: "whole number",
    Accepts.WORD: "{words}",
    Accepts.WORDS: "list of {words}",
}
#: What a general form says too loosely for one key.
_EXACTLY = {
    ("judgement", "by"): "name; `{name, id, affiliation}`",
    ("waiver", "by"): "name; `{name, id, affiliation}`",
    ("judgement", "evidence"): "URL, text or `{url, retrieved, sha256}`; list",
    ("judgement", "outcome"): ", ".join(f"`{word}`" for word in JUDGEABLE),
}
_SECTIONS = {
    "system": "system-and-model",
    "model": "system-and-model",
    "parameters": "parameters",
    "training-state": "checkpoints-and-optimizer-state",
    "code": "code",
    "configuration": "arguments",
    "data-information": "data-information",
    "document": "documents",
    "dataset": "datasets",
    "listing": "listing",
    "judgement": "judgements",
    "waiver": "waivers",
}


def schema_text() -> str:
    """Return the schema file; a judgement may name the requirements of every version that is shipped."""
    ids = dict.fromkeys(id_ for version in versions() for id_ in definition(version).requirements)
    return json.dumps(schema(tuple(ids), versions()), indent=2, ensure_ascii=False) + "\n"


def listing_text() -> str:
    """Return the schema of the profile of a listing."""
    return json.dumps(listing.schema(), indent=2, ensure_ascii=False) + "\n"


def table(name: str) -> str:
    """Return the table of keys of a block, or of the top level (``manifest``), as Markdown."""
    keys = MANIFEST if name == "manifest" else BLOCKS[name]
    rows = [
        f"| {_key(name, key_name)} | {_accepts(name, key_name, key)} | {key.meaning} |"
        for key_name, key in keys.items()
    ]
    return "\n".join(["| key | accepts | what it says |", "|---|---|---|", *rows]) + "\n"


def page(text: str) -> str:
    """Return the text of a page with every table of keys as it should be."""
    return _TABLE.sub(lambda found: found[1] + table(found[2]) + found[3], text)


def _key(block: str, name: str) -> str:
    return f"**`{name}`**" if name in REQUIRED.get(block, ()) else f"`{name}`"


def _accepts(block: str, name: str, key: Key) -> str:
    if (block, name) in _EXACTLY:
        return _EXACTLY[block, name]
    if name in ("id", "subject", "on"):
        return "[reference](#references-and-identity)"
    words = ", ".join(f"`{word}`" for word in CODELISTS.get(key.codelist, ()))
    return _ACCEPTS[key.accepts].format(words=words, block=_SECTIONS.get(key.block, ""))


def main() -> int:
    """Write the files, or compare them with what would be written."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare with the files on disk, write nothing")
    check = parser.parse_args().check
    stale = 0
    written = ((SCHEMA, schema_text()), (LISTING, listing_text()), (PAGE, page(PAGE.read_text("utf-8"))))
    for path, text in written:
        if path.is_file() and path.read_text("utf-8") == text:
            continue
        if check:
            print(f"{path.relative_to(ROOT)} is not current: python tools/generate_schema.py", file=sys.stderr)
            stale = 1
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
    return stale


if __name__ == "__main__":
    sys.exit(main())
