"""A file's way in: recognise, read, map, check, place, submit."""

from vrin_data.intake.accepting import accept_held, discard_held
from vrin_data.intake.area_import import AreaImport, import_areas
from vrin_data.intake.assets import AssetImport, AssetTerms, asset_sources, import_assets, remove_assets
from vrin_data.intake.batch import Batch
from vrin_data.intake.confirming import confirm_whole, doubt_again
from vrin_data.intake.corrections import Corrected, correct
from vrin_data.intake.indicators import (
    IndicatorImport,
    IndicatorTerms,
    import_indicator,
    remove_indicator,
)
from vrin_data.intake.ingest import IngestResult, ingest, ingest_batches
from vrin_data.intake.nil import nil_file
from vrin_data.intake.own_areas import (
    OwnLayerDone,
    apply_own_layers,
    bring_back_own_layer,
    check_own_layer,
    known_areas,
    publish_own_layer,
    read_own_layer,
    take_back_own_layer,
)
from vrin_data.intake.purge import Purged, purge
from vrin_data.intake.result import SubmissionResult
from vrin_data.intake.sample import load_sample
from vrin_data.intake.terms import Acceptance

__all__ = [
    "Acceptance",
    "AreaImport",
    "AssetImport",
    "AssetTerms",
    "Batch",
    "Corrected",
    "IndicatorImport",
    "IndicatorTerms",
    "IngestResult",
    "OwnLayerDone",
    "Purged",
    "SubmissionResult",
    "accept_held",
    "apply_own_layers",
    "asset_sources",
    "bring_back_own_layer",
    "check_own_layer",
    "confirm_whole",
    "correct",
    "discard_held",
    "doubt_again",
    "import_areas",
    "import_assets",
    "import_indicator",
    "ingest",
    "ingest_batches",
    "known_areas",
    "load_sample",
    "nil_file",
    "publish_own_layer",
    "purge",
    "read_own_layer",
    "remove_assets",
    "remove_indicator",
    "take_back_own_layer",
]
