import os
import subprocess
import sys
from pathlib import Path

import pytest

from kvmweb.supervisor import leftovers


def test_a_second_start_on_the_same_data_says_who_runs(tmp_path: Path) -> None:
    with leftovers.hold(tmp_path), pytest.raises(leftovers.AlreadyRunning, match=str(os.getpid())):
        leftovers.hold(tmp_path)
    leftovers.hold(tmp_path).close()


def test_what_an_earlier_start_left_is_ended_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    sleep = [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)"]
    ours, other = (
        subprocess.Popen(sleep, env={**os.environ, leftovers.MARK: mark}, stdout=subprocess.PIPE)
        for mark in (str(tmp_path), "/elsewhere")
    )
    try:
        for process in (ours, other):
            assert process.stdout
            process.stdout.readline()
        import threading

        threading.Thread(target=ours.wait, daemon=True).start()  # so that it is reaped, as init would do
        assert leftovers.end_leftovers(tmp_path) == [ours.pid]
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()
