"""A process that runs queries, one after the other, and can be ended in the middle of one.

The engine cannot be stopped while it works; a process can. What comes on standard input are frames
(:mod:`osaid_graph.server.frames`) of JSON, each a query; what goes out are two frames for each, the first of JSON that
says what the second is, or what was wrong. A process that gave a query up ends, because its thread goes on.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from osaid_graph.errors import OsaidError
from osaid_graph.query.on_disk import open_read_only
from osaid_graph.query.results import media_types, serialised
from osaid_graph.query.run import QueryTimeout, QueryTooLarge, ask
from osaid_graph.server.frames import framed, framed_json, read

#: What a query that was given up says of itself.
GIVEN_UP: Final[dict[type[OsaidError], str]] = {QueryTimeout: "timeout", QueryTooLarge: "too large"}


def serve(folder: Path, requests: Any, answers: Any) -> None:
    """Answer queries until there are no more, or one was given up.

    Args:
        folder: The store (:mod:`osaid_graph.query.on_disk`).
        requests: A stream of bytes to read from.
        answers: A stream of bytes to write to.
    """
    try:
        store = open_read_only(folder)
    except OsaidError:  # which names a file, and that is nothing for who asks
        answers.write(framed_json({"error": "unread"}))
        answers.flush()
        return
    answers.write(framed_json({"ready": True}))
    answers.flush()
    while (frame := read(requests)) is not None:
        head, body = answered(store, json.loads(frame))
        answers.write(framed_json(head) + framed(body))
        answers.flush()
        if head.get("spent"):
            return


def answered(store: ox.Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return what is said of the answer to a query, and the answer.

    Args:
        store: What is asked.
        request: ``query``, ``default`` and ``named`` graphs, the media types that are ``accepted`` for each form of
            query, ``seconds``, ``memory``, ``rows`` and ``bytes``.
    """
    try:
        answer = ask(
            store,
            request["query"],
            timeout=request["seconds"],
            memory=request["memory"],
            rows=request["rows"],
            default_graphs=request["default"],
            named_graphs=request["named"],
        )
        media = request["accepted"].get(answer.form)
        if media is None:
            return {"error": "not acceptable", "offered": media_types(answer.form)}, b""
        body = serialised(answer, media)
        if len(body) > request["bytes"]:
            what = f"the answer has {len(body):,} bytes, more than {request['bytes']:,}"
            return {"error": "too large", "message": what, "hint": "ask for less, with LIMIT"}, b""
        return {"media": media, "form": answer.form}, body
    except OsaidError as error:
        place = {} if error.line is None else {"line": error.line}
        kind = GIVEN_UP.get(type(error))
        hint = "ask for less, with LIMIT" if kind else error.hint  # who asks cannot give it more
        head = {"error": kind or "refused", "message": error.message, "hint": hint, "spent": kind is not None}
        return {**head, **place}, b""


def main(folder: str) -> None:
    """Serve what is in a folder, on the streams that this process was given."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed must not get between the frames
    requests = os.fdopen(0, "rb")
    serve(Path(folder), requests, answers)
    os._exit(0)  # without waiting for the thread of a query that was given up
