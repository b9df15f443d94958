"""Which pictures are taken as covers: by their first bytes, whatever their name says."""

from typing import Final

from yueke.booking.classes.refusals import PictureTooLarge, PictureUnknown

BYTES_MAX: Final = 512 * 1024


def media_type(picture: bytes) -> str:
    """Return the media type of a picture, or refuse (picture_too_large, picture_unknown)."""
    if len(picture) > BYTES_MAX:
        raise PictureTooLarge(BYTES_MAX)
    if picture.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if picture.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if picture.startswith(b"RIFF") and picture[8:12] == b"WEBP":
        return "image/webp"
    raise PictureUnknown()
