"""Which web addresses may be fetched: public ones over http and https; checked before every connection.

An address that a stranger's page or feed names could lead to this machine or into the network around it. So a name
is resolved once, every address it has is checked, and the connection goes to the checked one.
"""

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from vectorstore.errors import Unreadable

Resolve = Callable[[str, int], Sequence[str]]
"""A host's addresses, given its name and the port."""

PORTS = frozenset((80, 443, 8000, 8008, 8080, 8443, 8888))
LONGEST = 2_000  # characters of an address

_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)*\.?")
_NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)\.?")
# IPv4 addresses inside IPv6 ones: translated by the network itself.
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: ``ip`` is where to connect, ``host`` who to ask for there."""

    url: str
    scheme: str
    host: str
    port: int
    ip: str
    path: str

    @property
    def authority(self) -> str:
        """Host, and port where it isn't the scheme's own."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return shown if self.port == _default(self.scheme) else f"{shown}:{self.port}"

    @property
    def origin(self) -> str:
        """The site: scheme and authority."""
        return f"{self.scheme}://{self.authority}"

    @property
    def connected(self) -> str:
        """The address with ``ip`` in the host's place."""
        shown = f"[{self.ip}]" if ":" in self.ip else self.ip
        return f"{self.scheme}://{shown}:{self.port}{self.path}"


class AddressCheck:
    """Decides about addresses. ``allow_private`` admits those of this machine and the network around it."""

    def __init__(self, allow_private: bool = False, resolve: Resolve | None = None) -> None:
        self._allow_private = allow_private
        self._resolve = resolve or _resolved

    def target(self, url: str) -> Target:
        """Where ``url`` leads. Raises ``Unreadable`` where it may not be fetched or isn't found."""
        parts, host = _parts(url)
        port = parts.port or _default(parts.scheme)
        ips = [ip_address(each) for each in self._addresses(host, port, url)]
        refused = next((each for each in ips if not self._admitted(each)), None)
        if refused is not None:
            raise Unreadable(
                f"{shown(url)} leads into a private network ({refused}); set ISNAD_ALLOW_PRIVATE_ADDRESSES=on "
                "where that is meant"
            )
        if port not in PORTS and not self._allow_private:
            raise Unreadable(f"{shown(url)} names port {port}, where no web pages are expected")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Target(url, parts.scheme, host, port, str(ips[0]), path)

    def _addresses(self, host: str, port: int, url: str) -> Sequence[str]:
        try:
            return [str(ip_address(host))]
        except ValueError:
            pass
        # Every other spelling of a number (octal, hexadecimal, short) is a way to hide one.
        if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) or not _NAME.fullmatch(host):
            raise Unreadable(f"{shown(url)} names no host; check the address")
        try:
            found = self._resolve(host, port)
        except OSError as error:
            raise Unreadable(
                f"{shown(url)} can't be found ({host} isn't known); check the address"
            ) from error
        if not found:
            raise Unreadable(f"{shown(url)} can't be found ({host} has no address); check it")
        return found

    def _admitted(self, ip: IPv4Address | IPv6Address) -> bool:
        inner = _inside(ip)
        if inner is not None:
            return self._admitted(inner)
        if ip.is_multicast or ip.is_unspecified or ip.is_link_local:
            return False
        return ip.is_global or (self._allow_private and (ip.is_private or ip.is_loopback))


def shown(url: str) -> str:
    """The address as it is told: without a login, and not longer than a line."""
    plain = re.sub(r"//[^/@\s]*@", "//", url)
    return plain if len(plain) <= 120 else plain[:119] + "…"


def _parts(url: str) -> tuple[SplitResult, str]:
    """The address in parts, its host as it is asked for. Raises ``Unreadable``."""
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").rstrip("."), parts.port
        host = host if ":" in host or host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise Unreadable(f"{shown(url)} is no valid address; check it") from error
    if parts.scheme not in ("http", "https"):
        raise Unreadable(f"{shown(url)} can't be fetched: only http and https addresses can")
    if parts.username is not None or parts.password is not None:
        raise Unreadable(f"{shown(url)} holds a login; give the address without it")
    if not host or len(url) > LONGEST or any(letter.isspace() or letter < " " for letter in url):
        raise Unreadable(f"{shown(url)} is no valid address; check it")
    return parts, host.lower()


def _inside(ip: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for, if any."""
    if not isinstance(ip, IPv6Address):
        return None
    low = IPv4Address(int(ip) & 0xFFFFFFFF)
    if any(ip in network for network in _NAT64) or (int(ip) >> 32 == 0 and int(ip) > 1):
        return low
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _default(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _resolved(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]).partition("%")[0] for each in found))
