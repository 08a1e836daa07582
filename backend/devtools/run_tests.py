"""`make test`: the frontend's tests, then pytest with the browser; says what was not run and why.

python -m devtools.run_tests [--browser-only] [arguments of pytest]
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from devtools import chromium, node, postgres, pytest_plugin
from devtools.places import ROOT

# As many as the smallest machine has cores.
WORKERS = os.environ.get("MUNGCHI_TEST_WORKERS", "2")


def main(arguments: list[str]) -> int:
    """Run the tests; return 0 only when every one that was run has passed."""
    browser_only = "--browser-only" in arguments
    rest = [argument for argument in arguments if argument != "--browser-only"]
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
        failed += _prepare(browser_only=browser_only)
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


def _prepare(*, browser_only: bool) -> list[str]:
    """Build and test the frontend; return what failed. The database is migrated meanwhile."""
    with ThreadPoolExecutor() as beside:
        template = beside.submit(pytest_plugin.template)
        failed: list[str] = []
        try:
            node.build()
            if not browser_only:
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
