"""How results are put into words: the same wording on pages, in reports and in every other format.

`result.py` puts a whole told result into words; the other modules do it for one kind of statement each.
"""

from assessments.wording.answers import answer_text
from assessments.wording.figures import FigureWords, cap_sentence, figure_change_text, figure_words, pillar_figure_words
from assessments.wording.phrases import date_text, joined, provisional_note
from assessments.wording.scales import depth_name, gate_name, level_name

__all__ = [
    "FigureWords",
    "answer_text",
    "cap_sentence",
    "date_text",
    "depth_name",
    "figure_change_text",
    "figure_words",
    "gate_name",
    "joined",
    "level_name",
    "pillar_figure_words",
    "provisional_note",
]
