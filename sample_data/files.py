"""Ways to write the sample's files so that equal content gives equal bytes: no names, no times in them."""

import gzip
import io
import zipfile
from collections.abc import Mapping

import pandas

NO_TIME = (1980, 1, 1, 0, 0, 0)


def as_csv(table: pandas.DataFrame, *, encoding: str = "utf-8", line_end: str = "\n") -> bytes:
    """The table as CSV with a header line."""
    return table.to_csv(index=False, lineterminator=line_end).encode(encoding)


def gzipped(content: bytes) -> bytes:
    """The content as a gzip file."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as file:
        file.write(content)
    return buffer.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of the members in the order given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, NO_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # else it is the system that the generator ran on
            archive.writestr(member, content)
    return buffer.getvalue()


def unpacked(content: bytes) -> bytes:
    """What is in a file of the sample, without its packing: two builds of zlib pack alike content unlike."""
    if content.startswith(b"\x1f\x8b"):
        return gzip.decompress(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"".join(f"{name}\n".encode() + archive.read(name) for name in archive.namelist())
    return content
