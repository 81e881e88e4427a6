"""The application: which address answers what, and what every request passes on its way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from osaid_graph.errors import OsaidError
from osaid_graph.server.api import Api
from osaid_graph.server.asking import Asking
from osaid_graph.server.commands import Commands
from osaid_graph.server.guard import HEADERS, Bodies, SecurityHeaders, Strangers
from osaid_graph.server.limits import Limits
from osaid_graph.server.pages import Pages
from osaid_graph.server.pieces import Pieces
from osaid_graph.server.planned import Plans
from osaid_graph.server.pool import Pool
from osaid_graph.server.reporting import Reports
from osaid_graph.server.site import Site
from osaid_graph.server.sparql import Endpoint, Refusal, told
from osaid_graph.server.turns import Lanes


def application(site: Site, limits: Limits, hosts: Sequence[str]) -> Starlette:
    """Return the application.

    Args:
        site: What is served.
        limits: What a request may take.
        hosts: The names under which it may be asked for: others are refused, since a page of somebody else's can have a
            browser ask a server of this machine under a name of its own (DNS rebinding).
    """
    lanes, pool, commands = Lanes.of(limits), Pool(site.store, limits), Commands(limits, site.stands)
    asking = Asking(site, pool, lanes)
    plans = Plans(site, commands, lanes.plans)
    api, pages = Api(site, asking, plans), Pages(site, asking, plans)

    def missing(request: Request, error: Exception) -> Response:
        return (api if _is_of_a_program(request) else pages).missing(request, error)

    async def fault(request: Request, error: Exception) -> Response:
        """Return that this program has a fault, which is nothing for who asks; it is beyond all middleware."""
        response = api.fault(error) if _is_of_a_program(request) else _fault(error)
        response.headers.update(HEADERS)
        return response

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await plans.close()
        await pool.close()

    return Starlette(
        routes=[
            Route("/sparql", Endpoint(pool, lanes.anybody).answer, methods=["GET", "POST"]),
            *api.routes(),
            *Reports(site, commands, lanes.reports).routes(),
            *pages.routes(),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(Pieces, limits=limits),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            Middleware(Strangers),
            Middleware(Bodies, limits=limits),
        ],
        exception_handlers={404: missing, OsaidError: _unread, Exception: fault},
        lifespan=lifespan,
    )


def _is_of_a_program(request: Request) -> bool:
    return request.url.path.split("/")[1] == "api"


def _fault(error: Exception) -> Response:
    return told(Refusal(500, f"a fault of this server ({type(error).__name__})", "ask for something else"))


async def _unread(_: Request, error: Exception) -> Response:
    """Return the answer where what is served cannot be read; which file it is, is nothing for who asks."""
    why = error.message if isinstance(error, OsaidError) else ""
    return told(Refusal(503, f"what is served cannot be read: {why}", "have the server started again"))
