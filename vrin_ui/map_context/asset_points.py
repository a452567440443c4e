"""Community assets as points with a shape for each kind upon a map, and as a list."""

from typing import Any

import pandas as pd

from vrin_ui.wording import counted

KINDS = 6
OTHERS = "Other kinds"
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")
FILLS = ("#801650", "#f46a25", "#12436d", "#3d3d3d", "#a285d1", "#28a197", "#0b0c0c")
OF_THE_WHOLE = ("title", "projection", "height", "config", "usermeta")


def with_kinds(assets: pd.DataFrame) -> pd.DataFrame:
    """The assets with `shown_kind`: the kinds that are most frequent have a shape of their own, the rest share one."""
    counts = assets["kind"].value_counts(sort=False).rename_axis("kind").reset_index(name="count")
    ranked = counts.sort_values(["count", "kind"], ascending=[False, True])["kind"].tolist()
    own = set(ranked if len(ranked) <= KINDS + 1 else ranked[:KINDS])
    return assets.assign(shown_kind=assets["kind"].where(assets["kind"].isin(own), OTHERS))


def within(assets: pd.DataFrame) -> pd.DataFrame:
    """The assets that lie in a known district: one far away would make the map of all others small."""
    return assets[assets["district_name"].notna()].reset_index(drop=True)


def outside_words(assets: pd.DataFrame) -> str:
    """How many assets the map leaves out; '' where none."""
    left = int(assets["district_name"].isna().sum())
    if not left:
        return ""
    verb, stand = ("lies", "stands") if left == 1 else ("lie", "stand")
    return f"{counted(left, 'asset')} {verb} outside of the areas known here and {stand} in the list alone."


def with_assets(spec: dict[str, Any], assets: pd.DataFrame) -> dict[str, Any]:
    """The map with its assets as points upon it; `assets` have kinds as `with_kinds` gives them."""
    kinds = _kinds(assets)
    points = {
        "data": {"name": "assets"},
        "mark": {
            "type": "point",
            "filled": True,
            "size": 90,
            "opacity": 1,
            "stroke": "#ffffff",
            "strokeWidth": 1,
            "aria": False,
        },
        "encoding": {
            "longitude": {"field": "easting_m", "type": "quantitative"},
            "latitude": {"field": "northing_m", "type": "quantitative"},
            "shape": _by_kind(kinds, [*SHAPES][: len(kinds)]),
            "color": _by_kind(kinds, [*FILLS][: len(kinds)]),
            "tooltip": [
                {"field": "asset_name", "type": "nominal", "title": "Asset"},
                {"field": "kind", "type": "nominal", "title": "Kind"},
                {"field": "contact", "type": "nominal", "title": "Contact"},
            ],
        },
    }
    whole = {name: spec[name] for name in OF_THE_WHOLE if name in spec}
    ground = {name: one for name, one in spec.items() if name not in (*OF_THE_WHOLE, "datasets")}
    columns = ["asset_name", "kind", "shown_kind", "contact", "easting_m", "northing_m"]
    return {
        **whole,
        "datasets": {**spec["datasets"], "assets": assets[columns]},
        "layer": [ground, points],
    }


def _kinds(assets: pd.DataFrame) -> list[str]:
    kinds = sorted(set(assets["shown_kind"]) - {OTHERS})
    return [*kinds, OTHERS] if (assets["shown_kind"] == OTHERS).any() else kinds


def _by_kind(kinds: list[str], shown: list[str]) -> dict[str, Any]:
    return {
        "field": "shown_kind",
        "type": "nominal",
        "title": "Community assets",
        "scale": {"domain": kinds, "range": shown},
        "legend": {"orient": "bottom", "direction": "vertical", "columns": 2, "symbolSize": 110},
    }


def asset_table(assets: pd.DataFrame) -> pd.DataFrame:
    """The assets as a list: Name, Kind, Contact, District."""
    return pd.DataFrame(
        {
            "Name": assets["asset_name"],
            "Kind": assets["kind"],
            "Contact": assets["contact"],
            "District": assets["district_name"],
        }
    ).reset_index(drop=True)


def assets_alt(assets: pd.DataFrame) -> str:
    """The assets in words: how many of each kind."""
    counts = assets["kind"].value_counts(sort=False).sort_index()
    told = "; ".join(f"{kind}: {count:,}" for kind, count in counts.items())
    return f"Community assets upon it as points: {told}. They are in the list beside."
