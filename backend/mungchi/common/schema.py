"""How views describe themselves to OpenAPI."""

from drf_spectacular.openapi import AutoSchema


class Schema(AutoSchema):
    """Groups operations by app and gives every one the problem document as its error shape."""

    def get_tags(self) -> list[str]:
        """The app's name: mungchi.campaigns.api.views -> campaigns."""
        return [self.view.__class__.__module__.split(".")[1]]
