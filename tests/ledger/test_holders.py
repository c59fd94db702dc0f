from __future__ import annotations

import fcntl
import signal
import subprocess
import sys

import pytest

from crawler.core.errors import LockedError
from crawler.ledger import Ledger
from crawler.ledger.check import faults
from crawler.ledger.holders import REBUILDER, Holder, dead, living_holders
from crawler.ledger.share import Share
from tests.ledger.samples import JOB, add, later, lease, pages


def test_a_holder_lives_as_long_as_its_lock_and_a_dead_ones_file_goes(tmp_path):
    assert living_holders(tmp_path / "nowhere") == []
    (tmp_path / "dead.holder").touch()
    with (tmp_path / "alive.holder").open("w") as mine:
        fcntl.flock(mine, fcntl.LOCK_EX)
        assert living_holders(tmp_path) == ["alive"]
        assert [path.name for path in tmp_path.iterdir()] == ["alive.holder"]
    assert living_holders(tmp_path) == []
    assert not list(tmp_path.iterdir())


def test_a_killed_process_lives_no_more(tmp_path):
    program = "import fcntl, sys, time; f = open(sys.argv[1], 'w'); fcntl.flock(f, 2); print('held', flush=True); time.sleep(60)"
    command = [sys.executable, "-c", program, str(tmp_path / "run.1.holder")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        assert living_holders(tmp_path) == ["run.1"]
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        assert living_holders(tmp_path) == []


def test_leases_of_the_dead_wait_again_and_those_of_the_living_stay(tmp_path):
    path = tmp_path / "permapress.db"
    alive = Holder(tmp_path, "alive")
    with Ledger(path) as ledger:
        add(ledger, pages(6))
        lost = ledger.lease("gone", jobs=[JOB], at=later(0), most=2, per_host=9, delay_s=0)
        kept = ledger.lease("alive", jobs=[JOB], at=later(0), most=3, per_host=9, delay_s=0)
        assert ledger.take_back(dead(tmp_path, ledger.holders()), later(1)) == 2
        assert ledger.take_back(dead(tmp_path, ledger.holders()), later(1)) == 0
        assert [ledger.is_held(one, later(1)) for one in lost + kept] == [False] * 2 + [True] * 3
        again = lease(ledger, at=later(1))
        assert sorted(one.attempts for one in again) == [0, 1, 1]
        alive.close()
        assert dead(tmp_path, ["alive"]) == ["alive"]
    assert faults(path) == []
    assert living_holders(tmp_path) == []


def test_nobody_begins_while_the_ledger_is_made_anew(tmp_path):
    rebuilder = Holder(tmp_path, REBUILDER)
    with pytest.raises(LockedError, match="being rebuilt"):
        Share(tmp_path, "me", later(0), per_host=1, per_stranger=1, delay_s=0)
    rebuilder.close()
    Share(tmp_path, "me", later(0), per_host=1, per_stranger=1, delay_s=0).close((), later(0))
