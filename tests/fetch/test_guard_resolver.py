"""The resolver by itself: which addresses it hands out, when it gives up, and whom it trusts."""

# ruff: noqa: N802 - these are receivers and resolvers as Twisted calls them

from __future__ import annotations

import pytest
from scrapy.resolver import dnscache
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.error import DNSLookupError
from twisted.internet.task import Clock

from crawler.core.errors import AddressError
from crawler.fetch.resolver import GuardedResolver, proxies


class Net(Clock):
    """A reactor whose names are a table; a name without addresses is never answered."""

    def __init__(self, table: dict[str, list[str]]) -> None:
        super().__init__()
        self.table = table
        self.asked: list[str] = []
        self.nameResolver = self

    def resolveHostName(self, receiver, name, port=0, types=None, transport="TCP"):
        self.asked.append(name)
        receiver.resolutionBegan(None)
        for address in self.table[name]:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        if self.table[name]:
            receiver.resolutionComplete()


class Wanting:
    """Whoever wants to connect: reads the address when it comes."""

    def __init__(self) -> None:
        self.addresses: list[IPv4Address | IPv6Address] = []
        self.completed = 0

    def resolutionBegan(self, resolution) -> None:
        pass

    def addressResolved(self, address) -> None:
        self.addresses.append(address)

    def resolutionComplete(self) -> None:
        self.completed += 1

    @property
    def hosts(self) -> list[str]:
        return [address.host for address in self.addresses]


@pytest.fixture(autouse=True)
def _own_cache():
    dnscache.clear()
    yield
    dnscache.clear()


def asked(net: Net, name: str, port: int = 80, *, allow_private: bool = False, trusted=frozenset()) -> Wanting:
    resolver = GuardedResolver(net, 100, timeout_s=5, allow_private=allow_private, trusted=trusted)
    wanting = Wanting()
    resolver.resolveHostName(wanting, name, port)
    return wanting


def test_only_the_closed_addresses_of_a_name_are_left_out():
    net = Net({"mixed.example": ["10.0.0.1", "8.8.8.8", "::1", "2606:4700::1", "169.254.169.254"]})
    wanting = asked(net, "mixed.example")
    assert wanting.hosts == ["8.8.8.8", "2606:4700::1"]
    assert wanting.completed == 1
    assert net.getDelayedCalls() == []


def test_a_name_with_none_but_closed_addresses_fails_with_the_first_reason():
    wanting = asked(Net({"inside.example": ["10.0.0.1", "::1"]}), "inside.example")
    assert wanting.completed == 1
    with pytest.raises(AddressError, match=r"inside\.example: 10\.0\.0\.1 is a private address.*--allow-private"):
        _ = wanting.hosts


def test_private_addresses_are_handed_out_when_asked_for_and_multicast_is_not():
    net = Net({"inside.example": ["10.0.0.1", "224.0.0.1", "::1"]})
    assert asked(net, "inside.example", allow_private=True).hosts == ["10.0.0.1", "::1"]


def test_what_is_remembered_is_judged_again():
    net = Net({"inside.example": ["127.0.0.1"]})
    assert asked(net, "inside.example", allow_private=True).hosts == ["127.0.0.1"]
    with pytest.raises(AddressError):
        _ = asked(net, "inside.example").hosts
    assert net.asked == ["inside.example"]


def test_silence_ends_after_the_time_that_is_set():
    net = Net({"silent.example": []})
    wanting = asked(net, "silent.example")
    net.advance(4.9)
    assert wanting.completed == 0
    net.advance(0.2)
    assert wanting.completed == 1
    with pytest.raises(DNSLookupError, match=r"no answer about silent\.example within 5 s"):
        _ = wanting.hosts


def test_an_answer_that_comes_too_late_is_not_heard():
    net = Net({"silent.example": []})
    resolver, wanting = GuardedResolver(net, 0, timeout_s=1, allow_private=True), Wanting()
    late = []
    net.resolveHostName = lambda receiver, *_: late.append(receiver)
    resolver.resolveHostName(wanting, "silent.example", 80)
    net.advance(2)
    late[0].addressResolved(IPv4Address("TCP", "8.8.8.8", 80))
    late[0].resolutionComplete()
    assert wanting.completed == 1
    assert len(wanting.addresses) == 1


def test_a_proxy_is_reached_under_its_name_and_port_alone():
    net = Net({"proxy.example": ["127.0.0.1"], "page.example": ["127.0.0.1"]})
    trusted = frozenset({("proxy.example", 3128)})
    assert asked(net, "Proxy.example".lower(), 3128, trusted=trusted).hosts == ["127.0.0.1"]
    for name, port in (("proxy.example", 80), ("page.example", 3128)):
        with pytest.raises(AddressError):
            _ = asked(net, name, port, trusted=trusted).hosts


def test_whoever_reads_an_address_at_once_is_told_that_there_is_none():
    """Twisted's simple resolver, which tunnels use, takes the first address as it comes."""

    class Hasty(Wanting):
        def addressResolved(self, address) -> None:
            self.addresses.append(address.host)

    resolver, hasty = (
        GuardedResolver(Net({"inside.example": ["127.0.0.1"]}), 0, timeout_s=5, allow_private=False),
        Hasty(),
    )
    resolver.resolveHostName(hasty, "inside.example")
    assert hasty.addresses == []
    assert hasty.completed == 1


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("http://127.0.0.1:3128", {("127.0.0.1", 3128), ("127.0.0.1", 0)}),
        ("http://user:word@Proxy.example:8080/", {("proxy.example", 8080), ("proxy.example", 0)}),
        ("proxy.example:3128", {("proxy.example", 3128), ("proxy.example", 0)}),
        ("http://[::1]:3128", {("::1", 3128), ("::1", 0)}),
        ("http://proxy.example", {("proxy.example", 80), ("proxy.example", 0)}),
        ("https://proxy.example", {("proxy.example", 443), ("proxy.example", 0)}),
        ("http://proxy.example:port", set()),
        ("/var/run/docker.sock", set()),
        ("", set()),
    ],
)
def test_the_proxies_of_the_environment_are_known(monkeypatch, entry, found):
    for name in ("http_proxy", "https_proxy", "all_proxy", "ftp_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("http_proxy", entry)
    monkeypatch.setenv("no_proxy", "inside.example")
    assert proxies() == found
