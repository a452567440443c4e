"""Hot spots and harm spots: areas that stand out together with those around them, and for how many years."""

import numpy as np
import pandas as pd
from pandas.arrays import FloatingArray, IntegerArray

from vrin_data.measures.answer import Answer
from vrin_data.measures.contiguity import joined
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.hotspot_notes import hotspot_notes
from vrin_data.measures.hotspot_request import HotspotRequest, refuse_streets
from vrin_data.measures.place_figures import Floats, PlaceFigures, place_figures
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.spot_tests import Judged, judge, judge_years
from vrin_data.measures.stamps import question_stamp
from vrin_data.store import Store


def hotspots(store: Store, request: HotspotRequest) -> Answer:
    """The areas of the selection and whether they stand out upwards, by name.

    Columns: area_code, area_name, district_name, value (what was tested), residents, incident_count, harm_days,
    z, p_value, q_value (NULL under two_sd), is_spot, spot_number (areas that stand out and touch are
    one spot, numbered from the one that holds most; NULL for the others), years_as_spot, years_judged,
    months_covered, is_gap.
    gi_star: Getis-Ord Gi* of the area with those that touch it (see `gi_star`); a spot has a q_value below 0.05
    (Benjamini and Hochberg, over all areas tested). The value is the smoothed rate per 1,000 residents (see
    `shrunk_rates`), and of harm log(1 + that), so that one homicide does not make a spot. two_sd: the incidents
    or harm of the area itself above the mean + 2 standard deviations of all (Weinborn and others 2017).
    years_as_spot: in how many of the last `years` times 12 months, each judged alone by the same rule, the area
    stood out; years_judged: how many of them came whole for 9 months or more. They may begin before the
    selection does. Figures of a gap are NULL: what did not come is left out of every neighbourhood.
    Raises what `harm` raises, and UsageError below LEAST_AREAS areas, where nothing of the kind is certain, or
    where the build does not know which areas touch.
    """
    refuse_streets(request.selection.level)
    question = question_of(store, request.asked)
    places = place_figures(store, request.asked)
    judged = judge(store, question, request, places)
    years = judge_years(store, question, request, places)
    frame = _frame(question, request, places, judged, years)
    notes = (*hotspot_notes(request, places, judged), *places.notes, *harm_notes(store, question))
    return Answer(frame, question_stamp(question, notes))


def _frame(
    question: Question,
    request: HotspotRequest,
    places: PlaceFigures,
    judged: Judged,
    years: tuple[np.ndarray, np.ndarray],
) -> pd.DataFrame:
    areas, gap = places.areas, places.is_gap
    held = places.counts if request.kind == "count" else places.harm
    names = question.facts.areas.drop_duplicates("area_code").set_index("area_code")["area_name"]
    counts = IntegerArray(np.rint(places.counts).astype("int64"), gap)
    return pd.DataFrame(
        {
            "area_code": areas["area_code"],
            "area_name": areas["area_name"],
            "district_name": areas["in_district"].map(names),
            "value": _known(judged.value),
            "residents": pd.array(places.residents, dtype="Float64").astype("Int64"),
            "incident_count": counts,
            "harm_days": FloatingArray(places.harm, gap),
            "z": _known(judged.z),
            "p_value": _known(judged.p_value),
            "q_value": _known(judged.q_value),
            "is_spot": judged.is_spot,
            "spot_number": joined(judged.matrix, judged.is_spot, held),
            "years_as_spot": pd.array(years[0], dtype="Int64"),
            "years_judged": pd.array(years[1], dtype="Int64"),
            "months_covered": places.months_whole,
            "is_gap": gap,
        }
    )


def _known(values: Floats) -> FloatingArray:
    """The values, those that are no number as NULL."""
    return FloatingArray(np.nan_to_num(values), np.isnan(values))
