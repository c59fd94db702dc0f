"""The table of closed addresses: every block of the registries, at both of its ends, in every spelling of a URL."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.errors import AddressError, PermapressError, UrlError
from crawler.fetch.guard import check_address, check_peer, check_url

OPENED = [  # by --allow-private
    *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "198.18.0.0/15"),
    *("::1/128", "fc00::/7", "fec0::/10"),
    *("::ffff:127.0.0.0/104", "::ffff:10.0.0.0/104", "::ffff:8.8.8.0/120", "64:ff9b:1::808:0/112"),
    *("64:ff9b::7f00:0/104", "64:ff9b::a00:0/104", "64:ff9b::c0a8:0/112"),
]
SHUT = [  # to everybody
    *("0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.51.100.0/24"),
    *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32"),
    *("169.254.169.254/32", "168.63.129.16/32", "100.100.100.200/32", "fd00:ec2::254/128", "fd20:ce::254/128"),
    *("::/128", "::2/128", "::7f00:0/104", "100::/64", "100:0:0:1::/64", "2001::/23", "2001::/32", "2001:2::/48"),
    *("2001:10::/28", "2001:20::/28", "2001:db8::/32", "3fff::/20", "5f00::/16", "fe80::/10", "ff00::/8"),
    *("200::/7", "4000::/3", "fe00::/9", "::ffff:0:0:0/96"),
    *(
        "::ffff:0.0.0.0/104",
        "::ffff:224.0.0.0/100",
        "64:ff9b::a9fe:0/112",
        "64:ff9b::/104",
        "2002::/16",
        "2002:7f00::/24",
        "2002:808:808::/48",
    ),
]
OPEN = [
    *("1.0.0.0/24", "8.8.8.8/32", "11.0.0.0/8", "100.63.255.255/32", "100.128.0.0/32", "126.255.255.255/32"),
    *("128.0.0.0/32", "172.15.255.255/32", "172.32.0.0/32", "192.0.1.0/24", "192.167.255.255/32", "198.17.255.255/32"),
    *("198.20.0.0/32", "223.255.255.255/32"),
    *("2001:200::/23", "2606:4700::/32", "2a00::/12", "2620:fe::/48", "3ffe::/16", "3fff:1000::/32"),
    "64:ff9b::808:808/128",
]


def ends(network: str) -> list[str]:
    """Its first and last address and one between."""
    block = ip_network(network)
    return [str(block[at]) for at in sorted({0, block.num_addresses // 2, block.num_addresses - 1})]


def each(networks: list[str]) -> list[str]:
    return [address for network in networks for address in ends(network)]


@pytest.mark.parametrize("address", each(OPENED))
def test_private_addresses_open_only_with_allow_private(address):
    with pytest.raises(AddressError, match="--allow-private"):
        check_address(address, allow_private=False)
    check_address(address, allow_private=True)


@pytest.mark.parametrize("address", each(SHUT))
def test_what_is_nobodys_page_stays_shut(address):
    for allow_private in (False, True):
        with pytest.raises(AddressError, match=r"never connected to|no page lies there"):
            check_address(address, allow_private)


@pytest.mark.parametrize("address", each(OPEN))
def test_global_addresses_are_open(address):
    check_address(address, allow_private=False)


@pytest.mark.parametrize("address", ["fe80::1%eth0", "::1%lo", "2606:4700::1%1"])
def test_a_scope_id_is_never_public(address):
    with pytest.raises(AddressError, match="interface"):
        check_address(address, allow_private=True)


@pytest.mark.parametrize("address", ["", "localhost", "127.1", "0x7f.1", "[::1]", "1.2.3.4 ", "①.0.0.1"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(AddressError, match="is not an address"):
        check_address(address, allow_private=True)


@given(st.ip_addresses())
def test_nothing_that_python_knows_to_be_local_is_open(address):
    try:
        check_address(str(address), allow_private=False)
    except AddressError:
        return
    assert not address.is_loopback
    assert not address.is_multicast
    assert not address.is_private
    assert not address.is_link_local


@given(st.ip_addresses(v=4), st.booleans())
def test_a_carried_ipv4_address_is_never_more_open_than_it_is_itself(address: IPv4Address, allow_private: bool):
    number = int(address)
    carriers = [
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address(0x64_FF9B << 96 | number),
        IPv6Address(0x64_FF9B_0001 << 80 | number),
    ]
    try:
        check_address(str(address), allow_private)
    except AddressError:
        for carrier in carriers:
            with pytest.raises(AddressError):
                check_address(str(carrier), allow_private)


def test_a_peer_is_judged_as_its_address_is():
    check_peer("8.8.8.8", allow_private=False)
    check_peer("127.0.0.1", allow_private=True)
    with pytest.raises(AddressError, match=r"connected, but nothing was sent: 127\.0\.0\.1 is a loopback"):
        check_peer("127.0.0.1", allow_private=False)


LOOPBACK_HOSTS = [
    *("127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0X7F.0.0.1", "017700000001"),
    *("0177.0.0.1", "127.0.0.1.", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
    *("localhost", "LOCALHOST.", "LocalHost", "sub.localhost", "localhost.localdomain", "printer.local"),
    *("metadata.google.internal", "box.home.arpa", "①②⑦.0.0.1", "１２７.0.0.1", "127。0。0。1", "%31%32%37.0.0.1"),
    *("%6cocalhost", "ⓛocalhost", "good@127.0.0.1", "good:word@[::1]", "a@b@127.0.0.1", "8.8.8.8\\@127.0.0.1"),
    *("8.8.8.8@127.0.0.1", "[64:ff9b::127.0.0.1]", "127.0.0.1:80"),
]


@pytest.mark.parametrize("host", LOOPBACK_HOSTS)
def test_no_spelling_hides_a_local_host(host):
    with pytest.raises(AddressError, match="--allow-private"):
        check_url(f"http://{host}/path", allow_private=False)
    check_url(f"http://{host}/path", allow_private=True)


@pytest.mark.parametrize(
    "host", ["0", "0.0.0.0", "[::]", "[2002:7f00:1::]", "0x0", "169.254.169.254", "2852039166", "255.255.255.255"]
)
def test_no_spelling_opens_what_stays_shut(host):
    with pytest.raises(AddressError, match="never connected to"):
        check_url(f"http://{host}/", allow_private=True)


@pytest.mark.parametrize("url", ["http://[fe80::1%25eth0]/", "http://[::1/", "file:///etc/passwd", "http://", "x"])
def test_a_url_without_a_readable_host_is_an_error_of_the_url(url):
    with pytest.raises(UrlError):
        check_url(url, allow_private=True)


@pytest.mark.parametrize(
    "url",
    [
        *("https://example.org/", "http://user@example.org:8080/x?y", "http://8.8.8.8/", "http://[2606:4700::1]/"),
        *(
            "http://例子.测试/",
            "http://faß.example/",
            "http://a_b.example/",
            "http://notlocalhost/",
            "http://x.locals/",
        ),
    ],
)
def test_public_hosts_pass(url):
    check_url(url, allow_private=False)


def test_the_message_names_the_url_but_no_password():
    with pytest.raises(AddressError, match=r"^http://127\.0\.0\.1/a: 127\.0\.0\.1 is a loopback") as caught:
        check_url("http://user:secret@127.0.0.1/a", allow_private=False)
    assert "secret" not in str(caught.value)


@given(st.text(max_size=40))
def test_any_host_is_a_verdict_and_never_a_crash(host):
    try:
        check_url(f"http://{host}/", allow_private=False)
    except PermapressError:
        return


@given(st.ip_addresses())
def test_an_address_in_a_url_is_judged_as_the_address(address):
    host = f"[{address}]" if address.version == 6 else str(address)

    def refused(check, what) -> bool:
        try:
            check(what, allow_private=False)
        except AddressError:
            return True
        return False

    assert refused(check_url, f"http://{host}/") == refused(check_address, str(ip_address(address)))
