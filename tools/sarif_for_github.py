"""Copy a report in SARIF without the results that are gone since the baseline, for an upload to GitHub.

``absent`` is what SARIF 2.1.0 (section 3.27.24) calls a result of the former run that this one has not. A reader that
does not look at ``baselineState`` takes it for a gap of today.

    python tools/sarif_for_github.py REPORT COPY
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(report: str, copy: str) -> None:
    """Write the copy."""
    log = json.loads(Path(report).read_text("utf-8"))
    for run in log["runs"]:
        run["results"] = [result for result in run["results"] if result.get("baselineState") != "absent"]
    Path(copy).write_text(json.dumps(log, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
