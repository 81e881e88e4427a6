"""Runs one engine once, in this process, and writes how long it took, its peak memory, and what it found.

    python benchmarks/validators ENGINE DATA SHAPES REPORT

REPORT is a file of JSON: ``version``, seconds to ``load`` and to ``validate``, ``peak`` in bytes, ``results``. The
import of the engine is not counted.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module, metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from validators import ENGINES, Engine


def peak() -> int:
    """Return the most memory this process has held, in bytes, since it began."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # of macOS: in bytes


def main() -> None:
    """Run it."""
    name, data, shapes, report = sys.argv[1:]
    module = import_module(f"validators.{ENGINES[name]}")
    engine: Engine = module
    started = time.perf_counter()
    validate = engine.load(Path(data), Path(shapes))
    loaded = time.perf_counter()
    found = validate()
    done = time.perf_counter()
    apart = getattr(module, "loading", None)  # an engine that reads and validates in one call tells them apart
    load = apart(Path(data)) if apart else 0.0
    said = {
        "version": metadata.version(engine.PACKAGE),
        "load": loaded - started + load,
        "validate": done - loaded - load,
        "peak": peak(),
        "results": found,
    }
    Path(report).write_text(json.dumps(said), "utf-8")


if __name__ == "__main__":
    main()
