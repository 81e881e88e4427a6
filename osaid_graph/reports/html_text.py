"""What data say, as the content of elements of HTML: text everywhere, and a link only to the web."""

from __future__ import annotations

from html import escape

from osaid_graph.reports.words import lines, plain, web_link


def text(content: str) -> str:
    """Return a text as one line of content, or as the value of an attribute in double quotes."""
    return escape(plain(content))


def element(name: str, content: str, **attributes: str) -> str:
    """Return an element; ``content`` is markup, and the values of attributes are text. ``class_`` is ``class``."""
    told = "".join(f' {key.rstrip("_").replace("_", "-")}="{text(value)}"' for key, value in attributes.items())
    return f"<{name}{told}>{content}</{name}>"


def preformatted(content: str) -> str:
    """Return a text with its lines; it can be reached by the keyboard, because it may have to be scrolled."""
    return f'<pre tabindex="0"><code>{escape(lines(content))}</code></pre>'


def link(label: str, address: str) -> str:
    """Return a link to an address of the web; of any other, the label alone."""
    target = web_link(address)
    return element("a", text(label), href=target, rel="noreferrer") if target else text(label)


def items(entries: list[str], name: str = "ul", **attributes: str) -> str:
    """Return a list whose entries are markup; nothing where there are none."""
    return element(name, "".join(f"<li>{entry}</li>" for entry in entries), **attributes) if entries else ""
