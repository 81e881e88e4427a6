"""The page of a node leads nowhere where there is nothing; that of a requirement tells what releases come to."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from osaid_graph.server.site import Site

pytestmark = pytest.mark.usefixtures("loopback_only")

REQUIREMENT = "https://w3id.org/osaid-graph/requirement#freedoms-terms"


def links(client: httpx.Client, iri: str) -> list[str]:
    """Return the addresses within the site that a page of a node leads to."""
    text = client.get("/node", params={"iri": iri}).text
    return sorted({unescape(each) for each in re.findall(r'href="(/[^"]*)"', text)})


@pytest.mark.parametrize("iri", [REQUIREMENT, "https://example.org/d1", "https://w3id.org/osaid-graph/ont#Dataset"])
def test_every_link_on_the_page_of_a_node_leads_to_a_page(client: httpx.Client, iri: str) -> None:
    addresses = [each for each in links(client, iri) if each != "/plan"]  # which is worked out for a while
    assert len(addresses) > 8
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_only_what_is_in_the_lineage_leads_to_its_lineage(client: httpx.Client) -> None:
    assert not [each for each in links(client, REQUIREMENT) if each.startswith("/lineage")]
    assert len([each for each in links(client, "https://example.org/d1") if each.startswith("/lineage")]) == 2


def test_a_property_of_which_nothing_is_said_leads_out(client: httpx.Client) -> None:
    text = client.get("/node", params={"iri": REQUIREMENT}).text
    assert '<a href="http://www.w3.org/2000/01/rdf-schema#label" rel="noreferrer">rdfs:label</a>' in text


def test_the_page_of_a_requirement_tells_its_quote_and_what_releases_come_to(client: httpx.Client, site: Site) -> None:
    column = next(each for each in site.matrix.columns if str(each.requirement.iri) == REQUIREMENT)
    text = client.get("/node", params={"iri": REQUIREMENT}).text
    assert f"<blockquote>“{column.requirement.quote}”</blockquote>" in unescape(text)
    shown = {state: int(number) for state, number in re.findall(r'state=([a-z-]+)"><span.*?</span> (\d+)</a>', text)}
    assert shown == {state: number for state, number in column.counts.items() if number}
    assert shown


def test_a_hint_after_a_full_stop_begins_like_a_sentence(client: httpx.Client) -> None:
    for address in ("/lineage?node=", "/compare?a=x&b=", "/ask?query="):
        text = client.get(f"{address}nothing-of-this-name").text
        assert re.search(r"</b>\. [A-Z]", text) and not re.search(r"</b>\. [a-z]", text), address


def test_parts_of_the_definition_are_called_as_in_reports(client: httpx.Client, site: Site) -> None:
    text = client.get("/release", params={"node": "https://example.org/m1"}).text
    assert '<h2 id="clause-data-information">Data information</h2>' in text
