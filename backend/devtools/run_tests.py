"""`make test`: the frontend's tests, then pytest with the browser; says what was not run and why.

python -m devtools.run_tests [--browser-only] [--vitest] [arguments of pytest]

Arguments that choose tests leave the frontend's own out, unless --vitest asks for them.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from devtools import chromium, node, postgres, pytest_plugin
from devtools.places import ROOT

# One more than there are cores, as tests of processes, of the browser and of crashes often wait; no
# more than the test database has connections for.
MOST_WORKERS = 8
WORKERS = os.environ.get("MUNGCHI_TEST_WORKERS") or str(
    min((os.cpu_count() or 1) + 1, MOST_WORKERS)
)
# Arguments of pytest that choose some of the tests; an empty expression chooses all.
CHOOSING = ("-k", "-m", "--lf", "--last-failed", "--deselect", "--ignore", "--sw", "--stepwise")


def main(arguments: list[str]) -> int:
    """Run the tests; return 0 only when every one that was run has passed."""
    browser_only = "--browser-only" in arguments
    vitest = "--vitest" in arguments
    rest = [argument for argument in arguments if argument not in {"--browser-only", "--vitest"}]
    failed: list[str] = []
    not_run: list[str] = []
    no_browser = chromium.provide()
    if no_browser and browser_only:
        print(no_browser, file=sys.stderr)
        return 1
    if browser_only:
        os.environ["MUNGCHI_SHOTS"] = "1"
    if no_browser:
        not_run.append(f"browser tests: {no_browser}")
    # Somebody else's tests may be using the cluster: only what was started here is stopped.
    ours = pytest_plugin.OWN_CLUSTER and not postgres.is_running("test")
    try:
        failed += _prepare(vitest=vitest or not (browser_only or chooses(rest)))
        failed += _pytest([*rest, "-m", "browser"] if browser_only else rest)
    except postgres.PostgresFailed as failure:
        failed.append(str(failure))
    finally:
        if ours:
            postgres.stop("test")
    for line in not_run:
        print(f"not run: {line}")
    for line in failed:
        print(f"FAILED: {line}")
    return 1 if failed else 0


def chooses(arguments: list[str]) -> bool:
    """Tell whether arguments of pytest choose some of the tests: by place, name or mark."""
    for argument, value in pairwise([*arguments, ""]):
        option, _, joined = argument.partition("=")
        if not argument.startswith("-"):
            if (ROOT / argument.partition("::")[0]).exists() and argument:
                return True
        elif option in {"-k", "-m"}:
            if joined or value:
                return True
        elif option in CHOOSING or (argument[:2] in {"-k", "-m"} and len(argument) > 2):
            return True
    return False


def _prepare(*, vitest: bool) -> list[str]:
    """Build the frontend, and test it; return what failed. The database is migrated meanwhile."""
    with ThreadPoolExecutor() as beside:
        template = beside.submit(pytest_plugin.template)
        failed: list[str] = []
        try:
            node.build()
            if vitest:
                node.install()
                node.npm("run", "--silent", "test")
        except node.FrontendFailed as failure:
            failed.append(str(failure))
        template.result()
    return failed


def _pytest(arguments: list[str]) -> list[str]:
    command = [sys.executable, "-m", "pytest", "-n", WORKERS, *arguments]
    passed = subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    return [] if passed else ["pytest failed"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
