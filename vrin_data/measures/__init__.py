"""The questions: one function each, answering with a frame and its stamp."""

from vrin_data.measures.answer import Answer
from vrin_data.measures.catalogue import Catalogue, area_list, catalogue
from vrin_data.measures.coverage import coverage
from vrin_data.measures.harm import harm
from vrin_data.measures.selection import Selection, parse_month
from vrin_data.measures.stamp import Stamp

__all__ = [
    "Answer",
    "Catalogue",
    "Selection",
    "Stamp",
    "area_list",
    "catalogue",
    "coverage",
    "harm",
    "parse_month",
]
