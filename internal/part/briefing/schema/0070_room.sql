-- +goose Up
-- 1: the chair closed the site's microphone for this turn; of the host, until it is opened again.
ALTER TABLE briefing_site ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;
-- Whose screen is shown in place of what else is shown; 0 for nobody's.
ALTER TABLE briefing ADD COLUMN shown_screen BIGINT NOT NULL DEFAULT 0;
