"""``docs/cli.md``: every command of the command line, from its help."""

from __future__ import annotations

from tools.command_lines import PROGRAM, Command, described, exit_codes
from tools.docs.markdown import code, fenced, link, page, prose, slug, table

_HEAD = """# The command line

Every command, as `--help` and the man pages have it. Options are the same word everywhere: `--output` writes a file
whole or not at all, `--format` chooses what is written, `--quiet` says less, `-` is standard input or output. Results
go to standard output, all else to standard error. `osaid-graph completion` lets your shell complete all of it."""


def cli_page() -> str:
    """Return the page."""
    known = described()
    listed = (
        (link(code(each.path), f"#{slug(each.path)}"), prose(each.summary)) for each in known if each.path != PROGRAM
    )
    codes = ((code(number), prose(words)) for number, words in exit_codes())
    return page(
        _HEAD,
        table(("command", "what it does"), listed),
        "## Exit codes",
        table(("code", "meaning, the same for every format"), codes),
        *(part for each in known for part in _section(each)),
    )


def _section(command: Command) -> list[str]:
    options = ((code(written), prose(words)) for written, words in command.options)
    return [
        f"## {command.path}",
        fenced("text", f"{command.path} {command.usage}"),
        *(prose(paragraph) for paragraph in command.paragraphs),
        table(("option", "what it does"), options),
        fenced("sh", "\n".join(command.examples)),
        prose(command.note),
    ]
