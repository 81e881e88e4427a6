"""Assess AI releases against the Open Source AI Definition and trace every gap through the data lineage.

:func:`load` reads what files describe; what it returns, a :class:`Descriptions`, is assessed, queried, walked and
exported by its methods (:mod:`osaid_graph.api`). Both are imported on first use, so that ``import osaid_graph`` is
light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from osaid_graph.api import Descriptions, load

__version__ = "0.1.0"
__all__ = ["Descriptions", "__version__", "load"]


def __getattr__(name: str) -> object:
    if name in ("Descriptions", "load"):
        from osaid_graph import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
