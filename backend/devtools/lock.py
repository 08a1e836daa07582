"""Make the lock files from pyproject.toml: hashed, for every platform, without index addresses.

Each lock names the digest of the tables it was made from, so that a check can tell, without a
network, whether somebody changed a dependency and forgot the lock.
"""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from devtools.places import ROOT

# The groups of dependencies in each. What counts unnoticed changes has an environment of its own:
# it brings a library by which servers rename themselves, and lose what we know them by.
GROUPS: dict[str, list[str]] = {
    "run.lock": [], "dev.lock": ["dev"], "mutate.lock": ["dev", "mutate"],
}  # fmt: skip
LOCKS = {
    lock: [word for group in groups for word in ("--group", group)]
    for lock, groups in GROUPS.items()
}
HEADER = "# Made by `make lock` from pyproject.toml; digest of its dependencies: "
OLDEST_PYTHON = "3.11"


def digest(lock: str, project: Path = ROOT) -> str:
    """Return the digest of the tables of pyproject.toml that the lock is made from."""
    tables = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    source = {
        "python": tables["project"]["requires-python"],
        "run": sorted(tables["project"]["dependencies"]),
        "dev": [],
        **{group: sorted(tables["dependency-groups"][group]) for group in GROUPS[lock]},
    }
    return hashlib.sha256(json.dumps(source, sort_keys=True).encode()).hexdigest()[:16]


def stated_digest(lock: str, project: Path = ROOT) -> str | None:
    """Return the digest written in the lock, None when it has none."""
    text = (project / "requirements" / lock).read_text(encoding="utf-8")
    match = re.match(re.escape(HEADER) + r"(\w+)\n", text)
    return match[1] if match else None


def main(upgrade: list[str]) -> int:
    """Write all locks, keeping versions that still fit; arguments go to uv (`--upgrade`)."""
    for lock, groups in LOCKS.items():
        path = ROOT / "requirements" / lock
        command = [
            *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *groups),
            *("--universal", "--python-version", OLDEST_PYTHON, "--generate-hashes"),
            *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
            *("--quiet", "--output-file", str(path), *upgrade),
        ]
        made = subprocess.run(command, cwd=ROOT, check=False)
        if made.returncode:
            return made.returncode
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{HEADER}{digest(lock)}\n{text}", encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {text.count('==')} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
