"""The limits every reader keeps, named once, so that a hostile or mistaken input ends in one clear line."""

from __future__ import annotations

from typing import Final

#: Bytes of one document. A manifest of 20,000 datasets has 9 MB and is read in five seconds; the slowest reader,
#: that of Turtle, needs ten for a document of this size.
MAX_BYTES: Final = 16 * 1024 * 1024
#: Nesting of mappings, lists and blank nodes.
MAX_DEPTH: Final = 64
#: Values a document may hold after its anchors are expanded.
MAX_NODES: Final = 1_000_000
#: Statements that one document may make; what is said once of many things is written for each of them.
MAX_STATEMENTS: Final = 1_000_000
#: Documents one input may import, directly or not.
MAX_IMPORTS: Final = 1_000
#: Bytes of one line of a dump, which is one description.
MAX_LINE: Final = MAX_BYTES
#: Empty lines of a dump: more are padding that takes long to pass over.
MAX_EMPTY_LINES: Final = 1_000_000
#: Files of a folder that is given as an input.
MAX_FILES: Final = 10_000
