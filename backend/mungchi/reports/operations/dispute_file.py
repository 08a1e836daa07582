"""What stands against a dispute as one file: a spreadsheet, the consents as they were read, and the
files that the office keeps. Writes nothing to the database, and sends nothing anywhere.
"""

import re
import tempfile
import zipfile
from collections.abc import Sequence
from functools import partial
from typing import IO, Final

from mungchi.accounts.access import Actor
from mungchi.common.listing import Column, Sheet, workbook
from mungchi.payments.models import Dispute, DisputeFile
from mungchi.reports.queries.dispute_evidence import Section, consents_of, evidence_of

WIDTHS: Final = (22, 40)


def dispute_file(*, actor: Actor, dispute: Dispute) -> IO[bytes]:
    """Return the archive (.zip), at its beginning. Its size is limited by that of the files that
    may be kept; each is held in memory by itself."""
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - handed on; gone when closed
    try:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("evidence.xlsx", workbook(_sheets(evidence_of(actor, dispute))))
            for number, consent in enumerate(consents_of(dispute), 1):
                archive.writestr(f"consent-{number}.txt", consent.text)
            rows = DisputeFile.objects.filter(dispute=dispute).order_by("id")
            for number, row in enumerate(rows.iterator(chunk_size=1), 1):
                name = f"files/{number:02}-{harmless(row.filename)}"
                archive.writestr(name, bytes(row.content))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def harmless(filename: str) -> str:
    """A name that no system reads as a path or refuses."""
    kept = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", filename).strip(". ")
    return kept[-100:] or "document"


def _sheets(sections: Sequence[Section]) -> list[Sheet]:
    return [
        Sheet(
            section.title,
            [
                Column(heading, partial(_cell, at), WIDTHS[min(at, 1)])
                for at, heading in enumerate(section.headings)
            ],
            section.rows,
        )
        for section in sections
    ]


def _cell(at: int, row: Sequence[object]) -> object:
    return row[at]
