"""Full descriptions of releases, some 250 statements each: a system, its model, parameters, code and data."""

from __future__ import annotations

from typing import Final

from generator.described_data import data_page, describe, refer
from generator.dice import Dice
from generator.document import DATE, HUB, Document
from generator.gaps import (
    APPROVED,
    FOUND_AS,
    ONLY_RUNNING,
    PLACES,
    ROLES,
    RUNNING,
    Answer,
    Care,
    care,
    found_of_terms,
)
from generator.hub_lists import moment
from generator.world import Model

_RELATIONS: Final = {
    "finetune": "fineTunedFrom",
    "adapter": "adapterOf",
    "quantized": "quantizedFrom",
    "merge": "mergedFrom",
}
_DERIVATIONS: Final = ("filteredFrom", "subsetOf", "derivedFrom")
_GATED: Final = "freedom-use-no-permission.gated"
#: How many datasets of its own a release describes.
FEWEST, MOST = 3, 10


def subjects(name: str) -> tuple[str, str, str]:
    """Return the system, the model and the parameters of a release, by the id of its model."""
    page = f"{HUB}{name}"
    return f"{page}#system", page, f"{page}#parameters"


def release(model: Model, seed: int, revision: int = 0) -> Document:
    """Return the description of a release; another ``revision`` has other gaps and other data."""
    dice = Dice(seed, "release", model.number, revision)
    document = Document(f"{HUB}{model.name}/raw/main/provenance.nq", f"r{model.number}")
    sound = model.license in APPROVED and all(base.number is not None for base in model.bases)
    how = care(dice) if sound else Care(max(0.01, care(dice).gap))
    description = _Release(document, model, dice, how)
    description.whole()
    description.parameters()
    description.code()
    description.information(description.data())
    return document


class _Release:
    """Writes the description of one release."""

    def __init__(self, document: Document, model: Model, dice: Dice, how: Care) -> None:
        self.document, self.model, self.dice, self.care = document, model, dice, how
        self.asked = subjects(model.name)
        self.system, self.page, self.weights = self.asked

    def whole(self) -> None:
        """Describe the system and the model."""
        say, owner = self.document, self.model.name.partition("/")[0]
        say.typed(self.system, "AISystem")
        say.text_of(self.system, "title", self.model.name)
        say.text_of(self.system, "version", f"1.{self.dice.below(9)}")
        say.link(self.system, "publisher", f"{HUB}{owner}")
        say.say(f"{HUB}{owner}", "a", "<http://www.w3.org/ns/prov#Agent>")
        say.text_of(f"{HUB}{owner}", "name", owner)
        say.link(self.system, "location", self.page)
        say.say(self.system, "issued", f'"{moment(self.model.created)[:10]}"^^<{DATE}>')
        say.link(self.system, "hasModel", self.page)
        say.typed(self.page, "Model")
        say.text_of(self.page, "title", f"model of {self.model.name}")
        say.link(self.page, "hasParameters", self.weights)
        design = f"{self.page}#architecture"
        say.link(self.page, "hasArchitecture", design)
        say.typed(design, "Architecture")
        say.text_of(design, "title", f"architecture of {self.model.name}")
        for role, place in (("model-card", "blob/main/README.md"), ("technical-report", "blob/main/report.pdf")):
            say.link(self.system, "hasDocument", f"{self.page}/{place}")
            say.typed(f"{self.page}/{place}", "Document")
            say.code(f"{self.page}/{place}", "documentRole", role)
            say.text_of(f"{self.page}/{place}", "title", f"{role} of {self.model.name}")

    def parameters(self) -> None:
        """Describe the parameters, with what they derive from and how they are got at."""
        say, node, dice = self.document, self.weights, self.dice
        say.typed(node, "Parameters")
        say.text_of(node, "title", f"parameters of {self.model.name}")
        self._terms(node, "Parameters", self.model.license)
        self._place(node, "Parameters", self.page)
        for base in self.model.bases:
            target = f"{HUB}{base.name}"
            say.link(node, _RELATIONS[base.relation], target)
            if base.number is None:
                say.plant("data-info-all-data-described.base-unresolved", target)
            elif self.model.marks & {"self-loop", "circle"}:
                say.plant("data-info-provenance.circular", self.page)
        if not self.model.bases and dice.hits(self.care.gap / 4):
            say.link(node, "derivedFrom", say.blank("NotDisclosed"))
            say.plant("data-info-all-data-described.base-not-disclosed", *self.asked)
        incomplete = dice.hits(self.care.gap / 2)
        say.code(node, "completeness", "incomplete" if incomplete else "complete")
        if incomplete:
            say.plant("data-info-all-data-described.incomplete", node)
        self._access(node)
        self._stage(node, "hasCheckpoint", "Checkpoint", "params-intermediate-checkpoints")
        self._stage(node, "hasOptimizerState", "OptimizerState", "params-optimizer-state")

    def _access(self, node: str) -> None:
        manner = "ungated"
        if self.dice.hits(self.care.gap):
            manner = self.dice.one_of(("gated", "click-through", "region-restricted"))
            found = "freedoms-manner.region-restricted" if manner == "region-restricted" else _GATED
            self.document.plant(found, node)
        way = self.document.blank("AccessConditions")
        self.document.link(node, "accessConditions", way)
        self.document.code(way, "accessManner", manner)

    def _stage(self, node: str, prop: str, kind: str, requirement: str) -> None:
        answer = self.care.answer(self.dice)
        stage = f"{self.page}#{kind.casefold()}"
        self.document.answer(node, prop, "stated" if answer == "conflicting" else answer, f"<{stage}>")
        if answer in ("absent", "refused"):
            self.document.plant(f"{requirement}.absent", node)
            return
        self.document.typed(stage, kind)
        self.document.link(stage, "location", f"{self.page}/tree/{kind.casefold()}")
        license_ = "cc-by-nc-4.0" if self.dice.hits(self.care.gap) else "apache-2.0"
        self.document.text_of(stage, "license", license_)
        if license_ not in APPROVED:
            self.document.plant(f"{requirement}.not-approved", stage)

    def code(self) -> None:
        """Describe the code, a node a role, and the settings of the training."""
        training: Answer = "stated"
        for role, requirement in ROLES.items():
            answer = self.care.answer(self.dice, waivable=True)
            if role == "training":
                training = answer
            self._code_of(role, answer)
            if answer in FOUND_AS:
                self.document.plant(f"{requirement}.{FOUND_AS[answer]}", *self.asked)
        settings = self.care.answer(self.dice, waivable=True)
        holder = self._repository("training") if training in ("stated", "conflicting") else self.system
        place = f"{self.page}/settings.toml"
        self.document.answer(holder, "hasConfiguration", settings, f"<{place}>", "the code takes no arguments")
        if settings in ("stated", "conflicting"):
            self.document.typed(place, "Configuration")
            self.document.link(place, "location", place)
        if settings in FOUND_AS and not (settings == "absent" and training in ("waived", "silent")):
            self.document.plant(f"code-training-arguments.{FOUND_AS[settings]}", *self.asked)

    def _code_of(self, role: str, answer: Answer) -> None:
        say, node = self.document, self._repository(role)
        if answer in ("stated", "conflicting"):
            say.link(self.system, "hasCode", node)
            say.typed(node, "Code")
            say.code(node, "codeRole", role)
            say.text_of(node, "title", f"{role} code of {self.model.name}")
            say.link(node, "publisher", f"{HUB}{self.model.name.partition('/')[0]}")
            say.text_of(node, "revision", f"{self.dice.below(1 << 28):07x}")
            self._terms(node, "Code", self.care.terms(self.dice))
            self._place(node, "Code", node)
            self._complete(node, role)
        if answer in ("refused", "conflicting"):
            self._unnamed(role, say.blank("NotDisclosed"))
        if answer in ("waived", "silent"):
            self._unnamed(role, say.blank("NotApplicable", "nothing of the kind was run" * (answer == "waived")))

    def _unnamed(self, role: str, blank: str) -> None:
        self.document.link(self.system, "hasCode", blank)
        self.document.code(blank, "codeRole", role)

    def _complete(self, node: str, role: str) -> None:
        if self.dice.hits(self.care.gap / 3):
            self.document.code(node, "completeness", "incomplete")
            if role in RUNNING:
                self.document.plant("code-complete-run.incomplete", node)
            if role not in ONLY_RUNNING:
                self.document.plant("code-complete-train.incomplete", node)

    def _repository(self, role: str) -> str:
        return f"{self.page}/tree/main/{role}"

    def data(self) -> list[str]:
        """Describe the data the release was trained on, and what that was made from; return the pages of its own."""
        say, dice = self.document, self.dice
        names = [f"{self.model.name}-data-{place}" for place in range(dice.within(FEWEST, MOST))]
        made_into = [bool(place) and dice.hits(0.6) for place in range(len(names))]
        upstream = list(self.model.upstream)
        for place, name in enumerate(names):
            derived = []
            if place + 1 < len(names) and made_into[place + 1]:
                derived.append((dice.one_of(_DERIVATIONS), data_page(names[place + 1])))
            elif upstream:
                derived.append((dice.one_of(_DERIVATIONS), refer(say, upstream.pop())))
            if not made_into[place]:
                say.link(self.weights, "trainedOn", data_page(name))
            describe(say, name, derived, dice, self.care)
        for reference in self.model.data:
            say.link(self.weights, "trainedOn", refer(say, reference))
        if dice.hits(self.care.gap):
            say.link(self.weights, "trainedOn", say.blank("NotDisclosed"))
            say.plant("data-info-all-data-described.not-disclosed", *self.asked)
        return [data_page(name) for name in names]

    def information(self, data: list[str]) -> None:
        """Describe the document that describes the data."""
        say, node = self.document, f"{self.page}/blob/main/data-sheet.md"
        answer = self.care.answer(self.dice)
        say.answer(self.system, "hasDataInformation", answer, f"<{node}>")
        if answer in FOUND_AS:
            why = "information-conflicting" if answer == "conflicting" else FOUND_AS[answer]
            say.plant(f"data-info-terms.{why}", *self.asked)
        if answer in ("stated", "conflicting"):
            say.typed(node, "DataInformation")
            say.text_of(node, "title", f"data sheet of {self.model.name}")
            for each in data:
                say.link(node, "describes", each)
            self._terms(node, "DataInformation", self.care.terms(self.dice))
            self._place(node, "DataInformation", node)

    def _terms(self, node: str, kind: str, license_: str) -> None:
        say = self.document
        if license_ == "two":
            say.text_of(node, "license", "mit")
        if license_ in ("refused", "refused too"):
            say.say(node, "license", say.blank("NotDisclosed"))
        if license_ and license_ != "refused":
            say.text_of(node, "license", "apache-2.0" if license_ in ("refused too", "two") else license_)
        for rule in found_of_terms(kind, license_):
            say.plant(rule, node)

    def _place(self, node: str, kind: str, place: str) -> None:
        answer = self.care.answer(self.dice)
        self.document.answer(node, "location", answer, f"<{place}>")
        if answer in PLACES[kind]:
            self.document.plant(PLACES[kind][answer], node)
