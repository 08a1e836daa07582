"""Pictures that people upload: taken apart, made smaller, and written anew, so that nothing of the
file that came is kept: no metadata, no hidden parts, no oversize."""

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import BinaryIO, Final

from PIL import Image, ImageOps

from mungchi.common.errors import Invalid
from mungchi.common.papers import LARGEST_DOCUMENT, DocumentTooLarge
from mungchi.common.text import Text

# The longest side of what is kept, and of the small one for lists.
LARGEST_SIDE: Final = 1600
SMALL_SIDE: Final = 320
# More is refused before any of it is unpacked: 24 million pixels are 72 MB in memory.
MOST_PIXELS: Final = 24_000_000
TYPE: Final = "image/webp"
_READ: Final = ("PNG", "JPEG", "WEBP")
_WHITE: Final = (255, 255, 255)


class ImageUnreadable(Invalid):
    """The file is no PNG, JPEG or WebP, or is broken."""

    code = "image_unreadable"
    field = "file"
    message = Text(
        ko="그림을 읽을 수 없습니다. PNG, JPEG, WebP 파일을 올려 주십시오.",
        en="The image cannot be read. Please upload a PNG, JPEG or WebP file.",
    )


class ImageTooLarge(Invalid):
    """The image has more than MOST_PIXELS."""

    code = "image_too_large"
    field = "file"
    message = Text(
        ko="그림이 너무 큽니다. 가로와 세로를 곱해 2,400만 화소 이하로 줄여 주십시오.",
        en="The image is too large. Please make it 24 million pixels at most.",
    )


@dataclass(frozen=True, slots=True)
class TakenImage:
    """An image as it is kept: WebP, with a small one; `digest` of the large one."""

    width: int
    height: int
    content: bytes
    small: bytes
    digest: str


def take_image(stream: BinaryIO) -> TakenImage:
    """Read an upload and write it anew. Raises DocumentTooLarge, ImageUnreadable, ImageTooLarge."""
    given = stream.read(LARGEST_DOCUMENT + 1)
    if len(given) > LARGEST_DOCUMENT:
        raise DocumentTooLarge
    image = _opened(given)
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    small = image.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    content = _written(image)
    return TakenImage(
        width=image.width,
        height=image.height,
        content=content,
        small=_written(small),
        digest=hashlib.sha256(content).hexdigest(),
    )


def _opened(given: bytes) -> Image.Image:
    """The pixels, upright and on white."""
    try:
        with warnings.catch_warnings():
            # Our own limit is lower than the library's, of which it only warns.
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(given), formats=_READ)
        if image.width * image.height > MOST_PIXELS:
            raise ImageTooLarge
        # A JPEG that is far too large is unpacked at a half or a quarter.
        image.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
        image.load()
        upright = ImageOps.exif_transpose(image)
    except Image.DecompressionBombError:
        raise ImageTooLarge from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise ImageUnreadable from None
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        upright = Image.new("RGB", layer.size, _WHITE)
        upright.paste(layer, mask=layer.getchannel("A"))
    return upright.convert("RGB")


def _written(image: Image.Image) -> bytes:
    out = io.BytesIO()
    # Only pixels: what the file said besides (place, camera, profile) does not go along.
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    clean.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
