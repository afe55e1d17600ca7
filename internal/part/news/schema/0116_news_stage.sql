-- +goose Up
-- How far a desk's text has come on its way to the public.
ALTER TABLE article ADD COLUMN stage TEXT NOT NULL DEFAULT 'writing'; -- writing, handed-in, sent-back, approved, scheduled, stuck
ALTER TABLE article ADD COLUMN stage_by TEXT NOT NULL DEFAULT ''; -- name
ALTER TABLE article ADD COLUMN stage_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN stage_note TEXT NOT NULL DEFAULT ''; -- why it was sent back; of what is approved, what was corrected
ALTER TABLE article ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0; -- when a scheduled one is published
CREATE INDEX article_due ON article (stage, due_at);
