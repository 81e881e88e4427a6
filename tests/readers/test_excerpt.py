"""The lines of an entry of a manifest: all of it, and nothing of the next."""

from __future__ import annotations

import pytest

from osaid_graph.readers.manifest.excerpt import entry_of

CASES = [
    (["- {roles: [training],", "   license: MIT}", "- {roles: [testing]}"], 2),
    (["  - roles: [training]", "", "    license: MIT", "", "  - roles: [testing]"], 3),
    (["- {roles: [training],", "license: MIT}", "- {roles: [testing]}"], 2),
    (["   license: MIT}", "     # deeper"], 1),
    (['- {comment: "a } and {", license: MIT}', "- {roles: [testing]}"], 1),
    (["- {roles: [training],  # not yet }", "   license: MIT}", "code:"], 2),
    (["code: not-disclosed", "parameters:", "  license: MIT"], 1),
    (["code:", "  - {roles: [training]}", "parameters:"], 2),
    (["- it's {odd", "- {roles: [testing]}"], 2),
]


@pytest.mark.parametrize(("lines", "count"), CASES, ids=[lines[0] for lines, _ in CASES])
def test_an_entry_ends_where_its_brackets_close_and_its_indentation_ends(lines: list[str], count: int) -> None:
    assert entry_of(lines) == lines[:count]
