-- Times are milliseconds since 1970-01-01 UTC. State and cause are names of the enums in org.sallyport.api.session.
-- client_id is set by the first use of a client's token. finishing is the cause to come of a session whose program or client is done.
CREATE TABLE sessions (
  id VARCHAR(96) PRIMARY KEY,
  node_id VARCHAR(400) NOT NULL,
  document_name VARCHAR(256) NOT NULL,
  session_type VARCHAR(64) NOT NULL,
  separate_output BOOLEAN NOT NULL,
  owner_id VARCHAR(256) NOT NULL,
  owner_arn VARCHAR(2048) NOT NULL,
  reason VARCHAR(256),
  state VARCHAR(16) NOT NULL,
  started_at BIGINT NOT NULL,
  connected_at BIGINT,
  ended_at BIGINT,
  cause VARCHAR(16),
  detail VARCHAR(2048),
  client_id VARCHAR(128),
  client_attached BOOLEAN NOT NULL,
  client_changed BIGINT NOT NULL,
  node_called_at BIGINT,
  node_attached BOOLEAN NOT NULL,
  node_changed BIGINT NOT NULL,
  node_done BOOLEAN NOT NULL,
  finishing VARCHAR(16),
  finishing_detail VARCHAR(2048),
  finish_by BIGINT
);

CREATE INDEX sessions_state ON sessions (state, started_at, id);

CREATE INDEX sessions_started ON sessions (started_at, id);

CREATE INDEX sessions_node ON sessions (node_id, state);

CREATE INDEX sessions_owner ON sessions (owner_arn, started_at);

-- One token for each end: a new one voids the old. Only its SHA-256 is kept. holder is the immutable id of who got it.
CREATE TABLE session_tokens (
  session_id VARCHAR(96) NOT NULL REFERENCES sessions (id),
  end_name VARCHAR(8) NOT NULL,
  token_hash VARCHAR(64) NOT NULL,
  holder VARCHAR(256) NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (session_id, end_name)
);

CREATE INDEX session_tokens_expiry ON session_tokens (expires_at);
