"""Seals a whole warehouse on request, where its seals were lost or never kept."""

from warehouse.attach import NoWarehouseError
from warehouse.connect import connect_writer
from warehouse.lease import lease
from warehouse.mend_memory import mend_memory
from warehouse.place import Place
from warehouse.refuse_lost_catalog import refuse_lost_catalog
from warehouse.seal_files import seal_all_files


def seal_warehouse(place: Place) -> tuple[str, ...]:
    """Seal every file that has no checksum, as it is now; return what was done, in sentences.

    Damage from before is sealed along with the rest. Raises NoWarehouseError, and LeaseHeldError while a run writes.
    """
    refuse_lost_catalog(place)
    if not place.is_created:
        raise NoWarehouseError(f"no warehouse in {place.folder}: there is nothing to seal")
    with lease(place):
        notes = mend_memory(place)
        with connect_writer(place) as con:
            count = seal_all_files(con, place)
    return (*notes, f"sealed {count} files as they are now; what was damaged before stays damaged")
