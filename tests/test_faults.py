"""Faults of the machine, in real processes: full disks, kills, two writers, other languages."""

import json
import os
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import ROOT
from test_cli import fails, run

ERA = "1907-spheres"

LITTLE = 20_000
"""Bytes that a file may have on a disk that is all but full."""

WRITER = """
import sys
from pathlib import Path
from geo.files import write_bytes
path, letter = Path(sys.argv[1]), sys.argv[2].encode()
print("ready", flush=True)
while True:
    write_bytes(path, letter * 3_000_000)
"""
"""A process that writes one letter all over a file, again and again."""


def full_disk():
    """Let no file of this process grow: writing more fails, as it does on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (LITTLE, LITTLE))


def geo_on_full_disk(*arguments, cwd=ROOT):
    command = [sys.executable, "-m", "geo", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, preexec_fn=full_disk
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["x.html", "x.svg", "x.png", "x.pdf", "x.geojson", "x.kml", "x.csv", "x.parquet", "x.gpkg"],
)
def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path, name):
    path = tmp_path / name
    path.write_text("as it was")
    result = geo_on_full_disk("export", "--era", ERA, "-o", path)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("error: ")
    assert path.read_text() == "as it was"
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.slow
def test_a_full_disk_leaves_layers_as_they_were(copy):
    before = {path: path.read_bytes() for path in (copy / "layers").rglob("*.geojson")}
    sketch = copy / "layers" / "sketches" / "spheres-1907.toml"
    sketch.write_text(sketch.read_text().replace("Russian sphere of influence", "Another title"))
    result = geo_on_full_disk("build", "--root", copy)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    after = {path: path.read_bytes() for path in (copy / "layers").rglob("*.geojson")}
    assert after.keys() == before.keys()
    for content in after.values():
        json.loads(content)  # each is whole, whether it was written yet or not
    assert not list((copy / "layers").rglob(".*"))
    assert "a build was ended" in run("check", "--root", copy).stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_device_is_not_replaced_by_a_file():
    result = run("export", "--era", ERA, "--format", "csv", "-o", "/dev/full")
    fails(result, "found no regular file")
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_a_folder_that_is_for_reading_only_is_said_plainly(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(0o555)
    tmp_path.chmod(0o755)
    code = (
        "import os, sys; from pathlib import Path; from geo.files import write_text\n"
        "from geo.errors import GeoError\n"
        "os.getuid() or os.setuid(65534)\n"  # root may write anywhere
        "try:\n    write_text(Path('x.html'), 'x')\n"
        "except GeoError as err:\n    print(err)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "x.html: cannot be written: Permission denied\n"
    assert not [*folder.iterdir()]


def writing(path, letter):
    """Start a process that writes; returns it once it is under way."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), letter],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def whole(path):
    """Return the letter of a file, which must be written all over it."""
    content = path.read_bytes()
    assert len(content) == 3_000_000
    assert content == content[:1] * len(content)
    return content[:1]


def end(*processes):
    for process in processes:
        process.kill()
        process.wait(20)
        assert process.stderr.read() == ""
        process.stdout.close()
        process.stderr.close()


def test_a_writer_that_is_killed_leaves_a_whole_file(tmp_path):
    path = tmp_path / "file"
    for letter in "abcdef":
        process = writing(path, letter)
        wait_for(lambda letter=letter: path.exists() and whole(path) == letter.encode())
        end(process)
        assert whole(path) == letter.encode()


MORTAL = """
import os, signal, sys
from pathlib import Path
from geo import cli, files

moment, times = sys.argv.pop(1), int(sys.argv.pop(1))

def die(*_, **__):
    global times
    times -= 1
    if times < 0:
        os.kill(os.getpid(), signal.SIGKILL)

def before(done):
    return lambda *given, **named: (die(), done(*given, **named))[1]

class Cut:
    def __init__(self, file):
        self.file = file
    def __enter__(self):
        return self
    def __exit__(self, *_):
        self.file.close()
    def write(self, content):
        self.file.write(content[: len(content) // 2])
        self.file.flush()
        die()
        self.file.write(content[len(content) // 2 :])

opened = os.fdopen
if moment == "before the first byte":
    os.fdopen = before(opened)
elif moment == "in the middle":
    os.fdopen = lambda *given, **named: Cut(opened(*given, **named))
elif moment == "before it has its name":
    Path.replace = before(Path.replace)
cli.main()
"""
"""A command that is killed at a moment of writing, after so many files."""

MOMENTS = ("before the first byte", "in the middle", "before it has its name")


def killed(moment, times, *arguments):
    """Run a command that is killed while it writes."""
    command = [sys.executable, "-c", MORTAL, moment, str(times), *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_an_export_that_is_killed_while_it_writes_leaves_the_old_file(tmp_path, moment):
    path = tmp_path / "layers.geojson"
    path.write_text("old")
    killed(moment, 0, "export", "--era", ERA, "-o", path)
    assert path.read_text() == "old"
    (remains,) = set(tmp_path.iterdir()) - {path}
    os.utime(remains, (0, 0))  # later
    assert run("export", "--era", ERA, "-o", path).returncode == 0
    assert json.loads(path.read_text())["features"]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_build_that_is_killed_while_it_writes_is_known(tmp_path, moment):
    folder = tmp_path / "atlas"
    assert run("new", folder).returncode == 0
    assert run("build", "--root", folder).returncode == 0
    killed(moment, 2, "build", "--root", folder)
    for path in (folder / "layers").rglob("*.geojson"):
        json.loads(path.read_text())
    assert "a build was ended" in run("check", "--root", folder).stderr
    assert run("build", "--root", folder).returncode == 0
    assert run("check", "--root", folder).returncode == 0


def test_two_writers_leave_one_or_the_other(tmp_path):
    path = tmp_path / "file"
    one, two = writing(path, "a"), writing(path, "b")
    seen = set()
    wait_for(lambda: path.exists())
    wait_for(lambda: seen.add(whole(path)) or seen == {b"a", b"b"})
    for process in (one, two):
        assert process.poll() is None
    end(one, two)
    whole(path)


def wait_for(done, patience=60):
    """Wait until something is so."""
    deadline = os.times().elapsed + patience
    while not done():
        assert os.times().elapsed < deadline


def test_two_builds_of_one_atlas_at_once_are_both_right(tmp_path):
    folder = tmp_path / "atlas"
    assert run("new", folder).returncode == 0
    command = [sys.executable, "-m", "geo", "build", "--root", str(folder)]
    builds = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for build in builds:
        _, errors = build.communicate(timeout=120)
        assert build.returncode == 0, errors
    assert run("check", "--root", folder).returncode == 0
    assert not [path for path in folder.rglob(".*") if path.is_file()]


def test_a_build_that_is_killed_is_known_and_the_next_is_right(tmp_path):
    folder = tmp_path / "atlas"
    assert run("new", folder).returncode == 0
    command = [sys.executable, "-m", "geo", "build", "--root", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as build:
        os.kill(build.pid, signal.SIGKILL)
    for path in (folder / "layers").rglob("*.geojson"):
        json.loads(path.read_text())
    assert run("build", "--root", folder).returncode == 0
    assert run("check", "--root", folder).returncode == 0


def export(folder, **environment):
    """Return a document that a process of its own made in an environment."""
    path = folder / "x.html"
    result = run("export", "--era", ERA, "-o", path, **environment)
    assert result.returncode == 0, result.stderr
    return path.read_bytes()


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    return export(tmp_path_factory.mktemp("exported"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "fa_IR.UTF-8", "TZ": "Asia/Tehran"},
        {
            "LC_ALL": "C",
            "TZ": "America/Los_Angeles",
            "PYTHONUTF8": "0",
            "PYTHONIOENCODING": "ascii",
        },
        {"SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "7"},
    ],
    ids=["tr_TR", "fa_IR", "C", "other hashes"],
)
def test_other_languages_zones_and_hashes_give_the_same_bytes(exported, tmp_path, environment):
    assert export(tmp_path, **environment) == exported
