-- sealed: the session's journal is closed for good, or it never had one, as sessions from before this column.
-- record_digest is SHA-256 in hexadecimal, record_bytes the size of the journal.
ALTER TABLE sessions ADD COLUMN sealed BOOLEAN DEFAULT TRUE NOT NULL;

ALTER TABLE sessions ADD COLUMN record_digest VARCHAR(64);

ALTER TABLE sessions ADD COLUMN record_bytes BIGINT;

CREATE INDEX sessions_sealed ON sessions (sealed, id);
