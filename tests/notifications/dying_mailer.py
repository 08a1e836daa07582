"""Sends what waits, and dies at the point it is told: `taken`, `said` or `written`.

Dying is os._exit: no handler runs, no transaction is ended, as with kill -9.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "backend"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.core.mail import EmailMultiAlternatives  # noqa: E402

from mungchi.notifications import operations, stage  # noqa: E402
from mungchi.notifications.operations import posting  # noqa: E402


def dying_after(module: object, name: str) -> None:
    real = getattr(module, name)

    def then_die(*given: object, **named: object) -> None:
        real(*given, **named)
        os._exit(9)

    setattr(module, name, then_die)


POINTS = {
    # Taken, and the mail server knows nothing yet.
    "taken": lambda: dying_after(operations, "take"),
    # The mail server has said yes, and nothing is written down.
    "said": lambda: dying_after(EmailMultiAlternatives, "send"),
    # Written down.
    "written": lambda: dying_after(posting, "_write"),
}

if __name__ == "__main__":
    POINTS[sys.argv[1]]()
    stage.send_mail()
