"""The browser for tests: the machine's Chromium, installed from Debian when that is possible.

Playwright's own builds are not used: they are downloads from outside every package registry.
"""

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Root has no sandbox to enter; the rest keeps the browser from calling home.
ARGUMENTS = [
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]


def find() -> Path | None:
    """Return the browser's program, None when the machine has none."""
    for name in NAMES:
        if path := shutil.which(name):
            return Path(path)
    return None


def has_korean_font() -> bool:
    """Tell whether Korean text would be drawn as letters, by what fontconfig knows."""
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    listed = subprocess.run([lister, ":lang=ko", "family"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def provide() -> str | None:
    """Install Chromium and a Korean font where we may; return why there is no browser, or None."""
    wanted = [] if find() else ["chromium"]
    wanted += [] if has_korean_font() else ["fontconfig", "fonts-noto-cjk"]
    apt = shutil.which("apt-get")
    if wanted and os.geteuid() == 0 and apt:
        print(f"installing {' '.join(wanted)}", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        quiet = {"env": environment, "stdin": subprocess.DEVNULL, "check": False}
        subprocess.run([apt, "update", "-qq"], **quiet)  # type: ignore[call-overload]
        install = [apt, "install", "-y", "-qq", "--no-install-recommends", *wanted]
        subprocess.run([*install], **quiet, stdout=subprocess.DEVNULL)  # type: ignore[call-overload]
    if find() is None:
        return "no Chromium on this machine, and not root with apt-get to install it"
    return None
