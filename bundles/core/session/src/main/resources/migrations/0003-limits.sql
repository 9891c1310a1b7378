-- begun_at, typed_at, client_changed, node_changed, finish_by and the expires_at of tokens are measured in the time that the server serves
-- (session_clock), which began as the system clock. started_at, connected_at and ended_at are the system clock's.
-- typed_at is when something was typed last, or when the session was connected first; typed_seen is what the relay said of it.
-- Sessions from before these columns have no limits.
ALTER TABLE sessions ADD COLUMN begun_at BIGINT;

ALTER TABLE sessions ADD COLUMN idle_ms BIGINT;

ALTER TABLE sessions ADD COLUMN duration_ms BIGINT;

ALTER TABLE sessions ADD COLUMN typed_at BIGINT;

ALTER TABLE sessions ADD COLUMN typed_seen BIGINT;

ALTER TABLE sessions ADD COLUMN idle_warned BOOLEAN DEFAULT FALSE NOT NULL;

ALTER TABLE sessions ADD COLUMN duration_warned BOOLEAN DEFAULT FALSE NOT NULL;

ALTER TABLE sessions ADD COLUMN away_told BOOLEAN DEFAULT FALSE NOT NULL;

UPDATE sessions SET begun_at = started_at;

-- One row. serving_at and wall_at name the same moment.
CREATE TABLE session_clock (
  id INTEGER PRIMARY KEY,
  serving_at BIGINT NOT NULL,
  wall_at BIGINT NOT NULL
);
