"""Photos: believed by their content, and kept without what the customer did not mean to tell."""

from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from channels.photo import LONGEST_SIDE, NotAPicture, safe_jpeg


def encoded(picture: Image.Image, kind: str, **options) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    picture = Image.open(BytesIO(jpeg))
    picture.load()
    return picture


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_of_every_common_kind_becomes_a_jpeg(kind):
    kept = opened(safe_jpeg(encoded(Image.new("RGB", (40, 30), "red"), kind)))

    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (40, 30))
    red, green, blue = kept.getpixel((20, 15))
    assert red > 230 and green < 30 and blue < 30


def test_a_large_picture_is_made_small_enough_to_look_at():
    kept = opened(safe_jpeg(encoded(Image.new("RGB", (5000, 2500), "red"), "JPEG")))

    assert kept.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_nothing_of_where_and_when_it_was_taken_is_kept():
    picture = Image.new("RGB", (40, 30), "red")
    exif = Image.Exif()
    exif[0x010F] = "Ada's telephone"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    jpeg = encoded(picture, "JPEG", exif=exif, comment=b"at home", icc_profile=b"profile")
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Ada")
    png = encoded(picture, "PNG", pnginfo=notes)

    for content in (jpeg, png):
        kept = safe_jpeg(content)
        assert not opened(kept).getexif()
        assert set(opened(kept).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        for secret in (b"Ada", b"at home", b"Exif", b"profile"):
            assert secret not in kept


def test_a_picture_taken_sideways_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways = encoded(Image.new("RGB", (40, 30), "red"), "JPEG", exif=exif)

    assert opened(safe_jpeg(sideways)).size == (30, 40)


def test_what_is_seen_through_is_shown_on_white():
    kept = opened(safe_jpeg(encoded(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")))

    assert min(kept.getpixel((4, 4))) > 250


def test_of_a_moving_picture_the_first_one_is_kept():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    gif = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])

    assert opened(safe_jpeg(gif)).getpixel((4, 4))[0] > 200


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7 receipt",
        b"MZ\x90\x00 not.jpg",
        encoded(Image.new("RGB", (40, 30), "red"), "BMP"),
        encoded(Image.new("RGB", (40, 30), "red"), "TIFF"),
        encoded(Image.new("RGB", (400, 300), "red"), "PNG")[:200],
    ],
    ids=["nothing", "half a gif", "svg", "pdf", "program", "bmp", "tiff", "cut off"],
)
def test_what_is_no_picture_we_open_is_refused(content):
    with pytest.raises(NotAPicture):
        safe_jpeg(content)


@pytest.mark.parametrize("side", [9_000, 20_000])
def test_a_small_file_that_unpacks_to_fill_the_memory_is_refused(side):
    bomb = encoded(Image.new("1", (side, side)), "PNG")
    assert len(bomb) < 100_000

    with pytest.raises(NotAPicture):
        safe_jpeg(bomb)


def test_a_script_hidden_behind_the_picture_does_not_survive():
    jpeg = encoded(Image.new("RGB", (40, 30), "red"), "JPEG") + b"<script>alert(1)</script>"

    assert b"script" not in safe_jpeg(jpeg)
