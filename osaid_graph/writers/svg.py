"""The parts of an SVG picture: elements as text, numbers, and text that is made to fit without knowing the font."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate, takewhile
from xml.sax.saxutils import escape, quoteattr

from osaid_graph.errors import printable
from osaid_graph.escapes import ILLEGAL_IN_XML

FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
INK, MUTED, PAPER, RULE = "#1f2933", "#5f6b7a", "#ffffff", "#d5dae1"
#: Okabe and Ito's palette, which stays apart under the common kinds of colour blindness. Never the only mark.
BLUE, GREEN, ORANGE, VERMILLION, SKY, PURPLE = "#0072b2", "#009e73", "#e69f00", "#d55e00", "#56b4e9", "#cc79a7"

#: What turns the direction of the text that follows, and so disguises one name as another (UAX 9); and the controls
#: that XML allows, which steer a terminal that a picture is printed on.
_TURNS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: Width of a character in a sans-serif face, in ems, rounded up.
_WIDTHS = {**dict.fromkeys("iljI.,:;'|!()[] ", 0.3), **dict.fromkeys('frt-/"*', 0.37), **dict.fromkeys("mwMW@%", 0.9)}


def plain(text: str) -> str:
    """Return text with blanks for what would break a line and U+FFFD for what XML does not allow.

    Characters that turn the direction of writing, or steer a terminal, are written as escapes that can be seen.
    """
    return _TURNS.sub(lambda found: printable(found.group()), ILLEGAL_IN_XML.sub("\ufffd", " ".join(text.split())))


def escaped(text: str) -> str:
    """Return text as the content of an element."""
    return escape(plain(text))


def number(value: float) -> str:
    """Return a coordinate with at most one decimal, the same on every machine."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """Return an element; ``content`` is markup. An attribute ``stroke_width`` is written ``stroke-width``."""
    parts = [name]
    for key, value in attributes.items():
        text = plain(value) if isinstance(value, str) else number(value)
        parts.append(f"{key.rstrip('_').replace('_', '-')}={quoteattr(text)}")
    return f"<{' '.join(parts)}>{content}</{name}>" if content else f"<{' '.join(parts)}/>"


def words(x: float, y: float, text: str, **attributes: str | float) -> str:
    """Return a line of text whose baseline starts at (or, by ``text_anchor``, is centred on or ends at) a point."""
    return element("text", escaped(text), x=x, y=y, **attributes)


def document(
    width: float, height: float, title: str, description: str, parts: list[str], *, has_links: bool = False
) -> str:
    """Return a picture of its own: on a background of its own, named for those who do not see it.

    One that has links is a group of them to those; any other is one image.
    """
    role = "group" if has_links else "img"
    size = f"{number(width)} {number(height)}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{number(width)}" '
        f'height="{number(height)}" role="{role}" aria-labelledby="title desc" font-family="{FONT}" fill="{INK}">'
    )
    return "\n".join(
        [
            head,
            f'<title id="title">{escaped(title)}</title>',
            f'<desc id="desc">{escaped(description)}</desc>',
            element("rect", x=0.5, y=0.5, width=width - 1, height=height - 1, rx=6, fill=PAPER, stroke=RULE),
            *parts,
            "</svg>\n",
        ]
    )


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is in a sans-serif face of a size; rather too wide than too narrow."""
    return size * sum(_width(character) for character in text)


def fitted(text: str, size: float, room: float, lines: int) -> list[str]:
    """Return text broken at blanks into at most ``lines`` lines no wider than ``room``, the last with … if cut."""
    waiting, done = plain(text).split(), list[str]()
    while waiting and len(done) < lines:
        line = waiting.pop(0)
        while waiting and width_of(f"{line} {waiting[0]}", size) <= room:
            line += f" {waiting.pop(0)}"
        if width_of(line, size) > room or (waiting and len(done) == lines - 1):
            line, rest = _cut(line, size, room, wants_rest=len(done) < lines - 1)
            if rest:
                waiting.insert(0, rest)
        done.append(line)
    return done


def _cut(line: str, size: float, room: float, *, wants_rest: bool) -> tuple[str, str]:
    """Return as much of a line as there is room for, and what is left; with … if nothing is to follow."""
    mark = "" if wants_rest else "…"
    extra = sum(map(_width, mark))
    fitting = takewhile(lambda width: size * (width + extra) <= room, accumulate(map(_width, line)))
    end = max(1, sum(1 for _ in fitting))
    if wants_rest:  # rather after a mark within a name than in the middle of a word
        end = max((at for at in range(end // 2, end + 1) if line[at - 1] in "/@_-#.:"), default=end)
        return line[:end], line[end:]
    return line[:end].rstrip(" ,;:") + mark, ""


def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    return _WIDTHS.get(character, 0.68 if character.isupper() else 0.55)
