"""What one request may take, and how many may be answered at once."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20
#: Characters of a text that a page shows; whatever data say, one is no longer than that. And of what a node is called.
TEXT = 2_000
NAME = 300


@dataclass(frozen=True, slots=True)
class Limits:
    """What the server gives a request.

    Attributes:
        seconds: How long a query may run.
        rows: How many rows, or statements, a query may give.
        answer: How many bytes an answer may have.
        held: How many bytes of answers are held for clients that have not taken them yet.
        memory: How many bytes more than before a query may take.
        body: How many bytes the body of a request may have.
        running: How many queries run at once; each in a process of its own.
        waiting: How many more wait for their turn; others are refused at once.
        patience: How long one waits for its turn, in seconds.
        arrival: How long a request may take to arrive, in seconds.
        connections: How many connections are held at once.
    """

    seconds: float = 30
    rows: int = 100_000
    answer: int = 16 * MEGABYTE
    held: int = 256 * MEGABYTE
    memory: int = 1024 * MEGABYTE
    body: int = 1 * MEGABYTE
    running: int = 2
    waiting: int = 32
    patience: float = 30
    arrival: float = 20
    connections: int = 1_000
