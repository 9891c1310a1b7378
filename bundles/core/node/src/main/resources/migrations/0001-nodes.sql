-- Times are milliseconds since 1970-01-01 UTC. public_key is the DER SubjectPublicKeyInfo in base64.
-- The columns from agent_name on are what the node last said of itself; reported_at is empty until it did.
CREATE TABLE managed_node (
  id VARCHAR(20) PRIMARY KEY,
  name VARCHAR(256),
  activation_id VARCHAR(36) NOT NULL,
  role_name VARCHAR(128) NOT NULL,
  public_key VARCHAR(1024) NOT NULL,
  fingerprint VARCHAR(64) NOT NULL,
  registered_at BIGINT NOT NULL,
  last_ping BIGINT,
  control_token VARCHAR(64),
  control_token_expires BIGINT,
  reported_at BIGINT,
  agent_name VARCHAR(256),
  agent_version VARCHAR(256),
  agent_status VARCHAR(256),
  computer_name VARCHAR(256),
  ip_address VARCHAR(256),
  platform_type VARCHAR(256),
  platform_name VARCHAR(256),
  platform_version VARCHAR(256)
);

CREATE INDEX managed_node_activation ON managed_node (activation_id);

CREATE TABLE managed_node_tag (
  node_id VARCHAR(20) NOT NULL REFERENCES managed_node (id),
  tag_key VARCHAR(128) NOT NULL,
  tag_value VARCHAR(256) NOT NULL,
  PRIMARY KEY (node_id, tag_key)
);

CREATE INDEX managed_node_tag_key ON managed_node_tag (tag_key, tag_value);

-- One row that each registration changes, so that they are counted one after the other.
CREATE TABLE managed_node_gate (
  id INTEGER PRIMARY KEY,
  turn BIGINT NOT NULL
);

INSERT INTO managed_node_gate (id, turn) VALUES (1, 0);

-- modified_at is empty while nobody changed the setting.
CREATE TABLE node_setting (
  id VARCHAR(128) PRIMARY KEY,
  setting_value VARCHAR(256) NOT NULL,
  modified_at BIGINT,
  modified_by VARCHAR(2048)
);

INSERT INTO node_setting (id, setting_value) VALUES ('/ssm/managed-instance/activation-tier', 'standard');
