"""The page Upload: files are dropped, looked at and checked; nothing is stored until a person accepts it."""

import streamlit as st

from vrin_ui import ask, on_record
from vrin_ui.upload import upload_card
from vrin_ui.upload.upload_desk import AT_LOOK, Desk
from vrin_ui.upload.upload_files import session_folder
from vrin_ui.upload.upload_look import groups
from vrin_ui.upload.upload_progress import draw_progress
from vrin_ui.wording import plain

DESK, INLET = "upload_desk", "upload_inlet"
TYPES = [
    "csv", "txt", "tsv", "gz", "zip", "xlsx", "xlsm", "xls", "xlsb", "ods", "xml", "parquet",
]  # fmt: skip
MOST_TOLD = 6
ARROW = ":material/arrow_forward:"


def state_now() -> tuple[str | None, int]:
    """The store's current build and the state of its records."""
    return ask.open_store().current_build(), ask.records_state()


def desk() -> Desk:
    """This session's desk on the store that is open."""
    store = ask.open_store().path
    found: Desk | None = st.session_state.get(DESK)
    if found is None or found.store != store or not found.folder.is_dir():
        found = Desk(store, session_folder(store), state_now)
        st.session_state[DESK] = found
    found.folder.touch()
    return found


def draw_inlet(own: Desk) -> None:
    """The place where files are dropped; it is empty again as soon as they are kept."""
    number = st.session_state.setdefault(INLET, 0)
    dropped = st.file_uploader(
        "Files of any partner: CSV, Excel, ODS, XML, Parquet, or zips of them",
        type=TYPES,
        accept_multiple_files=True,
        key=f"upload_files_{number}",
        help="Up to 200 MB a file. Larger ones are taken in from the command line or the watch folder; see below.",
    )
    if dropped:
        own.told = []
        for one in dropped:
            own.drop(one.name, one.getbuffer())
        st.session_state[INLET] = number + 1
        st.rerun()


def draw_told(own: Desk) -> None:
    """What became of the files that were decided on."""
    for one in own.told[-MOST_TOLD:]:
        getattr(st, one.kind)("  \n".join(plain(line) for line in one.words.splitlines()))
    if any(one.has_rejected for one in own.told):
        st.page_link(upload_card.page("rejected.py"), label="See the rejected rows", icon=ARROW)


def draw_files(own: Desk) -> None:
    """The files that are on the desk, each with what it is and what can be done."""
    own.look()
    if own.running is not None and own.running.place == AT_LOOK:
        draw_progress(own)
        return
    suppliers = on_record.suppliers()
    for file_ids in groups(own.seen, own.apart):
        upload_card.draw(own, file_ids, suppliers)


def draw_watch_help() -> None:
    """How to take files in without this page."""
    st.markdown(
        "Partners can drop files into a folder by SFTP, one folder a supplier and feed "
        "(`DROP/leicestershire-police/police-offences/`). VRIN takes each in once it is complete, and moves it to "
        "`accepted`, `refused` or `stopped` with a report beside it. Start it once and leave it running:"
    )
    st.code("python -m vrin_data watch DROP", language=None, wrap_lines=True)
    st.markdown("A file that is too large for this page (over 200 MB) goes in from the command line:")
    both = "python -m vrin_data ingest FEED FILE --dry-run\npython -m vrin_data ingest FEED FILE"
    st.code(both, language=None, wrap_lines=True)
