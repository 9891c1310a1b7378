-- state: ACTIVE; PENDING waits for a person's approval; LEAVING was deregistered, and its sessions and credentials are being ended.
ALTER TABLE managed_node ADD COLUMN state VARCHAR(16) DEFAULT 'ACTIVE' NOT NULL;

-- How the node proved what it is, and who it then was to the adapter.
ALTER TABLE managed_node ADD COLUMN proven_by VARCHAR(64) DEFAULT 'activation' NOT NULL;
ALTER TABLE managed_node ADD COLUMN subject VARCHAR(512);
ALTER TABLE managed_node ADD COLUMN registered_from VARCHAR(64);

-- The fingerprint of another machine that showed this node's key, last; refused once a person said that it is not the node.
ALTER TABLE managed_node ADD COLUMN other_fingerprint VARCHAR(64);
ALTER TABLE managed_node ADD COLUMN other_from VARCHAR(64);
ALTER TABLE managed_node ADD COLUMN other_at BIGINT;
ALTER TABLE managed_node ADD COLUMN other_refused BOOLEAN DEFAULT FALSE NOT NULL;

CREATE INDEX managed_node_state ON managed_node (state);

-- A change that is not carried out everywhere yet: since when.
ALTER TABLE node_setting ADD COLUMN pending_since BIGINT;

INSERT INTO node_setting (id, setting_value) VALUES ('/ssm/managed-instance/default-ec2-instance-management-role', '$None');
