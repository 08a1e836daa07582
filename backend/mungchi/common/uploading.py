"""Lists to which a table is uploaded: a body that is too large is refused before it is read."""

from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from mungchi.common.listing import ListView
from mungchi.common.uploads import too_large

# What a multipart body has besides the file: boundaries and headers.
ENVELOPE_BYTES = 64 * 1024


class UploadsView(ListView):
    """A list whose POST takes a file; a concrete view says how large one may be."""

    parser_classes = [MultiPartParser]

    def most_bytes(self) -> int:
        """The largest file that is taken."""
        raise NotImplementedError

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Refuse a body that is too large before any of it is read."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > self.most_bytes() + ENVELOPE_BYTES:
            raise too_large(self.most_bytes())
        super().initial(request, *args, **kwargs)
