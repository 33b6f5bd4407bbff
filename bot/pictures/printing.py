"""A page to print: SVG text to a one-page PDF."""

import io
import zlib
from collections.abc import Sequence

from bot.pictures.render import drawn

A4 = (595.28, 841.89)
"""Width and height in points (1/72 inch)."""

_DOTS_WIDE = 2_000  # 242 dots an inch on A4: sharp on any office printer


def printed(svg: str, *, title: str, words: Sequence[str] = ()) -> bytes:
    """Return a PDF of one A4 page that shows `svg`, which should have A4's proportions, as wide as the page.

    `words` are laid under the picture unseen, so that the page can be searched and read aloud. Raises RenderError where
    the SVG cannot be drawn.
    """
    import pydyf  # late, as is Pillow: an idle bot prints nothing
    from PIL import Image

    with Image.open(io.BytesIO(drawn(svg, _DOTS_WIDE))) as picture:
        paper = Image.new("RGB", picture.size, "#FFFFFF")
        paper.paste(picture, mask=picture.getchannel("A"))
    flat = paper.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = bytes(flat.getpalette() or [])
    colours = pydyf.Array([
        "/Indexed", "/DeviceRGB", len(palette) // 3 - 1, f"<{palette.hex()}>",
    ])  # fmt: skip
    page_width, page_height = A4
    height = page_width * flat.height / flat.width
    document = pydyf.PDF()
    image = pydyf.Stream(
        [zlib.compress(flat.tobytes(), 9)],
        {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": flat.width,
            "Height": flat.height,
            "ColorSpace": colours,
            "BitsPerComponent": 8,
            "Filter": "/FlateDecode",
        },
    )
    document.add_object(image)
    font = pydyf.Dictionary({
        "Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica", "Encoding": "/WinAnsiEncoding",
    })  # fmt: skip
    document.add_object(font)
    content = pydyf.Stream(compress=True)
    content.stream.append(_unseen(words, page_height))
    content.push_state()
    content.set_matrix(page_width, 0, 0, height, 0, page_height - height)
    content.draw_x_object("Picture")
    content.pop_state()
    document.add_object(content)
    document.add_page(
        pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": document.pages.reference,
                "MediaBox": pydyf.Array([0, 0, page_width, page_height]),
                "Contents": content.reference,
                "Resources": pydyf.Dictionary(
                    {
                        "XObject": pydyf.Dictionary({"Picture": image.reference}),
                        "Font": pydyf.Dictionary({"F": font.reference}),
                    }
                ),
            }
        )
    )
    document.info["Title"] = pydyf.String(title)
    out = io.BytesIO()
    document.write(out, version=b"1.7")
    return out.getvalue()


def _unseen(words: Sequence[str], page_height: float) -> bytes:
    """Text in render mode 3, which draws nothing."""
    lines = [b"BT", b"/F 10 Tf", b"3 Tr", b"14 TL", f"40 {page_height - 40:.0f} Td".encode()]
    for line in words:
        plain = line.encode("cp1252", "replace")
        for special in (b"\\", b"(", b")"):
            plain = plain.replace(special, b"\\" + special)
        lines.append(b"(" + plain.replace(b"\n", b" ").replace(b"\r", b" ") + b") '")
    return b"\n".join([*lines, b"ET"])
