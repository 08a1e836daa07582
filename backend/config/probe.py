"""Is this container well? The health checks of docker-compose.yml, light enough to run often.

`python -m config.probe api` asks the API beside it for /healthz, `python -m config.probe live` the
event stream; `python -m config.probe worker` looks in the database whether the pipeline has run
lately. Exit code 0 means yes; otherwise the reason stands on stderr. None of them loads Django's
applications.
"""

import http.client
import sys
from urllib.parse import urlsplit

import psycopg

from config import settings

API_PORT = 8000
SECONDS = 4


def api() -> str:
    """Return what is wrong with the server of this container, "" when nothing is."""
    # By the name it is known under: the API refuses a Host that is not in ALLOWED_HOSTS.
    headers = {"Host": urlsplit(settings.PUBLIC_URL).netloc}
    connection = http.client.HTTPConnection("127.0.0.1", API_PORT, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz", headers=headers)
        status = connection.getresponse().status
    except OSError as error:
        return f"no answer: {error}"
    finally:
        connection.close()
    return "" if status == http.client.OK else f"/healthz answered {status}"


def worker() -> str:
    """Return what is wrong with the worker, "" when its heart beats (one row for all workers)."""
    database = settings.DATABASES["default"]
    query = (
        "SELECT extract(epoch FROM clock_timestamp() - max(at))::int FROM common_workerheartbeat"
    )
    try:
        with psycopg.connect(
            dbname=database["NAME"],
            user=database["USER"] or None,
            password=database["PASSWORD"] or None,
            host=database["HOST"] or None,
            port=database["PORT"] or None,
            connect_timeout=SECONDS,
        ) as connection:
            (age,) = connection.execute(query).fetchone() or (None,)
    except psycopg.Error as error:
        return f"the database does not answer: {error}"
    if age is None:
        return "no worker has run the pipeline yet"
    most = settings.WORKER_HEARTBEAT_SECONDS
    return "" if age <= most else f"the pipeline ran {age} s ago; {most} s are the most"


def main(arguments: list[str]) -> int:
    """Run the probe named by the one argument; return the exit code."""
    # Both servers stand at the same port of their own container and answer at the same path.
    probes = {"api": api, "live": api, "worker": worker}
    if len(arguments) != 1 or arguments[0] not in probes:
        sys.stderr.write(f"usage: python -m config.probe {'|'.join(probes)}\n")
        return 2
    wrong = probes[arguments[0]]()
    if wrong:
        sys.stderr.write(f"{wrong}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
