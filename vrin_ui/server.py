"""What the server does beside drawing pages: warm start, /ready, outlines by URL, security headers."""

import gc
import re
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OUTLINE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}\.json")
YEAR_S = 365 * 24 * 3600
HEADERS = {
    "content-security-policy": (
        "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob:; "
        "font-src 'self' data:; style-src 'self' 'unsafe-inline'; "
        "script-src 'self' 'unsafe-inline' blob:; worker-src 'self' blob:; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


@asynccontextmanager
async def warm(app: Any) -> AsyncIterator[None]:
    """Load what the pages use while the first visitor's browser is still loading its own part."""
    threading.Thread(target=load_and_freeze, name="warm", daemon=True).start()
    yield


def load_and_freeze() -> None:
    """Import what the pages use, answer a first question, and take it all out of garbage collection.

    Streamlit collects garbage after every run of a page; with these libraries loaded that costs
    about 60 ms a run, and nothing once they are frozen.
    """
    import vrin_ui.agreements.agreement_parts
    import vrin_ui.breakdown.breakdown_total
    import vrin_ui.definitions.definition_compare
    import vrin_ui.definitions.definition_edit
    import vrin_ui.definitions.definition_read
    import vrin_ui.dictionary.dictionary_parts
    import vrin_ui.draw
    import vrin_ui.feeds.feed_parts
    import vrin_ui.filter_bar  # noqa: F401
    from vrin_data.errors import VrinError
    from vrin_data.measures import catalogue, harm
    from vrin_ui.ask import open_store
    from vrin_ui.filters import parse
    from vrin_ui.upload.upload_files import sweep

    sweep(open_store().path)
    try:
        offered = catalogue(open_store())
        harm(open_store(), parse({}, offered).selection("month"))
    except VrinError:
        pass  # An empty store: the page itself will say so.
    gc.collect()
    gc.freeze()


async def ready(request: Request) -> Response:
    """200 as soon as the server answers."""
    return PlainTextResponse("ready")


def outline(request: Request) -> Response:
    """One outline file of the store: public boundaries, whose name changes with their content."""
    from vrin_ui.ask import open_store  # Late, because it brings pandas and DuckDB with it.

    name = request.path_params["name"]
    file = open_store().outlines_folder / name
    if not OUTLINE_NAME.fullmatch(name) or not file.is_file():
        return PlainTextResponse("There is no such outline.", status_code=404)
    cache = {"cache-control": f"public, max-age={YEAR_S}, immutable"}
    return Response(file.read_bytes(), media_type="application/json", headers=cache)


class SecurityHeaders:
    """Adds the security headers to every answer that has not set them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and its answer back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                extra = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [
                    *message["headers"],
                    *(pair for pair in extra if pair[0] not in present),
                ]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


ROUTES = [Route("/ready", ready), Route("/outlines/{name}", outline)]
MIDDLEWARE = [Middleware(SecurityHeaders)]
