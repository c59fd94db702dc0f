"""Host names to addresses: what `guard` closes is never handed out. Both kinds of IP, and DNS_TIMEOUT holds.

Of a name with several addresses only the closed ones are left out. Where none remains, the request fails with
AddressError before anything is connected; IP literals come this way too. The addresses of the proxies in the
environment are handed out as they are, but only under the proxy's own name and port; that a page is not reached
under them directly is seen to by `check_url` and `check_peer`.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.resolver import CachingHostnameResolver
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.error import DNSLookupError

from crawler.core.errors import AddressError
from crawler.fetch.guard import check_address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.interfaces import IHostResolution


class _Receiver(Protocol):
    """Twisted's IResolutionReceiver, in words that type checkers read."""

    def resolutionBegan(self, resolution: IHostResolution) -> None: ...  # noqa: N802 - Twisted's name
    def addressResolved(self, address: IPv4Address | IPv6Address) -> None: ...  # noqa: N802 - Twisted's name
    def resolutionComplete(self) -> None: ...  # noqa: N802 - Twisted's name


_DEFAULT_PORTS = {"http": 80, "https": 443}


class GuardedResolver(CachingHostnameResolver):
    """For TWISTED_DNS_RESOLVER."""

    def __init__(
        self,
        reactor: ReactorBase,
        cache_size: int,
        *,
        timeout_s: float,
        allow_private: bool,
        trusted: frozenset[tuple[str, int]] = frozenset(),
    ) -> None:
        super().__init__(reactor, cache_size)
        self._timeout_s = timeout_s
        self._allow_private = allow_private
        self._trusted = trusted

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Scrapy's way to make a resolver."""
        settings = crawler.settings
        return cls(
            reactor,
            settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0,
            timeout_s=settings.getfloat("DNS_TIMEOUT"),
            allow_private=settings.getbool("PERMAPRESS_ALLOW_PRIVATE"),
            trusted=proxies(),
        )

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: _Receiver,  # noqa: N803 - Twisted's name
        hostName: str,  # noqa: N803 - Twisted's name
        portNumber: int = 0,  # noqa: N803 - Twisted's name
        addressTypes: Sequence[type] | None = None,  # noqa: N803 - Twisted's name
        transportSemantics: str = "TCP",  # noqa: N803 - Twisted's name
    ) -> IHostResolution:
        """As IHostnameResolver; the receiver gets no closed address."""
        allowed = (hostName.lower(), portNumber) in self._trusted
        guarded = _Guarded(resolutionReceiver, hostName, allow_private=self._allow_private, trusted=allowed)
        guarded.give_up_after(self.reactor, self._timeout_s)
        return super().resolveHostName(guarded, hostName, portNumber, addressTypes, transportSemantics)  # type: ignore[arg-type]


def proxies() -> frozenset[tuple[str, int]]:
    """Host and port of each proxy in the environment, as the resolver is asked for them.

    Port 0 is for tunnels: Twisted looks up their proxy without saying the port. An entry without a host is none.
    """
    found: set[tuple[str, int]] = set()
    for scheme, url in getproxies().items():
        if scheme not in _DEFAULT_PORTS:
            continue
        with suppress(ValueError):  # a port that is no number: HttpProxyMiddleware skips the entry as well
            parts = urlsplit(url if "://" in url else f"http://{url}")
            if parts.hostname:
                found |= {(parts.hostname, 0), (parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme, 80))}
    return frozenset(found)


class _NoAddress(IPv4Address):
    """Stands where no address is. Receivers cannot be told of a failure; this one happens when it is used."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    @property
    def host(self) -> str:  # type: ignore[override]
        raise self._error


class _Guarded:
    """Stands between the look-up and whoever wants to connect."""

    def __init__(self, receiver: _Receiver, name: str, *, allow_private: bool, trusted: bool) -> None:
        self._receiver = receiver
        self._name = name
        self._allow_private = allow_private
        self._trusted = trusted
        self._refusal: AddressError | None = None
        self._passed = False
        self._done = False

    def give_up_after(self, reactor: ReactorBase, seconds: float) -> None:
        self._timer = reactor.callLater(seconds, self._give_up, seconds)

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802 - Twisted's name
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IPv4Address | IPv6Address) -> None:  # noqa: N802 - Twisted's name
        if self._done:
            return
        try:
            if not self._trusted:
                check_address(address.host, self._allow_private)
        except AddressError as err:
            named = self._name == address.host
            self._refusal = self._refusal or (err if named else AddressError(f"{self._name}: {err}"))
            return
        self._passed = True
        self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's name
        self._complete(self._refusal)

    def _give_up(self, seconds: float) -> None:
        self._complete(DNSLookupError(f"no answer about {self._name} within {seconds:g} s"))

    def _complete(self, error: Exception | None) -> None:
        if self._done:
            return
        self._done = True
        if self._timer.active():
            self._timer.cancel()
        if error is not None and not self._passed:
            with suppress(AddressError, DNSLookupError):  # Twisted's simple resolver looks at once; it says the rest
                self._receiver.addressResolved(_NoAddress(error))
        self._receiver.resolutionComplete()
