-- Several tokens of one end may be out; who was answered last is not known. What is dropped lives for a minute at most.
DROP TABLE session_tokens;
CREATE TABLE session_tokens (
  session_id VARCHAR(96) NOT NULL REFERENCES sessions (id),
  end_name VARCHAR(8) NOT NULL,
  token_hash VARCHAR(64) NOT NULL,
  holder VARCHAR(256) NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (session_id, end_name, token_hash)
);

CREATE INDEX session_tokens_expiry ON session_tokens (expires_at);
