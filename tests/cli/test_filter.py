"""Rule: the command filters files and live pipes promptly, and ends with a code and a line that say how it went."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import reticent
from reticent.cli import main
from reticent.compression import decompressed, writing
from reticent.pipeline import MAX_OPEN_STREAMS
from reticent.policy_file import load_policy
from reticent.reading.notes import Notes
from reticent.testing.dsl import expand

LINE = '{"type":"pointermove","time_us":5,"x":1,"y":2}\n'
HELD = '{"type":"keydown","time_us":9,"code":"KeyH","key":"h"}\n'
POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="signals and broken pipes of POSIX")


def invoke(*args: str, given: str = "") -> Result:
    """``reticent filter`` in this process."""
    return CliRunner().invoke(main, ["filter", *args], input=given)


def started() -> subprocess.Popen[bytes]:
    """``reticent filter`` in a process of its own, between pipes."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "reticent", "filter"]
    environment = {**os.environ, "PYTHONPATH": str(Path(reticent.__file__).parents[1])}
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment)


def rows(data: bytes | str) -> list[dict[str, Any]]:
    """JSON lines."""
    return [json.loads(line) for line in data.splitlines()]


def recording(script: str) -> str:
    """Native lines of a script."""
    return "".join(json.dumps(event) + "\n" for event in expand(script).events)


def test_standard_input_to_standard_output() -> None:
    """Without arguments it filters standard input and says on stderr which policy it used."""
    result = invoke(given=LINE)
    assert result.exit_code == 0
    assert [row["type"] for row in rows(result.stdout)] == ["header", "pointermove"]
    assert result.stderr == f"reticent: policy minimal, sha256 {load_policy('minimal').sha256}\n"


def test_files_and_report(tmp_path: Path) -> None:
    """Files are named by argument and option; the report is JSON that names the policy, or text on stderr."""
    source, target, report = (tmp_path / name for name in ("raw.jsonl", "safe.jsonl", "report.json"))
    source.write_text(recording('focus:"mail/a" field:password type:"Blue-Kettle-42\\n"'))
    result = invoke(str(source), "-o", str(target), "--report", str(report))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "redacted" in {row["type"] for row in rows(target.read_bytes())}
    told = json.loads(report.read_bytes())
    assert told["policy_sha256"] == load_policy("minimal").sha256
    assert told["marks"] == {"credential": "<5"}
    assert "redacted, credential: <5" in invoke(str(source), "-o", str(target), "--report", "-").stderr


def test_diagnostics_are_a_file_of_their_own(tmp_path: Path) -> None:
    """Only where they are asked for: exact counts, headed by where they may be kept."""
    path = tmp_path / "exact.json"
    given = recording('focus:"mail/a" field:password type:"Blue-Kettle-42\\n"')
    result = invoke("--diagnostics", str(path), given=given)
    told = json.loads(path.read_bytes())
    assert next(iter(told.values())) == "keep on this device"
    assert told["marks"] == {"credential": 1}
    assert "keep on this device" not in result.stderr
    assert "keep on this device\noutput, focus: 2\n" in invoke("--diagnostics", "-", given=given).stderr


def test_policy_and_streams(tmp_path: Path) -> None:
    """``--policy`` takes a file and ``--by`` a field."""
    path = tmp_path / "acme.toml"
    path.write_text('[gates]\nconsent = "required"')
    result = invoke("--policy", str(path), "--by", "user", given=LINE.replace("}", ',"user":"maria"}'))
    assert [row["type"] for row in rows(result.stdout)] == ["header", "gap"]
    assert "policy acme" in result.stderr
    assert "nothing left: the policy requires consent" in result.stderr


def test_secrets_file(tmp_path: Path) -> None:
    """Secrets of a file are found; no message quotes one."""
    secrets = tmp_path / "secrets.txt"
    secrets.write_text("zebrafish7\n\n")
    given = recording('focus:"mail/a" type:"call zebrafish7 now\\n"')
    assert "redacted" in {row["type"] for row in rows(invoke("--secrets-file", str(secrets), given=given).stdout)}
    secrets.write_text("qz\n")
    result = invoke("--secrets-file", str(secrets), given=given)
    assert result.exit_code == 2
    assert "shorter than 3" in result.stderr
    assert "qz" not in result.stderr


def test_unexamined_lines_end_with_one() -> None:
    """A line that is no event is left out, named by its number, and the code is 1."""
    result = invoke(given=LINE + "nonsense hunter2\n" + LINE)
    assert result.exit_code == 1
    assert len(rows(result.stdout)) == 3
    assert "line 2 was not examined" in result.stderr
    assert "hunter2" not in result.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["nowhere.jsonl"], "nowhere.jsonl: cannot be read: No such file"),
        (["--policy", "nowhere"], "no preset 'nowhere'"),
        (["--policy", "nowhere.toml"], "nowhere.toml: cannot be read"),
        (["--from", "punchcards"], "unknown format; --from takes one of"),
        (["--from", "ducktrack", "--by", "user"], "leave out what tells streams apart"),
        (["--by", "usr"], "no field 'usr'"),
        (["--secrets-file", "-"], "takes a file, not standard input"),
        (["--secrets-file", "nowhere.txt"], "nowhere.txt: cannot be read"),
        (["-o", "nowhere/safe.jsonl"], "nowhere/safe.jsonl: cannot be written: no such folder"),
        (["--report", "nowhere/report.json"], "nowhere/report.json: cannot be written: no such folder"),
    ],
)
def test_what_cannot_run_says_why(args: list[str], message: str) -> None:
    """Code 2, one clear line after the policy's, and no traceback."""
    result = invoke(*args, given=LINE)
    assert result.exit_code == 2
    assert message in result.stderr.splitlines()[-1]
    assert result.stdout == ""
    assert isinstance(result.exception, SystemExit)


def test_help_teaches() -> None:
    """Every command's help has examples; the bare command prints help."""
    runner = CliRunner()
    assert "Examples:" in runner.invoke(main, []).stdout
    for command in (["filter"], ["demo"], ["policy"], ["policy", "check"], ["policy", "show"]):
        assert "Example" in runner.invoke(main, [*command, "--help"]).stdout


def test_live_pipe_delivers_before_it_is_closed() -> None:
    """A decided line comes out while the input is still open."""
    with started() as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(LINE.encode())
        process.stdin.flush()
        assert b"header" in process.stdout.readline()
        assert b"pointermove" in process.stdout.readline()
        process.stdin.close()
        assert process.wait(10) == 0


@POSIX_ONLY
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_decide_what_is_held(number: signal.Signals) -> None:
    """A signal ends the input: what is held is decided and written, and the code says which signal it was."""
    with started() as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        process.stdin.write((LINE + HELD).encode())
        process.stdin.flush()
        seen = process.stdout.readline() + process.stdout.readline()
        process.send_signal(number)
        seen += process.stdout.read()
        assert [row["type"] for row in rows(seen)] == ["header", "pointermove", "keydown"]
        assert process.wait(10) == 128 + number
        assert b"Traceback" not in process.stderr.read()


@POSIX_ONLY
def test_broken_pipe_ends_quietly() -> None:
    """A reader that goes away ends it, without a word."""
    with started() as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        process.stdin.write(LINE.encode())
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(LINE.encode() * 100)
        process.stdin.close()
        assert process.wait(10) == 141
        assert len(process.stderr.read().splitlines()) == 1


def test_further_unexamined_lines_are_counted() -> None:
    """Three are named, the rest is a number."""
    result = invoke(given=LINE + "nonsense\n" * 5)
    assert result.stderr.splitlines()[-1] == "reticent: 2 more lines were not examined"


def test_streams_need_a_format_that_has_them() -> None:
    """Also where the content tells the format; nothing is written."""
    result = invoke("--by", "action", given='{"time_stamp": 1.5, "action": "move", "x": 1, "y": 2}\n')
    assert (result.exit_code, result.stdout) == (2, "")
    assert "holds one stream" in result.stderr


def test_several_inputs_go_to_a_folder(tmp_path: Path) -> None:
    """Each to an output of its own; one report of all; a bad one is named and does not stop the rest."""
    line = recording('focus:"mail/a" field:password type:"Blue-Kettle-42\\n"')
    names = {"a.jsonl": line, "b.txt": "nonsense hunter2\n", "c.jsonl": line + "nonsense hunter2\n", "d.jsonl": line}
    for name, text in names.items():
        (tmp_path / name).write_text(text)
    folder, report = tmp_path / "safe", tmp_path / "report.json"
    sources = [str(tmp_path / name) for name in (*names, "nowhere.jsonl")]
    result = invoke(*sources, "-o", f"{folder}/", "--report", str(report))
    assert result.exit_code == 2
    assert sorted(path.name for path in folder.iterdir()) == ["a.jsonl", "c.jsonl", "d.jsonl"]
    alone = invoke(given=line).stdout
    assert [(folder / name).read_text() for name in ("a.jsonl", "d.jsonl")] == [alone, alone]
    said = result.stderr.splitlines()[1:]
    assert [text.split(": ")[1] for text in said] == [sources[1], sources[2], sources[4]]
    assert "line 182" not in result.stderr and "hunter2" not in result.stderr
    told = json.loads(report.read_bytes())
    assert told["marks"] == {"credential": "<5"}
    assert told["refused_lines"] == "<5" and "inputs that could not be read" in told["not_examined"]


def test_of_several_codes_the_highest_counts(tmp_path: Path) -> None:
    """All done is 0, one with an unexamined line 1."""
    for name, text in (("a", LINE), ("b", LINE + "nonsense\n"), ("c", LINE)):
        (tmp_path / name).write_text(text)
    paths = [str(tmp_path / name) for name in "abc"]
    assert invoke(paths[0], paths[2], "-o", f"{tmp_path}/one/").exit_code == 0
    assert invoke(*paths, "-o", f"{tmp_path}/two/").exit_code == 1


@POSIX_ONLY
def test_a_signal_ends_the_last_of_several(tmp_path: Path) -> None:
    """What was being filtered is decided and put in place; what would have followed is not begun."""
    os.mkfifo(tmp_path / "live")
    (tmp_path / "next").write_text(LINE)
    command = [sys.executable, "-m", "reticent", "filter", "live", "next", "-o", "safe/"]
    environment = {**os.environ, "PYTHONPATH": str(Path(reticent.__file__).parents[1])}
    started = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, env=environment)
    with started as process, (tmp_path / "live").open("wb", 0) as pipe:
        pipe.write((LINE + HELD).encode())
        part = tmp_path / "safe" / "live.jsonl.part"
        while not (part.exists() and part.read_bytes().count(b"\n") == 2):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
    assert [path.name for path in (tmp_path / "safe").iterdir()] == ["live.jsonl"]
    assert [row["type"] for row in rows((tmp_path / "safe" / "live.jsonl").read_bytes())][-1] == "keydown"


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_in_and_out(suffix: str, tmp_path: Path) -> None:
    """By magic bytes and by suffix; the content is the same."""
    raw, packed, safe = (tmp_path / name for name in ("raw", f"raw{suffix}", "safe.jsonl"))
    raw.write_text(LINE + HELD)
    with writing(packed, suffix) as file:
        file.write(raw.read_bytes())
    packed.rename(tmp_path / "unnamed")
    assert invoke(str(raw), "-o", str(safe)).exit_code == 0
    assert invoke(str(tmp_path / "unnamed"), "-o", f"{safe}{suffix}").exit_code == 0
    with Path(f"{safe}{suffix}").open("rb") as stream:
        assert decompressed(stream, Notes()).read(1 << 14) == safe.read_bytes()


def test_a_compressed_recording_that_is_cut_off(tmp_path: Path) -> None:
    """Keeps what came before, says so, and the code is 1."""
    path = tmp_path / "raw.jsonl.gz"
    path.write_bytes(gzip.compress(LINE.encode() * 3)[:-10])
    result = invoke(str(path))
    assert result.exit_code == 1
    assert "pointermove" in result.stdout
    assert "the end of the input was not examined: its gzip data are cut off" in result.stderr


def test_the_bound_on_open_streams_is_told() -> None:
    """By the help of the option."""
    text = " ".join(invoke("--help").stdout.split())
    assert f"At most {MAX_OPEN_STREAMS} are open" in text
