"""Imported by the process that workers are forked from: loads once what the first document of each would load."""

import pyarrow as pa

from flows.workers.refine_task import warm_up

# Arrow's own allocator sets a gigabyte aside at once, which counts against the limit of every worker forked from here.
pa.set_memory_pool(pa.system_memory_pool())
warm_up()
