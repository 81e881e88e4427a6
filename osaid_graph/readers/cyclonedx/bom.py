"""A CycloneDX bill of materials as its components, what they depend on, and what each is in an AI release."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterator

from rdflib import URIRef

from osaid_graph.readers.cyclonedx.properties import IRI
from osaid_graph.readers.fields import Field, Fields
from osaid_graph.vocab import OSAID

MODEL, DATA = "machine-learning-model", "data"
LIBRARIES = frozenset(("library", "framework"))
#: Types of component that can be a system by containing or using models.
WHOLES = frozenset(("application", "platform", "container", "device", "firmware", "operating-system"))
#: Words for "nothing", as generators write them.
NOTHING = frozenset(("", "noassertion", "no description available"))

#: What an aggregate says of a list; "not_specified" says nothing.
AGGREGATES = {
    "complete": "complete",
    "unknown": "no-assertion",
    **dict.fromkeys(
        (
            "incomplete",
            *("incomplete_first_party_only", "incomplete_first_party_proprietary_only"),
            *("incomplete_first_party_opensource_only", "incomplete_third_party_only"),
            *("incomplete_third_party_proprietary_only", "incomplete_third_party_opensource_only"),
        ),
        "incomplete",
    ),
}

#: Word of the property "usage" that generators give to data -> how the data was used.
_USAGE = {
    **dict.fromkeys(("training", "pre-training", "pretraining", "fine-tuning", "finetuning"), OSAID.trainedOn),
    "validation": OSAID.validatedOn,
    **dict.fromkeys(("evaluation", "benchmarking", "benchmark", "testing", "test"), OSAID.evaluatedOn),
}


@dataclasses.dataclass(slots=True, eq=False)
class Component:
    """A component, the one it stands in, and the word for how it stands there: "components", "ancestors"..."""

    field: Field
    kind: str
    ref: str
    within: Component | None = None
    place: str = "components"
    number: int = 0
    inner: list[Component] = dataclasses.field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is called, without reading it."""
        return " ".join(self.field.peek("name").split())

    def property_(self, name: str) -> Field | None:
        """Return the value of a property of it or of its model card; reading it is left to the caller."""
        for keys in (("properties",), ("modelCard", "properties")):
            for each in self.field.each(*keys):
                if each.peek("name") == name:
                    return each.get("value")
        return None

    def read_property(self, name: str) -> bool:
        """Count a property as read; tell whether it is there."""
        found = False
        for keys in (("properties",), ("modelCard", "properties")):
            for each in self.field.each(*keys):
                if each.peek("name") == name:
                    each.text("name")
                    each.text("value")
                    found = True
        return found

    def usages(self) -> list[URIRef]:
        """Return how data is said to be used by the property "usage"; nothing for words that are not known."""
        at = self.property_("usage")
        words = re.split(r"[|,;]", at.peek().casefold()) if at is not None else []
        return list(dict.fromkeys(_USAGE[word.strip()] for word in words if word.strip() in _USAGE))

    def shape(self) -> str:
        """Return what a component of type "data" holds: "dataset", "configuration", "source-code" or "other"."""
        kinds = {each.peek("type") for each in self.field.each("data") if each.is_block} - {""}
        if not kinds or "dataset" in kinds:
            return "dataset"
        return kinds.pop() if len(kinds) == 1 else "other"


class Bom:
    """The components of a document in order, by their references, and what depends on what."""

    def __init__(self, tree: Fields) -> None:
        self.tree = tree
        self.components: list[Component] = []
        #: Components that say themselves which thing they are, none of the others.
        self.named: list[Component] = []
        self._by_ref: dict[str, Component] = {}
        subject = tree.get("metadata", "component")
        stated = self._add(subject, None, "subject") if subject is not None and subject.is_block else None
        self.stated = None if stated in self.named else stated
        for each in tree.each("components"):
            if each.is_block:
                self._add(each, None, "components")
        self._entries = {each.peek("ref"): each for each in tree.each("dependencies")}
        self.needs = list(self._dependencies())
        self._of: dict[Component, list[tuple[Component, Field]]] = defaultdict(list)
        for source, target, at in self.needs:
            self._of[source].append((target, at))
        self._needed = {target for _, target, _ in self.needs}
        self._reach = self._reach_models()
        self.systems = [each for each in self.components if each.kind in WHOLES and each in self._reach]
        #: The one component that the document is about, stated or the only one that nothing else has need of.
        self.subject = self._find_subject()
        self.topic = self._find_topic()

    def __getitem__(self, ref: str) -> Component | None:
        return self._by_ref.get(ref)

    def of_kind(self, kind: str) -> list[Component]:
        """Return the components of a type."""
        return [each for each in self.components if each.kind == kind]

    def _find_subject(self) -> Component | None:
        if self.stated is not None:
            return self.stated
        for found in (self.systems, self.of_kind(MODEL), self.of_kind(DATA)):
            top = [each for each in found if each.within is None and each not in self._needed]
            if top:
                return top[0] if len(top) == 1 else None
        return None

    def _find_topic(self) -> Component | None:
        """Return what a name for the document names: its subject, or the one model of a subject that is a system.

        Generators wrap a model in an application of the same name; the repository has the name of the model.
        """
        if self.subject is None or self.subject not in self.systems:
            return self.subject
        models = self.used_by(self.subject)
        return models[0][0] if len(models) == 1 else self.subject

    def used_by(self, system: Component) -> list[tuple[Component, Field]]:
        """Return the models that a system contains or depends on, itself or through what is no model."""
        found: dict[Component, Field] = {}
        seen = {system}
        waiting = [system]
        while waiting:
            each = waiting.pop()
            inner = [(one, one.field) for one in each.inner if one.place == "components"]
            for target, at in inner + self._of[each]:
                if target.kind == MODEL:
                    found.setdefault(target, at)
                elif target in self._reach and target not in seen:
                    seen.add(target)
                    waiting.append(target)
        if not found and system is self.stated:  # nothing is said of what it depends on: the rest is what it is made of
            found = {each: each.field for each in self._tops()}
        return list(found.items())

    def _add(self, at: Field, within: Component | None, place: str) -> Component:
        component = Component(at, at.peek("type"), at.peek("bom-ref"), within, place, len(self.components))
        if component.property_(IRI) is not None:
            self.named.append(component)
        else:
            self.components.append(component)
            if component.ref:
                self._by_ref.setdefault(component.ref, component)
            if within is not None:
                within.inner.append(component)
        for each in at.each("components"):
            if each.is_block:
                self._add(each, component, "components")
        for kin in ("ancestors", "descendants"):
            for each in at.each("pedigree", kin):
                if each.is_block:
                    self._add(each, component, kin)
        return component

    def _dependencies(self) -> Iterator[tuple[Component, Component, Field]]:
        for each in self.tree.each("dependencies"):
            source = self._by_ref.get(each.peek("ref"))
            for at in each.each("dependsOn") if source is not None else ():
                target = self._by_ref.get(at.peek())
                if source is not None and target is not None and target is not source:
                    yield source, target, at

    def _tops(self) -> list[Component]:
        """Return the models that stand by themselves and that nothing has need of."""
        return [each for each in self.of_kind(MODEL) if each.within is None and each not in self._needed]

    def _reach_models(self) -> set[Component]:
        """Return what contains or depends on a model, itself or through what is no model."""
        users: dict[Component, list[Component]] = defaultdict(list)
        for source, target, _ in self.needs:
            users[target].append(source)
        for each in self.components:
            if each.within is not None and each.place == "components":
                users[each].append(each.within)
        found: set[Component] = set()
        waiting = self.of_kind(MODEL)
        if self.stated is not None and self._tops():
            found.add(self.stated)
        while waiting:
            for user in users[waiting.pop()]:
                if user not in found and user.kind != MODEL:
                    found.add(user)
                    waiting.append(user)
        return found

    def read_need(self, source: Component, at: Field) -> None:
        """Count a dependency as read."""
        at.read()
        self._entries[source.ref].text("ref")


def slug(name: str) -> str:
    """Return a name as it can stand in a fragment, letters, digits and hyphens only.

    >>> slug("Acme tools, 2nd")
    'acme-tools-2nd'
    """
    return "-".join(re.findall(r"[\w.]+", name.casefold(), re.ASCII)) or "unnamed"
