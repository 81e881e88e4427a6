"""How shells ask for completions: click's classes for each, and what these leave out.

click finds out what is completed; :mod:`osaid_graph.cli.suggestions` knows the values. A person who types is never
shown an error: where anything goes wrong, nothing is completed.
"""

from __future__ import annotations

import logging
import os
import re
import warnings
from typing import Any, ClassVar, Final

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    _resolve_context,
    _resolve_incomplete,
    add_completion_class,
    split_arg_string,
)

#: The name of the program, and the variable in which a shell says what it asks for.
PROGRAM: Final = "osaid-graph"
VARIABLE: Final = "_OSAID_GRAPH_COMPLETE"
#: What any shell takes as it stands. Values come from files of others too: no more than this gets onto a command line.
_PLAIN: Final = re.compile(r"[\w.][\w./:@%+,=#-]*", re.ASCII)
_BASH: Final = """\
%(complete_func)s() {
    local type value
    COMPREPLY=()
    while IFS=, read -r type value; do
        case $type in
            plain)
                COMPREPLY+=("$value")
                if [[ $value == *= ]]; then compopt -o nospace; fi
                ;;
            file) compopt -o default ;;
            dir) compopt -o dirnames ;;
        esac
    done < <(COMP_LINE="$COMP_LINE" COMP_POINT="$COMP_POINT" COMP_WORDBREAKS="$COMP_WORDBREAKS" \\
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class _Completing(ShellComplete):
    """What holds for every shell: values by what stands for them in the help, and no error.

    Attributes:
        behind: The words behind the one that is completed, where the shell tells them.
    """

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.behind: list[str] = []

    def complete(self) -> str:
        """Return what the shell is told; nothing where that cannot be found out."""
        logging.disable(logging.CRITICAL)
        warnings.simplefilter("ignore")
        try:
            return super().complete()
        except Exception:  # a fault here would be printed into the line that a person types
            return ""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """Return what the word may become, with what a long option has before its ``=``."""
        from osaid_graph.cli.suggestions import Asked, suggested

        context = _resolve_context(self.cli, self.ctx_args, self.prog_name, args)
        sought, rest = _resolve_incomplete(context, args, incomplete)
        if isinstance(sought, click.Parameter):
            given = _given(sought, args)
            if isinstance(sought, click.Option):  # which click reads nothing beside while its value is missing
                context = _resolve_context(self.cli, self.ctx_args, self.prog_name, args[: -1 - given])
            asked = Asked(context, sought, rest, given, tuple(self.behind))
            items = suggested(asked) or sought.shell_complete(context, rest)
        else:
            items = sought.shell_complete(context, rest)
        name, equals, _ = incomplete.partition("=")
        before = f"{name}=" if equals and name.startswith("--") else ""
        return [
            CompletionItem(before + item.value, item.type, item.help) if item.type == "plain" else item
            for item in items
            if item.type != "plain" or _is_safe(item.value)
        ]


def _is_safe(value: str) -> bool:
    return value.startswith("-") or _PLAIN.fullmatch(value) is not None


def _given(sought: click.Parameter, args: list[str]) -> int:
    """Return how many values of an option that takes several stand before the one that is completed."""
    if not isinstance(sought, click.Option) or sought.nargs <= 1:
        return 0
    return next((number for number, word in enumerate(reversed(args)) if word in sought.opts), 0)


class _Bash(_Completing, BashComplete):
    """Bash, which takes a word apart at ``=`` and ``:``, and wants what stands behind the last of them alone."""

    source_template: ClassVar[str] = _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the cursor, and the one it is in."""
        line, point = os.environ["COMP_LINE"], int(os.environ["COMP_POINT"])
        words = split_arg_string(line[:point])
        incomplete = words.pop() if words and not line[:point][-1:].isspace() else ""
        self.behind = split_arg_string(line[point:])
        breaks = [mark for mark in "=:" if mark in os.environ.get("COMP_WORDBREAKS", "=:")]
        self._known = max((incomplete.rfind(mark) + 1 for mark in breaks), default=0)
        return words[1:], incomplete

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return a completion in a line: its type, and what is put in the place of the last part of the word."""
        return f"{item.type},{item.value[self._known :] if item.type == 'plain' else item.value}"


class _Zsh(_Completing, ZshComplete):
    def get_completion_args(self) -> tuple[list[str], str]:
        words, at = split_arg_string(os.environ["COMP_WORDS"]), int(os.environ["COMP_CWORD"])
        self.behind = words[at + 1 :]
        return super().get_completion_args()


class _Fish(_Completing, FishComplete):
    pass


_SHELLS: Final[tuple[type[ShellComplete], ...]] = (_Bash, _Zsh, _Fish)


def register() -> None:
    """Have click complete with these."""
    for shell in _SHELLS:
        add_completion_class(shell)


def script(shell: str) -> str:
    """Return the script that has a shell ask for completions.

    Args:
        shell: ``bash``, ``zsh`` or ``fish``.
    """
    from osaid_graph.cli import cli

    (chosen,) = (each for each in _SHELLS if each.name == shell)
    return ShellComplete.source(chosen(cli, {}, PROGRAM, VARIABLE))
