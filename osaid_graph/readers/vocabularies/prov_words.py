"""The classes and words by which provenance tells models, data and code, and training, apart.

Words are taken whole, never as parts of others: they stand in ``prov:type``, ``prov:role`` and labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rdflib import PROV, URIRef

from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.readers.vocabularies.terms import AIRO, DCAT, DPV_AI, FAIR4ML, IT6, MLS
from osaid_graph.vocab import OSAID

#: Classes of entities -> ours.
CLASSES: dict[URIRef, URIRef] = {
    **{
        kind: kind
        for kind in (
            *(OSAID.AISystem, OSAID.Model, OSAID.Parameters, OSAID.Checkpoint, OSAID.Architecture, OSAID.Dataset),
            *(OSAID.Code, OSAID.Configuration, OSAID.Document, OSAID.DataInformation),
        )
    },
    **dict.fromkeys((IT6.MachineLearningModel, FAIR4ML.MLModel, MLS["Model"], AIRO["AIModel"]), OSAID.Model),
    **dict.fromkeys((AIRO["GPAIModel"], DPV_AI["Model"]), OSAID.Model),
    **dict.fromkeys((AIRO["AISystem"], DPV_AI["AISystem"]), OSAID.AISystem),
    **dict.fromkeys((DCAT.Dataset, SCHEMA.Dataset, MLS["Dataset"]), OSAID.Dataset),
    **dict.fromkeys((DPV_AI["TrainingData"], DPV_AI["ValidationData"], DPV_AI["TestingData"]), OSAID.Dataset),
    **dict.fromkeys((SCHEMA.SoftwareSourceCode, IT6.Library, MLS["Implementation"]), OSAID.Code),
}
#: Words for entities -> our class.
THINGS: dict[str, URIRef] = {
    **dict.fromkeys(("ai system", "system"), OSAID.AISystem),
    **dict.fromkeys(
        ("model", "ai model", "ml model", "machine learning model", "base model", "pretrained model", "trained model"),
        OSAID.Model,
    ),
    **dict.fromkeys(("teacher", "teacher model", "foundation model", "fine tuned model"), OSAID.Model),
    **dict.fromkeys(("parameters", "model parameters", "weights", "model weights"), OSAID.Parameters),
    **dict.fromkeys(("checkpoint", "model checkpoint"), OSAID.Checkpoint),
    **dict.fromkeys(("dataset", "data set", "corpus", "data", "training data", "training dataset"), OSAID.Dataset),
    **dict.fromkeys(("training set", "training corpus", "input data", "raw data", "test data"), OSAID.Dataset),
    **dict.fromkeys(("validation data", "validation dataset", "validation set", "test dataset"), OSAID.Dataset),
    **dict.fromkeys(("test set", "evaluation data", "evaluation dataset", "benchmark"), OSAID.Dataset),
    **dict.fromkeys(("code", "source code", "script", "software source code", "training code"), OSAID.Code),
    **dict.fromkeys(("training script", "repository"), OSAID.Code),
    **dict.fromkeys(("configuration", "config", "hyperparameters", "settings", "arguments"), OSAID.Configuration),
    **dict.fromkeys(("document", "paper", "report", "model card"), OSAID.Document),
    **dict.fromkeys(("data card", "datasheet", "data statement"), OSAID.DataInformation),
}
#: Roles of data in training that say it was not trained on.
ROLES: dict[str, URIRef] = {
    **dict.fromkeys(("validation data", "validation dataset", "validation set"), OSAID.validatedOn),
    **dict.fromkeys(("test data", "test dataset", "test set"), OSAID.evaluatedOn),
    **dict.fromkeys(("evaluation data", "evaluation dataset", "benchmark"), OSAID.evaluatedOn),
}
#: Classes of activities that are training.
TRAININGS = frozenset((OSAID.Training, MLS["Run"], IT6.Run, DPV_AI["ModelTraining"], DPV_AI["ModelFineTuning"]))
_TRAINING_WORDS = frozenset(
    (
        *("training", "train", "model training", "pre training", "pretraining", "continued pretraining"),
        *("fine tuning", "finetuning", "model fine tuning", "instruction tuning", "post training", "adapter training"),
        *("distillation", "knowledge distillation", "lora fine tuning"),
    )
)
#: Words for activities -> how the model that came out derives from the one that went in.
DERIVATIONS: dict[str, URIRef] = {
    **dict.fromkeys(("fine tuning", "finetuning", "model fine tuning", "instruction tuning"), OSAID.fineTunedFrom),
    **dict.fromkeys(("continued pretraining", "post training"), OSAID.fineTunedFrom),
    **dict.fromkeys(("quantization", "quantisation", "model quantization"), OSAID.quantizedFrom),
    **dict.fromkeys(("merging", "merge", "model merging"), OSAID.mergedFrom),
    **dict.fromkeys(("distillation", "knowledge distillation"), OSAID.distilledFrom),
    **dict.fromkeys(("adapter training", "lora fine tuning"), OSAID.adapterOf),
}
#: Words for activities that prepare data -> what is told of the data by describing them.
PROCESSINGS: dict[str, URIRef] = {
    **dict.fromkeys(("data processing", "processing", "preprocessing", "pre processing"), OSAID.processing),
    **dict.fromkeys(("data preprocessing", "data preparation", "tokenization"), OSAID.processing),
    **dict.fromkeys(("cleaning", "data cleaning", "deduplication", "filtering", "anonymization"), OSAID.cleaning),
    **dict.fromkeys(("labeling", "labelling", "data labeling", "data labelling", "annotation"), OSAID.labeling),
    **dict.fromkeys(("data annotation",), OSAID.labeling),
    **dict.fromkeys(("collection", "data collection", "crawling", "scraping", "data generation"), OSAID.obtained),
    **dict.fromkeys(("selection", "data selection", "sampling"), OSAID.selection),
}
_PROCESSING_CLASSES = frozenset(
    (OSAID.DataProcessing, *(DPV_AI[name] for name in ("DataCollection", "DataLabelling", "DataAnnotation")))
) | frozenset(DPV_AI[name] for name in ("DataCleaning", "DataPreparation"))
#: Words for activities that measure a model -> the edge from it to the data.
MEASURES: dict[str, URIRef] = {
    **dict.fromkeys(("evaluation", "model evaluation", "testing", "benchmarking"), OSAID.evaluatedOn),
    **dict.fromkeys(("validation", "model validation", "hyperparameter search"), OSAID.validatedOn),
}
#: Classes that every node of PROV may have, which say nothing of a release.
PLAIN = tuple(
    PROV[name]
    for name in (
        *("Entity", "Activity", "Agent", "Person", "Organization", "SoftwareAgent", "Plan", "Collection", "Bundle"),
        *("Usage", "Generation", "Derivation", "Attribution", "Association", "Revision", "Quotation"),
        *("PrimarySource",),
    )
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def word(text: str) -> str:
    """Return a word as the tables have it: the name at the end of an IRI, in lower case, with spaces.

    >>> word("http://example.org/ns#ModelTraining"), word("Fine-tuning")
    ('model training', 'fine tuning')
    """
    name = re.split(r"[#/:]", text.strip().rstrip("#/"))[-1]
    return " ".join(_HUMP.sub(" ", name).replace("_", " ").replace("-", " ").split()).casefold()


def kind_of(classes: Iterable[URIRef], words: Iterable[str]) -> URIRef | None:
    """Return our class for an entity, by its classes, then by the words it is described with."""
    for each in classes:
        if each in CLASSES:
            return CLASSES[each]
    return next((THINGS[each] for each in words if each in THINGS), None)


def activity_of(classes: Iterable[URIRef], words: Iterable[str]) -> URIRef | None:
    """Return our class for an activity: training, data processing, or one we have no class for."""
    named, said = frozenset(classes), frozenset(words)
    if named & TRAININGS or said & _TRAINING_WORDS:
        return OSAID.Training
    if named & _PROCESSING_CLASSES or said & frozenset(PROCESSINGS):
        return OSAID.DataProcessing
    return None
