"""Brings a warehouse to the form of today, and tells beforehand what that would be."""

from collections.abc import Callable, Mapping
from typing import Any

from copydesk.warehouse.attach import NoWarehouseError
from copydesk.warehouse.connect import connect_any_form, connect_writer
from copydesk.warehouse.create import NO_FUNCTIONS, create
from copydesk.warehouse.damage import refuse_lost_catalog
from copydesk.warehouse.lease import lease
from copydesk.warehouse.place import Place
from copydesk.warehouse.read_schema_form import Migration, read_migrations, read_schema_form
from copydesk.warehouse.seal_files import begin_seals, seal_files


def pending_migrations(place: Place) -> list[Migration]:
    """Return the migrations that a warehouse lacks; writes nothing."""
    with connect_any_form(place) as con:
        number = read_schema_form(con).number
    return [each for each in read_migrations() if each.number > number]


def migrate(
    place: Place,
    *,
    wait_seconds: float | None = None,
    functions: Mapping[str, Callable[..., Any]] = NO_FUNCTIONS,
) -> list[Migration]:
    """Apply the migrations that a warehouse lacks and return them. Raises NoWarehouseError where there is none."""
    refuse_lost_catalog(place)
    if not place.is_created:
        raise NoWarehouseError(f"no warehouse in {place.folder}: nothing to migrate")
    with lease(place, wait_seconds=wait_seconds), connect_writer(place) as con:
        begin_seals(con, place)
        taken = create(con, functions=functions)
        seal_files(con, place)
    return taken
