"""The part of the table about needs from a spreadsheet, which are the firm's own."""

from tests.permissions import rows, rows_demand
from tests.permissions.line import FIRM, OF_FIRM_ALONE, Line

NEED_LISTS = [
    Line("GET", "need-lists", "needs.read", rows_demand.need_list, OF_FIRM_ALONE, at="list"),
    Line("POST", "need-lists", "needs.write", rows.cooperative, {"own": FIRM, "sibling": FIRM},
         rows_demand.uploading_at, at="body", ok=201, hidden=422, multipart=True),
    Line("GET", "need-lists/template", "needs.read"),
    Line("GET", "need-lists/<uuid:pk>", "needs.read", rows_demand.need_list, OF_FIRM_ALONE),
    Line("PATCH", "need-lists/<uuid:pk>", "needs.write", rows_demand.need_list_and_item,
         OF_FIRM_ALONE, rows_demand.meaning,
         key=lambda both: both if isinstance(both, str) else both[0]),
    Line("DELETE", "need-lists/<uuid:pk>", "needs.write", rows_demand.need_list, OF_FIRM_ALONE,
         ok=204),
    Line("POST", "need-lists/<uuid:pk>/start", "needs.write", rows_demand.need_list,
         OF_FIRM_ALONE),
    Line("GET", "need-lists/<uuid:pk>/lines", "needs.read", rows_demand.need_list, OF_FIRM_ALONE),
]  # fmt: skip
