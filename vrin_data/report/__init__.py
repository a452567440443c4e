"""Figures on paper: tables, CSV, JSON and maps of what the protector has let out, stamp included."""

from vrin_data.report.export import as_csv, as_json, as_table
from vrin_data.report.listing import as_listing
from vrin_data.report.map_file import map_file
from vrin_data.report.map_image import MapPicture, map_image
from vrin_data.report.rejected import as_corrections, as_rejected_table

__all__ = [
    "MapPicture",
    "as_corrections",
    "as_csv",
    "as_json",
    "as_listing",
    "as_rejected_table",
    "as_table",
    "map_file",
    "map_image",
]
