"""`ingest FEED FILE --suggest`: how a file nobody prepared may be read, shown, and saved as a variant."""

import argparse
import sys
from pathlib import Path

from vrin_data.cli.options import now
from vrin_data.cli.suggest_words import account, proposal_toml
from vrin_data.contract.feeds import Feed, feed
from vrin_data.contract.suppliers import Supplier
from vrin_data.contract.variant_text import read_variant
from vrin_data.contract.variants import Variant
from vrin_data.errors import RefusedInput, UsageError
from vrin_data.intake.batch import named_supplier
from vrin_data.intake.reading.unpack import SourceFile
from vrin_data.intake.suggesting.preview import Preview, looking_at, preview
from vrin_data.intake.suggesting.suggest import Suggestion, suggest, variant_of
from vrin_data.records import all_suppliers, save_variant
from vrin_data.store import Store

DONE, REFUSED = 0, 1


def add_suggest_options(command: argparse.ArgumentParser) -> None:
    """Let `ingest` propose a mapping, save it, write it out, and take one that a person has edited."""
    command.add_argument(
        "--suggest", action="store_true", help="propose how to read one file with unfamiliar headings"
    )
    command.add_argument(
        "--variant",
        type=Path,
        metavar="FILE.toml",
        help="read the file by this mapping of headings and codes",
    )
    command.add_argument(
        "--save", action="store_true", help="with --suggest: keep it as the supplier's variant"
    )
    command.add_argument("--by", metavar="NAME", help="with --save: who confirms it")
    command.add_argument("--yes", action="store_true", help="with --save: do not ask")
    command.add_argument(
        "--out", type=Path, metavar="FILE.toml", help="with --suggest: write it to be edited"
    )


def run(options: argparse.Namespace, store: Store) -> int:
    """Show how a file would be read by a proposal or by the variant given; save it where that is asked."""
    path, wanted = _path(options), feed(options.feed)
    sender = named_supplier(store, options.supplier)
    with looking_at(path) as (connection, files):
        source = _only(path, files)
        proposed = suggest(connection, source, wanted)
        variant = _variant(options, proposed, wanted, sender)
        shown = preview(
            connection,
            source,
            wanted,
            variant,
            received_at=now(),
            sender=sender,
            register=all_suppliers(store.path),
        )
    toml = proposal_toml(proposed, variant)
    print(account(proposed, wanted, variant, shown=shown, toml=toml))
    if options.out:
        _write_out(options.out, toml)
    if options.save:
        return _save(options, store, variant, shown, toml)
    return DONE


def _path(options: argparse.Namespace) -> Path:
    if len(options.paths) != 1:
        raise UsageError("--suggest looks at one file: name exactly one.")
    if options.save and not (options.supplier and options.by):
        raise UsageError("--save keeps a supplier's variant under a person's name: give --supplier and --by.")
    path: Path = options.paths[0]
    return path


def _only(path: Path, files: tuple[SourceFile, ...]) -> SourceFile:
    if len(files) != 1:
        raise UsageError(f"{path.name} holds {len(files)} files; --suggest looks at one. Name one of them.")
    return files[0]


def _variant(
    options: argparse.Namespace, proposed: Suggestion, wanted: Feed, sender: Supplier | None
) -> Variant:
    """The variant that a person gives, or the one proposed; either under the supplier's id."""
    supplier = sender.supplier_id if sender else ""
    if options.variant is None:
        return variant_of(proposed, wanted, supplier=supplier)
    given = read_variant(_text_of(options.variant), options.variant.name)
    return given.model_copy(update={"supplier": supplier or given.supplier})


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedInput(f"{path}: cannot be read as text in UTF-8 ({type(error).__name__}).") from error


def _write_out(path: Path, toml: str) -> None:
    try:
        path.write_text(toml, encoding="utf-8")
    except OSError as error:
        raise RefusedInput(
            f"{path}: cannot be written ({error.strerror or type(error).__name__})."
        ) from error
    print(f"Written to {path}. Edit it there and give it back with --variant {path}.")


def _save(options: argparse.Namespace, store: Store, variant: Variant, shown: Preview, toml: str) -> int:
    """Keep the variant once a person has confirmed it; the exit code."""
    if shown.refusal or not shown.rows_kept:
        print("Not saved: the file would be refused as it stands above.", file=sys.stderr)
        return REFUSED
    if not options.yes and not _is_confirmed(variant.supplier):
        print("Not saved.", file=sys.stderr)
        return REFUSED
    saved = save_variant(
        store.path, variant.supplier, variant.feed, toml, recorded_by=options.by, recorded_at=now()
    )
    print(f"Saved as version {saved.version} of how {saved.supplier_id} sends {saved.feed_id}.")
    print(f"Take the file in with: ingest {saved.feed_id} {options.paths[0]} --supplier {saved.supplier_id}")
    return DONE


def _is_confirmed(supplier: str) -> bool:
    try:
        answer = input(f"Save this as the way {supplier} sends its files? [y/N] ")
    except EOFError:
        return False
    return answer.strip().lower() in ("y", "yes")
