"""Manifests of every shape: what the tables of the reader allow, with texts that YAML takes for something else."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import strategies as st

from osaid_graph.readers.manifest.keys import (
    BLOCKS,
    DATASET_DERIVATIONS,
    MANIFEST,
    PARAMETER_DERIVATIONS,
    Accepts,
    Key,
)
from osaid_graph.vocab import CODELISTS

#: Texts with a meaning in YAML, or next to one.
ODD_TEXTS = (
    "1.10", "no", "Yes", "null", "~", "0x1F", "0o17", "1e3", "1_000", "12:30:45", ".inf", "2024-01-01", "<<", "=",
    "true", "a: b", "a #b", "#b", "- a", "-", "? a", "* a", "&a", "!a", "%a", "@a", "`a`", "[a]", "{a}", "a, b",
    "'a'", '"a"', "a\\b", ">-", "|", "---", "...", "a:", ":a", "caf\u00e9", "\u200fx", "\ufeffx", "\u4e2d",
    "\U0001f600", "x\u0085y",
    "x\u2028y", "x\x07y", "x\x7fy", "https://a.example/ not a whole address", "mailto:a@b", "many words " * 30,
)  # fmt: skip
URLS = ("https://a.example/one", "https://b.example/two?x=1,2#s3", "https://c.example/a:b", "https://c.example/[x]{y")
SOURCES = ("https://a.example/card", "https://b.example/paper", "https://c.example/{code")
DATASETS = ("acme/web", "acme/web@1.10", "common-crawl", "our web crawl", "https://a.example/data#x", "acme/books")
MODELS = ("acme/base", "https://a.example/base", "base @2")

texts = st.one_of(
    st.sampled_from(ODD_TEXTS),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20).filter(
        str.strip
    ),
)
days = st.dates().map(str)
stated = st.sampled_from([url for url in SOURCES if "{" not in url])
sources = st.one_of(stated, st.fixed_dictionaries({"url": stated}, optional={"title": texts, "retrieved": days}))
urls = st.sampled_from([url for url in URLS if "{" not in url])
silences = st.one_of(
    st.just("not-disclosed"),
    st.fixed_dictionaries({"not-disclosed": st.one_of(st.none(), texts)}, optional={"source": sources}),
    st.fixed_dictionaries({"not-applicable": texts}, optional={"source": sources}),
)


def _some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, st.lists(values, min_size=1, max_size=3))


def _statements(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return _some(st.one_of(values, silences, st.fixed_dictionaries({"value": values}, optional={"source": sources})))


def _derivations(kinds: dict[str, Any], named: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    kinded = [st.fixed_dictionaries({kind: _some(named)}, optional={"source": sources}) for kind in (*kinds, "ref")]
    return _some(st.one_of(named, silences, *kinded))


def _value(block: str, name: str, key: Key) -> st.SearchStrategy[Any]:
    named = st.sampled_from(DATASETS if block in ("dataset", "data-information") else MODELS)
    match key.accepts:
        case Accepts.PLAIN if name == "id" and block != "dataset":
            return st.sampled_from([f"acme/{block}", f"https://a.example/{block}", f"our {block}"])
        case Accepts.PLAIN if name == "id":
            return named
        case Accepts.PLAIN if (block, name) == ("dataset", "version"):
            return st.just("1.10")
        case Accepts.PLAIN if name == "on":
            return st.sampled_from([*DATASETS, *MODELS, "https://a.example/node"])
        case Accepts.PLAIN if (block, name) == ("waiver", "requirement"):
            return st.sampled_from(["data-info-sufficient", "data-info-cleaning.absent"])
        case Accepts.PLAIN if name == "subject":
            return st.sampled_from(MODELS)
        case Accepts.PLAIN if name in ("requirement", "definition"):
            return st.sampled_from(["data-info-sufficient", "1.0-rc1"])
        case Accepts.STATEMENT:
            return _statements(st.one_of(texts, urls))
        case Accepts.WORD if block == "judgement":
            return st.sampled_from(CODELISTS[key.codelist])
        case Accepts.WORD:
            return _statements(st.sampled_from(CODELISTS[key.codelist]))
        case Accepts.WORDS:
            return st.lists(st.sampled_from(CODELISTS[key.codelist]), min_size=1, max_size=3)
        case Accepts.DATE:
            return days
        case Accepts.COUNT:
            return st.integers(0, 10**18 - 1)
        case Accepts.FLAG:
            return st.booleans()
        case Accepts.SOURCE:
            return sources
        case Accepts.AGENT:
            return st.one_of(texts, st.fixed_dictionaries({"name": texts}, optional={"id": urls, "affiliation": texts}))
        case Accepts.ACCESS:
            manners = st.sampled_from(CODELISTS[key.codelist])
            long = st.fixed_dictionaries({"manner": manners}, optional={"comment": texts, "source": sources})
            return _some(st.one_of(manners, long))
        case Accepts.DERIVATIONS:
            return _derivations(DATASET_DERIVATIONS if block == "dataset" else PARAMETER_DERIVATIONS, named)
        case Accepts.REFERENCES:
            return _some(named)
        case Accepts.NODES if name == "evidence":
            digest = st.fixed_dictionaries({"url": urls}, optional={"retrieved": days, "sha256": texts})
            return _some(st.one_of(texts, urls, digest))
        case Accepts.NODES:
            return _some(st.one_of(texts, urls, silences, blocks(key.block)))
    return texts


def blocks(name: str, needed: tuple[str, ...] = ()) -> st.SearchStrategy[dict[str, Any]]:
    """Return blocks of a table of the manifest, with some of their keys."""
    silent = ("not-disclosed", "not-applicable")
    keys = {key: _value(name, key, what) for key, what in BLOCKS[name].items() if key not in silent}
    return st.fixed_dictionaries(
        {key: keys[key] for key in needed}, optional={key: v for key, v in keys.items() if key not in needed}
    )


def _by_role(name: str) -> st.SearchStrategy[Any]:
    """Return entries of code or documents, and silences on roles of them."""
    said = {"roles": _value(name, "roles", BLOCKS[name]["roles"])}
    withheld = {**said, "not-disclosed": st.one_of(st.none(), texts)}
    return st.one_of(
        st.just("not-disclosed"),
        st.fixed_dictionaries(withheld, optional={"source": sources}),
        st.fixed_dictionaries({**said, "not-applicable": texts}, optional={"source": sources}),
        blocks(name, ("roles",)),
    )


def manifests() -> st.SearchStrategy[str]:
    """Return the texts of manifests, in the JSON that is YAML; some of them the reader refuses."""
    datasets = blocks("dataset", ("id",))
    referred = st.fixed_dictionaries({"ref": st.sampled_from(DATASETS)}, optional={"source": sources})
    used = _some(st.one_of(st.sampled_from(DATASETS), silences, referred, datasets))
    judged = blocks("judgement", ("requirement", "outcome", "by", "date", "definition", "reason"))
    values: dict[str, st.SearchStrategy[Any]] = {
        "source": sources,
        "model": st.one_of(silences, blocks("model")),
        "parameters": st.one_of(silences, blocks("parameters")),
        "code": st.lists(_by_role("code"), max_size=3),
        "documents": st.lists(_by_role("document"), max_size=3),
        "data-information": _some(st.one_of(urls, silences, blocks("data-information"))),
        "datasets": st.lists(datasets, max_size=3),
        "judgements": st.lists(judged, max_size=2),
        "waivers": st.lists(blocks("waiver", ("requirement", "reason", "until")), max_size=2),
        **{name: used for name, key in MANIFEST.items() if key.accepts is Accepts.DATASETS},
    }
    assert set(values) | {"system", "imports"} == set(MANIFEST)
    whole = st.fixed_dictionaries({"system": blocks("system", ("id",))}, optional=values)
    return whole.map(_yaml)


def _yaml(said: dict[str, Any]) -> str:
    """Return a manifest in JSON, with what YAML does not print escaped; JSON's own escapes are halves of characters."""
    text = json.dumps(said, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found.group()):04x}", text)
