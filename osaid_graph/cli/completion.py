"""``osaid-graph completion``: what lets a shell complete the command line."""

from __future__ import annotations

import click

from osaid_graph.cli.output import output_option, write

_EPILOG = """\b
Examples:
  eval "$(osaid-graph completion bash)"
  osaid-graph completion bash -o ~/.local/share/bash-completion/completions/osaid-graph
  osaid-graph completion zsh -o ~/.zfunc/_osaid-graph
  osaid-graph completion fish -o ~/.config/fish/completions/osaid-graph.fish
"""


@click.command(name="completion", short_help="Let a shell complete what you type.", epilog=_EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@output_option
def command(shell: str, output: str | None) -> int:
    """Print the script that lets bash (4.4 or newer), zsh or fish complete commands, options and their values.

    The shell runs it when it starts: put it where the shell looks for completions, as in the examples, or evaluate it
    in its start-up file. Of zsh, the folder has to be in fpath before compinit runs. Values are completed too:
    requirements, queries, analyses, formats, policies, versions, and the nodes of the INPUTs on the line.
    """
    from osaid_graph.cli.completing import script

    write(script(shell), output)
    return 0
