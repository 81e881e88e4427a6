"""What the actions of an RO-Crate say of lineage: what was made (``result``) from what (``object``) by which code.

Only runs that lead to a model or a dataset of the crate are looked at. An action whose result is a model and whose
objects hold data is a training; one that makes data is a processing of data. A file of which the crate does not say
what it holds is not taken for training data, nor for a model that was trained further: it may be a setting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import RDFS, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.identity import part_of
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.rdf.descriptions import Description
from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.readers.works.ro_crate_entities import Crate
from osaid_graph.readers.works.ro_crate_things import Things
from osaid_graph.readers.works.works import local_name, name_of
from osaid_graph.reading import Statement
from osaid_graph.vocab import CODE, OSAID

_ACTIONS = frozenset(("CreateAction", "UpdateAction"))
#: What code does that an activity of a kind was carried out with.
_ROLES = {OSAID.Training: CODE["training"], OSAID.DataProcessing: CODE["data-processing"]}
_MADE, _USED = SCHEMA.result, SCHEMA.object


@dataclass(frozen=True, slots=True)
class _Object:
    """A node that an action used or made, at the place that says so."""

    node: IdentifiedNode
    line: int | None
    path: str
    statement: Statement


class Actions:
    """Writes the runs that lead to what a crate describes."""

    def __init__(self, crate: Crate, things: Things, out: ClaimWriter) -> None:
        self.crate = crate
        self.things = things
        self.out = out
        self.makers: dict[IdentifiedNode, list[IdentifiedNode]] = defaultdict(list)
        for each in crate.described:
            if crate.types(each.node) & _ACTIONS and not self._failed(each.node):
                for made in self._nodes(each.node, _MADE):
                    self.makers[made].append(each.node)
        self.data = set(crate.data)
        #: Data -> the models that were made from it, however many runs lie between.
        self.feeds: dict[IdentifiedNode, list[IdentifiedNode]] = defaultdict(list)

    def write(self) -> None:
        """Write every run on the way to a model or a dataset, each once."""
        described = [*self.crate.models, *(node for node in self.crate.data if self._counts(node))]
        runs, seen = self._before(described)
        made_here = {made for action in runs for made in self._nodes(action, _MADE)}
        self.data |= {node for node in made_here & seen if self.crate.kind(node) == "file"}
        for model in self.crate.models:
            for node in self._before([model])[1] & self.data:
                self.feeds[node].append(model)
        for each in self.crate.described:
            if each.node in runs:
                self._run(each, seen)

    def _before(self, things: Iterable[IdentifiedNode]) -> tuple[set[IdentifiedNode], set[IdentifiedNode]]:
        """Return the runs that led to some things, and these with all that was used; nothing behind another model."""
        runs: set[IdentifiedNode] = set()
        seen = set(things)
        waiting = list(seen)
        while waiting:
            for action in self.makers.get(waiting.pop(), ()):
                runs.add(action)
                for used in self._nodes(action, _USED):
                    if used not in seen:
                        seen.add(used)
                        if self.crate.kind(used) != "model":
                            waiting.append(used)
        return runs, seen

    def _counts(self, node: IdentifiedNode) -> bool:
        return node != self.crate.root.node or self.things.is_data

    def _failed(self, action: IdentifiedNode) -> bool:
        return any(local_name(str(each)) == "FailedActionStatus" for each in self._terms(action, SCHEMA.actionStatus))

    def _terms(self, node: IdentifiedNode, predicate: URIRef) -> list[object]:
        return [each.triple[2] for each in self.crate.described.about(node) if each.triple[1] == predicate]

    def _nodes(self, node: IdentifiedNode, predicate: URIRef) -> list[IdentifiedNode]:
        return [each for each in self._terms(node, predicate) if isinstance(each, IdentifiedNode)]

    # -- one run ---------------------------------------------------------------------------------------------

    def _run(self, action: Description, seen: set[IdentifiedNode]) -> None:
        """Write what a run made that anything described derives from, out of what it used."""
        used = self._said(action, _USED)
        code = [said for said in (*self._said(action, SCHEMA.instrument), *used) if self._kind(said) == "code"]
        for made in self._said(action, _MADE):
            inputs = [said for said in used if said.node != made.node]
            if made.node in seen and self._kind(made) == "model":
                self._model(action, made, inputs, code)
            elif made.node in seen and made.node in self.data:
                self._data(action, made, inputs, code)

    def _model(self, action: Description, made: _Object, used: list[_Object], code: list[_Object]) -> None:
        model, parameters = self.crate.name(made.node), self.things.model(made.node)
        for said in used:
            if said.node in self.data:
                self._say(parameters, OSAID.trainedOn, self._dataset(said.node), said)
            elif self._kind(said) == "model":
                self._say(parameters, OSAID.derivedFrom, self.crate.name(said.node), said)
        if any(said.node in self.data for said in used):
            self._activity(action, parameters, OSAID.trainedBy, OSAID.Training, made, used, code)
        for said in code:
            self.out.code(model, self.things.code(said.node), (), said)
            self._read(made, said)

    def _data(self, action: Description, made: _Object, used: list[_Object], code: list[_Object]) -> None:
        dataset = self._dataset(made.node)
        for said in used:
            if said.node in self.data or self._kind(said) in ("model", "file"):
                origin = self._dataset(said.node) if said.node in self.data else self.crate.name(said.node)
                self._say(dataset, OSAID.derivedFrom, origin, said)
        self._activity(action, dataset, OSAID.processedBy, OSAID.DataProcessing, made, used, code)

    def _activity(
        self,
        action: Description,
        product: URIRef,
        by: URIRef,
        kind: URIRef,
        made: _Object,
        used: list[_Object],
        code: list[_Object],
    ) -> None:
        """Write the activity itself: the data, code and settings it used."""
        activity = self.crate.name(action.node)
        self._say(product, by, activity, made)
        self.crate.take(action.node)
        self.out.thing(activity, kind, action, name_of(action))
        for said in used:
            if said.node in self.data:
                self._say(activity, OSAID.usedDataset, self._dataset(said.node), said)
        for said in code:
            script = self.things.code(said.node)
            self._say(activity, OSAID.usedCode, script, said)
            if said.statement.triple[1] == SCHEMA.instrument:
                self.out.say(script, OSAID.codeRole, _ROLES[kind], said)
            for model in self.feeds.get(made.node, ()):
                self.out.code(self.crate.name(model), script, (), said)
        configuration = URIRef(part_of(activity, "settings"))
        for said in used:
            if "PropertyValue" in self.crate.types(said.node):
                setting = self.crate.take(said.node)
                words = f"{setting.text(SCHEMA.name) or local_name(str(said.node))}: {setting.text(SCHEMA.value)}"
                self._say(activity, OSAID.usedConfiguration, configuration, said)
                self.out.thing(configuration, OSAID.Configuration, said)
                self.out.say(configuration, RDFS.comment, Literal(words), said)

    # -- the objects of an action ----------------------------------------------------------------------------

    def _said(self, action: Description, predicate: URIRef) -> list[_Object]:
        """Return the nodes that an action names with a predicate; none of them counts as read by that."""
        return [
            _Object(each.triple[2], each.line, each.field, each)
            for each in self.crate.described.about(action.node)
            if each.triple[1] == predicate and isinstance(each.triple[2], IdentifiedNode)
        ]

    def _kind(self, said: _Object) -> str:
        return self.crate.kind(said.node)

    def _say(self, node: URIRef, predicate: URIRef, value: URIRef, said: _Object) -> None:
        self.out.say(node, predicate, value, said)
        self._read(said)

    def _read(self, *objects: _Object) -> None:
        self.crate.described.read(each.statement for each in objects)

    def _dataset(self, node: IdentifiedNode) -> URIRef:
        """Return the IRI of data; a file that is data by what was done with it is described as such."""
        return self.things.data(node) if self._counts(node) else self.crate.name(node)
