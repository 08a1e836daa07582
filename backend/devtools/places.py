"""Where things lie in a checkout. Everything made at run time is below `.local`, ignored by git."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BACKEND = ROOT / "backend"
FRONTEND = ROOT / "frontend"
LOCAL = ROOT / ".local"
LOGS = LOCAL / "logs"
MAIL = LOCAL / "mail"
RUN = LOCAL / "run"
SIMULATED = LOCAL / "simulated-payments.json"
STAMPS = LOCAL / "stamps"


def digest_of(path: Path) -> str:
    """Return twelve hexadecimal digits that stand for a path, for names outside the tree."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def own_folder(path: Path) -> Path:
    """Make a folder of ours that other users may enter, whatever the umask; return it.

    A folder that exists keeps its mode: somebody may have narrowed it on purpose.
    """
    missing = [part for part in (path, *path.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir(exist_ok=True)
        part.chmod(0o755)
    return path
