"""Write the man pages in ``man/`` from the help of the commands.

python tools/generate_man.py            write them, and take away pages of commands that are no more
python tools/generate_man.py --check    exit 1 and name each page on disk that is not what would be written

The pages are written with the macros of man(7), which groff and mandoc both know.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from osaid_graph import __version__
from tools.command_lines import PROGRAM, Command, described, exit_codes

MAN = Path(__file__).resolve().parent.parent / "man"
#: The day the pages are true for, so that they are the same whenever they are written.
DAY = "2026-11-30"
_SIGNS = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"}
_ENVIRONMENT = (
    ("NO_COLOR, FORCE_COLOR", "Whether text is coloured, where --color does not say so; NO_COLOR goes first."),
    ("SOURCE_DATE_EPOCH", "Seconds since 1970: the day that is taken for today, so that output is the same every day."),
)


def pages() -> dict[str, str]:
    """Return every page by the name of its file."""
    known = described()
    return {f"{_name(command)}.1": "\n".join(_page(command, known)) + "\n" for command in known}


def _page(command: Command, known: tuple[Command, ...]) -> Iterator[str]:
    name = _name(command)
    yield '.\\" Written by tools/generate_man.py from the help of the command: change it there.'
    yield f'.TH {_text(name.upper())} 1 {DAY} "{PROGRAM} {__version__}" "{PROGRAM}"'
    yield ".nh"  # no word is divided: names of commands are to be found
    yield ".ad l"
    yield ".SH NAME"
    yield f"{_text(name)} \\- {_text(command.summary[:1].lower() + command.summary[1:])}"
    yield ".SH SYNOPSIS"
    yield f".B {_text(command.path)}"
    yield _text(command.usage)
    yield ".SH DESCRIPTION"
    for number, paragraph in enumerate(command.paragraphs):
        if number:
            yield ".PP"
        yield _text(paragraph)
    for heading, rows in (("COMMANDS", command.commands), ("OPTIONS", command.options)):
        if rows:
            yield f".SH {heading}"
        for term, words in rows:
            yield ".TP"
            yield f"\\fB{_text(term)}\\fR"
            yield _text(words)
    yield ".SH EXAMPLES"
    yield ".EX"
    yield from (_text(line) for example in command.examples for line in example.split("\n"))
    yield ".EE"
    if command.note:
        yield ".PP"
        yield _text(command.note)
    yield '.SH "EXIT STATUS"'
    for code, words in exit_codes():
        yield ".TP"
        yield f".B {code}"
        yield _text(f"{words[:1].upper()}{words[1:]}.")
    yield ".SH ENVIRONMENT"
    for variable, words in _ENVIRONMENT:
        yield ".TP"
        yield f".B {variable}"
        yield _text(words)
    yield '.SH "SEE ALSO"'
    yield ",\n".join(f".BR {_text(other)} (1)" for other in _near(command, known)).replace(" (1),", " (1),")


def _near(command: Command, known: tuple[Command, ...]) -> list[str]:
    """Return the names of the pages of the commands above and below one, and beside it."""
    above = command.path.rpartition(" ")[0]
    near = [each for each in known if each is not command and each.path.rpartition(" ")[0] in (above, command.path)]
    return [_name(each) for each in known if each in near or each.path == above]


def _name(command: Command) -> str:
    return command.path.replace(" ", "-")


def _text(text: str) -> str:
    """Return text that groff shows as it is: no sign has a meaning, and no line is a request."""
    shown = re.sub(r"[\\\-'`^~]", lambda found: _SIGNS[found[0]], text)
    return f"\\&{shown}" if shown.startswith((".", "'")) else shown


def stale(made: dict[str, str]) -> list[str]:
    """Return the pages that are not on disk as they should be, and those that should not be there."""
    wrong = [name for name, text in made.items() if not _is_current(MAN / name, text)]
    return sorted([*wrong, *({path.name for path in MAN.glob("*")} - set(made))])


def _is_current(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text("utf-8") == text


def main() -> int:
    """Write the pages, or compare them with what would be written."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare with the files on disk, write nothing")
    check = parser.parse_args().check
    made = pages()
    wrong = stale(made)
    for name in wrong:
        if check:
            print(f"man/{name} is not current: python tools/generate_man.py", file=sys.stderr)
        elif name in made:
            MAN.mkdir(exist_ok=True)
            (MAN / name).write_text(made[name], "utf-8", newline="\n")
        else:
            (MAN / name).unlink()
    return int(check and bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
