"""Small real processes under the real supervisor."""

import asyncio
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from kvmweb.supervisor.child import Child
from kvmweb.supervisor.output import Output
from kvmweb.supervisor.supervisor import Supervisor

FOR_EVER = "print('up', flush=True)\nwhile True: time.sleep(9)"
SLEEPER = f"import signal,sys,time; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0)); {FOR_EVER}"
STUBBORN = f"import signal,time; signal.signal(signal.SIGTERM, signal.SIG_IGN); {FOR_EVER}"


def python(name: str, code: str, **options: object) -> Child:
    return Child(name=name, argv=(sys.executable, "-c", code), **options)  # type: ignore[arg-type]


async def until(condition: Callable[[], object], within_s: float = 20) -> None:
    async with asyncio.timeout(within_s):
        while not condition():
            await asyncio.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@asynccontextmanager
async def supervised(children: list[Child], folder: Path) -> AsyncIterator[tuple[Supervisor, io.StringIO]]:
    screen = io.StringIO()
    supervisor = Supervisor(children, folder / "up.json", Output(screen))

    async def answers() -> bool:
        return all(keeper.starts for keeper in supervisor.keepers)

    run = asyncio.create_task(supervisor.run(answers, "http://here/"))
    try:
        await until(lambda: "ready: http://here/" in screen.getvalue())
        yield supervisor, screen
    finally:
        if not run.done():
            supervisor._on_signal()
        await asyncio.wait_for(run, 30)


async def test_a_killed_child_comes_back_by_itself(tmp_path: Path) -> None:
    async with supervised([python("a", SLEEPER), python("b", SLEEPER)], tmp_path) as (supervisor, screen):
        first, other = supervisor.keepers
        before, untouched = first.pid, other.pid
        assert before
        os.kill(before, signal.SIGKILL)
        await until(lambda: first.pid not in {None, before})
        assert other.pid == untouched
        assert "a ended (SIGKILL)" in screen.getvalue()


async def test_a_child_that_fails_at_once_is_tried_again_ever_more_slowly(tmp_path: Path) -> None:
    async with supervised([python("bad", "raise SystemExit(3)"), python("a", SLEEPER)], tmp_path) as (_, screen):
        await until(lambda: screen.getvalue().count("bad ended (status 3)") >= 3)
    assert "again in 0.4 s" in screen.getvalue()
    assert "again in 0.8 s" in screen.getvalue()


async def test_children_stop_in_reverse_order_and_say_their_lines_by_name(tmp_path: Path) -> None:
    tell = SLEEPER.replace("lambda *_: sys.exit(0)", "lambda *_: (print('bye', flush=True), sys.exit(0))")
    async with supervised([python("first", tell), python("second", tell)], tmp_path) as (_, screen):
        await until(lambda: screen.getvalue().count("| up") == 2)
    said = [line.split()[0] for line in screen.getvalue().splitlines() if line.endswith("| bye")]
    assert said == ["second", "first"]


async def test_a_child_that_ignores_the_signal_is_killed_at_its_deadline(tmp_path: Path) -> None:
    async with supervised([python("deaf", STUBBORN, stop_timeout_s=0.3)], tmp_path) as (supervisor, screen):
        await until(lambda: "| up" in screen.getvalue())
        pid = supervisor.keepers[0].pid
    assert pid
    assert not alive(pid)
    assert "deaf did not stop in time and is killed" in screen.getvalue()


async def test_what_a_killed_child_had_started_ends_with_it(tmp_path: Path) -> None:
    start = f"p=subprocess.Popen([sys.executable,'-c',{SLEEPER!r}])"
    fork = f"import subprocess,sys; {start}; print(p.pid, flush=True); p.wait()"
    async with supervised([python("parent", fork)], tmp_path) as (supervisor, screen):
        await until(lambda: "| up" in screen.getvalue())
        grandchild = int(next(x for x in screen.getvalue().split() if x.isdigit()))
        pid = supervisor.keepers[0].pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        await until(lambda: not alive(grandchild))


async def test_others_wait_until_the_first_answers(tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    slow = f"import pathlib,time; time.sleep(.3); pathlib.Path({str(flag)!r}).touch(); time.sleep(99)"
    look = f"print('found', pathlib.Path({str(flag)!r}).exists(), flush=True)"
    late = f"import pathlib,time; {look}; time.sleep(99)"
    async with supervised([python("slow", slow, ready=flag.exists), python("late", late)], tmp_path) as (_, screen):
        await until(lambda: "found" in screen.getvalue())
    assert "found True" in screen.getvalue()


async def test_the_state_file_names_every_process_and_goes_away_at_the_end(tmp_path: Path) -> None:
    state = tmp_path / "up.json"
    async with supervised([python("a", SLEEPER)], tmp_path) as (supervisor, _):
        await until(lambda: state.exists() and json.loads(state.read_text())["ready"])
        told = json.loads(state.read_text())
        assert told["children"] == {"a": supervisor.keepers[0].pid}
        assert told["pid"] == os.getpid()
    assert not state.exists()


def test_nothing_outlives_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    code = f"""
import asyncio, pathlib
from kvmweb.supervisor.child import Child
from kvmweb.supervisor.supervisor import Supervisor
async def yes(): return True
child = Child("a", ({sys.executable!r}, "-c", {STUBBORN!r}), death_signal=9)
asyncio.run(Supervisor([child], pathlib.Path({str(tmp_path / "up.json")!r})).run(yes, "x"))
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as up:
        assert up.stdout
        while "| up" not in up.stdout.readline():
            assert up.poll() is None
        deadline = time.monotonic() + 20
        pid = None
        while pid is None and time.monotonic() < deadline:
            pid = json.loads((tmp_path / "up.json").read_text())["children"]["a"]
        assert pid
        up.kill()
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(pid)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_each_stop_signal_ends_everything_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    code = f"""
import asyncio, pathlib
from kvmweb.supervisor.child import Child
from kvmweb.supervisor.supervisor import Supervisor
async def yes(): return True
child = Child("a", ({sys.executable!r}, "-c", {SLEEPER!r}))
asyncio.run(Supervisor([child], pathlib.Path({str(tmp_path / "up.json")!r})).run(yes, "x"))
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as up:
        assert up.stdout
        while "| up" not in up.stdout.readline():
            assert up.poll() is None
        up.send_signal(number)
        assert up.wait(20) == 0
    assert not (tmp_path / "up.json").exists()
