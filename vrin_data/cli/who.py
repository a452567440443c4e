"""`who`: when incidents happen, who is in them, where and how, with what is not recorded and the stamp."""

import argparse

from vrin_data import measures
from vrin_data.cli.options import SubCommands, add_command
from vrin_data.cli.presenting import presented, shown, write
from vrin_data.cli.selecting import add_terms, selection_of
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.measures import KindsRequest, MomentsRequest, PeopleRequest, Selection
from vrin_data.measures.answer import Answer
from vrin_data.store import Store

TIMES = ("hour", "weekday", "hour-weekday")
PERSONS = ("age", "sex", "age-sex", "ethnicity")
KINDS = {
    "place": "location_type",
    "weapon": "weapon",
    "weapon-use": "weapon_use",
    "injury": "injury",
}
FIGURES = {
    "incident_count_low": "incidents",
    "incident_count_high": "at most",
    "harm_days_low": "harm low",
    "harm_days": "harm",
    "harm_days_high": "harm high",
}
COUNTS = {"incident_count_low": "incidents", "incident_count_high": "at most"}
PERSON_FIGURES = {"person_count_low": "persons", "person_count_high": "at most", "share": "share"}
HEADINGS = {
    "hour": {"hour": "hour", **FIGURES, "share_of_incidents": "share"},
    "weekday": {"weekday_name": "day", **FIGURES, "share_of_incidents": "share"},
    "hour-weekday": {"weekday_name": "day", "hour": "hour", **FIGURES},
    "age": {"age_group": "age", **PERSON_FIGURES},
    "sex": {"sex": "sex", **PERSON_FIGURES},
    "age-sex": {"age_group": "age", "sex": "sex", **PERSON_FIGURES},
    "ethnicity": {"ethnicity_scheme": "scheme", "ethnicity": "ethnicity", **PERSON_FIGURES},
    **{
        name: {"code": name, **FIGURES, "share": "share", "share_low": "at least", "share_high": "at most"}
        for name in KINDS
    },
}
BASIS = {
    "times": {"words": "what is told of the time", "is_counted": "counted", **COUNTS},
    "persons": {
        "role": "role",
        "person_count_low": "persons",
        "person_count_high": "at most",
        "incident_count_low": "in incidents",
        "without_count_low": "incidents without one",
    },
}
BY_MONTH = {"month": "month", "state": "came", "code": "code", **COUNTS, "share": "share"}


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands, "who", "When incidents happen, who is in them, where and how, with what is not recorded."
    )
    command.add_argument("--definition", metavar="ID", default="violence-with-injury")
    command.add_argument("--by", choices=tuple(HEADINGS), default="hour")
    command.add_argument(
        "--show",
        choices=("figures", "basis", "months"),
        default="figures",
        help="basis: what is told of times, or who is on record; months: places, weapons and injury month by month",
    )
    command.add_argument(
        "--spanning",
        choices=measures.SPANNING,
        default="spread",
        help="events that span more than an hour are spread over the hours between (default), or left out",
    )
    command.add_argument(
        "--longest", type=int, default=24, metavar="HOURS", help="the most hours that are spread over (24)"
    )
    command.add_argument(
        "--role",
        choices=tuple(CODE_LISTS["role"]),
        help="whose age, sex or ethnicity (default: the commonest)",
    )
    add_terms(command)


def run(options: argparse.Namespace, store: Store) -> int:
    """Print the figures, or what they stand on."""
    selection = selection_of(options, store, definition=options.definition, level="force", by=())
    if options.by in TIMES:
        answer, headings = _times(options, store, selection)
    elif options.by in PERSONS:
        answer, headings = _persons(options, store, selection)
    else:
        answer, headings = _kinds(options, store, selection)
    return write(shown(presented(answer), headings, options))


def _times(options: argparse.Namespace, store: Store, selection: Selection) -> tuple[Answer, dict[str, str]]:
    request = MomentsRequest(
        selection, by=options.by, spanning=options.spanning, longest_hours=options.longest
    )
    if options.show == "basis":
        return measures.moments_basis(store, request), BASIS["times"]
    return measures.moments(store, request), HEADINGS[options.by]


def _persons(
    options: argparse.Namespace, store: Store, selection: Selection
) -> tuple[Answer, dict[str, str]]:
    request = PeopleRequest(selection, by=options.by, role=options.role)
    if options.show == "basis":
        return measures.people_basis(store, request), BASIS["persons"]
    return measures.people(store, request), HEADINGS[options.by]


def _kinds(options: argparse.Namespace, store: Store, selection: Selection) -> tuple[Answer, dict[str, str]]:
    request = KindsRequest(selection, of=KINDS[options.by])
    if options.show == "months":
        return measures.kinds_by_month(store, request), BY_MONTH
    return measures.kinds(store, request), HEADINGS[options.by]
