"""What is wrong before anything starts: exit 2 and one line that names the remedy."""

import fcntl
import socket
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import ROOT, Said, Terminal


def one_line(said: Said) -> str:
    """Return the only line of a refusal."""
    assert said.code == 2, said.err
    (line,) = said.err.splitlines()
    return line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_PORT", "abc"),
        ("API_PORT", "0"),
        ("API_PORT", "70000"),
        ("SANDBOX", "maybe"),
        ("LOG_LEVEL", "loud"),
        ("MODEL_TIMEOUT_SECONDS", "-1"),
        ("WORKER_MODEL_SLOTS", "many"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://root:hunter2@db/x"),
    ],
)
def test_setting_that_cannot_be_read_is_named(terminal: Terminal, name: str, value: str) -> None:
    """The setting and what was expected; never the value, which may be a secret."""
    line = one_line(terminal.run("migrate", variables={name: value}))
    assert f"{name}: " in line
    assert "hunter2" not in line


def test_worker_and_api_refuse_wrong_settings_as_the_commands_do(terminal: Terminal) -> None:
    """Containers run the doors themselves."""
    for door in (["worker.py"], ["-m", "api"]):
        said = terminal.execute([sys.executable, *door], variables={"API_PORT": "abc"})
        assert "API_PORT: " in one_line(said)


def test_port_given_twice_names_both_settings(terminal: Terminal) -> None:
    """Two services cannot share one."""
    line = one_line(terminal.run("up", variables={"API_PORT": "8123", "SANDBOX_PORT": "8123"}))
    assert "API_PORT and SANDBOX_PORT are both 8123" in line


@pytest.mark.parametrize("name", ["API_PORT", "TEMPORAL_UI_PORT"])
def test_up_on_a_taken_port_names_the_setting(terminal: Terminal, name: str) -> None:
    """Nothing is started; the remedy is another port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", int(terminal.environment[name])))
        listener.listen()
        said = terminal.run("up")
    assert f"{name}: port {terminal.environment[name]} is taken" in one_line(said)
    assert said.out == ""


def test_up_in_a_folder_that_cannot_be_written_names_it(terminal: Terminal) -> None:
    """The remedy is another folder."""
    (terminal.folder / "file").write_text("", encoding="utf-8")
    folder = str(terminal.folder / "file" / "var")
    line = one_line(terminal.run("up", variables={"DATA_DIR": folder}))
    assert "DATA_DIR: " in line
    assert "choose another folder" in line


def test_up_in_a_folder_in_use_is_refused(terminal: Terminal) -> None:
    """Two Temporal servers on one file would ruin it."""
    (terminal.folder / "logs").mkdir()
    with (terminal.folder / ".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = terminal.run("up")
    assert "is in use by another `make run`" in one_line(said)


def test_up_without_a_readable_brand_starts_nothing(terminal: Terminal) -> None:
    """The file is named; no process is left behind."""
    files = {"BRAND_FILES": str(terminal.folder / "none.yaml")}
    line = one_line(terminal.run("up", variables=files))
    assert "none.yaml: cannot be read" in line


def test_text_without_a_running_product_says_how_to_start_it(terminal: Terminal) -> None:
    """The remedy is `make run`."""
    assert "start it" in one_line(terminal.run("text", "hi"))
    assert "start it" in one_line(terminal.run("text", "hi", variables={"API_KEY": "some-key"}))


def test_settings_file_that_is_no_text_is_named(terminal: Terminal) -> None:
    """`.env` is read from the working folder."""
    (terminal.folder / ".env").write_bytes(b"API_PORT=\xff\xfe")
    assert ".env" in one_line(terminal.run("migrate", cwd=terminal.folder))


def test_unknown_command_lists_the_known_ones(terminal: Terminal) -> None:
    """A slip of the finger is answered with what there is."""
    said = terminal.run("segmnets", "hi")
    assert (said.code, "'segments'" in said.err) == (2, True)


def test_bootstrap_without_an_interpreter_names_the_remedy(terminal: Terminal) -> None:
    """`make run` on a machine without Python says what to install."""
    script = str(ROOT / "scripts" / "bootstrap.sh")
    target = str(terminal.folder / "venv")
    missing = terminal.execute(["sh", script, target], variables={"PYTHON": "/nonexistent/python3"})
    assert "install Python 3.11" in one_line(missing)
    old = terminal.folder / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.8.2\nexit 1\n')
    old.chmod(0o755)
    outdated = terminal.execute(["sh", script, target], variables={"PYTHON": str(old)})
    assert "Python 3.8.2 is too old" in one_line(outdated)
    assert not Path(target).exists()
