"""The replay of a purchase history, and writing what it shows."""

from mungchi.reports.operations.evidence import evidence_file
from mungchi.reports.operations.foretelling import foretell_history
from mungchi.reports.operations.replaying import replay_history
from mungchi.reports.operations.trail_export import PeriodTooLong, trail_file

__all__ = ["PeriodTooLong", "evidence_file", "foretell_history", "replay_history", "trail_file"]
