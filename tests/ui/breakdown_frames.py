"""Small answers about what harm is made of, as frames, written by hand."""

import pandas as pd

FIGURES = ("incident_count_low", "incident_count_high", "harm_days_low", "harm_days", "harm_days_high")
NONE = pd.NA


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its figures in the types that answers have."""
    for name in frame.columns:
        if "count" in name:
            frame[name] = frame[name].astype("Int64")
        elif name.startswith(("harm_days", "weight_low", "weight_central", "weight_high", "share")):
            frame[name] = frame[name].astype("Float64")
    return frame


def offence_rows(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Rows of (label, the five FIGURES, share, basis, weight low, central, high, reason)."""
    weights = ["weight_low", "weight_central", "weight_high"]
    columns = ["offence_label", *FIGURES, "share_of_harm", "basis", *weights, "weight_reason"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["class_name"] = "Violence against the person"
    return typed(frame)


MADE_OF = offence_rows(
    [
        ("Wounding (5D)", 4, 4, 5840, 5840, 5840, 0.9832, "exact", 1460, 1460, 1460, "one value"),
        ("Assault (8N)", 10, 10, 20, 100, 14600, 0.0168, "chosen", 2, 10, 1460, "ordinary line (VRIN default)"),
        ("Not mapped", 1, 1, NONE, NONE, NONE, NONE, "none", NONE, NONE, NONE, ""),
    ]
)  # fmt: skip


def sureness_rows(rows: dict[str, tuple[object, ...]]) -> pd.DataFrame:
    """The five parts of a total, each with its FIGURES; those not named have nothing."""
    words = {
        "exact": "surely in, with one weight",
        "several_weights": "surely in, several weights are possible",
        "may_be_in": "may be in: the extract does not say enough",
        "suppressed": "hidden by the supplier in small counts that were suppressed",
        "not_weighed": "counted, and not weighed by this edition",
    }
    nothing = dict.fromkeys(words, (0, 0, 0.0, 0.0, 0.0)) | {"not_weighed": (0, 0, NONE, NONE, NONE)}
    filled = {**nothing, **rows}
    frame = pd.DataFrame(
        [(part, words[part], *filled[part]) for part in words], columns=["sureness", "words", *FIGURES]
    )
    return typed(frame)


def change_rows(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Rows of (label, incidents before, now, harm low, central, high before, the same now)."""
    found = []
    for label, count_before, count_now, *harm in rows:
        before, now = harm[:3], harm[3:]
        one = {"offence_label": label}
        for end in ("low", "high"):
            one |= {f"incident_count_{end}_before": count_before, f"incident_count_{end}_now": count_now}
        for name, figures in (("before", before), ("now", now)):
            ends = zip(("_low", "", "_high"), figures, strict=True)
            one |= {f"harm_days{end}_{name}": value for end, value in ends}
        one["harm_days_change_low"] = now[0] - before[2]
        one["harm_days_change"] = now[1] - before[1]
        one["harm_days_change_high"] = now[2] - before[0]
        found.append(one)
    return typed(pd.DataFrame(found))
