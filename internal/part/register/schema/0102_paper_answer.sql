-- +goose Up
-- What the person says in whose name a copy of a paper was put in as signed.
ALTER TABLE paper_copy ADD COLUMN signatory BIGINT NOT NULL DEFAULT 0; -- person; 0 for somebody without an account
ALTER TABLE paper_copy ADD COLUMN answer TEXT NOT NULL DEFAULT ''; -- owned, disowned; '' before that
CREATE INDEX paper_copy_signatory ON paper_copy (signatory, answer);
