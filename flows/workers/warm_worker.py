"""Imported by the process that workers are forked from: loads once what the first document of each would load."""

from contextlib import suppress

import pyarrow as pa

from flows.workers.refine_task import warm_up

# Arrow's own allocator sets a gigabyte aside at once, which counts against the limit of every worker forked from here.
pa.set_memory_pool(pa.system_memory_pool())
with suppress(Exception):  # a full disk, for one: the worker that tries again says so
    warm_up()
