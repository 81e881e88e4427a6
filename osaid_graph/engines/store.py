"""Files that Spark can reach: of this machine, of HDFS and of object stores, by Hadoop's interface to all of them."""

from __future__ import annotations

from typing import Any

from osaid_graph.engines.faults import told_of_spark
from osaid_graph.engines.places import url


class Store:
    """Reads and writes small files, and looks at what there is.

    Every method raises an :class:`~osaid_graph.errors.OsaidError` where a store cannot be reached or refuses.

    Args:
        context: The context of Spark, whose settings hold the credentials.
    """

    def __init__(self, context: Any) -> None:
        self._hadoop = context._jvm.org.apache.hadoop.fs
        self._gateway = context._gateway
        self._settings = context._jsc.hadoopConfiguration()

    def read(self, place: str) -> bytes | None:
        """Return what a file holds; None if there is none."""
        with told_of_spark(place):
            system, path = self._found(place)
            if not system.exists(path):
                return None
            stream = system.open(path)
            try:
                return bytes(stream.readAllBytes())
            finally:
                stream.close()

    def create(self, place: str, content: bytes) -> bool:
        """Write a file that is not there yet; False if it is."""
        with told_of_spark(place):
            system, path = self._found(place)
            if system.exists(path):
                return False
            self._written(system.create(path, False), content)
            return True

    def replace(self, place: str, content: bytes) -> None:
        """Write a file in the place of the one there is, so that whoever reads finds the one or the other.

        An object store does so with every file; elsewhere it is written aside and renamed.
        """
        with told_of_spark(place):
            system, path = self._found(place)
            if path.toUri().getScheme() not in {"file", "hdfs"}:
                self._written(system.create(path, True), content)
                return
            aside = self._hadoop.Path(f"{url(place)}.new")
            self._written(system.create(aside, True), content)
            files = self._hadoop.FileContext.getFileContext(path.toUri(), self._settings)
            rename = getattr(self._hadoop, "Options$Rename")
            options = self._gateway.new_array(rename, 1)
            options[0] = rename.OVERWRITE
            files.rename(aside, path, options)

    def sizes(self, place: str) -> dict[str, int]:
        """Return the bytes of each file below a folder, by its path from there; none of one that is not there."""
        with told_of_spark(place):
            system, path = self._found(place)
            if not system.exists(path):
                return {}
            begin = len(self.canonical(place)) + 1
            found, files = {}, system.listFiles(path, True)
            while files.hasNext():
                file = files.next()
                found[file.getPath().toString()[begin:]] = int(file.getLen())
            return found

    def delete(self, place: str) -> None:
        """Delete a file, or a folder with all that is in it, if it is there."""
        with told_of_spark(place):
            system, path = self._found(place)
            system.delete(path, True)

    def canonical(self, place: str) -> str:
        """Return a place as Hadoop writes it."""
        system, path = self._found(place)
        return str(system.makeQualified(path).toString())

    def _found(self, place: str) -> tuple[Any, Any]:
        path = self._hadoop.Path(url(place))
        return path.getFileSystem(self._settings), path

    @staticmethod
    def _written(stream: Any, content: bytes) -> None:
        try:
            stream.write(bytearray(content))
        finally:
            stream.close()
