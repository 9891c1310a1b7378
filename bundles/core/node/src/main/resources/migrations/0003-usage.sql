-- Time that nodes were online, by day (days since 1970, UTC), tier and the tags that they had. tag_set names the tags by their SHA-256.
CREATE TABLE node_usage (
  day_at BIGINT NOT NULL,
  node_id VARCHAR(20) NOT NULL,
  tier VARCHAR(16) NOT NULL,
  tag_set VARCHAR(64) NOT NULL,
  millis BIGINT NOT NULL,
  PRIMARY KEY (day_at, node_id, tier, tag_set)
);

CREATE TABLE node_usage_tag (
  tag_set VARCHAR(64) NOT NULL,
  tag_key VARCHAR(128) NOT NULL,
  tag_value VARCHAR(256) NOT NULL,
  PRIMARY KEY (tag_set, tag_key)
);

-- Up to when time is counted. It moves in the transaction that counts, so nothing is counted twice whenever the server is killed.
CREATE TABLE node_usage_clock (
  id INTEGER PRIMARY KEY,
  counted_to BIGINT
);

INSERT INTO node_usage_clock (id) VALUES (1);
