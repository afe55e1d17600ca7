-- +goose Up
-- How secret and how urgent a report is; '' for neither.
ALTER TABLE report ADD COLUMN secrecy TEXT NOT NULL DEFAULT '';
ALTER TABLE report ADD COLUMN urgency TEXT NOT NULL DEFAULT '';
