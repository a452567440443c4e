"""`look FILE...`: which feed files are of, who sent them and how their rows would be read; nothing is taken in."""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from vrin_data.cli.options import SubCommands, add_command, add_format, now
from vrin_data.cli.progress import for_programs, obey, progress, progress_lines
from vrin_data.contract.feeds import Feed, feed
from vrin_data.contract.suppliers import Supplier
from vrin_data.contract.variant_text import read_variant
from vrin_data.contract.variants import Variant
from vrin_data.errors import RefusedInput
from vrin_data.intake.batch import named_supplier, recorded_variants
from vrin_data.intake.look import CloseLook, FileLook, fitting_variant, look_at_file, look_closely
from vrin_data.intake.reading.unpack import SourceFile
from vrin_data.intake.suggesting.preview import looking_at
from vrin_data.records import all_suppliers
from vrin_data.store import Store

DONE, REFUSED = 0, 1
MOST_LOOKED_AT = 40


@dataclass(frozen=True)
class PathLook:
    """What was seen under one path; of an archive of many files only some are looked at."""

    path: str
    file_count: int
    files: tuple[FileLook, ...]
    refusal: str = ""


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands, "look", "Say which feed files are of and who sent them; nothing is taken in."
    )
    command.add_argument("paths", metavar="PATH", nargs="+", type=Path)
    command.add_argument(
        "--feed", metavar="FEED", help="how one file would be read as one of this feed (JSON)"
    )
    command.add_argument("--supplier", metavar="ID", help="with --feed: who sent it")
    command.add_argument("--variant", type=Path, metavar="FILE.toml", help="with --feed: the mapping to try")
    command.add_argument("--propose", action="store_true", help="with --feed: propose a mapping and try that")
    command.add_argument("--codes", action="store_true", help="with --feed: every value that is not known")
    for_programs(command)
    add_format(command)


def run(options: argparse.Namespace, store: Store) -> int:
    """Look at the files and say what they are."""
    obey(options)
    register, variants = all_suppliers(store.path), recorded_variants(store)
    if options.feed:
        print(json.dumps(_closely(options, store, register, variants), ensure_ascii=False))
        return DONE
    shown = progress_lines if options.progress_lines else progress
    looks = []
    with shown("Looking at") as told:
        for number, path in enumerate(options.paths):
            told.file(path.name, number, len(options.paths))
            looks.append(_look(path, register, variants))
    if options.format == "json":
        print(json.dumps([asdict(one) for one in looks], ensure_ascii=False))
    else:
        print("\n".join(line for one in looks for line in _lines(one)))
    return DONE


def _look(path: Path, register: Mapping[str, Supplier], variants: Sequence[Variant]) -> PathLook:
    try:
        with looking_at(path) as (connection, files):
            found = tuple(look_at_file(connection, one, register, variants) for one in _some(files))
            return PathLook(path.name, len(files), found)
    except RefusedInput as error:
        return PathLook(path.name, 0, (), str(error))


def _some(files: Sequence[SourceFile]) -> Sequence[SourceFile]:
    """All of a few files; of many a scattered choice, which is the same every time."""
    if len(files) <= MOST_LOOKED_AT:
        return files
    chosen = sorted(Random(0).sample(range(len(files)), MOST_LOOKED_AT))
    return [files[number] for number in chosen]


def _closely(
    options: argparse.Namespace, store: Store, register: Mapping[str, Supplier], variants: Sequence[Variant]
) -> dict[str, object]:
    wanted, sender = feed(options.feed), named_supplier(store, options.supplier)
    with looking_at(options.paths[0]) as (connection, files):
        source = files[0]
        own = fitting_variant(connection, source, wanted, variants, sender.supplier_id if sender else "")
        tried = _tried(options, wanted, own)
        look = look_closely(
            connection,
            source,
            wanted,
            tried,
            received_at=now(),
            sender=sender,
            register=register,
            with_codes=options.codes or options.propose,
        )
    return _as_object(look, own)


def _tried(options: argparse.Namespace, wanted: Feed, own: Variant | None) -> Variant | None:
    """The variant that is given; else the one on record or none at all, unless a proposal is asked for."""
    if options.variant:
        return read_variant(options.variant.read_text(encoding="utf-8"), options.variant.name)
    return None if options.propose else own or Variant(feed=wanted.id)


def _as_object(look: CloseLook, own: Variant | None) -> dict[str, object]:
    """The look for a program; the values that are known already are only counted."""
    proposed = look.suggestion.proposals if look.suggestion else ()
    fresh = [asdict(one) for one in look.codes if not one.is_known]
    return {
        "headings": [{**asdict(one), "how_sure": one.how_sure} for one in proposed],
        "missing": look.suggestion.missing if look.suggestion else (),
        "remarks": look.suggestion.remarks if look.suggestion else (),
        "codes": fresh,
        "known_codes": len(look.codes) - len(fresh),
        "variant": look.variant.model_dump(),
        "own_variant": own.model_dump() if own else None,
        "preview": asdict(look.shown),
    }


def _lines(one: PathLook) -> list[str]:
    if one.refusal:
        return [f"{one.path}: {one.refusal}"]
    lines = [f"{one.path}: {one.file_count:,} file(s)"]
    for file in one.files:
        told = [
            f"  {found.score:.2f}  {found.feed_id}: {found.words}" for found in (*file.fits, *file.likely[:3])
        ]
        who = ", ".join(file.senders.supplier_ids) or "not told"
        lines += [f"{file.name}: {file.refusal or f'from {who}'}", *told]
    return lines
