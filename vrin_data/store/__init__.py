"""The only door to DuckDB: builds, connections and `query()`."""

from vrin_data.store.builds import BuildInfo, Store
from vrin_data.store.publish import Draft, NothingToPublish, publish_build
from vrin_data.store.rewrite import rewrite_builds

__all__ = ["BuildInfo", "Draft", "NothingToPublish", "Store", "publish_build", "rewrite_builds"]
