-- +goose Up
-- A version that an office entered on behalf of a unit, as the unit told it: its
-- state is provisional, withdrawn or superseded. Without a source the unit
-- reported itself.
ALTER TABLE report ADD COLUMN told_by BIGINT NOT NULL DEFAULT 0; -- the unit whose office entered it
ALTER TABLE report ADD COLUMN told_source TEXT NOT NULL DEFAULT ''; -- phone, chat, paper
ALTER TABLE report ADD COLUMN told_said TEXT NOT NULL DEFAULT ''; -- who said it
ALTER TABLE report ADD COLUMN told_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE report ADD COLUMN told_file TEXT NOT NULL DEFAULT ''; -- id of a stored file
