"""What is asked of providers about charges: each by itself; `stage` asks all of it side by side."""

from typing import Final

from mungchi.payments.operations.answers import write_answer
from mungchi.payments.operations.applying_events import begin_events, write_event
from mungchi.payments.operations.calling import Asking
from mungchi.payments.operations.charging import ask_again, begin_charges, give_up, look_at

# What they told of is looked at.
EVENTS: Final = (Asking(begin_events, write_event),)
# What nobody knows of is asked again, what they work on is looked at, what nobody wants any more is
# given up.
LOOK_UPS: Final = tuple(Asking(prepare, write_answer) for prepare in (ask_again, look_at, give_up))
# What is due is charged.
CHARGES: Final = (Asking(begin_charges, write_answer),)
