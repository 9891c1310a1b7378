-- Times are milliseconds since 1970-01-01 UTC. token_hash is the SHA-256 of the token that the browser has, hexadecimal.
CREATE TABLE access_web_sessions (
  token_hash VARCHAR(64) PRIMARY KEY,
  user_id VARCHAR(32) NOT NULL REFERENCES access_users (id),
  created_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL
);

CREATE INDEX access_web_sessions_user ON access_web_sessions (user_id, created_at);

CREATE INDEX access_web_sessions_used ON access_web_sessions (used_at);

-- secret is an envelope; the row name in it is access_second_factors/user_id. last_step is the newest time step that a code was taken of.
CREATE TABLE access_second_factors (
  user_id VARCHAR(32) PRIMARY KEY REFERENCES access_users (id),
  secret BYTEA NOT NULL,
  confirmed BOOLEAN NOT NULL,
  last_step BIGINT NOT NULL
);
