"""The addresses that are not connected to, and the URLs that name one.

The table follows the IANA IPv4 and IPv6 Special-Purpose Address Registries of 2025-10-09. `ipaddress.is_global`
is not asked: its answers differ by version (64:ff9b:1::/48 and 2002::/16 are global to 3.11.7, not to 3.13.0), and
it takes multicast, site-local and translated private addresses for global ones. Blocks whose few global addresses are
anycast services of the network itself (192.0.0.0/24, 2001::/23) are closed whole, and so is 6to4, which carries
an IPv4 address and is routed nowhere any more: no page lies there.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.core import urls
from crawler.core.errors import AddressError, UrlError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class _Block:
    network: IPv4Network | IPv6Network
    what: str
    opens: bool  # with --allow-private


def _blocks(what: str, *networks: str, opens: bool = False) -> Iterator[_Block]:
    return (_Block(ip_network(network), what, opens) for network in networks)


# The first block that holds an address speaks for it. 168.63.129.16 is public by its number and answers inside
# Azure alone; the other metadata addresses lie in blocks that --allow-private would open.
_CLOSED: tuple[_Block, ...] = (
    *_blocks("a cloud's metadata service", "169.254.169.254/32", "168.63.129.16/32", "100.100.100.200/32"),
    *_blocks("a cloud's metadata service", "fd00:ec2::254/128", "fd20:ce::254/128"),
    *_blocks("unspecified", "0.0.0.0/8", "::/128"),
    *_blocks("a loopback address", "127.0.0.0/8", "::1/128", opens=True),
    *_blocks("a private address", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", opens=True),
    *_blocks("an address shared behind a carrier's NAT", "100.64.0.0/10", opens=True),
    *_blocks("a benchmarking address", "198.18.0.0/15", opens=True),  # also the fake addresses of local proxies
    *_blocks("link-local", "169.254.0.0/16", "fe80::/10"),
    *_blocks("site-local", "fec0::/10", opens=True),
    *_blocks("multicast", "224.0.0.0/4", "ff00::/8"),
    *_blocks("broadcast", "255.255.255.255/32"),
    *_blocks("for documentation only", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"),
    *_blocks("for documentation only", "2001:db8::/32", "3fff::/20"),
    *_blocks("reserved", "192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4", "::/96"),
    *_blocks("an IPv4 address in disguise", "::ffff:0:0/96", opens=True),
    *_blocks("a local translation to IPv4", "64:ff9b:1::/48", opens=True),
    *_blocks("for the network's own protocols", "2001::/23", "2002::/16"),  # Teredo, ORCHID …, 6to4
)
_UNICAST = (ip_network("2000::/3"), ip_network("64:ff9b::/96"))  # all that IANA has handed out to be reached
_LAST_32_BITS = tuple(map(ip_network, ("::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")))  # hold an IPv4 address

# RFC 6761, RFC 6762, RFC 8375, and .internal as ICANN reserved it in 2024: no public name ends so.
_LOCAL_NAMES = ("localhost", "localhost.localdomain", "local", "internal", "home.arpa")


def check_address(address: str, allow_private: bool) -> None:
    """Nothing, where the address may be connected to.

    `address`: as `socket` writes them, IPv6 without brackets. `allow_private` opens loopback and private ones;
    multicast, link-local, reserved ones and the metadata services of clouds stay closed.
    Raises: AddressError.
    """
    try:
        found = ip_address(address)
    except ValueError:
        raise AddressError(f"{address!r} is not an address; correct the URL") from None
    if isinstance(found, IPv6Address) and found.scope_id is not None:
        raise AddressError(f"{address} is bound to one network interface; never connected to, --allow-private or not")
    for each in _carried(found):
        _check(each, f"{address} (in it {each})" if each != found else address, allow_private)


def check_peer(address: str, allow_private: bool) -> None:
    """The same for the peer of a connection that stands: a name may have been resolved otherwise, or again.

    Raises: AddressError; the connection is to be closed before a byte is sent.
    """
    try:
        check_address(address, allow_private)
    except AddressError as err:
        raise AddressError(f"connected, but nothing was sent: {err}") from err


def check_url(url: str, allow_private: bool) -> None:
    """Nothing, where the URL's host is a name that may be looked up or an address that may be connected to.

    Catches every spelling of an address, for proxies too, which look up names themselves. The host is read as
    browsers and as urllib read it: where they differ, either may be what a proxy understands.
    Raises: AddressError; UrlError where there is no host to be read.
    """
    for host in sorted({urls.host(url), _host_by_urllib(url)}):
        try:
            _check_host(host, allow_private)
        except AddressError as err:
            raise AddressError(f"{urls.without_userinfo(url)}: {err}") from err


def _check(address: IPv4Address | IPv6Address, shown: str, allow_private: bool) -> None:
    block = next((block for block in _CLOSED if address in block.network), None)
    if block is None:
        if address.version == 4 or any(address in network for network in _UNICAST):  # noqa: PLR2004 - IPv4
            return
        raise AddressError(f"{shown} is reserved; no page lies there, --allow-private or not")
    if not block.opens:
        raise AddressError(f"{shown} is {block.what}; never connected to, --allow-private or not")
    if not allow_private:
        raise AddressError(f"{shown} is {block.what}; say --allow-private if you mean it")


def _carried(address: IPv4Address | IPv6Address) -> Iterable[IPv4Address | IPv6Address]:
    """The address after the IPv4 one that it stands for, where it does: mapped or NAT64 (RFC 6052, 8215)."""
    if not isinstance(address, IPv6Address):
        return (address,)
    if any(address in network for network in _LAST_32_BITS):
        return (IPv4Address(int(address) & 0xFFFF_FFFF), address)
    return (address,)


def _check_host(host: str, allow_private: bool) -> None:
    name = host.strip("[]").rstrip(".")
    try:
        ip_address(name)
    except ValueError:
        if not allow_private and any(name == local or name.endswith(f".{local}") for local in _LOCAL_NAMES):
            raise AddressError(f"{name} is a local name; say --allow-private if you mean it") from None
    else:
        check_address(name, allow_private)


def _host_by_urllib(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError as err:
        raise UrlError(f"{url!r}: {err}; write the host plainly") from err
    return urls.host(f"http://[{host}]/" if ":" in host else f"http://{host}/")
