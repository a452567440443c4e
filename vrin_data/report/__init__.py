"""Figures on paper: tables, CSV and JSON of what the protector has let out, stamp included."""

from vrin_data.report.export import as_csv, as_json, as_table

__all__ = ["as_csv", "as_json", "as_table"]
