"""The spots as tables: one row a spot, and one row an area."""

import pandas as pd

from vrin_ui.spots.concentration_chart import FIGURES
from vrin_ui.spots.spot_words import share, years_words
from vrin_ui.wording import DASH, listed

NAMED = 12


def spots_table(frame: pd.DataFrame) -> pd.DataFrame:
    """A row a spot: its number, its areas by name, district, incidents, harm, residents, years."""
    rows = frame[frame["is_spot"]].sort_values(["spot_number", "area_name"])
    return pd.DataFrame([_spot(int(number), own) for number, own in rows.groupby("spot_number")])


def _spot(number: int, own: pd.DataFrame) -> dict[str, object]:
    steady = own.loc[own["years_as_spot"].fillna(-1).idxmax()]
    names = [*own["area_name"]]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return {
        "Spot": str(number),
        "Areas": (", ".join(names[:NAMED]) + more) if more else listed(names),
        "District": listed(sorted({*own["district_name"].dropna()})) or DASH
        if own["district_name"].notna().any()
        else DASH,
        "Incidents": int(own["incident_count"].sum()),
        "Harm (days)": float(own["harm_days"].sum()),
        "Residents": own["residents"].sum() if own["residents"].notna().all() else pd.NA,
        "Stood out": years_words(steady["years_as_spot"], steady["years_judged"]),
    }


def areas_table(frame: pd.DataFrame) -> pd.DataFrame:
    """A row an area that stands out, by spot and name."""
    rows = frame[frame["is_spot"]].sort_values(["spot_number", "area_name"])
    table = pd.DataFrame(
        {
            "Area": rows["area_name"],
            "Spot": rows["spot_number"].astype("string"),
            "District": rows["district_name"].fillna(DASH),
            "Incidents": rows["incident_count"],
            "Harm (days)": rows["harm_days"],
            "Residents": rows["residents"],
            "z": rows["z"].round(1),
            "q (corrected)": [f"{value:.4f}" if pd.notna(value) else DASH for value in rows["q_value"]],
            "Stood out": [
                years_words(own, of)
                for own, of in zip(rows["years_as_spot"], rows["years_judged"], strict=True)
            ],
        }
    )
    return table.reset_index(drop=True)


def concentration_table(summary: pd.DataFrame) -> pd.DataFrame:
    """The figures of concentration for reading."""
    return pd.DataFrame(
        {
            "Figure": [FIGURES[one][0] for one in summary["figure"]],
            "Total": summary["total"],
            "Places": summary["place_count"],
            "Places that hold half": [_share(value) for value in summary["share_of_places_half"]],
            "By chance": [
                DASH if pd.isna(low) else f"{share(low)} to {share(high)}"
                for low, high in zip(
                    summary["random_share_of_places_half_low"],
                    summary["random_share_of_places_half_high"],
                    strict=True,
                )
            ],
            "Gini": summary["gini"].round(2),
            "Generalised Gini": summary["gini_generalised"].round(2),
            "Gini by chance": summary["random_gini"].round(2),
        }
    )


def _share(value: object) -> str:
    return DASH if pd.isna(value) else share(value)
