"""A store of its own for every test, and a desk where small extracts are handed in."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import agree_to_everything, made_once
from vrin_data.intake import Batch, IngestResult, ingest, ingest_batches
from vrin_data.store import Store

RECEIVED_AT = datetime(2024, 6, 30, 12)
COLUMNS = (
    "Crime reference",
    "Force",
    "HO code",
    "Recorded date",
    "Easting",
    "Northing",
    "Weapon",
    "Victim age",
)
CELLS = ("A1", "Derbyshire Constabulary", "8N", "02/02/2024", "435000", "336000", "knife", "34")
OPEN_COLUMNS = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)


@pytest.fixture
def store(tmp_path: Path, store_with_areas: Path) -> Iterator[Store]:
    """A store that holds the areas and nothing else."""
    opened = Store.open(shutil.copytree(store_with_areas, tmp_path / "store"))
    yield opened
    opened.close()


@dataclass
class Desk:
    """A store with the areas and one incident of January 2024, and the folder files are written to."""

    folder: Path
    store: Store

    header = ",".join(COLUMNS)
    open_header = OPEN_COLUMNS
    received_at = RECEIVED_AT

    @staticmethod
    def row(key: str = "A1", **changes: str) -> str:
        """A good line of the police-offences feed; changes by the heading in small letters with underscores."""
        cells = dict(zip((name.lower().replace(" ", "_") for name in COLUMNS), CELLS, strict=True))
        unknown = set(changes) - set(cells)
        assert not unknown, unknown
        return ",".join({**cells, "crime_reference": key, **changes}.values())

    @staticmethod
    def open_row(key: str = "a1", **changes: str) -> str:
        """A good line of the police-uk feed."""
        cells = {
            "key": key,
            "month": "2024-02",
            "by": "Derbyshire Constabulary",
            "within": "Derbyshire Constabulary",
            "longitude": "-1.47",
            "latitude": "52.92",
            "location": "On or near Test Street",
            "lsoa": "",
            "lsoa_name": "",
            "type": "Burglary",
            "outcome": "",
            "context": "",
        }
        return ",".join({**cells, **changes}.values())

    def text(self, *rows: str, header: str | None = None, end: str = "\n") -> str:
        """A whole extract of these lines."""
        return end.join((header or self.header, *rows)) + end

    def write(self, name: str, content: str | bytes) -> Path:
        """A file of the test's folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def send(
        self, content: str | bytes, *, name: str = "extract.csv", feed: str = "police-offences"
    ) -> IngestResult:
        """Hand one file in."""
        return self.send_paths(self.write(name, content), feed=feed)

    def send_paths(self, *paths: Path, feed: str = "police-offences") -> IngestResult:
        """Hand files in with one call."""
        return ingest(self.store, feed, paths, received_at=RECEIVED_AT)

    def hand_in(self, content: str | bytes, *, name: str = "extract.csv", **said: Any) -> IngestResult:
        """Hand one file in with what else a call can say of it, such as supplier or period."""
        path = self.write(name, content)
        feed = said.pop("feed", "police-offences")
        return ingest_batches(self.store, [Batch(feed, (path,), **said)], received_at=RECEIVED_AT)

    def refusal(
        self, content: str | bytes, *, name: str = "extract.csv", feed: str = "police-offences"
    ) -> str:
        """The reason for which a file is refused; the store must stand as it stood."""
        result = self.send(content, name=name, feed=feed)
        assert [one.status for one in result.submissions] == ["refused"]
        assert (result.is_refused, result.build_id) == (True, None)
        self.assert_untouched()
        return result.submissions[0].reason

    def assert_untouched(self) -> None:
        """The first build is the only one, is current, and holds its one incident."""
        again = Store.open(self.store.path)
        assert (again.build_ids(), again.current_build()) == (["000001"], "000001")
        assert again.query("test", "select record_key from incident")["record_key"].tolist() == ["BASE"]
        again.close()
        assert not (self.store.path / "work").exists()

    def kept(self) -> list[tuple[int, str]]:
        """Line and key of every incident but the first build's, by line."""
        return self.rows(
            "select source_line, record_key from incident where record_key is distinct from 'BASE' order by all"
        )

    def rejected(self) -> list[tuple[int, str | None, str | None, str]]:
        """Line, heading, value and rule of every rejected row, by line; each has its file and its reason."""
        assert not self.rows(
            "select 1 from rejected_row where file_name = '' or reason = '' or line_number < 2"
        )
        return self.rows("select line_number, column_name, raw_value, rule from rejected_row order by all")

    def rows(self, sql: str) -> list[Any]:
        """The answer of a question as tuples, blanks as None."""
        frame = self.store.query("test", sql)
        plain = frame.astype(object).where(frame.notna(), None)
        return [tuple(row) for row in plain.itertuples(index=False)]


def zip_of(members: dict[str, str | bytes]) -> bytes:
    """The bytes of a compressed zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def zipped() -> Any:
    """The function that makes a zip's bytes."""
    return zip_of


@pytest.fixture(scope="session")
def base_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with areas and one incident, made once; tests work on copies."""

    def make(folder: Path) -> None:
        desk = Desk(folder, Store.open(folder / "store"))
        agree_to_everything(desk.store)
        result = desk.send(desk.text(desk.row("BASE", recorded_date="05/01/2024")), name="base.csv")
        desk.store.close()
        assert result.build_id == "000001"

    return made_once(tmp_path_factory, "base", make) / "store"


@pytest.fixture
def desk(base_store: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk with a copy of the base store."""
    shutil.copytree(base_store, tmp_path / "store")
    store = Store.open(tmp_path / "store")
    yield Desk(tmp_path / "sent", store)
    store.close()


@pytest.fixture
def new_desk(base_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Makes a fresh desk for each example of a law."""

    def make() -> Desk:
        folder = tmp_path_factory.mktemp("desk")
        shutil.copytree(base_store, folder / "store")
        return Desk(folder / "sent", Store.open(folder / "store"))

    return make
