"""The code lists: what a coded column may hold, in VRIN's own words, with what each value means.

Every list has `not_recorded`, so that a blank is a value that can be counted and never a hole.
Raw values of a partner are mapped onto these by the feed's TOML; the mapping is one way and
the raw value is kept beside it where it says more.
"""

NOT_RECORDED = "not_recorded"

_YES_NO = {
    NOT_RECORDED: "the extract does not say",
    "no": "recorded as not so",
    "yes": "recorded as so",
}

CODE_LISTS: dict[str, dict[str, str]] = {
    "weapon": {
        NOT_RECORDED: "the extract does not say whether there was a weapon",
        "none": "recorded as without a weapon, or by bodily force alone",
        "sharp": "knife or other sharp instrument",
        "firearm": "firearm, imitation firearms included",
        "blunt": "blunt object",
        "corrosive": "acid or other corrosive substance",
        "other": "another weapon",
    },
    "weapon_use": {
        NOT_RECORDED: "the extract does not say how the weapon was used",
        "used": "used to injure",
        "threatened": "shown or threatened",
        "possessed": "carried only",
    },
    "domestic": _YES_NO,
    "hate": _YES_NO,
    "alcohol": _YES_NO,
    "gang": _YES_NO,
    "injury": {
        NOT_RECORDED: "the extract does not say",
        "none": "no injury",
        "minor": "injury that needs no treatment, or first aid",
        "serious": "injury that needs hospital treatment",
        "fatal": "death",
    },
    "location_type": {
        NOT_RECORDED: "the extract does not say",
        "dwelling": "a home, its garden or shared parts",
        "street": "street, path, car park or other open public place",
        "licensed": "pub, club or other licensed premises",
        "shop": "shop or other trade premises open to the public",
        "school": "school, college or university",
        "transport": "public transport and its stations",
        "park": "park, sports ground or other green space",
        "hospital": "hospital or other care premises",
        "custody": "prison, police or other custody",
        "workplace": "a workplace not open to the public",
        "other": "another place",
    },
    "status": {
        NOT_RECORDED: "the extract does not say; counted as live",
        "live": "stands as a recorded crime, open or closed",
        "cancelled": "cancelled, no crime after additional verifiable information",
        "transferred": "transferred to another force",
        "deleted": "taken back by its supplier; kept as a mark only, so that an older file cannot bring it back",
    },
    "reported_by": {
        NOT_RECORDED: "the extract does not say",
        "victim": "reported by the victim",
        "witness": "reported by a witness or another member of the public",
        "agency": "reported by a partner agency",
        "police": "found by police activity",
        "company": "found by a company's own security",
    },
    "recorded_lag": {
        NOT_RECORDED: "the extract's dates do not settle it",
        "same_year": "it ended in the calendar year in which it was recorded",
        "earlier_year": "it ended in an earlier calendar year, less than 12 months before it was recorded",
        "over_a_year": "it ended 12 months or more before it was recorded",
    },
    "sex": {
        NOT_RECORDED: "the extract does not say",
        "female": "female",
        "male": "male",
        "other": "recorded otherwise",
    },
    "role": {
        "victim": "the person harmed",
        "suspect": "the person suspected",
        "patient": "the person attending or admitted",
        "young_person": "the child or young person a case is about",
        "offender": "the person under supervision",
        "searched": "the person stopped and searched",
        "pupil": "the pupil excluded",
        "child": "the child assessed",
    },
    "mapping_status": {
        "exact": "one Home Office code and classification",
        "one_to_many": "several codes or classifications are possible",
        "unmapped": "no known offence; counted, listed, and without a weight",
        "not_crime": "not a recorded crime, such as anti-social behaviour",
    },
    "time_precision": {
        "minute": "to the minute",
        "hour": "to the hour",
        "day": "to the day",
        "month": "to the month",
        "quarter": "to the quarter",
        "year": "to the year",
        NOT_RECORDED: "no time given",
    },
    "place_precision": {
        "exact": "coordinates of the place itself",
        "snapped": "coordinates moved to a nearby anonymous point by the publisher",
        "postcode": "a whole postcode, placed at its own point",
        "lsoa": "a small area's code",
        "ward": "a ward's code",
        "outward": "the first half of a postcode, which lies in one district or force but for strays",
        "district": "a district's code",
        "place_name": "no code and no point: the name of a district, partnership or force",
        "unknown_code": "an area code that no imported area has: the supplier's own area only",
        "force": "no place given: the supplier's own area only",
        "outside": "a place outside the supplier's own area",
        NOT_RECORDED: "neither a place nor a supplier with an area",
    },
    "submission_status": {
        "accepted": "in the build",
        "superseded": "replaced by a later submission of the same supplier, feed and period",
        "purged": "its rows were removed when the time for keeping them was past",
    },
    "mode": {
        "replace_period": "replaces all earlier rows of its supplier, feed and period",
        "net_change": "changes single records by their key",
        "snapshot": "replaces everything of its supplier and feed",
    },
    "grain": {
        "offence": "one row a recorded offence",
        "outcome": "one row an outcome of an offence",
        "attendance": "one row a hospital attendance",
        "admission": "one row a hospital admission",
        "call": "one row a call or response",
        "case": "one row a case or episode",
        "need": "one row a need or factor assessed",
        "search": "one row a stop and search",
        "incident": "one row an incident attended",
        "aggregate": "one row a count",
    },
    "check_level": {
        "note": "said, and nothing else",
        "partial": "the period did not come whole: its figures are left out of totals",
        "warn": "the rows are taken and the finding is shown",
        "reject": "the row is kept aside with its reason",
        "stop": "nothing is taken until a named person accepts it with a reason",
    },
    "feed_state": {
        "not_due": "nothing is expected",
        "due": "expected, and not overdue yet",
        "received": "came in whole and in time",
        "nil": "the supplier says that there was nothing to report",
        "late": "came in after its due day",
        "overdue": "did not come, and its due day is past",
        "partial": "came in, but not whole",
        "stopped": "came in and waits for a person to accept it",
        "withheld": "the supplier has said that it will not send it",
        "held_by_partner": "another partner holds it and this hub does not",
    },
    "level": {
        "region": "region",
        "force": "police force area",
        "csp": "community safety partnership",
        "district": "local authority district or unitary authority",
        "ward": "electoral ward",
        "msoa": "middle-layer super output area",
        "lsoa": "lower-layer super output area",
        "part": "the part of a small area that lies in one ward or one area of the partnership's own",
        "own-...": "an area of a partnership's own layer, such as beats: the layer's id stands after the dash",
    },
    "layer_basis": {
        "boundaries": "boundaries of its own: points are placed in them",
        "areas": "lists of official areas, of which each of its areas is made",
        "best_fit": "no boundaries are known: each small area counts whole in the one it fits best",
    },
    "relation": {
        "within": "the whole child lies in the parent",
        "best_fit": "the parent is the one that the publisher, or the largest share of its area, assigns the child to",
        "part": "only part of the child lies in the parent",
        "same": "the same area under another vintage, or one wholly merged into it",
        "split": "one of several areas that the child was split into",
    },
}

LEVELS = ("region", "force", "csp", "district", "ward", "msoa", "lsoa")
"""Levels of official areas from coarse to fine."""

PART = "part"
OWN = "own-"
"""How the level of a partnership's own layer of areas begins; the layer's id follows."""

LAYER_LEVELS = ("ward",)
"""Official levels that small areas need not nest in, so that points are placed in their boundaries as well."""


def is_level(level: str) -> bool:
    """Whether a text can be a level of areas to show: an official one, or a layer of a partnership's own."""
    return level in LEVELS or (level.startswith(OWN) and len(level) > len(OWN))


def is_layer(level: str) -> bool:
    """Whether a level lies across the small areas: wards, and a partnership's own areas."""
    return level in LAYER_LEVELS or level.startswith(OWN)
