"""What engines raise, in words for whoever gave them work: which file is damaged, or what there was too little of.

What is not told here is a fault of a plan and stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import unquote

from osaid_graph.errors import EngineError, InputError, OsaidError, UsageError

#: How DuckDB names a file that it cannot read.
_UNREADABLE: Final = re.compile(r"(?:[Ff]ile|the pattern) (?P<quote>[\"'])(?P<path>.+?)(?P=quote)")
#: How Spark does.
_UNREAD: Final = re.compile(r"while reading file (?P<path>.+?)\.\s")
_MISSING: Final = re.compile(r"\[PATH_NOT_FOUND\] Path does not exist: (?P<path>.+)\. SQLSTATE")
_SCHEME: Final = re.compile(
    r"No FileSystem for scheme \"(?P<scheme>[^\"]+)\"|hadoop\.fs\.(?P<package>\w+)\.\w+ not found"
)
#: Longer words of an engine are cut.
_LONGEST: Final = 300
_AGAIN: Final = "make it again, or take it from a copy"
_MORE_MEMORY: Final = "give it more memory"
_MORE_SPACE: Final = "free some space, or choose a folder on another disk"


@contextmanager
def told_of_duckdb(memory: int) -> Iterator[None]:
    """Turn what DuckDB raises into errors for people; ``memory`` is what it was given, in bytes."""
    from duckdb import Error, IOException, OutOfMemoryException

    try:
        yield
    except OutOfMemoryException as error:
        if "offload" in str(error):
            raise EngineError("no space left on the disk for temporary files", _MORE_SPACE) from None
        raise EngineError(f"out of memory: DuckDB had {memory >> 20} MiB", _MORE_MEMORY) from None
    except Error as error:
        first = str(error).partition("\n")[0]
        found = _UNREADABLE.search(first)
        if "No space left on device" in str(error):
            raise EngineError("no space left on the disk", _MORE_SPACE) from None
        if "No files found" in first and found:
            path = re.sub(
                r"\[([*?[])\]", r"\1", found["path"]
            )  # where a path is a pattern, brackets keep signs from it
            raise InputError("no such file", "check its name", source=path) from None
        if found and not first.startswith("IO Error: Cannot open"):
            raise InputError("damaged, or no Parquet file", _AGAIN, source=found["path"]) from None
        # its reader of Parquet throws what is of no class of its own, and does not say in which file
        if "TProtocolException" in first or type(error) is Error:
            raise InputError("a Parquet file is damaged", _AGAIN) from None
        if isinstance(error, IOException):
            raise EngineError(first.removeprefix("IO Error: ")[:_LONGEST], "check its name and permissions") from None
        raise


@contextmanager
def told_of_spark(source: str = "") -> Iterator[None]:
    """Turn what Spark raises into errors for people; ``source`` is the file that is read, if that is known before."""
    from py4j.protocol import Py4JError, Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JJavaError, PySparkException) as error:
        told = _of_spark(str(error), source) or (_other(str(error)) if isinstance(error, Py4JJavaError) else None)
        if told is None:
            raise
        raise told from None
    except (Py4JError, ConnectionError):
        hint = "its log may say why; often it had too little memory"
        raise EngineError("Spark's Java process has ended", hint) from None


def _of_spark(text: str, source: str) -> OsaidError | None:
    if "OutOfMemoryError" in text or "spark.driver.maxResultSize" in text:
        return EngineError("Spark ran out of memory", _MORE_MEMORY)
    if "No space left on device" in text:
        return EngineError("no space left on a disk of Spark", _MORE_SPACE)
    if missing := _MISSING.search(text):
        return InputError("no such file", "check its name", source=re.sub(r"\\(.)", r"\1", missing["path"]))
    if unread := _UNREAD.search(text):
        path = unread["path"] if "FILE_FOOTER" in text else unquote(unread["path"])
        return InputError("damaged, or no Parquet file", _AGAIN, source=path)
    if "[UNABLE_TO_INFER_SCHEMA]" in text:
        return InputError("damaged, or no Parquet file", _AGAIN, source=source)
    if "[PATH_ALREADY_EXISTS]" in text:
        return EngineError(
            _first(text).removeprefix("[PATH_ALREADY_EXISTS] "), "give the name of what is not there yet"
        )
    if scheme := _SCHEME.search(text):
        named = scheme["scheme"] or scheme["package"]
        hint = "add its library by Spark's setting spark.jars.packages (docs/cluster.md)"
        return UsageError(f"Spark knows no file system for {named}:", hint)
    return None


def _other(text: str) -> EngineError:
    """Return an error with the first cause that Java tells."""
    causes = [line.partition("Caused by: ")[2] for line in text.splitlines() if line.startswith("Caused by: ")]
    words = (causes or [_first(text)])[-1]
    return EngineError(f"Spark failed: {words[:_LONGEST]}", "its log says more")


def _first(text: str) -> str:
    """Return the first line that says something."""
    lines = [line.strip().removeprefix(": ") for line in text.splitlines()]
    return next((line for line in lines if line and not line.startswith("An error occurred while calling")), "")
