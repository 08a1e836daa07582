from django.apps import AppConfig


class PriceListsConfig(AppConfig):
    name = "mungchi.pricelists"
    label = "pricelists"

    def ready(self) -> None:
        """Let bundles know what suppliers ask: of all sources, what may be had today goes first."""
        # Models, which these read, are there only now.
        from mungchi.campaigns.queries import bundle_prices  # noqa: PLC0415
        from mungchi.pricelists.queries.bundle_prices import standing_prices  # noqa: PLC0415

        if standing_prices not in bundle_prices.SOURCES:
            bundle_prices.SOURCES.insert(0, standing_prices)
