"""Feeds in plain words: when they are due, how they count, and their dictionary."""

import pytest

from vrin_data.contract.agreement_text import AgreementError, agreement_from
from vrin_data.contract.cadence import Cadence
from vrin_data.contract.feed_dictionary import feed_markdown, field_entries, matches, speaks_of
from vrin_data.contract.feed_words import basis_lines, counting_lines, due_words
from vrin_data.contract.feeds import Feed, feeds


@pytest.mark.parametrize(
    ("every", "due", "words"),
    [
        ("month", "days:30", "each month, within 30 days of the end of the month"),
        ("quarter", "end_of_next_period", "each three months, by the end of the next three months"),
        ("month", "day:10_of_next_month", "each month, by day 10 of the month after it"),
        ("academic_year", "none", "each academic year, with no day set"),
    ],
)
def test_a_cadence_in_words(every: str, due: str, words: str) -> None:
    assert due_words(Cadence(every=every, due=due)) == words  # type: ignore[arg-type]


@pytest.mark.parametrize("feed", feeds().values(), ids=feeds())
def test_every_feed_says_how_it_counts_and_on_what_basis(feed: Feed) -> None:
    lines = [*counting_lines(feed), *basis_lines(feed)]
    assert all(line and line[-1] in ".!" and line[0] != " " for line in lines), lines
    assert (
        "definitions of violence and harm weights apply" in lines[len(counting_lines(feed)) - 1]
    ) == feed.is_crime


def test_open_data_need_no_agreement_and_the_rest_does() -> None:
    assert "no agreement is needed" in basis_lines(feeds()["police-uk"])[1]
    assert "without a live one nothing is taken in" in basis_lines(feeds()["fire"])[1]


def test_a_withheld_count_is_named_with_what_it_stands_for() -> None:
    assert "'*' stands for a count from 1 to 7, which its publisher withholds." in counting_lines(
        feeds()["hospital-admissions"]
    )


@pytest.mark.parametrize("feed", feeds().values(), ids=feeds())
def test_every_column_of_a_feed_has_a_meaning(feed: Feed) -> None:
    entries = field_entries(feed)
    assert [one.name for one in entries if not one.meaning] == []
    assert {column.name.replace("_", " ") for column in feed.columns} <= {one.name for one in entries}


def test_a_coded_field_has_the_words_and_spellings_of_each_value() -> None:
    weapon = next(one for one in field_entries(feeds()["ed-assaults"]) if one.name == "weapon")
    sharp = next(one for one in weapon.codes if one[0] == "sharp")
    assert sharp[1] == "knife or other sharp instrument"
    assert "machete" in sharp[2]


def test_a_field_is_found_by_any_of_its_words_and_a_feed_by_its_own() -> None:
    feed = feeds()["ed-assaults"]
    assert [one.name for one in matches(feed, "MACHETE")] == ["weapon"]
    assert matches(feed, "machete zebra") == []
    assert speaks_of(feed, "istv standard")
    assert not speaks_of(feed, "zebra")


@pytest.mark.parametrize("feed", feeds().values(), ids=feeds())
def test_the_markdown_of_a_feed_is_whole(feed: Feed) -> None:
    text = feed_markdown(feed, ["Somebody sends it."])
    assert text.startswith(f"# {feed.name}\n")
    assert "- Somebody sends it." in text
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) >= len(feed.columns)
    # A cell with a bar of its own would break the row.
    assert {line.replace("\\|", "").count("|") for line in rows} == {4}


def test_faults_a_form_found_are_told_along_with_the_others() -> None:
    with pytest.raises(AgreementError) as caught:
        agreement_from({"name": "x"}, "The form", found=["start_day: 'x' is not a day", "by: is empty"])
    fields = [line.strip().partition(":")[0] for line in str(caught.value).splitlines()[1:]]
    assert fields[:2] == ["start_day", "by"]
    assert fields.count("start_day") == 1
    assert "agreement_id" in fields


def test_a_fault_of_the_form_alone_is_enough_to_refuse() -> None:
    whole = {
        "agreement_id": "a",
        "name": "A",
        "supplier_ids": ["leicestershire-police"],
        "feed_ids": ["fire"],
        "data_kind": "aggregate",
        "legal_power": "pcsc-16",
        "start_day": "2026-04-01",
    }
    assert agreement_from(whole, "The form").agreement_id == "a"
    with pytest.raises(AgreementError, match="1 error"):
        agreement_from(whole, "The form", found=["by: is empty"])
