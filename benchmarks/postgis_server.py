"""A private PostgreSQL server with PostGIS, for as long as a `with` lasts: for the system tests and the benchmarks.

    with postgis_server({"shared_buffers": "512MB"}) as server:
        psycopg.connect(server.connection)

It takes Debian's packages (`postgresql`, `postgresql-NN-postgis-3`), lies in a temporary folder, listens on a socket in
that folder only, and is gone afterwards. PostgreSQL refuses to run as root: root's server runs as the user `postgres`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOTS = (Path("/usr/lib/postgresql"), Path("/usr/local/lib/postgresql"))
PLAIN: Mapping[str, str] = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "jit": "off"}
"""Nothing here outlives a crash, and nothing needs to."""


class NoServerError(RuntimeError):
    """There is no server on this machine, or it did not start."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: how its owner reaches the database `county`, its folder, what it wrote, its version."""

    connection: str
    folder: Path
    log: Path
    version: str


def programs() -> Path:
    """The folder of the newest server's programs. Raises `NoServerError` where PostgreSQL or PostGIS is not installed."""
    found = [folder for root in ROOTS for folder in root.glob("*/bin") if (folder / "initdb").is_file()]
    with_postgis = [f for f in found if _share(f, "postgis.control").is_file()]
    if not with_postgis:
        what = "PostGIS" if found else "PostgreSQL"
        raise NoServerError(
            f"{what} is not installed; on Debian: apt-get install postgresql 'postgresql-[0-9]+-postgis-3'"
        )
    return max(with_postgis, key=lambda folder: int(folder.parent.name))


def _share(programs: Path, file: str) -> Path:
    return Path("/usr/share/postgresql") / programs.parent.name / "extension" / file


@contextmanager
def postgis_server(settings: Mapping[str, str] | None = None, *, hba: str = "") -> Iterator[Server]:
    """Start a server with `settings` (as in postgresql.conf) and stop it at the end.

    `hba` are lines of pg_hba.conf that stand before the owner's own, who needs no password.
    """
    tools = programs()
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="landrules-pg-"))
    try:
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        data, log = folder / "data", folder / "log"
        owner = ("-U", "owner", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "--no-sync")
        _run([str(tools / "initdb"), "-D", str(data), *owner], folder, user)
        lines = hba + (data / "pg_hba.conf").read_text(encoding="utf-8")
        (data / "pg_hba.conf").write_text(lines, encoding="utf-8")
        wanted = {"listen_addresses": "", "unix_socket_directories": str(folder), **PLAIN, **(settings or {})}
        given = [part for name, value in wanted.items() for part in ("-c", f"{name}={value}")]
        with log.open("wb") as written:
            running = subprocess.Popen(
                [str(tools / "postgres"), "-D", str(data), *given],
                stdout=written,
                stderr=subprocess.STDOUT,
                cwd=folder,
                **_as(user),
            )
        try:
            _wait(tools, folder, running, log)
            to_all = ("-h", str(folder), "-U", "owner")
            _run([str(tools / "createdb"), *to_all, "county"], folder, user)
            _run([str(tools / "psql"), *to_all, "-qd", "county", "-c", "CREATE EXTENSION postgis"], folder, user)
            told = subprocess.run([str(tools / "postgres"), "--version"], capture_output=True, text=True, check=True)
            yield Server(f"host={folder} user=owner dbname=county", folder, log, told.stdout.strip())
        finally:
            running.send_signal(2)  # SIGINT: end open sessions, then end
            try:
                running.wait(timeout=30)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> pwd.struct_passwd | None:
    """Whom the server runs as; `None`: whoever runs this."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServerError("root may not run PostgreSQL, and there is no user `postgres` or `nobody` to run it")


def _as(user: pwd.struct_passwd | None) -> dict[str, object]:
    return {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()}


def _run(command: list[str], folder: Path, user: pwd.struct_passwd | None) -> None:
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **_as(user))
    if ended.returncode:
        raise NoServerError(f"{Path(command[0]).name}: {ended.stderr.strip() or ended.stdout.strip()}")


def _wait(tools: Path, folder: Path, running: subprocess.Popen[bytes], log: Path) -> None:
    ready = [str(tools / "pg_isready"), "-q", "-h", str(folder), "-t", "1"]
    for _ in range(600):
        if running.poll() is not None:
            raise NoServerError(f"postgres: {log.read_text(encoding='utf-8', errors='replace').strip()}")
        if subprocess.run(ready, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise NoServerError("postgres did not answer within a minute")
