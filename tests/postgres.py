"""A PostgreSQL server of the test run's own: found, started on a socket, and thrown away."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from signal import SIGINT

import psycopg
import pytest

_OWNER = "tester"
_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
_READY_WITHIN_SECONDS = 30


class PostgresServer:
    """A cluster in a temporary folder, reached through a socket in it.

    Args:
        binaries: Folder of `initdb` and `postgres`.
        folder: Empty folder with a short path (a socket's is limited to about 100 bytes).
    """

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._binaries = binaries
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0
        # initdb and postgres refuse to run as root.
        self._account = _unprivileged() if os.geteuid() == 0 else None
        if self._account is not None:
            os.chown(folder, self._account.pw_uid, self._account.pw_gid)

    def create_cluster(self) -> None:
        """Lay out the files of a new cluster; it trusts whoever reaches the socket."""
        options = ["-U", _OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        command = [str(self._binaries / "initdb"), "-D", str(self._folder / "data"), *options]
        self._run(command).communicate()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = (
            "listen_addresses=",
            "fsync=off",
            "max_connections=60",
            "log_min_messages=panic",
        )
        command = [str(self._binaries / "postgres"), "-D", str(self._folder / "data")]
        command += ["-k", str(self._folder), *(part for s in settings for part in ("-c", s))]
        self._process = self._run(command)
        deadline = time.monotonic() + _READY_WITHIN_SECONDS
        while True:
            try:
                self.execute("SELECT 1")
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        """Stop the server; open connections are cut."""
        if self._process is not None:
            self._process.send_signal(SIGINT)
            self._process.wait(timeout=_READY_WITHIN_SECONDS)
            self._process = None

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://{_OWNER}@/{database}?host={self._folder}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run a statement, by default outside any of the tests' databases."""
        place = f"host={self._folder} user={_OWNER} dbname={database}"
        with psycopg.connect(place, autocommit=True) as connection:
            connection.execute(statement.encode())

    def create_database(self, template: str = "template1") -> str:
        """Create a fresh copy of a database and return its name."""
        self._made += 1
        name = f"test_{self._made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def empty_database(self, name: str, tables: Iterable[str]) -> None:
        """Delete all rows, cutting connections that a failed test left; faster than a new copy."""
        self.execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608
        )
        self.execute("; ".join(f"DELETE FROM {table}" for table in tables), name)  # noqa: S608

    def drop_database(self, name: str) -> None:
        """Drop a database, cutting its connections."""
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        account = self._account
        with (self._folder.parent / f"{self._folder.name}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 (binaries found below, fixed arguments)
                command,
                cwd=self._folder,
                stdout=log,
                stderr=log,
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
            )


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Run a server for the whole session; skip what needs it when the machine has none."""
    binaries = _find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed: no initdb and postgres in PATH or usual places")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server = PostgresServer(binaries, folder)
    try:
        server.create_cluster()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)
        folder.with_name(f"{folder.name}.log").unlink(missing_ok=True)


def _find_binaries() -> Path | None:
    """Return the folder of the newest server found."""
    folders = [Path(found).resolve().parent for found in (shutil.which("initdb"),) if found]
    asked = shutil.which("pg_config")
    if asked:
        answer = subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=False)  # noqa: S603
        folders.append(Path(answer.stdout.strip()))
    for place in _PLACES:
        folders += sorted(Path("/").glob(place.lstrip("/")), key=_version, reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


def _version(folder: Path) -> tuple[int, str]:
    digits = "".join(c for c in folder.parent.name if c.isdigit())
    return int(digits or 0), str(folder)


def _unprivileged() -> pwd.struct_passwd:
    """Return the account that servers run as when the tests run as root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    pytest.skip("the tests run as root and there is no account to run PostgreSQL as")
