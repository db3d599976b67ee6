"""The event log: every stream in one total order, on eventsourcing."""
