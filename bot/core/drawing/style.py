"""One style for all drawings: colours, widths, sizes.

The accent colours are the blue and the vermillion of the colour-blind safe set of Okabe and Ito (#0072B2, #D55E00), both
darkened until words in them have the contrast of 4.5 that WCAG 2 asks of small type; nothing is told by colour alone. A
drawing brings its own light card, so that it reads alike on dark and light backgrounds.
"""

WIDTH = 800
"""Pixels. On a phone a card shows a drawing about 265 wide, a tap shows it 390 wide; what must be read is `LABEL` or more."""

CARD = "#FBF8F1"
PANEL = "#EFEBE0"
INK = "#1B2733"
MUTED = "#4A5866"

GOOD = "#00689F"
CARE = "#AA4400"
GOOD_SOFT = "#DCEBF5"
CARE_SOFT = "#FBE7D6"

SKIN = "#C68A5E"
SKIN_SHADE = "#A96F47"
HAIR = "#3A2A20"
SHIRT = "#2A9D8F"
SHIRT_SHADE = "#1F7D72"
SHORTS = "#31435C"
SHORTS_SHADE = "#22314A"
SOCK = "#CBD5DD"
SHOE = "#E9B949"
SOLE = "#FFFFFF"

STEEL = "#8794A1"
STEEL_DARK = "#5B6875"
STEEL_LIGHT = "#B9C3CC"
PAD = "#A08A6C"
PAD_TOP = "#D6C3A4"
DISC = "#55636F"
GAP = "#E0611A"
"""The wedge between a lifted hip and the pad; never behind words."""
IRON = "#26303A"

LINE = 3.0
BOLD_LINE = 7.0

TITLE = 38
LABEL = 32
SMALL = 31
"""The smallest type: 10 pixels at a width of 265, 15 at 390."""

FONT = "Source Sans Pro"
