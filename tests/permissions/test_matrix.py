"""Who gets what: every address, method, role and row, with the real permission code.

The table is in matrix.py. An address or a method without a line there fails by its name.
"""

import itertools
from typing import Any

import pytest
from django.db import transaction
from tests.around import around
from tests.permissions import cells, matrix, walk
from tests.permissions.line import ROLES, Line
from tests.permissions.matrix import LINES
from tests.permissions.standing import people, world
from tests.permissions.world import SIDES, World

from mungchi.accounts.access import capability_of
from mungchi.accounts.domain.permissions import ALL_ROLES, ANYONE, CAPABILITIES, SIGNED_IN
from mungchi.common import wall

__all__ = ["people", "world"]


def _of(line: Line) -> tuple[str, str]:
    return line.method, line.path.partition("?")[0]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_every_cell_of(line: Line, world: World, record_property: Any) -> None:
    results = list(cells.check(world, line))
    assert len(results) == len(ROLES) * (len(SIDES) + 1 if line.make else 1)
    record_property("cells", len(results))
    wrong = [result for result in results if result]
    assert not wrong, f"{len(wrong)} of {len(results)} cells:\n" + "\n".join(wrong)


def test_every_address_and_method_has_a_line() -> None:
    there = {(method, a.route) for a in walk.api() for method in a.methods}
    declared = {_of(line) for line in LINES}
    assert len(there) >= 60
    missing, superfluous = sorted(there - declared), sorted(declared - there)
    assert not missing, f"no line in tests/permissions/matrix.py for {missing}"
    assert not superfluous, f"lines in tests/permissions/matrix.py for nothing: {superfluous}"


def test_every_view_asks_for_the_capability_of_its_line() -> None:
    views = {a.route: a.view for a in walk.api()}
    for line in LINES:
        method, path = _of(line)
        assert line.capability in {SIGNED_IN, ANYONE, *CAPABILITIES}
        assert capability_of(views[path](), method) == line.capability, line.name


def test_every_address_outside_the_api_is_known() -> None:
    others = [a.route for a in walk.addresses() if not a.route.startswith(walk.API)]
    assert len(others) > 20
    assert not [route for route in others if not route.startswith(matrix.OUTSIDE)]


def test_every_role_and_every_capability_is_in_the_table() -> None:
    assert {cells.SEAT_ROLE.get(role, role) for role in ROLES} >= ALL_ROLES
    used = {line.capability for line in LINES} - {SIGNED_IN, ANYONE}
    unused = set(CAPABILITIES) - used
    assert not unused, "capabilities that no address asks for"


def test_the_matrix_is_as_large_as_it_should_be() -> None:
    """The number of cells that were run is printed at the end (tests/conftest.py)."""
    assert sum(len(ROLES) * (len(SIDES) + 1 if line.make else 1) for line in LINES) > 2_700


def test_methods_that_a_view_does_not_have_are_refused_not_crashed_on(world: World) -> None:
    roles = itertools.cycle(("owner", "coordinator", "operator"))
    asked = 0
    for address in walk.api():
        path = "/api/v1/" + address.route.replace("<uuid:pk>", cells.ABSENT)
        for method in [*(set(walk.METHODS) - address.methods), "OPTIONS", "TRACE", "BREW"]:
            role = next(roles)
            with around():
                answer = world.clients[role].generic(method, path)
                transaction.set_rollback(True)
            asked += 1
            allowed = {200, 403, 404} if method == "OPTIONS" else {405, 403}
            assert answer.status_code in allowed, (role, method, address.route)
    assert asked > 500


def test_admin_is_for_staff(world: World) -> None:
    """The role `operator` alone does not open it: that is the person's is_staff."""
    pages = [a.route for a in walk.addresses() if a.route.startswith("admin/")]
    pages = [f"/{page}" for page in pages if "<" not in page]
    pages = [page for page in pages if page not in {"/admin/login/", "/admin/logout/"}]
    assert len(pages) > 15
    for role, client in world.clients.items():
        for page in pages:
            answer = client.get(page)
            assert answer.status_code in {302, 404}, (role, page)
            if answer.status_code == 302:
                assert answer["Location"].startswith("/admin/login/"), (role, page)


def _only(method: str, path: str) -> Line:
    return next(line for line in LINES if _of(line) == (method, path))


def test_control_a_view_that_lost_its_capability_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mungchi.accounts.api.members import MembersView

    line = _only("GET", "members")
    monkeypatch.delattr(MembersView, "capability")
    assert any(cells.check(world, line))
    monkeypatch.setattr(MembersView, "capability", SIGNED_IN, raising=False)
    assert any(cells.check(world, line))
    with pytest.raises(AssertionError):
        test_every_view_asks_for_the_capability_of_its_line()


@pytest.mark.parametrize(
    ("module", "path"), [("orders", "orders/<uuid:pk>"), ("orders", "orders"),
                         ("campaigns", "campaigns/<uuid:pk>")],
)  # fmt: skip
def test_control_a_list_that_forgot_its_filter_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch, module: str, path: str
) -> None:
    from mungchi.campaigns import queries as campaigns
    from mungchi.orders import queries as orders

    queries = {"orders": orders, "campaigns": campaigns}[module]
    model = {"orders": orders.Order, "campaigns": campaigns.visibility.Campaign}[module]
    monkeypatch.setattr(queries, "visible_to", lambda actor: model.objects.all())
    # The second wall would keep the row back: see test_wall.py.
    with wall.down():
        wrong = [result for result in cells.check(world, _only("GET", path)) if result]
    assert any("row foreign" in result for result in wrong)


def test_control_a_new_address_without_a_line_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    real = walk.api()
    extra = walk.Address("secrets/<uuid:pk>", real[0].view)
    monkeypatch.setattr(walk, "api", lambda: [*real, extra])
    with pytest.raises(AssertionError, match="secrets"):
        test_every_address_and_method_has_a_line()


def test_control_a_hidden_row_that_answers_otherwise_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mungchi.orders.api.views import OrderView
    from mungchi.orders.models import Order

    real = OrderView.get

    def talkative(self: OrderView, request: Any, pk: Any) -> Any:
        """403 for what is another's, 404 for what is not there: tells them apart."""
        from mungchi.common.errors import NotAllowed, NotFound

        try:
            return real(self, request, pk)
        except NotFound:
            raise (NotAllowed if Order.objects.filter(pk=pk).exists() else NotFound)() from None

    monkeypatch.setattr(OrderView, "get", talkative)
    with wall.down():
        assert any(cells.check(world, _only("GET", "orders/<uuid:pk>")))
