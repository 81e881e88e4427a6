"""The day and the time of a command: as asked, else those of ``SOURCE_DATE_EPOCH``, else today."""

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
    if text is None:
        fixed = fixed_time()
        return fixed.date() if fixed else datetime.date.today()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text!r} is not a date", "write it as YYYY-MM-DD") from None


def fixed_time() -> datetime.datetime | None:
    """Return the time of ``SOURCE_DATE_EPOCH``, in UTC; None where it is not set.

    Raises:
        UsageError: It is no time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch else None
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH={epoch!r} is no time", "give seconds since 1970, or unset it") from None
