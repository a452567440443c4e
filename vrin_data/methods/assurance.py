"""Assurance: whether a process, left as it is, meets a target always, never or at times."""

import math

PASS, FAIL, INCONSISTENT, NONE = "pass", "fail", "inconsistent", "none"


def assurance(lower: float, upper: float, target: float | None, improvement: str) -> str:
    """PASS, FAIL or INCONSISTENT by where the target lies to the limits of the last segment.

    NONE without a target, without limits, and where neither direction is better. Source: NHS England, Making Data
    Count, as NHSRplotthedots has it.
    """
    if target is None or math.isnan(lower) or math.isnan(upper) or improvement == "neutral":
        return NONE
    if target > upper:
        return PASS if improvement == "down" else FAIL
    if target < lower:
        return FAIL if improvement == "down" else PASS
    return INCONSISTENT
