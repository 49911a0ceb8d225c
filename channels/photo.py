"""Photos customers send: believed by content only, and kept without what they did not mean to tell."""

from io import BytesIO

from PIL import Image, ImageOps

from complaints.errors import AmendsError

LARGEST_BYTES = 10 * 1024 * 1024
LONGEST_SIDE = 2000
MOST_PIXELS = 60_000_000  # larger than any phone's, smaller than a picture made to fill memory
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class NotAPicture(AmendsError):
    """The file is no picture we can open, whatever its name says."""


def safe_jpeg(content: bytes) -> bytes:
    """The picture turned upright and drawn anew as a JPEG of at most 2,000 pixels a side.

    Only the drawing survives: no place and time it was taken, no comment, no second file
    hidden behind the first. Raises NotAPicture.
    """
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAPicture(f"{picture.width} × {picture.height} pixels are too many")
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _drawn_anew(upright)
    except NotAPicture:
        raise
    except Exception as trouble:  # Pillow's readers raise whatever a broken file makes them
        raise NotAPicture(f"cannot be read as a picture: {trouble!r}") from trouble


def _drawn_anew(picture: Image.Image) -> bytes:
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen)
    jpeg = BytesIO()
    paper.save(jpeg, "JPEG", quality=85)
    return jpeg.getvalue()
