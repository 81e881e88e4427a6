"""The day of a command: as asked, else that of ``SOURCE_DATE_EPOCH``, else today."""

from __future__ import annotations

import datetime
import os

from osaid_graph.errors import UsageError


def day_of(text: str | None, option: str = "--date") -> datetime.date:
    """Return the day an option names, or the current one for None.

    The current day is that of ``SOURCE_DATE_EPOCH`` (seconds since 1970, in UTC) where it is set, so that the same
    command gives the same bytes on any day.

    Raises:
        UsageError: ``text`` is no date written YYYY-MM-DD, or ``SOURCE_DATE_EPOCH`` is no time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        if text is None and epoch:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
        return datetime.date.today() if text is None else datetime.date.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        if text is None:
            raise UsageError(
                f"SOURCE_DATE_EPOCH={epoch!r} is no time", "give seconds since 1970, or unset it"
            ) from None
        raise UsageError(f"{option} {text!r} is not a date", "write it as YYYY-MM-DD") from None
