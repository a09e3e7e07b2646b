"""What a caller is told when too many wait: 429 in the page's language, in place of Gradio's own 503."""

from collections.abc import Awaitable, Callable

from fastapi.exception_handlers import http_exception_handler
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from qa.app.dress import page_language
from qa.app.words import say

RETRY_S = 5
_FULL = "Queue is full"


def when_full(setting: str | None) -> Callable[[Request, HTTPException], Awaitable[Response]]:
    """The handler of the application's HTTP errors; ``setting`` is the page's language where one is set."""

    async def handle(request: Request, error: HTTPException) -> Response:
        if error.status_code != 503 or not str(error.detail).startswith(_FULL):
            return await http_exception_handler(request, error)
        told = say(page_language(setting, request.headers), "queue_full")
        return JSONResponse({"detail": told}, 429, headers={"Retry-After": str(RETRY_S)})

    return handle
