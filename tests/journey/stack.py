"""A whole installation on ports of its own: API, worker, and the server of the built frontend."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.concurrency.harness import free_port

from devtools import node
from devtools.places import BACKEND, FRONTEND

START_SECONDS = 60


@contextmanager
def running(url: str, folder: Path, **variables: str) -> Iterator[int]:
    """Run everything against the database at `url`; yield the port that a browser opens.

    Logs and e-mails go to `folder`; `variables` are further ones of the environment. What is
    started here ends here.
    """
    node.build()
    # A copy: a build that begins meanwhile takes the files from under the server.
    built = shutil.copytree(FRONTEND / "dist", folder / "dist")
    port, api, live = free_port(), free_port(), free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "PUBLIC_URL": f"http://localhost:{port}",
        "EMAIL_FILE_PATH": str(folder / "mail"),
        "LOG_LEVEL": "WARNING",
        "PORT": str(port),
        "API_ORIGIN": f"http://127.0.0.1:{api}",
        "LIVE_ORIGIN": f"http://127.0.0.1:{live}",
        "DIST": str(built),
        **variables,
    }
    granian = [sys.executable, "-m", "granian", "--host", "127.0.0.1", "--no-ws",
               "--workers-kill-timeout", "3"]  # fmt: skip
    wsgi = ["--interface", "wsgi", "--port", str(api), "--workers", "1", "--blocking-threads", "4"]
    asgi = ["--interface", "asgi", "--port", str(live)]
    worker = [sys.executable, str(BACKEND / "manage.py"), "procrastinate", "worker"]
    with ExitStack() as stack:
        for name, command, place in (
            ("api", [*granian, *wsgi, "config.wsgi:application"], BACKEND),
            ("live", [*granian, *asgi, "config.live:application"], BACKEND),
            ("worker", [*worker, "--shutdown-graceful-timeout", "5"], BACKEND),
            ("frontend", [str(node.node()), "serve.mjs"], FRONTEND),
        ):
            stack.enter_context(_process(command, place, environment, folder / f"{name}.log"))
        _wait(f"http://localhost:{port}/healthz", folder)
        _wait(f"http://localhost:{port}/readyz", folder)
        _wait(f"http://127.0.0.1:{live}/healthz", folder)
        yield port


@contextmanager
def _process(
    command: list[str], place: Path, environment: dict[str, str], log: Path
) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=place, env=environment, stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(8)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(address: str, folder: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        with suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
            if answer.status == 200:
                return
        if time.monotonic() > end:
            logs = "\n".join(log.read_text()[-1500:] for log in sorted(folder.glob("*.log")))
            raise AssertionError(f"{address} does not answer in {START_SECONDS} s\n{logs}")
        time.sleep(0.1)
