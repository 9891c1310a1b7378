-- Sessions from before it was kept whether a document was named: of the default one it was most likely not.
UPDATE sessions SET document_named = FALSE WHERE owner_facts IS NULL AND document_name = 'SSM-SessionManagerRunShell';
