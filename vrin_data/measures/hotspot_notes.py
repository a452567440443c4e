"""What must be said beside spots: what was tested and how, what was left out, and what a spot does not say."""

from vrin_data.measures.hotspot_request import HotspotRequest
from vrin_data.measures.place_figures import PlaceFigures, gap_notes
from vrin_data.measures.spot_tests import LEAST_MONTHS, Judged

TESTED_OF = {
    "count": "smoothed incidents per 1,000 residents",
    "harm": "the logarithm of smoothed harm per 1,000 residents",
    "harm_without_homicide": "the logarithm of smoothed harm per 1,000 residents, homicide left out",
}
SUMMED_OF = {
    "count": "incidents",
    "harm": "harm",
    "harm_without_homicide": "harm, homicide left out",
}
VISITORS = (
    "rates use residents, so a town centre or a hospital can be a spot because so many people are there who do not "
    "live there"
)


def hotspot_notes(request: HotspotRequest, places: PlaceFigures, judged: Judged) -> tuple[str, ...]:
    """Notes for the stamp of spots."""
    forces = places.areas.loc[judged.is_tested, "in_force"].nunique()
    homeless = int((~judged.is_tested & ~places.is_gap).sum())
    return (
        _method(request, judged),
        *gap_notes(places),
        *((f"{homeless:,} areas whose residents are not known have no rate to test",) if homeless else ()),
        *(
            (
                f"areas of {forces} police forces are compared with each other, and forces differ in what they record: "
                "choose one force to see what stands out in it",
            )
            if forces > 1
            else ()
        ),
        *((VISITORS,) if request.rule == "gi_star" else ()),
        "areas beyond the selection are no neighbours: at its edge an area is judged with fewer around it",
        *(
            (
                f"of {request.years} years looked back on, each is judged alone where {LEAST_MONTHS} of its 12 months "
                "or more came whole; they end with the period and may begin before it",
            )
            if request.years
            else ()
        ),
    )


def _method(request: HotspotRequest, judged: Judged) -> str:
    tested, spots = int(judged.is_tested.sum()), int(judged.is_spot.sum())
    if request.rule == "two_sd":
        return (
            f"{spots:,} of {tested:,} areas stand out: their {SUMMED_OF[request.kind]} lie more than two standard "
            "deviations above the mean of all (Weinborn and others 2017), a rule of thumb that chance alone passes too"
        )
    return (
        f"{spots:,} of {tested:,} areas stand out: Getis-Ord Gi* of {TESTED_OF[request.kind]}, each area with "
        "those that touch it, against as many areas picked at random; false discovery rate 5% over all areas "
        "tested (Benjamini and Hochberg), exact p-values instead of the normal curve"
    )
