"""The table of what offices are proposed to buy together with partners."""

from tests.permissions.line import OF_OFFICE, Line, with_body
from tests.permissions.rows_bundles import bundle

BUNDLES = [
    Line("GET", "bundles", "bundles.read", bundle, OF_OFFICE, at="list"),
    Line("GET", "bundles/<uuid:pk>", "bundles.read", bundle, OF_OFFICE),
    Line("POST", "bundles/<uuid:pk>/campaign", "bundles.write", bundle, OF_OFFICE,
         with_body(anyway=False), ok=201),
    Line("POST", "bundles/<uuid:pk>/dismiss", "bundles.write", bundle, OF_OFFICE),
    Line("POST", "bundles/<uuid:pk>/restore", "bundles.write", bundle, OF_OFFICE),
]  # fmt: skip
