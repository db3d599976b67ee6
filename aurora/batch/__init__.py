"""The room of the batch engine: what a snapshot, a task, a shard and an output are. Pure: bytes in, records out."""
