"""How fast the ledger is at 10⁴, 10⁵ and 10⁶ rows: ``python -m tests.ledger.bench [ROWS…]``. Prints figures, bounded.

The second figures are the CPU time of the calling thread: what is left when others use the machine too.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from crawler.core.visit import Finish
from crawler.ledger import Ledger
from tests.ledger.samples import NOW, outcome, seed

LEASES = 3_000
HOSTS = 5_000


def seeds(rows):
    """One in ten is a duplicate; half lie on one host, the rest on thousands."""
    for n in range(rows):
        page = n if n % 10 else n // 2
        host = "big.example" if page % 2 else f"h{page % HOSTS}.example"
        yield seed(f"https://{host}/news/{page}-a-title-of-the-usual-length.html")


def percentiles(times):
    times = sorted(times)
    p50, p99, worst = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.99, 0.9999))
    return f"p50 {p50:6.3f}  p99 {p99:6.3f}  max {worst:6.2f} ms"


def say(line):
    print(line)  # noqa: T201 - a program: its figures are its output


def measured(label, times):
    wall, thread = zip(*times, strict=True)
    say(f"  {label:<36} {percentiles(wall)} | own CPU {percentiles(thread)}")


def timed(times, call, *args, **kwargs):
    start, worked = time.perf_counter(), time.thread_time()
    result = call(*args, **kwargs)
    times.append((time.perf_counter() - start, time.thread_time() - worked))
    return result


def visits(ledger, now, most, delay_s):
    """Leases, each ended at once; the time that goes on, as if a call came every 20 ms."""
    leasing, finishing, got = [], [], 0
    for _ in range(LEASES // most):
        now += timedelta(milliseconds=20)
        leases = timed(leasing, ledger.lease, "b", jobs=["j"], at=now, most=most, per_host=8, delay_s=delay_s)
        got += len(leases)
        ends = [Finish(lease, outcome(lease, at=now)) for lease in leases]
        timed(finishing, ledger.finish_many, ends, at=now)
    measured(f"lease most={most} delay={delay_s} ({got:,} got)", leasing)
    measured(f"finish_many of {most}", finishing)
    return now


def bench(rows, folder):
    path = folder / f"{rows}.db"
    with Ledger(path) as ledger:
        start = time.perf_counter()
        added = ledger.add(seeds(rows), run="r", job="j", at=NOW)
        took = time.perf_counter() - start
        say(f"{rows:>9,} seeds: {added.new:,} new, {added.known:,} known, {rows / took:,.0f} adds/s")
        now = NOW
        for most, delay_s in ((1, 0.0), (1, 1.0), (32, 0.0), (32, 1.0)):
            now = visits(ledger, now, most, delay_s)
        counting = []
        for _ in range(100):
            timed(counting, ledger.counts, "j")
        measured("counts", counting)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"  peak memory {peak:.0f} MiB, file {path.stat().st_size / 2**20:.0f} MiB")


def main():
    sizes = [int(size) for size in sys.argv[1:]] or [10**4, 10**5, 10**6]
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            bench(rows, Path(folder))


if __name__ == "__main__":
    main()
