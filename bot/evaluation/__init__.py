"""Measuring: labelled questions against what the bot answered. Pure: rows and answers in, frozen figures out.

The picture of the confusions stands in `evaluation.picture`, imported by itself since it brings in the drawings.
"""

from bot.core.intervals import Share, mcnemar
from bot.evaluation.calibration import Bin, Calibration, calibrate
from bot.evaluation.comparison import Change, Comparison, compare
from bot.evaluation.rows import OUT_OF_SCOPE, RED_FLAG, Labelled, read_rows, read_sentences
from bot.evaluation.saved import as_data, read_saved
from bot.evaluation.scores import Result, Side, score
from bot.evaluation.summary import Confusion, Figures, Summary, summarise

__all__ = [
    "OUT_OF_SCOPE",
    "RED_FLAG",
    "Bin",
    "Calibration",
    "Change",
    "Comparison",
    "Confusion",
    "Figures",
    "Labelled",
    "Result",
    "Share",
    "Side",
    "Summary",
    "as_data",
    "calibrate",
    "compare",
    "mcnemar",
    "read_rows",
    "read_saved",
    "read_sentences",
    "score",
    "summarise",
]
