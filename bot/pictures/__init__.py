"""SVG text in, PNG bytes or a page to print out; and what becomes of a picture that somebody uploads.

Knows nothing of what is drawn. Everything here may take tens of milliseconds: call it off the event loop.
"""

from bot.pictures.cache import PictureCache
from bot.pictures.printing import printed
from bot.pictures.render import RenderError, rendered, rendered_apart
from bot.pictures.shipped import ShippedPictures
from bot.pictures.upload import KEPT_BYTES, Checked, Kind, alt_text, checked, cleaned, cleaned_kind, require_size

__all__ = [
    "KEPT_BYTES",
    "Checked",
    "Kind",
    "PictureCache",
    "RenderError",
    "ShippedPictures",
    "alt_text",
    "checked",
    "cleaned",
    "cleaned_kind",
    "printed",
    "rendered",
    "rendered_apart",
    "require_size",
]
