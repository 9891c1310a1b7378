-- owner_facts is what the decision of the start knew of its owner, JSON, so that it can be made again; document_named is false when the person
-- named no document. Sessions from before these columns are decided by the owner's id alone.
ALTER TABLE sessions ADD COLUMN owner_facts VARCHAR(131072);

ALTER TABLE sessions ADD COLUMN document_named BOOLEAN DEFAULT TRUE NOT NULL;
