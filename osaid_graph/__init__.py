"""Assess AI releases against the Open Source AI Definition and trace every gap through the data lineage.

The public API is small: :func:`osaid_graph.graph.load.load` reads descriptions into a
:class:`~osaid_graph.graph.release.Release`; :func:`osaid_graph.assessment.assess.assess` turns a release into an
:class:`~osaid_graph.model.Assessment`, which the functions of :mod:`osaid_graph.reports` render.
"""

__version__ = "0.1.0"
