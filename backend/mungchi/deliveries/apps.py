from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "mungchi.deliveries"
    label = "deliveries"

    def ready(self) -> None:
        """Claims hold up payouts: payments, which knows nothing of claims, asks us."""
        # Models are not there before.
        from mungchi.deliveries.operations.blocking import claims_block  # noqa: PLC0415
        from mungchi.payments.operations import BLOCKS  # noqa: PLC0415

        if claims_block not in BLOCKS:
            BLOCKS.append(claims_block)
