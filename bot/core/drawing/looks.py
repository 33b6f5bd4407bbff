"""Who is drawn: people of different build, skin, hair and clothes, so that nobody takes one body for the rule."""

from dataclasses import dataclass

from bot.core.drawing import style


@dataclass(frozen=True, slots=True)
class Look:
    """A person's colours and build.

    `girth`: how thick limbs and trunk are beside the first person's (1.0). `belly`: how much further the front of the
    trunk stands out, fraction of body height. `bun`: hair tied at the back of the head.
    """

    skin: str = style.SKIN
    skin_shade: str = style.SKIN_SHADE
    hair: str = style.HAIR
    shirt: str = style.SHIRT
    shirt_shade: str = style.SHIRT_SHADE
    shorts: str = style.SHORTS
    shorts_shade: str = style.SHORTS_SHADE
    girth: float = 1.0
    belly: float = 0.0
    bun: bool = False


FIRST = Look()
SECOND = Look(
    skin="#8A5A3C", skin_shade="#6E452C", hair="#1E1A1A", shirt="#B5527A", shirt_shade="#8F3D5F", shorts="#3B3F52",
    shorts_shade="#2B2F40", girth=0.94, bun=True,
)  # fmt: skip
THIRD = Look(
    skin="#E2B48F", skin_shade="#C4936C", hair="#9A9A9A", shirt="#5B74B5", shirt_shade="#455A92", shorts="#4A4438",
    shorts_shade="#37322A", girth=1.05, belly=0.012,
)  # fmt: skip
FOURTH = Look(
    skin="#D49A6A", skin_shade="#B27C4F", hair="#6B3A1E", shirt="#C07A2C", shirt_shade="#98601F", shorts="#2F4A4A",
    shorts_shade="#213737", girth=1.18, belly=0.035, bun=True,
)  # fmt: skip
EVERYBODY = (FIRST, SECOND, THIRD, FOURTH)
