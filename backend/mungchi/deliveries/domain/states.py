"""States of a shipment."""

from mungchi.common.states import Machine

SHIPMENT = Machine(name="shipment", start=("shipped",), moves={"shipped": ("received",)})
