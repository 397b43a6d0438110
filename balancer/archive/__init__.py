"""History in SQL: a reader of the event log that keeps a flat row for each visit leg and branch minute."""
