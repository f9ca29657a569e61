"""Short names for the Arrow types of the tables. Timestamps are UTC in microseconds; a clock is in no zone."""

import pyarrow as pa

TEXT = pa.string()
WORDS = pa.list_(pa.string())
FLAG = pa.bool_()
COUNT = pa.int64()
INTEGER = pa.int32()
RATIO = pa.float64()
SECONDS = pa.float64()
HASH = pa.uint64()
BYTES = pa.binary()
CLOCK = pa.timestamp("us")
TIMESTAMP = pa.timestamp("us", tz="UTC")
DATE = pa.date32()
VERSIONS = pa.struct(
    [
        pa.field("copydesk", pa.string()),
        pa.field("extractor", pa.string()),
        pa.field("rules", pa.string()),
        pa.field("parameters", pa.string()),
    ]
)
LAYOUT = pa.list_(
    pa.struct(
        [
            pa.field("at_char", pa.int32()),
            pa.field("length_chars", pa.int32()),
            pa.field("text", pa.string()),
        ]
    )
)
