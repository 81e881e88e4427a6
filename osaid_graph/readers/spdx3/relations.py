"""The relationships of SPDX 3 between models, data, code and documents."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import URIRef

from osaid_graph.identity import Kind
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.fields import Field
from osaid_graph.readers.package_url import package
from osaid_graph.readers.spdx3.document import Document, Relation, Target, compact, names_itself, purposes_of
from osaid_graph.readers.spdx3.documents import DOCUMENTS, NOTHING, Documents
from osaid_graph.readers.spdx3.licences import Licences
from osaid_graph.readers.spdx3.packages import AI, SOFTWARE, Packages
from osaid_graph.readers.spdx3.roles import Roles
from osaid_graph.vocab import CODE, OSAID

#: Type of a relationship to data -> how the data was used. All but the first and "testedOn" are terms of SPDX 3.1.
USES = {
    "trainedOn": OSAID.trainedOn,
    "pretrainedOn": OSAID.trainedOn,
    "finetunedOn": OSAID.trainedOn,
    "validatedOn": OSAID.validatedOn,
    "testedOn": OSAID.evaluatedOn,
    "evaluatedOn": OSAID.evaluatedOn,
}
_COMPLETENESS = {"complete": "complete", "incomplete": "incomplete", "noAssertion": "no-assertion"}
_LICENCES = frozenset(("hasDeclaredLicense", "hasConcludedLicense"))
_NEEDS = frozenset(
    ("dependsOn", "usesTool", "hasStaticLink", "hasDynamicLink", "hasPrerequisite", "hasProvidedDependency")
)
_LIBRARIES = frozenset(("library", "framework"))
_UNSAID = frozenset(("NoAssertionElement", "NOASSERTION"))


class Relations:
    """Writes what relationships say, once it is known what the elements are."""

    def __init__(self, document: Document, packages: Packages, roles: Roles, out: ClaimWriter) -> None:
        self._document = document
        self._packages = packages
        self._roles = roles
        self._out = out
        self._licences = Licences(document)
        #: Datasets -> the models that were trained on them.
        self._trained: dict[URIRef, list[str]] = {}
        self._documents = Documents(document, packages, roles, out, self._trained)

    def write(self) -> None:
        """Write all relationships: data first, since code and documents belong to what was trained on the data."""
        relations = self._document.relations
        for relation in relations:
            if relation.kind in USES:
                self._uses(relation)
        for relation in relations:
            for target in relation.targets:
                if self._one(relation, target):
                    relation.read(target)

    def _one(self, relation: Relation, target: Target) -> bool:
        """Write what one end of a relationship says; tell whether it said something that is modelled."""
        kind, start = relation.kind, relation.source
        if kind == "contains":
            return self._contains(start, target)
        if kind in ("ancestorOf", "descendantOf"):
            older, younger = (start, target.id) if kind == "ancestorOf" else (target.id, start)
            if compact(older) in NOTHING:
                made = self._made(younger) or self._roles.data.get(younger)
                return made is not None and self._none(made, OSAID.derivedFrom, relation, target)
            return self._derived(younger, older, OSAID.derivedFrom, target.at)
        if kind == "generates":
            return self._generates(start, target)
        if kind in _NEEDS:
            return self._needs(start, target)
        if kind in ("hasTest", "hasTestCase"):
            return self._is_code(target.id) and self._code([start], target.id, ("testing",), target.at)
        if kind == "configures":
            return self._configures(start, target)
        if kind in DOCUMENTS:
            return self._documents.of(relation, target)
        if kind == "describes":
            return self._documents.describes(start, target)
        return False

    # -- data ------------------------------------------------------------------------------------------------

    def _uses(self, relation: Relation) -> None:
        made = self._made(relation.source)
        if made is None:
            return
        predicate, found = USES[relation.kind], False
        for target in relation.targets:
            name = compact(target.id)
            if name in NOTHING:
                found = found or name in _UNSAID or self._none(made, predicate, relation, target)
                if name in _UNSAID:
                    relation.read(target)
                continue
            if self._document.kind(target.id) == AI or target.id in self._roles.made:
                derived = OSAID.fineTunedFrom if relation.kind == "finetunedOn" else OSAID.derivedFrom
                told = predicate == OSAID.trainedOn and self._derived(relation.source, target.id, derived, target.at)
            else:
                told = self._use(made, relation, target, predicate)
            if told:
                found = True
                relation.read(target)
        self._complete(made, relation, found)

    def _none(self, made: URIRef, predicate: URIRef, relation: Relation, target: Target) -> bool:
        """Say that there is nothing of a kind, if the comment of the relationship has the reason."""
        reason = relation.field.get("comment")
        if compact(target.id) in _UNSAID or reason is None or not reason.peek():
            return False
        self._out.rule_out(made, predicate, target.at, reason.text())
        relation.read(target)
        return True

    def _use(self, made: URIRef, relation: Relation, target: Target, predicate: URIRef) -> bool:
        data = self.data(target)
        if data is None:
            return False
        self._out.say(made, predicate, data, target.at)
        if predicate == OSAID.trainedOn:
            model = self._model_of(relation.source)
            if model is not None and model not in self._trained.setdefault(data, []):
                self._trained[data].append(model)
                self._prepared(model, data)
        return True

    def _complete(self, made: URIRef, relation: Relation, found: bool) -> None:
        at = relation.field.get("completeness")
        word = _COMPLETENESS.get(at.peek().rpartition("/")[2]) if at is not None else None
        if at is not None and word is not None and found and USES[relation.kind] == OSAID.trainedOn:
            at.read()
            self._out.say(made, OSAID.completeness, CODE[word], at)

    def _prepared(self, model: str, data: URIRef) -> None:
        """Say of training data how the package of the model says that they were prepared."""
        element = self._document[model]
        for at in element.each("ai_modelDataPreprocessing") if element is not None else ():
            if at.text() not in _UNSAID:
                self._out.tell(data, OSAID.processing, at.text(), at)

    def data(self, target: Target) -> URIRef | None:
        """Return the dataset that a target is or belongs to; one that is not described stays a reference."""
        name = target.id
        for each in (name, *self._document.holders(name)):
            if each in self._roles.data:
                return self._roles.data[each]
        element = self._document[name]
        if element is None:
            return self._elsewhere(name, "datasets", target.at)
        if name in self._roles.weights:
            return None
        self._roles.data[name] = self._packages.dataset(name, element)
        return self._roles.data[name]

    # -- models ----------------------------------------------------------------------------------------------

    def _made(self, name: str) -> URIRef | None:
        return self._roles.made.get(name) or self._roles.weights.get(name)

    def _model_of(self, name: str) -> str | None:
        """Return the model or system that an element is, or is contained in."""
        return next((each for each in (name, *self._document.holders(name)) if each in self._roles.made), None)

    def _contains(self, start: str, target: Target) -> bool:
        if start in self._roles.made and target.id in self._roles.made:
            predicate = OSAID.hasComponent if target.id in self._roles.systems else OSAID.hasModel
            self._out.say(self._packages.node(start), predicate, self._packages.node(target.id), target.at)
            return True
        if target.id in self._roles.weights:
            element = self._document[target.id]
            if start in self._roles.made and element is not None and names_itself(element):
                self._out.say(
                    self._packages.node(start), OSAID.hasParameters, self._roles.weights[target.id], target.at
                )
            return self._model_of(target.id) is not None
        if start in self._roles.made and self._is_code(target.id):
            return self._code([start], target.id, (), target.at)
        return False

    def _derived(self, younger: str, older: str, predicate: URIRef, at: Field) -> bool:
        """Say that one model, or one dataset, comes from another; either may be named without being described."""
        roles = self._roles
        kind: Kind = "models"
        start, end = self._made(younger), roles.weights.get(older) or roles.data.get(older)
        if older in roles.made:
            end = self._packages.node(older)
        if younger in roles.data:
            kind, start = "datasets", roles.data[younger]
        if start is None and end is not None:
            start = self._elsewhere(younger, kind, at)
        elif start is not None and end is None:
            end = self._elsewhere(older, kind, at)
        if start is None or end is None:
            return False
        self._out.say(start, predicate, end, at)
        return True

    def _elsewhere(self, name: str, kind: Kind, at: Field) -> URIRef | None:
        """Return what the document names without describing it."""
        if self._document[name] is not None or compact(name) in NOTHING:
            return None
        known = package(name)
        return URIRef(known.iri) if known is not None else self._out.reference(name, kind, at)

    # -- code and settings -----------------------------------------------------------------------------------

    def _is_code(self, name: str) -> bool:
        """Tell whether an element says of itself that it is source code."""
        element = self._document[name]
        if element is None or self._document.kind(name) not in SOFTWARE:
            return False
        return "source" in purposes_of(element)

    def _code(self, models: Iterable[str], name: str, roles: Iterable[str], at: Field) -> bool:
        """Say that an element is code of models, with roles; what it says of itself is said once."""
        element = self._document[name]
        of = [each for each in models if each in self._roles.made]
        if element is None or not of:
            return False
        code = self._roles.code.get(name)
        if code is None:
            code = self._roles.code[name] = self._packages.node(name)
            self._packages.about(code, OSAID.Code, element)
            self._packages.place(code, element)
            if "software_downloadLocation" not in element:  # what is in a package is where the package is
                for holder in self._document.holders(name):
                    package_ = self._document[holder]
                    if holder in self._roles.made and package_ is not None:
                        self._packages.place(code, package_)
            for key in ("software_primaryPurpose", "software_additionalPurpose"):
                for purpose in element.each(key):
                    if purpose.peek().rpartition("/")[2] in ("source", *_LIBRARIES):
                        purpose.read()
        for model in of:
            self._out.code(self._packages.node(model), code, roles, at)
        return True

    def _generates(self, start: str, target: Target) -> bool:
        """Say what made data or parameters: code did in a role, a model is where generated data comes from."""
        data = next(
            (d for n in (target.id, *self._document.holders(target.id)) if (d := self._roles.data.get(n))), None
        )
        if start in self._roles.made and data is not None:
            self._out.say(data, OSAID.derivedFrom, self._packages.node(start), target.at)
            return True
        if not self._is_code(start):
            return False
        own = self._model_of(start)
        if self._made(target.id) is not None:
            model = self._model_of(target.id)
            return self._code([model] if model else [], start, ("training",), target.at)
        if data is not None:
            models = [own] if own is not None else self._trained.get(data, [])
            return self._code(models, start, ("data-processing",), target.at)
        return False

    def _needs(self, start: str, target: Target) -> bool:
        element = self._document[target.id]
        if element is None or self._document.kind(target.id) not in SOFTWARE or target.id in self._roles.made:
            return False
        if purposes_of(element)[0] in _LIBRARIES:
            return self._code([start], target.id, ("supporting-library",), target.at)
        return self._is_code(target.id) and self._code([start], target.id, (), target.at)

    def _configures(self, start: str, target: Target) -> bool:
        element = self._document[start]
        node = self._made(target.id) or self._roles.code.get(target.id)
        if node is None and self._is_code(target.id):
            model = self._model_of(target.id)
            if model is not None and self._code([model], target.id, (), target.at):
                node = self._roles.code[target.id]
        if element is None or node is None or self._document.kind(start) not in SOFTWARE:
            return False
        settings = self._packages.node(start)
        self._packages.about(settings, OSAID.Configuration, element)
        self._out.say(node, OSAID.hasConfiguration, settings, target.at)
        return True

    # -- documents and licences ------------------------------------------------------------------------------

    def licences(self) -> None:
        """Write the licences, declared and concluded alike, of everything that has a node by now."""
        roles = self._roles
        for relation in self._document.relations:
            name = relation.source
            groups = (roles.made, roles.weights, roles.data, roles.code, roles.documents, roles.settings)
            node = next((group[name] for group in groups if name in group), None)
            if relation.kind not in _LICENCES or node is None:
                continue
            for target in relation.targets:
                stated = self._licences.stated(target)
                relation.read(target)
                if stated is not None:
                    self._out.say(node, OSAID.license, stated, target.at)
