"""Answers on times, persons and places made ready for charts and tables."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from vrin_ui.who_when.who_choice import OF
from vrin_ui.who_when.who_words import (
    DAYS,
    LABELS,
    NOT_RECORDED_WORDS,
    SEX_LABELS,
    figure,
    label_of,
    percent,
    percent_span,
)
from vrin_ui.wording import DASH, month_words, number, span

AGE_LABELS = {"wider": "In a wider group", "not_recorded": NOT_RECORDED_WORDS}
PREMISES = ("shop", "school", "hospital", "custody", "workplace")
OPEN = {"street": "Street", "park": "Park, public transport", "transport": "Park, public transport"}


@dataclass(frozen=True)
class Weight:
    """Which column of an answer is drawn as certain, which as the most there may be, and what both are called."""

    value: str
    most: str
    name: str


def weight_of(frame: pd.DataFrame, weigh: str) -> Weight:
    """What is drawn of incidents or of harm: the certain ones, the central reading, or the most where there is none."""
    if weigh == "harm":
        if frame["harm_days"].notna().any():
            return Weight("harm_days", "harm_days", "Harm (days)")
        return Weight("harm_days_high", "harm_days_high", "Harm (days), at most")
    if frame["incident_count_low"].sum() > 0:
        return Weight("incident_count_low", "incident_count_high", "Incidents")
    return Weight("incident_count_high", "incident_count_high", "Incidents, at most")


def week_cells(frame: pd.DataFrame, weight: Weight) -> pd.DataFrame:
    """The cells of the week for the chart."""
    value = frame[weight.value].astype("float64").fillna(0.0)
    return pd.DataFrame(
        {
            "day": [DAYS[number - 1] for number in frame["weekday"]],
            "day_name": frame["weekday_name"],
            "hour": [f"{hour:02d}:00" for hour in frame["hour"]],
            "value": value,
            "words": [figure(one) for one in value],
        }
    )


def week_table(cells: pd.DataFrame) -> pd.DataFrame:
    """The same as a table: a row an hour, a column a day."""
    table = cells.pivot(index="hour", columns="day", values="value")[[*DAYS]].round(1)
    return table.rename_axis(columns=None).reset_index(names="Hour beginning")


def time_bars(frame: pd.DataFrame, weight: Weight) -> pd.DataFrame:
    """Bars by hour or by weekday."""
    is_hour = "hour" in frame
    labels = [f"{hour:02d}" for hour in frame["hour"]] if is_hour else frame["weekday_name"]
    return _bars(
        labels,
        frame[weight.value],
        frame[weight.most],
        frame["share_of_incidents" if weight.value.startswith("incident") else "share_of_harm"],
        digits=0,
    )


def times_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Incidents and harm by hour or weekday for reading."""
    is_hour = "hour" in frame
    table = pd.DataFrame(
        {
            "Hour beginning" if is_hour else "Day": [f"{hour:02d}:00" for hour in frame["hour"]]
            if is_hour
            else frame["weekday_name"],
            "Incidents": frame["incident_count_low"].round(1),
            "Incidents range": _ranges(frame, "incident_count"),
            "Share": _shares(frame["share_of_incidents"]),
            "Harm (days)": frame["harm_days"],
            "Harm range": _ranges(frame, "harm_days"),
        }
    )
    return table


def basis_table(frame: pd.DataFrame) -> pd.DataFrame:
    """What is told of the times, for reading."""
    return pd.DataFrame(
        {
            "What is told of the time": [one[:1].upper() + one[1:] for one in frame["words"]],
            "Counted above": ["yes" if one else "no" for one in frame["is_counted"]],
            "Incidents": frame["incident_count_low"],
            "Incidents range": _ranges(frame, "incident_count"),
            "Share": _shares(frame["share_of_incidents"]),
        }
    )


def sides(frame: pd.DataFrame) -> pd.DataFrame:
    """Persons by age and sex for the pyramid: the oldest first, what is not recorded last."""
    known = frame[frame["sex"].isin(("female", "male"))]
    return _oldest_first(known).pipe(_age_bars).assign(sex=lambda own: own["sex"].astype(str))


def of_no_side(frame: pd.DataFrame) -> pd.DataFrame:
    """Persons by age whose sex is recorded otherwise or not at all; empty where there are none."""
    others = frame[~frame["sex"].isin(("female", "male"))]
    if not (others["person_count_high"] > 0).any():
        return pd.DataFrame()
    keys = ["age_group", "age_low_years"]
    summed = others.groupby(keys, dropna=False, sort=False)[
        ["person_count_low", "person_count_high", "share"]
    ].sum(min_count=1)
    summed = summed.reset_index().assign(is_recorded=lambda own: own["age_group"] != "not_recorded", sex="")
    return _age_bars(_oldest_first(summed))


def person_bars(frame: pd.DataFrame, labels: pd.Series) -> pd.DataFrame:
    """Bars of persons, each with its share."""
    low, high, share = frame["person_count_low"], frame["person_count_high"], frame["share"]
    bars = _bars(labels, low, high, share)
    return bars.assign(is_recorded=frame["is_recorded"].astype(bool).to_numpy())


def sex_bars(frame: pd.DataFrame) -> pd.DataFrame:
    """Bars by sex."""
    return person_bars(frame, frame["sex"].map(SEX_LABELS))


def people_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Persons by age and sex for reading: a row an age group, a column a sex, and their sum."""
    known = frame.assign(label=[AGE_LABELS.get(one, one) for one in frame["age_group"]])
    table = pd.DataFrame({"Age": [*dict.fromkeys(known["label"])]})
    for sex, name in SEX_LABELS.items():
        own = known[known["sex"] == sex].set_index("label")
        if (own["person_count_high"] > 0).any():
            table[name] = [_count(own.loc[label]) if label in own.index else "0" for label in table["Age"]]
    every = known.groupby("label", sort=False)[["person_count_low", "person_count_high", "share"]].sum(
        min_count=1
    )
    table["All"] = [_count(every.loc[label]) for label in table["Age"]]
    table["Share"] = [*_shares(every.loc[table["Age"], "share"])]
    return table


def rate_bars(frame: pd.DataFrame) -> pd.DataFrame:
    """Bars of persons of either sex per 1,000 residents of their age, each with its 95% limits in words."""
    rows = frame[frame["sex"] == "all"].sort_values("age_low_years", ascending=False)
    words = [f"{number(one.rate, 2)} ({span(one.rate_low, one.rate_high, 2)})" for one in rows.itertuples()]
    value = rows["rate"].to_numpy()
    return pd.DataFrame(
        {
            "label": rows["age_group"].to_numpy(),
            "value": value,
            "most": value,
            "words": words,
            "is_recorded": True,
        }
    )


def rate_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Persons per 1,000 residents by age and sex for reading."""
    return pd.DataFrame(
        {
            "Age": frame["age_group"],
            "Sex": frame["sex"].map({**SEX_LABELS, "all": "All"}),
            "Persons": frame["person_count"],
            "Residents": frame["residents"],
            "Rate per 1,000": frame["rate"].round(2),
            "95% limits": [
                span(low, high, 2) for low, high in zip(frame["rate_low"], frame["rate_high"], strict=True)
            ],
        }
    )


def schemes(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Bars of ethnicity by scheme, each with those of which none is recorded."""
    unknown = frame[~frame["is_recorded"].astype(bool)]
    found = {}
    for scheme, own in frame[frame["is_recorded"].astype(bool)].groupby("ethnicity_scheme", sort=False):
        rows = pd.concat([own, unknown])
        labels = rows["ethnicity"].where(rows["is_recorded"].astype(bool), NOT_RECORDED_WORDS)
        found[str(scheme)] = person_bars(rows, labels)
    return found


def kind_bars(frame: pd.DataFrame, of: str) -> pd.DataFrame:
    """Bars by what is recorded, those that have most first, another and not recorded last."""
    rows = frame[(frame["incident_count_high"] > 0) | ~frame["is_recorded"]]
    last = rows["code"].map({"other": 1, "not_recorded": 2}).fillna(0)
    rows = rows.assign(last=last).sort_values(
        ["last", "incident_count_low", "incident_count_high"], ascending=[True, False, False], kind="stable"
    )
    low, high = rows["incident_count_low"], rows["incident_count_high"]
    bars = _bars([label_of(of, code) for code in rows["code"]], low, high, rows["share"])
    return bars.assign(is_recorded=rows["is_recorded"].to_numpy())


def kind_table(frame: pd.DataFrame, of: str) -> pd.DataFrame:
    """What is recorded, for reading."""
    return pd.DataFrame(
        {
            OF[of]: [label_of(of, code) for code in frame["code"]],
            "Meaning": frame["words"],
            "Incidents": frame["incident_count_low"],
            "Incidents range": _ranges(frame, "incident_count"),
            "Share": _shares(frame["share"]),
            "Share may be": [
                DASH if pd.isna(low) else percent_span(low, high)
                for low, high in zip(frame["share_low"], frame["share_high"], strict=True)
            ],
            "Harm (days)": frame["harm_days"],
            "Share of harm": _shares(frame["share_of_harm"]),
        }
    )


def month_shares(frame: pd.DataFrame, of: str) -> tuple[pd.DataFrame, list[str]]:
    """The shares of each month for the chart, and their labels from the top down; places are taken together."""
    rows = frame.assign(label=[_together(of, code) for code in frame["code"]])
    order = [_together(of, code) for code in [*LABELS.get(of, {"no": "", "yes": ""}), "not_recorded"]]
    keys = ["month", "state", "label"]
    shares = rows.groupby(keys, sort=False)["share"].sum(min_count=1).reset_index()
    there = set(shares.loc[shares["share"] > 0, "label"])
    labels = [one for one in dict.fromkeys(order) if one in there]
    shares = shares[shares["label"].isin(labels) | shares["share"].isna()]
    words = ["" if pd.isna(one) else percent(one) for one in shares["share"]]
    return shares.assign(month=[f"{one:%b %y}" for one in shares["month"]], words=words), labels


def month_table(frame: pd.DataFrame, of: str) -> pd.DataFrame:
    """The shares of each month for reading, newest first."""
    rows = frame.assign(label=[label_of(of, code) for code in frame["code"]])
    wide = rows.pivot(index="month", columns="label", values="share")
    counts = rows.groupby("month")["incident_count_low"].sum(min_count=1)
    state = rows.groupby("month")["state"].first()
    table = pd.DataFrame(
        {
            "Month": [month_words(month) for month in wide.index],
            "Received": [
                {"whole": "yes", "partial": "in part", "missing": "no submission"}[one] for one in state
            ],
            "Incidents": counts.to_numpy(),
        }
    )
    for label in dict.fromkeys(rows["label"]):
        table[label] = _shares(wide[label]).to_numpy()
    return table.iloc[::-1].reset_index(drop=True)


def _together(of: str, code: str) -> str:
    """The label of a code by month: kinds of place are too many for one column."""
    if of != "location_type" or code == "not_recorded":
        return label_of(of, code)
    if code in PREMISES:
        return "Shop, school, other premises"
    return OPEN.get(code, label_of(of, code))


def _bars(
    labels: Iterable[str], low: pd.Series, high: pd.Series, share: pd.Series, *, digits: int = 0
) -> pd.DataFrame:
    ends = zip(low, high, share, strict=True)
    return pd.DataFrame(
        {
            "label": [*labels],
            "value": low.astype("float64").fillna(0.0).to_numpy(),
            "most": high.astype("float64").fillna(0.0).to_numpy(),
            "words": [_bar_words(first, last, part, digits) for first, last, part in ends],
            "is_recorded": True,
        }
    )


def _bar_words(low: object, high: object, share: object, digits: int) -> str:
    """'1,662 (36%)', and of what is in doubt '154 to 738', whose share is no single one."""
    if pd.isna(low):
        return DASH
    said = span(low, high, digits)
    return said if pd.isna(share) or " to " in said else f"{said} ({percent(share)})"


def _age_bars(rows: pd.DataFrame) -> pd.DataFrame:
    labels = [AGE_LABELS.get(one, one) for one in rows["age_group"]]
    low, high = rows["person_count_low"], rows["person_count_high"]
    bars = _bars(labels, low, high, pd.Series(pd.NA, index=rows.index, dtype="Float64"))
    known = (rows["age_group"] != "not_recorded").to_numpy()
    return bars.assign(sex=rows["sex"].to_numpy(), is_recorded=known)


def _oldest_first(rows: pd.DataFrame) -> pd.DataFrame:
    age = (
        rows["age_low_years"].astype("Float64").fillna(-1.0).where(rows["age_group"] != "not_recorded", -2.0)
    )
    return rows.assign(order=age).sort_values("order", ascending=False, kind="stable")


def _count(row: pd.Series) -> str:
    return span(row["person_count_low"], row["person_count_high"])


def _ranges(frame: pd.DataFrame, stem: str) -> list[str]:
    ends = zip(frame[f"{stem}_low"], frame[f"{stem}_high"], strict=True)
    return [DASH if pd.isna(low) else span(low, high) for low, high in ends]


def _shares(values: pd.Series) -> pd.Series:
    return values.map(lambda one: DASH if pd.isna(one) else percent(one)).astype(object)
