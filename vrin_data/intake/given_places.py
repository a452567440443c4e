"""What a text that an extract gives as its place stands for: a code, a name, a postcode or the first half of one."""

from collections.abc import Iterable

import pandas as pd

from vrin_data.intake.areas import AreaIndex
from vrin_data.intake.points import placed_points
from vrin_data.places.names import BROAD_LEVELS, spellings
from vrin_data.places.postcodes import as_postcode, outward_areas, outward_of, postcode_points

NOWHERE = 0
COLUMNS = ("text", "code_id", "code_small_id", "code_test_id", "is_final", "code_grade")
GRADE_OF_LEVEL = {**dict.fromkeys(BROAD_LEVELS, "district"), "ward": "ward"}
SMALL_GRADE = "lsoa"


def given_places(texts: Iterable[str], index: AreaIndex) -> pd.DataFrame:
    """A row for each text that stands for a place; texts that stand for none are left out.

    Columns: text, code_id (the area), code_small_id (the small area it lies in or is, 0 for none), code_test_id
    (the area that is asked whether it lies at the supplier's home), is_final (it is a small area's code, which
    goes before a point), code_grade (how the place is known).
    """
    distinct = pd.Series([*dict.fromkeys(texts)], dtype="object")
    frames = [_by_code(distinct, index)]
    rest = _without(distinct, frames[0])
    for read in (_by_name, _by_postcode, _by_outward):
        frames.append(read(rest, index))
        rest = _without(rest, frames[-1])
    return pd.concat([one for one in frames if len(one)] or frames[:1], ignore_index=True)


def _without(texts: pd.Series, found: pd.DataFrame) -> pd.Series:
    return texts[~texts.isin(found["text"])]


def _by_code(texts: pd.Series, index: AreaIndex) -> pd.DataFrame:
    known = index.forces.drop_duplicates("area_code", keep="last").set_index("area_code")
    own = texts[texts.isin(known.index)]
    area = known.reindex(own)
    small = area["lsoa_id"].fillna(NOWHERE).astype("int64").to_numpy()
    return _frame(
        own,
        area["area_id"].to_numpy(),
        grade=area["level"].map(GRADE_OF_LEVEL).fillna(SMALL_GRADE).to_numpy(),
        small=small,
        is_final=small != NOWHERE,
    )


def _by_name(texts: pd.Series, index: AreaIndex) -> pd.DataFrame:
    codes = {
        text: next((names[one] for one in spellings(text) if one in names), None)
        for names in [index.codes_by_name]
        for text in texts
    }
    return _of_codes(codes, index, "place_name")


def _by_postcode(texts: pd.Series, index: AreaIndex) -> pd.DataFrame:
    postcodes = {text: as_postcode(text) for text in texts}
    points = postcode_points({one for one in postcodes.values() if one})
    finest, small = placed_points(index, points["easting_m"].to_numpy(), points["northing_m"].to_numpy())
    at = {postcode: place for place, postcode in enumerate(points["postcode"]) if small[place] != NOWHERE}
    own = pd.Series([text for text, one in postcodes.items() if one in at], dtype="object")
    places = [at[str(postcodes[text])] for text in own]
    return _frame(own, finest[places], grade="postcode", small=small[places], test=small[places])


def _by_outward(texts: pd.Series, index: AreaIndex) -> pd.DataFrame:
    own = index.forces
    in_force = {
        str(code)
        for level in BROAD_LEVELS
        for code in own.loc[own[f"{level}_id"] == own["area_id"], "area_code"]
    }
    codes = {
        text: next((one for one in outward_areas().get(outward_of(text) or "", ()) if one in in_force), None)
        for text in texts
    }
    return _of_codes(codes, index, "outward")


def _of_codes(codes: dict[str, str | None], index: AreaIndex, grade: str) -> pd.DataFrame:
    ids = index.forces.drop_duplicates("area_code", keep="last").set_index("area_code")["area_id"]
    found = {text: int(ids[code]) for text, code in codes.items() if code is not None}
    return _frame(
        pd.Series([*found], dtype="object"),
        pd.Series([*found.values()], dtype="int64").to_numpy(),
        grade=grade,
    )


def _frame(
    texts: pd.Series,
    ids: object,
    *,
    grade: object,
    small: object = NOWHERE,
    test: object | None = None,
    is_final: object = False,
) -> pd.DataFrame:
    frame = pd.DataFrame({"text": texts.to_numpy()}).assign(
        code_id=ids,
        code_small_id=small,
        code_test_id=ids if test is None else test,
        is_final=is_final,
        code_grade=grade,
    )
    numbers = dict.fromkeys(("code_id", "code_small_id", "code_test_id"), "int64")
    return frame.astype({"text": "str", "code_grade": "str", "is_final": "bool", **numbers})[[*COLUMNS]]
