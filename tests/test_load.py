"""What `make load` makes of its figures."""

import os
import subprocess
import sys

from bench.embeds import Embeds
from bench.growing import Growth, Weight
from bench.load import FULL, Load, check_targets, render
from bench.processes import cpu_of, list_children, memory_of
from bench.sessions import Crowd


def found():
    crowd = Crowd(150, 40, steps=[10.0] * 95 + [90.0] * 5, before=200, opened=240, after=245)
    crowd.counted, crowd.work, crowd.traffic = 2000, 6.0, 3_600_000
    growth = Growth(1000, Weight(9.0, 100, 10), Weight(11.5, 100, 10))
    return Load(
        {"one server": crowd},
        {"beside 200 rude clients": Embeds([1.0, 300.0], 1)},
        {},
        {"document": growth},
    )


def test_targets_are_met_or_not_and_what_was_not_measured_is_not():
    met = {target.promise: (target.measured, target.met) for target in check_targets(found())}
    assert met == {
        "150 sessions, one server: a step, p95 ≤ 100 ms": ("10 ms", True),
        "150 sessions, one server: errors ≤ 0": ("0", True),
        "one server: memory for a session ≤ 0.5 MB": ("0.30 MB", True),
        "one server: memory by 1,000 steps ≤ 5 MB": ("2.50 MB", True),
        "document of one era beside 200 rude clients, p95 ≤ 200 ms": ("300 ms", False),
        "document of one era beside 200 rude clients, refused ≤ 0": ("1", False),
        "document: heap by 1,000 steps ≤ 2 MB": ("2.50 MB", False),
        "page of the app: heap by 1,000 steps ≤ 2 MB": ("not measured", False),
        "map in the app: heap by 1,000 steps ≤ 2 MB": ("not measured", False),
    }


def test_the_page_names_every_figure_of_its_plan():
    page = render(found(), FULL)
    assert "$" not in page
    assert "| the servers' own work for a step | 3.0 ms of a processor |" in page
    assert "| document | 1,000 | 9.00 → 11.50 | +2.50 | +0.00 | +0.00 |" in page


def test_a_process_is_weighed():
    assert 5 < memory_of(os.getpid()) < 5000
    assert cpu_of(os.getpid()) > 0
    command = [sys.executable, "-c", "input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as child:
        assert any("input()" in started for started in list_children(os.getpid()))
        assert list_children(child.pid) == []
        child.stdin.close()
