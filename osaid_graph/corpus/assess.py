"""Assess all releases of a corpus, or those that a change of it concerns, and keep what was found beside it.

An assessment is a part of the corpus: ``assessments/000003``. Its ``outcomes`` are those of all subjects. What was found
in detail (``findings``, ``scope``, ``results``) stands there for the subjects that were assessed then; for those that
nothing changed for it stands in the part that their row of ``outcomes`` names (:mod:`osaid_graph.corpus.assessed`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from osaid_graph import __version__
from osaid_graph.assessment.assess import Measure, measure
from osaid_graph.compiler.compile import compile_shapes
from osaid_graph.compiler.run import run
from osaid_graph.corpus.affected import AFFECTED, NEAR, affected, only_near
from osaid_graph.corpus.assessed import LAYERED, Assessed, attach_assessment, newest
from osaid_graph.corpus.holding import make_holds
from osaid_graph.corpus.ids import Ids
from osaid_graph.corpus.layout import ASSESSMENTS
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.relevant import relevant
from osaid_graph.corpus.scope import make_scope
from osaid_graph.corpus.subjects import make_subjects
from osaid_graph.corpus.whole import make_graphs
from osaid_graph.corpus.writing import Writer
from osaid_graph.engines import Engine
from osaid_graph.terms import catalogue
from osaid_graph.validation.definition import DEFAULT_VERSION
