-- +goose Up
-- Letters of what units are reminded: about no briefing, but about reminders.
ALTER TABLE letter DROP CONSTRAINT letter_briefing_id_fkey;
ALTER TABLE letter ADD COLUMN after_id BIGINT NOT NULL DEFAULT 0; -- a digest is about the reminders after this one
ALTER TABLE letter ADD COLUMN to_id BIGINT NOT NULL DEFAULT 0; -- up to this one
CREATE INDEX letter_digest ON letter (kind, state);
