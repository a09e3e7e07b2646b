"""Fetching over http: checked addresses, robots.txt, a polite rate, and limits on size and time."""

import asyncio
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ingest.addresses import AddressCheck, Target, shown
from ingest.archives import gunzipped
from vectorstore.errors import Unreadable

if TYPE_CHECKING:
    from httpx import Response
    from protego import Protego

AGENT = "isnad"
USER_AGENT = f"{AGENT}/0.1 (reads news for a newsroom's own archive; honours robots.txt)"

_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5"
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_HOPS = 5
_LATER = (429, 503)
_NO_PAGES = ("image/", "video/", "audio/", "font/")
_ROBOTS_BYTES = 500 * 1024
_TOLD = {
    401: "asks for a login",
    403: "refuses access",
    404: "isn't there; check the address",
    410: "is gone",
}


@dataclass(frozen=True, slots=True)
class Rate:
    """How politely, and how much. ``pause_s`` parts two requests to one host, unless its robots.txt asks for more."""

    pause_s: float = 1.0
    most_pause_s: float = 60.0
    seconds: float = 30.0
    bytes: int = 20 * 2**20


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask by whether a page has changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back; ``data`` is ``None`` where the page hasn't changed. ``url`` is where it was in the end."""

    url: str
    data: bytes | None
    charset: str = ""
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    data: bytes


class Fetcher:
    """Fetches one address at a time, politely. ``sleep`` and ``clock`` (seconds) are the passing of time.

    ``tls`` says which certificates are trusted: those of the web, where it isn't given.
    """

    def __init__(
        self,
        check: AddressCheck,
        rate: Rate | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._check = check
        self._rate = rate or Rate()
        self._sleep = sleep
        self._clock = clock
        self._given_tls = tls
        self._robots: dict[str, Protego] = {}
        self._free_at: dict[str, float] = {}

    def get(self, url: str, known: Validators | None = None) -> Fetched:
        """What is at ``url``, or that it is as it was when it had the validators ``known``.

        Raises ``Unreadable`` where it may not be fetched, can't be, or is no page.
        """
        headers = {"Accept": _ACCEPT} | _conditions(known)
        for _ in range(_MOST_HOPS + 1):
            target = self._check.target(url)
            self._ask_robots(target)
            answer = self._asked(target, headers, self._rate.bytes)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return _fetched(target, answer)
            url = urljoin(url, answer.headers["location"])
        raise Unreadable(f"{shown(url)} leads on and on; give the address where the page is in the end")

    def _ask_robots(self, target: Target) -> None:
        """Raise ``Unreadable`` where the site doesn't want the page fetched."""
        if target.origin not in self._robots:
            self._robots[target.origin] = self._read_robots(target)
        if not self._robots[target.origin].can_fetch(target.url, AGENT):
            raise Unreadable(
                f"{shown(target.url)} may not be fetched by programs, says the site's robots.txt"
            )

    def _read_robots(self, target: Target) -> "Protego":
        """The site's rules; none where it has none. Without an answer nothing is fetched there (RFC 9309)."""
        from protego import Protego

        url = f"{target.origin}/robots.txt"
        for _ in range(_MOST_HOPS + 1):
            answer = self._asked(self._check.target(url), {}, _ROBOTS_BYTES)
            if answer.status in _REDIRECTS and "location" in answer.headers:
                url = urljoin(url, answer.headers["location"])
            elif 400 <= answer.status < 500 and answer.status not in _LATER:
                return Protego.parse("")
            elif answer.status == 200:
                return Protego.parse(answer.data.decode("utf-8", "replace"))
            else:
                break
        raise Unreadable(
            f"{shown(url)} can't be read ({answer.status}), so nothing is fetched there; try later"
        )

    def _asked(self, target: Target, headers: Mapping[str, str], most: int) -> _Answer:
        """The answer of ``target``, asked again once where it says when."""
        answer = self._once(target, headers, most)
        wait = _retry_after(answer) if answer.status in _LATER else None
        if wait is None or wait > self._rate.most_pause_s:
            return answer
        self._sleep(wait)
        return self._once(target, headers, most)

    def _once(self, target: Target, headers: Mapping[str, str], most: int) -> _Answer:
        self._wait_for(target)
        try:
            return asyncio.run(self._exchange(target, headers, most))
        except TimeoutError as error:
            raise Unreadable(
                f"{shown(target.url)} takes longer than {self._rate.seconds:g} s to answer; try later"
            ) from error
        finally:
            self._free_at[target.host] = self._clock() + self._pause(target)

    def _wait_for(self, target: Target) -> None:
        left = self._free_at.get(target.host, 0.0) - self._clock()
        if left > 0:
            self._sleep(left)

    def _pause(self, target: Target) -> float:
        robots = self._robots.get(target.origin)
        asked = robots.crawl_delay(AGENT) if robots else None
        return max(self._rate.pause_s, min(asked or 0.0, self._rate.most_pause_s))

    async def _exchange(self, target: Target, headers: Mapping[str, str], most: int) -> _Answer:
        import httpx

        own = {"Host": target.authority, "User-Agent": USER_AGENT, "Accept-Encoding": "gzip", **headers}
        # The connection goes to the checked address, while the server is asked, and its certificate checked, by name.
        sni = {"sni_hostname": target.host}
        tls = self._tls if target.scheme == "https" else False
        client = httpx.AsyncClient(trust_env=False, verify=tls, timeout=self._rate.seconds)
        try:
            async with (
                asyncio.timeout(self._rate.seconds),
                client,
                client.stream("GET", target.connected, headers=own, extensions=sni) as response,
            ):
                return await _read(response, target, most)
        except httpx.TimeoutException as error:
            raise TimeoutError from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            why = str(error) or type(error).__name__
            raise Unreadable(f"{shown(target.url)} can't be fetched ({why}); try later") from error

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        import httpx

        return self._given_tls or httpx.create_ssl_context(trust_env=False)


async def _read(response: "Response", target: Target, most: int) -> _Answer:
    """The answer, its bytes counted as they are unpacked. Raises ``Unreadable`` where they are too many."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    if response.status_code != 200:
        return _Answer(response.status_code, headers, b"")
    kind = headers.get("content-type", "").lower()
    if kind.startswith(_NO_PAGES):
        raise Unreadable(f"{shown(target.url)} is {kind.partition(';')[0]}, not a page")
    if headers.get("content-encoding", "").lower() not in ("", "identity", "gzip"):
        raise Unreadable(f"{shown(target.url)} is packed in a way that wasn't asked for")
    data = bytearray()
    async for piece in response.aiter_bytes():
        data += piece
        _check_size(data, target, most)
    whole = gunzipped(bytes(data), most)  # large sitemaps are packed files
    _check_size(whole, target, most)
    return _Answer(200, headers, whole)


def _check_size(data: bytes | bytearray, target: Target, most: int) -> None:
    if len(data) > most:
        raise Unreadable(f"{shown(target.url)} is larger than {most / 2**20:g} MB")


def _fetched(target: Target, answer: _Answer) -> Fetched:
    """The page in ``answer``. Raises ``Unreadable`` where it is none."""
    validators = Validators(answer.headers.get("etag"), answer.headers.get("last-modified"))
    if answer.status == 304:
        return Fetched(target.url, None, validators=validators)
    if answer.status != 200:
        wait = _retry_after(answer)
        later = f"asks to come back in {wait:g} s" if wait else f"answers {answer.status}; try later"
        raise Unreadable(f"{shown(target.url)} {_TOLD.get(answer.status, later)}")
    _, _, charset = answer.headers.get("content-type", "").lower().partition("charset=")
    return Fetched(target.url, answer.data, charset.partition(";")[0].strip("\"' "), validators)


def _conditions(known: Validators | None) -> dict[str, str]:
    told = {
        "If-None-Match": known.etag if known else None,
        "If-Modified-Since": known.last_modified if known else None,
    }
    return {name: value for name, value in told.items() if value}


def _retry_after(answer: _Answer) -> float | None:
    """Seconds until the server wants to be asked again; ``None`` where it doesn't say."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdecimal():
        return float(told[:9])
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    return max(0.0, (moment - datetime.now(moment.tzinfo or UTC)).total_seconds()) if moment.tzinfo else None
