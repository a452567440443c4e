"""A file's way in: recognise, read, map, check, place, submit."""

from vrin_data.intake.area_import import AreaImport, import_areas
from vrin_data.intake.ingest import IngestResult, ingest
from vrin_data.intake.result import SubmissionResult
from vrin_data.intake.sample import load_sample

__all__ = ["AreaImport", "IngestResult", "SubmissionResult", "import_areas", "ingest", "load_sample"]
