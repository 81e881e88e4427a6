"""A JSON-LD context whose work is bounded: a context can stand in every block, and be read again for every one."""

from __future__ import annotations

from typing import Any, Final

from rdflib.plugins.shared.jsonld.context import Context

from osaid_graph.errors import InputError
from osaid_graph.identity import MAX_IRI, shortened

#: Names that stand for keywords; every block is looked at under each of them.
MAX_ALIASES: Final = 100
#: Terms that may be passed on to inner contexts in one document, and how many of these it costs to read a term anew.
MAX_TERMS: Final = 50_000_000
_READ: Final = 50


class LimitedContext(Context):
    """rdflib's context, with what has been done for a document counted over all contexts in it."""

    def __init__(self, base: str | None = None, version: float | None = 1.1, spent: list[int] | None = None) -> None:
        self._spent = [0] if spent is None else spent
        super().__init__(base=base, version=version)

    def _subcontext(self, source: Any, propagate: bool) -> Context:
        self._spend(len(self.terms) + _READ)
        inner = LimitedContext(version=self.version, spent=self._spent)
        inner.propagate, inner.parent = propagate, self
        inner.language, inner.vocab, inner.base, inner.doc_base = self.language, self.vocab, self.base, self.doc_base
        inner._alias = {keyword: names[:] for keyword, names in self._alias.items()}
        inner.terms, inner._lookup, inner._prefixes = self.terms.copy(), self._lookup.copy(), self._prefixes.copy()
        inner._context_cache = self._context_cache
        inner.load(source)
        return inner

    def _read_term(self, source: dict[str, Any], name: str, dfn: Any, protected: bool = False) -> None:
        before = self._aliases()
        super()._read_term(source, name, dfn, protected)
        term = self.terms.get(name)
        if len(name) > MAX_IRI or (term is not None and isinstance(term.id, str) and len(term.id) > MAX_IRI):
            self._too_long(name)
        if self._aliases() == before:
            return
        for names in self._alias.values():  # rdflib adds a name each time that it reads the same context
            names[:] = dict.fromkeys(names)
        if self._aliases() > MAX_ALIASES:
            raise InputError(f"a JSON-LD context with more than {MAX_ALIASES} names for keywords", "keep one of each")

    def _read_source(
        self, source: dict[str, Any], source_url: str | None = None, referenced_contexts: set[Any] | None = None
    ) -> None:
        super()._read_source(source, source_url, referenced_contexts)
        for name, iri in (("@vocab", self.vocab), ("@base", self.base)):
            if isinstance(iri, str) and len(iri) > MAX_IRI:
                self._too_long(name)

    def _too_long(self, name: str) -> None:
        """Refuse a name: whatever is written with it would be as long again."""
        hint = f"an IRI has at most {MAX_IRI:,} characters"
        raise InputError(f"a JSON-LD context in which {shortened(name)!r} is or stands for too long an IRI", hint)

    def _aliases(self) -> int:
        return sum(map(len, self._alias.values()))

    def _rec_expand(self, source: dict[str, Any], expr: str | None, prev: str | None = None) -> str | None:
        self._spend(_READ)
        return super()._rec_expand(source, expr, prev)

    def _spend(self, terms: int) -> None:
        self._spent[0] += terms
        if self._spent[0] > MAX_TERMS:
            raise InputError("JSON-LD contexts that take too long to read", "keep one @context, at the beginning")
