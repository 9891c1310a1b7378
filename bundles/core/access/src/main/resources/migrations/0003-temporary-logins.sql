-- Temporary credentials of people who signed in with a command line. Times are milliseconds since 1970-01-01 UTC. secret is an envelope; the
-- row name in it is access_temporary_logins/access_key_id. token_hash is the SHA-256 of the session token.
CREATE TABLE access_temporary_logins (
  access_key_id VARCHAR(128) PRIMARY KEY,
  user_id VARCHAR(32) NOT NULL REFERENCES access_users (id) ON DELETE CASCADE,
  secret BYTEA NOT NULL,
  token_hash BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE INDEX access_temporary_logins_user ON access_temporary_logins (user_id, created_at);

CREATE INDEX access_temporary_logins_expiry ON access_temporary_logins (expires_at);
