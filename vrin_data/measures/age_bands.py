"""How many residents of each band of ages live in the areas of a level, as the build knows them."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.ages import OLDEST
from vrin_data.contract.codes import LEVELS
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.monthly import ALL_AREAS
from vrin_data.store import Store

Ints = npt.NDArray[np.int64]
BANDS_SQL = """
    select
        area_code,
        year,
        age_low_years,
        age_high_years,
        sum(person_count)::double as person_count,
        any_value(source) as source
    from population_band
    where $sex is null or sex = $sex
    group by area_code, year, age_low_years, age_high_years
    order by all
"""


@dataclass(frozen=True, eq=False)
class AgeBands:
    """Residents by area (rows as asked) and band (columns); NaN where an area has none on record.

    `year` and `source` are theirs.
    """

    year: int | None
    lows: Ints
    highs: Ints
    people: npt.NDArray[np.float64]
    source: str = ""

    def of(self, low: npt.ArrayLike, high: npt.ArrayLike) -> Ints:
        """The band of each span of ages counted from 1; 0 for one not known, or that lies in several."""
        least, most = np.asarray(low, dtype="float64"), np.asarray(high, dtype="float64")
        first, last = (np.searchsorted(self.lows, one, side="right") for one in (least, most))
        return np.where((first == last) & (least >= 0), first, 0).astype("int64")


def bands_of_areas(
    store: Store, facts: BuildFacts, area_codes: list[str], *, sex: str | None = None
) -> AgeBands:
    """The residents by age of these areas, of the latest year that most areas have; '' is all that send.

    Those of one sex where one is named, else all of them.

    An area without figures of its own has those of the districts or small areas in it, where all of them have.
    """
    table = _read(store, facts, sex)
    if table.empty:
        return AgeBands(None, np.zeros(0, dtype="int64"), np.zeros(0, dtype="int64"), np.zeros((0, 0)))
    year = _year(table)
    wide = table[table["year"] == year].pivot_table(
        index="area_code", columns=["age_low_years", "age_high_years"], values="person_count", aggfunc="sum"
    )
    people = [_of_area(wide, facts, code) for code in area_codes]
    lows, highs = (wide.columns.get_level_values(number).to_numpy("int64") for number in (0, 1))
    source = str(table.loc[table["year"] == year, "source"].iloc[0])
    return AgeBands(year, lows, highs, np.array(people), source)


def _of_area(wide: pd.DataFrame, facts: BuildFacts, code: str) -> npt.NDArray[np.float64]:
    if code in wide.index:
        return wide.loc[code].to_numpy("float64")
    areas = facts.areas.drop_duplicates("area_code", keep="last")
    for level in ("district", LEVELS[-1]):
        parts = _parts(areas, facts, code, level)
        if len(parts) and parts.isin(wide.index).all():
            return wide.loc[parts].sum(skipna=False).to_numpy("float64")
    return np.full(len(wide.columns), np.nan)


def _parts(areas: pd.DataFrame, facts: BuildFacts, code: str, level: str) -> pd.Series:
    """The areas of a level that lie in an area; those of all forces that sent for all areas."""
    own = areas[areas[f"in_{level}"] == areas["area_code"]]
    if code == ALL_AREAS:
        return own.loc[own["in_force"].isin(set(facts.received["force_code"].dropna())), "area_code"]
    ups = [name for name in areas.columns if name.startswith("in_") and name != f"in_{level}"]
    return own.loc[own[ups].eq(code).any(axis=1), "area_code"]


def _year(table: pd.DataFrame) -> int:
    """The latest year of those that most areas have."""
    covered = table.groupby("year")["area_code"].nunique()
    return int(covered[covered == covered.max()].index.max())


@lru_cache(maxsize=4)
def _read(store: Store, facts: BuildFacts, sex: str | None) -> pd.DataFrame:
    found = store.query("residents by age", BANDS_SQL, {"sex": sex}, build_id=facts.build_id)
    return found.assign(age_high_years=found["age_high_years"].fillna(OLDEST).astype("int64"))
