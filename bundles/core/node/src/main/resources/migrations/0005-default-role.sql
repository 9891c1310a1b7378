-- TRUE: the node has no role of its own and acts with the account's default role, whichever that is when it asks for credentials.
ALTER TABLE managed_node ADD COLUMN default_role BOOLEAN DEFAULT FALSE NOT NULL;
