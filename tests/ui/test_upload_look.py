"""What the first look says, and how files go together."""

from typing import Any

from vrin_ui.upload.upload_look import (
    Match,
    Seen,
    feed_choice,
    fits,
    groups,
    is_sure,
    match_words,
    seen_of,
    supplier_words,
)

POLICE, STREET, STOPS = "police-offences", "police-uk", "police-uk-stops"


def look(*files: dict[str, Any], refusal: str = "") -> dict[str, Any]:
    return {"path": "x", "file_count": len(files), "files": files, "refusal": refusal}


def file(
    feed: str = POLICE, score: float = 0.95, *, suppliers: tuple[str, ...] = ("a",), **more: Any
) -> dict[str, Any]:
    fit = {"feed_id": feed, "score": score, "words": "Police: 9 of 9 headings are known"}
    usual = {
        "name": "x.csv",
        "fits": [fit] if feed else [],
        "likely": [],
        "variant_of": "",
        "senders": {"supplier_ids": suppliers, "told_by": "its column force", "strangers": []},
        "refusal": "",
    }
    return usual | more


def test_one_file():
    seen = seen_of(look(file()))
    assert (seen.feed_ids, seen.suppliers, seen.told_by) == ((POLICE,), ("a",), "its column force")
    assert (seen.is_untold, seen.refusal) == (False, "")
    assert match_words([seen], POLICE) == "Sure: 9 of 9 headings are known."
    assert match_words([seen], STREET) == ""


def test_an_archive_of_several_feeds_is_taken_file_by_file():
    seen = seen_of(look(file(STREET), file(STOPS), file("", refusal="empty")))
    assert seen.feed_ids == (STREET, STOPS)
    assert feed_choice([seen]) == "auto"
    assert fits([seen], "auto")
    assert match_words([seen], "auto") == "Each file was recognised by its headings."
    assert seen.refusal == "empty"


def test_what_cannot_be_read_says_why_once():
    assert seen_of(look(refusal="broken")).refusal == "broken"
    assert seen_of(look(file("", refusal="empty"), file("", refusal="empty"))).refusal == "empty"


def test_a_file_that_names_nobody_is_untold():
    nobody = {"supplier_ids": [], "told_by": "", "strangers": []}
    assert seen_of(look(file(senders=nobody))).is_untold
    stranger = {"supplier_ids": [], "told_by": "its column force", "strangers": ["Ruritania"]}
    seen = seen_of(look(file(senders=stranger)))
    assert (seen.is_untold, seen.strangers) == (False, ("Ruritania",))


def test_files_go_together_where_feed_and_sender_are_clear():
    clear, other = seen_of(look(file())), seen_of(look(file(STREET)))
    untold = seen_of(look(file(senders={"supplier_ids": [], "told_by": "", "strangers": []})))
    own_way = seen_of(look(file(variant_of="a")))
    seen = {"1": clear, "2": untold, "3": other, "4": clear, "5": own_way}
    assert groups(seen) == [("1", "4"), ("2",), ("3",), ("5",)]
    assert groups(seen, {"1", "4"}) == [("1",), ("2",), ("3",), ("4",), ("5",)]
    assert groups({}) == []


def test_the_likeliest_feed_is_chosen_where_none_fits_surely():
    fit, likely = Match(STREET, 0.55, ""), Match(POLICE, 0.9, "")
    assert feed_choice([Seen(fits=(fit,), likely=(likely,))]) == POLICE
    assert feed_choice([Seen(fits=(Match(STREET, 0.95, ""),), likely=(likely,))]) == STREET
    assert feed_choice([Seen(likely=(likely,))]) == POLICE
    assert feed_choice([Seen()]) == ""
    assert not fits([Seen(likely=(likely,))], POLICE)


def test_a_fit_is_sure_only_with_nearly_all_headings():
    assert is_sure(Seen(fits=(Match(POLICE, 0.95, ""),)), POLICE)
    assert not is_sure(Seen(fits=(Match(POLICE, 0.7, ""),)), POLICE)


def test_suppliers_in_words():
    names = {"a": "A Police", "b": "B Police", "c": "C", "d": "D"}
    assert supplier_words([Seen(suppliers=("a",)), Seen(suppliers=("a", "b"))], names) == "A Police, B Police"
    assert supplier_words([Seen(suppliers=("a", "b", "c", "d"))], names) == "A Police, B Police, C and 1 more"
    assert supplier_words([Seen()], names) == ""
