"""Write the pages and pictures of ``docs/`` that follow from the definition, rules, ontology, releases and help.

python tools/generate_docs.py            write them, and take away pages of requirements that are no more
python tools/generate_docs.py --check    exit 1 and name each file on disk that is not what would be written
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from osaid_graph.writers.lineage_svg import render
from tools.docs.assessed import picture, releases
from tools.docs.commands import cli_page
from tools.docs.exports import exports_page
from tools.docs.formats import formats_page
from tools.docs.matrix_svg import matrix
from tools.docs.ontology import ontology_page
from tools.docs.questions import questions_page
from tools.docs.releases import releases_page
from tools.docs.requirements import requirement_pages
from tools.docs.review import review_page
from tools.docs.schemas import schemas_page

DOCS = Path(__file__).resolve().parent.parent / "docs"
#: The release whose lineage is drawn.
DRAWN = "pythia-12b"


def generated() -> dict[str, str]:
    """Return every generated file by its path within ``docs/``."""
    return {
        **{f"requirements/{name}": text for name, text in requirement_pages().items()},
        "cli.md": cli_page(),
        "formats.md": formats_page(),
        "exports.md": exports_page(),
        "ontology.md": ontology_page(),
        "questions.md": questions_page(),
        "releases.md": releases_page(releases()),
        "review.md": review_page(releases()),
        "schemas.md": schemas_page(),
        "images/releases.svg": matrix(releases()),
        f"images/{DRAWN}-lineage.svg": render(picture(DRAWN)),
    }


def stale(files: dict[str, str]) -> list[str]:
    """Return the files that are not on disk as they should be, and the pages of requirements that should not be."""
    wrong = [
        path for path, text in files.items() if not (DOCS / path).is_file() or (DOCS / path).read_text("utf-8") != text
    ]
    on_disk = {f"requirements/{page.name}" for page in (DOCS / "requirements").glob("*")}
    return sorted([*wrong, *(on_disk - set(files))])


def main() -> int:
    """Write the files, or compare them with what would be written."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare with the files on disk, write nothing")
    check = parser.parse_args().check
    files = generated()
    wrong = stale(files)
    for path in wrong:
        if check:
            print(f"docs/{path} is not current: python tools/generate_docs.py", file=sys.stderr)
        elif path in files:
            (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
            (DOCS / path).write_text(files[path], "utf-8", newline="\n")
        else:
            (DOCS / path).unlink()
    return int(check and bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
