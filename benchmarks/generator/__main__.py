"""Writes an invented hub; see :mod:`generator`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # ``python benchmarks/generator`` has only this folder on it

from generator.shards import KINDS, change, write


def main() -> None:
    """Write the files that are asked for, or change some of them."""
    parser = argparse.ArgumentParser(prog="generator", description="Write an invented hub of models and datasets.")
    parser.add_argument("kind", choices=KINDS, help="records of the Hub's API, or full descriptions with gaps")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--releases", type=int, required=True, help="how many models")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives another hub")
    parser.add_argument("--change", type=float, metavar="SHARE", help="write this share of the files again, changed")
    parser.add_argument("--revision", type=int, default=1, help="which change it is")
    parser.add_argument("--planted", type=Path, metavar="FILE", help="write there what the rules have to find")
    options = parser.parse_args()
    what = KINDS[options.kind](options.releases, options.seed)
    if options.change is None:
        written = write(options.folder, what)
    else:
        if not any(options.folder.glob(f"*{what.suffix}")):
            parser.error(f"{options.folder}: nothing to change: write it first, without --change")
        written = change(options.folder, what, options.change, options.revision)
    if options.planted:
        lines = sorted(f"{rule}\t{node}\n" for rule, node in written.planted)
        options.planted.write_text("".join(lines), "utf-8")
    print(f"{len(written.files):,} file{'s' * (len(written.files) != 1)} in {options.folder}")


if __name__ == "__main__":
    main()
