"""Fetching: which addresses are, how politely, and within which limits. Everything stays on loopback."""

import gzip
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from trustme import CA
from web_server import Reply, Site, serving

from ingest.addresses import AddressCheck
from ingest.fetch import Fetcher, Rate, Validators
from vectorstore.errors import Unreadable

PAGE = Reply("<html><body><p>A page.</p></body></html>")
QUICK = Rate(pause_s=0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({"/a": PAGE}) as made:
        yield made


def local(rate: Rate = QUICK, **parts: Any) -> Fetcher:
    return Fetcher(AddressCheck(allow_private=True), rate, **parts)


# -- addresses ---------------------------------------------------------------------------------------------

# Each with the port of a decoy in place of PORT; names in .test are resolved to what their first label says.
FORBIDDEN = """
http://127.0.0.1:PORT/ http://127.0.0.2:PORT/ http://127.255.255.254:PORT/ http://localhost:PORT/ http://LOCALHOST:PORT/
http://localhost.:PORT/ http://0.0.0.0:PORT/ http://0:PORT/ http://127.1:PORT/ http://127.0.1:PORT/
http://2130706433:PORT/ http://017700000001:PORT/ http://0177.0.0.1:PORT/ http://0x7f.0.0.1:PORT/ http://0x7f000001:PORT/
http://0x7f.1:PORT/ http://127.0.0.1.:PORT/ http://①②⑦.⓪.⓪.①:PORT/ http://127。0。0。1:PORT/ http://[::1]:PORT/
http://[::]:PORT/ http://[0:0:0:0:0:0:0:1]:PORT/ http://[::ffff:127.0.0.1]:PORT/ http://[::ffff:7f00:1]:PORT/
http://[::127.0.0.1]:PORT/ http://[64:ff9b::127.0.0.1]:PORT/ http://[64:ff9b:1::7f00:1]:PORT/ http://[2002:7f00:1::]:PORT/
http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:PORT/ http://[fe80::1]:PORT/ http://[fc00::1]:PORT/ http://[fd00::1]:PORT/
http://[fec0::1]:PORT/ http://[ff02::1]:PORT/ http://10.0.0.1:PORT/ http://10.255.255.255/ http://172.16.0.1/
http://172.31.255.255/ http://192.168.0.1/ http://192.168.1.1:8080/ http://169.254.169.254/latest/meta-data/
http://169.254.1.1/ http://100.64.0.1/ http://100.127.255.254/ http://192.0.0.1/ http://192.0.2.1/ http://198.18.0.1/
http://198.51.100.1/ http://203.0.113.1/ http://224.0.0.1/ http://239.255.255.255/ http://240.0.0.1/
http://255.255.255.255/ http://to-127-0-0-1.test:PORT/ http://to-10-0-0-1.test/ http://to-169-254-169-254.test/
http://both.test:PORT/ http://user:secret@127.0.0.1:PORT/ http://example.com@127.0.0.1:PORT/
http://user@to-8-8-8-8.test/ file:///etc/passwd ftp://127.0.0.1:PORT/ gopher://127.0.0.1:PORT/_x
dict://127.0.0.1:PORT/ data:text/html,x javascript:alert(1) unix:///run/x http:///a http://to-8-8-8-8.test:22/
http://to-8-8-8-8.test:6379/ http://to-8-8-8-8.test:PORT/ http://127.0.0.1\\@example.com:PORT/ http://exa%6dple/ http://[::1
""".split()


def names(host: str, port: int) -> Sequence[str]:
    if host == "both.test":
        return ["8.8.8.8", "127.0.0.1"]
    if host.startswith("to-"):
        return [host.removeprefix("to-").partition(".")[0].replace("-", ".")]
    return [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def test_no_forbidden_address_is_ever_connected_to(site: Site, figure: Any) -> None:
    assert len(FORBIDDEN) >= 60
    fetcher = Fetcher(AddressCheck(resolve=names), QUICK)
    for url in FORBIDDEN:
        with pytest.raises(Unreadable):
            fetcher.get(url.replace("PORT", str(site.port)))
    figure("T09", failures=len(site.asked), n=len(FORBIDDEN), what="addresses that led to the decoy")
    assert site.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_into_the_private_network_is_not_followed(status: int, figure: Any) -> None:
    with serving() as decoy, serving() as front:
        away = f"http://to-127-0-0-1.test:{decoy.port}/secret"
        front.pages["/go"] = Reply("", status, {"Location": away})

        class OnlyFront(AddressCheck):
            """The front site stands for a public one."""

            def target(self, url: str) -> Any:
                own = url.startswith(front.address)
                return (AddressCheck(allow_private=True) if own else AddressCheck(resolve=names)).target(url)

        with pytest.raises(Unreadable, match="private network"):
            Fetcher(OnlyFront(), QUICK).get(f"{front.address}/go")
        figure("T09", failures=len(decoy.asked), n=1, what="redirects that led to the decoy")
        assert front.paths == ["/go"]
        assert decoy.asked == []


def test_even_where_private_addresses_are_allowed_the_link_s_own_and_groups_are_not() -> None:
    check = AddressCheck(allow_private=True, resolve=names)
    assert check.target("http://127.0.0.1:99/a").connected == "http://127.0.0.1:99/a"
    assert check.target("http://10.1.2.3/").ip == "10.1.2.3"
    for url in ("http://169.254.169.254/", "http://[fe80::1]/", "http://224.0.0.1/", "http://0.0.0.0/"):
        with pytest.raises(Unreadable, match="private network"):
            check.target(url)


def test_a_public_name_is_connected_to_by_its_checked_address() -> None:
    target = AddressCheck(resolve=lambda host, port: ["93.184.215.14"]).target("https://Example.COM/a?b=c#d")
    assert target.connected == "https://93.184.215.14:443/a?b=c"
    assert (target.host, target.authority) == ("example.com", "example.com")
    spelled = AddressCheck(resolve=lambda host, port: ["2606:2800:21f:cb07::1"]).target("http://خبر.test/")
    assert spelled.connected == "http://[2606:2800:21f:cb07::1]:80/"
    assert spelled.host.startswith("xn--")


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_name_that_changes_its_address_between_two_looks_never_leads_inside(
    site: Site, turn: int, figure: Any
) -> None:
    """DNS rebinding: the resolver tells a public address, and from some look on this machine's."""
    looks: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        looks.append(host)
        return ["93.184.215.14"] if len(looks) < turn else ["127.0.0.1"]

    # Where the check passes, the connection goes to the very address that was checked: conftest refuses that.
    with pytest.raises((Unreadable, ExceptionGroup)) as raised:
        Fetcher(AddressCheck(resolve=rebinding), QUICK).get(f"http://rebind.test:8080/a?{site.port}")
    told = repr(getattr(raised.value, "exceptions", raised.value))
    assert "private network" in told or "tried to reach ('93.184.215.14', 8080)" in told
    figure("T10", failures=len(site.asked), n=1, what="names re-bound to the decoy that led to it")
    assert 1 <= len(looks) <= 2
    assert site.asked == []


def test_the_server_is_asked_by_its_name_at_the_checked_address(site: Site) -> None:
    check = AddressCheck(allow_private=True, resolve=lambda host, port: ["127.0.0.1"])
    assert (
        Fetcher(check, QUICK).get(f"http://name.test:{site.port}/a").url == f"http://name.test:{site.port}/a"
    )
    assert [headers["host"] for _, headers in site.asked] == [f"name.test:{site.port}"] * 2


def test_a_name_nobody_knows_is_told_as_one() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror("no such name")

    with pytest.raises(Unreadable, match=r"nowhere\.test isn't known\); check the address"):
        Fetcher(AddressCheck(resolve=unknown), QUICK).get("http://nowhere.test/a")


def test_no_proxy_of_the_environment_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.address)
        assert local().get(f"{site.address}/a").data
        assert proxy.asked == []


# -- what comes back ---------------------------------------------------------------------------------------


def test_a_page_comes_with_its_final_address_encoding_and_validators(site: Site) -> None:
    site.pages["/old"] = Reply("", 301, {"Location": "/new"})
    site.pages["/new"] = Reply(
        "x".encode("utf-16"),
        200,
        {"ETag": '"1"', "Last-Modified": "Thu, 03 Oct 2024 10:30:00 GMT"},
        "text/html; Charset=UTF-16",
    )
    found = local().get(f"{site.address}/old")
    assert (found.url, found.charset) == (f"{site.address}/new", "utf-16")
    assert found.validators == Validators('"1"', "Thu, 03 Oct 2024 10:30:00 GMT")
    assert site.asked[-1][1]["user-agent"].startswith("isnad/")


def test_a_page_known_by_its_validators_is_asked_for_only_if_it_changed(site: Site) -> None:
    site.pages["/same"] = Reply("", 304)
    found = local().get(f"{site.address}/same", Validators('"1"', "Thu, 03 Oct 2024 10:30:00 GMT"))
    assert found.data is None
    asked = site.asked[-1][1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"1"', "Thu, 03 Oct 2024 10:30:00 GMT")


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply("", 404), "isn't there"),
        (Reply("", 410), "is gone"),
        (Reply("", 403), "refuses access"),
        (Reply("", 401), "asks for a login"),
        (Reply("", 500), "answers 500; try later"),
        (Reply("", 503, {"Retry-After": "7200"}), "asks to come back in 7200 s"),
        (Reply(b"\x89PNG", 200, {}, "image/png"), "is image/png, not a page"),
        (Reply(b"x", 200, {"Content-Encoding": "gzip, gzip"}), "packed in a way"),
        (Reply(b"x", 200, {"Content-Encoding": "br"}), "packed in a way"),
        (Reply(b"x" * 99, 200, {"Content-Encoding": "gzip"}), "can't be fetched"),
        (Reply("", 302, {"Location": "/a-page"}), "leads on and on"),
    ],
)
def test_what_is_no_page_is_told_in_a_line(site: Site, reply: Reply, told: str) -> None:
    site.pages["/a-page"] = reply
    with pytest.raises(Unreadable, match=told) as raised:
        local().get(f"{site.address}/a-page")
    assert "\n" not in str(raised.value)


def test_a_file_that_was_packed_beforehand_is_unpacked(site: Site) -> None:
    site.pages["/sitemap.xml.gz"] = Reply(gzip.compress(b"<urlset/>"), kind="application/gzip")
    assert local().get(f"{site.address}/sitemap.xml.gz").data == b"<urlset/>"
    site.pages["/sitemap.xml.gz"] = Reply(
        gzip.compress(b"<urlset/>")[:4] + bytes(20), kind="application/gzip"
    )
    with pytest.raises(Unreadable, match="can't be fetched"):
        local().get(f"{site.address}/sitemap.xml.gz")


@pytest.mark.parametrize("packed", ["", "on its way", "beforehand"])
def test_a_page_larger_than_the_limit_is_left_however_it_is_packed(site: Site, packed: str) -> None:
    body = bytes(300_000)
    headers = {"Content-Encoding": "gzip"} if packed == "on its way" else {}
    site.pages["/big"] = Reply(gzip.compress(body) if packed else body, 200, headers)
    with pytest.raises(Unreadable, match="larger than 0"):
        local(Rate(pause_s=0, bytes=100_000)).get(f"{site.address}/big")


def drip(header: bool) -> Callable[[Any], None]:
    """A server that answers a byte at a time, so that no single wait is long."""

    def answer(handler: Any) -> None:
        handler.close_connection = True
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"" if header else b"Content-Type: text/html\r\n\r\n"))
        for _ in range(100):
            handler.wfile.write(b"X-Y: z\r\n" if header else b"x")
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize("header", [False, True])
def test_a_server_that_drips_is_left_when_the_time_is_over(site: Site, header: bool) -> None:
    site.pages["/drip"] = Reply(drip(header))
    began = time.monotonic()
    with pytest.raises(Unreadable, match=r"takes longer than 0\.5 s"):
        local(Rate(pause_s=0, seconds=0.5)).get(f"{site.address}/drip")
    assert time.monotonic() - began < 3


def test_a_server_that_refuses_the_connection_is_told_in_a_line() -> None:
    with serving() as gone:
        pass
    with pytest.raises(Unreadable, match="can't be fetched"):
        local().get(f"{gone.address}/a")


# -- encryption --------------------------------------------------------------------------------------------

NAME = "news.example.org"


def trusting(authority: CA) -> Fetcher:
    """A fetcher that finds every name on loopback and trusts those alone that ``authority`` vouches for."""
    trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(trusted)
    check = AddressCheck(allow_private=True, resolve=lambda host, port: ["127.0.0.1"])
    return Fetcher(check, QUICK, tls=trusted)


@pytest.fixture
def encrypted() -> Iterator[tuple[CA, Site]]:
    authority, server = CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(NAME).configure_cert(server)
    with serving({"/a": PAGE}, server) as site:
        yield authority, site


def test_a_certificate_is_checked_for_the_name_asked_for_not_for_the_address_connected_to(
    encrypted: tuple[CA, Site],
) -> None:
    authority, site = encrypted
    assert trusting(authority).get(f"https://{NAME}:{site.port}/a").data
    for other in ("other.example.org", "127.0.0.1"):
        with pytest.raises(Unreadable, match=r"(?:Hostname|IP address) mismatch"):
            trusting(authority).get(f"https://{other}:{site.port}/a")
    assert site.paths == ["/a"]


def test_a_certificate_that_no_known_authority_vouches_for_is_refused(encrypted: tuple[CA, Site]) -> None:
    _, site = encrypted
    check = AddressCheck(allow_private=True, resolve=lambda host, port: ["127.0.0.1"])
    for stranger in (trusting(CA()), Fetcher(check, QUICK)):
        with pytest.raises(Unreadable, match="CERTIFICATE_VERIFY_FAILED"):
            stranger.get(f"https://{NAME}:{site.port}/a")
    assert site.asked == []


# -- politeness --------------------------------------------------------------------------------------------


def test_what_robots_txt_forbids_is_not_asked_for(site: Site) -> None:
    site.pages["/robots.txt"] = Reply(
        "User-agent: *\nDisallow: /private\n\nUser-agent: isnad\nDisallow: /*.php$\n"
    )
    fetcher = local()
    assert fetcher.get(f"{site.address}/a").data
    with pytest.raises(Unreadable, match=r"says the site's robots\.txt"):
        fetcher.get(f"{site.address}/x.php")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a"]


@pytest.mark.parametrize(("status", "fetched"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_site_whose_robots_txt_can_not_be_read_is_left_alone(
    site: Site, status: int, fetched: bool
) -> None:
    site.pages["/robots.txt"] = Reply("", status)
    if fetched:
        assert local().get(f"{site.address}/a").data
    else:
        with pytest.raises(Unreadable, match=r"robots\.txt can't be read"):
            local().get(f"{site.address}/a")
    assert site.paths == (["/a"] if fetched else [])


def test_a_redirect_is_judged_by_the_rules_of_where_it_leads(site: Site) -> None:
    with serving({"/b": PAGE, "/robots.txt": Reply("User-agent: *\nDisallow: /")}) as other:
        site.pages["/go"] = Reply("", 302, {"Location": f"{other.address}/b"})
        with pytest.raises(Unreadable, match=r"robots\.txt"):
            local().get(f"{site.address}/go")
        assert other.paths == []


class Time:
    """Passes only when slept."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


def test_requests_to_one_host_are_parted_as_its_rules_ask(site: Site) -> None:
    site.pages["/robots.txt"] = Reply("User-agent: *\nCrawl-delay: 7")
    passing = Time()
    fetcher = Fetcher(AddressCheck(allow_private=True), Rate(pause_s=2), passing.sleep, passing.clock)
    for _ in range(3):
        fetcher.get(f"{site.address}/a")
    assert passing.slept == [2, 7, 7]


def test_a_busy_server_is_asked_again_once_when_it_says(site: Site) -> None:
    site.pages["/busy"] = Reply("", 429, {"Retry-After": "5"})
    passing = Time()
    with pytest.raises(Unreadable, match="asks to come back in 5 s"):
        Fetcher(AddressCheck(allow_private=True), Rate(pause_s=0), passing.sleep, passing.clock).get(
            f"{site.address}/busy"
        )
    assert passing.slept == [5]
    assert site.paths == ["/busy", "/busy"]
