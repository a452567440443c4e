"""The sample store: the simulated extracts that come with the project."""

from datetime import datetime
from pathlib import Path

from vrin_data.errors import VrinError
from vrin_data.intake.ingest import IngestResult, Progress, ingest
from vrin_data.store import Store

SAMPLE_FOLDER = Path(__file__).resolve().parents[2] / "sample_data"


def load_sample(store: Store, *, received_at: datetime, progress: Progress | None = None) -> IngestResult:
    """Take the simulated extracts into an empty store. Raises VrinError where they are not there."""
    files = sorted(SAMPLE_FOLDER.glob("*-simulated.csv.gz"))
    if not files:
        raise VrinError(
            f"The simulated extracts are not in {SAMPLE_FOLDER.name}/. Make them with `python -m sample_data.generate`."
        )
    return ingest(store, "police-offences", files, received_at=received_at, progress=progress)
